/**
 * Swedish words that only the scripts of the kiosk need. All others come with its record, from
 * content/common/interface.yml, and go before these.
 */

export const sv = {
  up: 'Uppåt',
  down: 'Nedåt',
  normalText: 'Vanlig text',
  clearField: 'Sudda allt',
  choose: 'Tryck på det du menar',
  masked: 'Personuppgifter är dolda.',
  hours: 'Telefontider: {hours}',
  visit: 'Besök: {address}',
  email: 'E-post: {email}',
  volumeIs: 'Ljudstyrka: {level}',
  lostQuestion: 'Din fråga är kvar och skickas av sig själv när skärmen är tillbaka: {question}',
  youAsked: 'Du frågade: {question}',
  settings: 'Inställningar',
  speech: 'Uppläsning',
  always: 'Alltid här',
}
