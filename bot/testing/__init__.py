"""Conversations that prove what the assistant says: their format, and how one is held.

The tests, `make dialogues` and the staff's test console share it, so that a conversation that
somebody saves is judged by the very rules that judge the project's own.
"""
