"""Set-up, checks and measurements of the project, called by the Makefile."""
