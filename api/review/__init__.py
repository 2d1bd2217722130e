"""What the assistant could not answer, grouped by meaning, and what staff make of it."""
