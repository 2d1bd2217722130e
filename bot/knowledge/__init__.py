"""Content as checked, read-only records, and the opening hours that follow from them."""
