"""The test console: staff talk to the assistant and see what it understood. Nothing is kept."""
