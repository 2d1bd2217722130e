"""The dialogue flows: read from the data that runs, drawn, and held against the tests."""
