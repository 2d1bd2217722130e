"""Rasa actions, thin; the dialogue is in bot.dialogue."""
