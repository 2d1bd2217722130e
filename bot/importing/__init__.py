"""A municipality's page, read from an address, a saved file or pasted text, turned into drafts."""
