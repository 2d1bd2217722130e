"""Plays in a real browser.

A package, other than the other folders of tests: fixtures of its scope end with its last test.
Playwright's synchronous API keeps an event loop running in this thread for as long as it is open,
and the tests after these open event loops of their own.
"""
