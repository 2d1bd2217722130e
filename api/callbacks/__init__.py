"""Being called back: asked for on a page, in the widget or in the chat, and done at the desk."""
