"""What the routes rely on."""
