"""What is done to every request and response. Plain ASGI, so that streams pass untouched."""
