"""The content desk: every answer with what it rests on, and changes to them as change sets."""
