"""The widget in a real browser, with a canned server instead of the assistant.

A package, as tests/browser is: the browser is closed after its last test.
"""
