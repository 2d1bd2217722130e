"""Mail to the municipality's units: written, kept in the outbox, sent by a worker."""
