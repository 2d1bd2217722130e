"""Swedish text to meaning, in plain Python: no Rasa, no FastAPI."""
