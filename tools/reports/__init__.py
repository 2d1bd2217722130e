"""Reports of a run of all tests: a page for people, a file for CI, pictures of the NLU."""
