"""Runs of all tests: where they are kept, which one is under way, starting and stopping one."""
