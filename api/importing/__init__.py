"""Pages read in: drafts kept, decided on by a person, and made into a change set."""
