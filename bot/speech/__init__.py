"""Written text to spoken text, and the engines that say it. Needs no Rasa and no FastAPI."""
