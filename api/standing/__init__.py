"""Answers withdrawn or flagged while the assistant runs, and pages that are read again."""
