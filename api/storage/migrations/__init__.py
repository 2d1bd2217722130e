"""Alembic's revisions of our tables."""
