"""Change sets: what somebody wants to change, as files and a diff that can be reviewed."""
