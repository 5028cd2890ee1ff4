"""Messages to many, as their readers see them and as they are prepared."""
