"""Who works at the desk: accounts, passwords, sessions, sign-in through a provider, roles."""
