// The types of the package that this folder's script was copied from.
export { default } from 'simple-keyboard'
