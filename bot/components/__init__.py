"""Rasa graph components, thin; the understanding is in bot.understanding."""
