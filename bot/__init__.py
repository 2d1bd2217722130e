"""The assistant: knowledge, understanding, dialogue, and the Rasa parts around them."""
