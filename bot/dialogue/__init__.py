"""From a question and what was said before to a reply: text, contacts, source."""
