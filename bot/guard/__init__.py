"""What happens to a message before all else: mask personal data, look for danger to life."""
