"""Answers as sound: which sentences, made by which engine, kept for how long."""
