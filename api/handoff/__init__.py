"""From the assistant to a person and back: the queue of the desk and the talk that follows."""
