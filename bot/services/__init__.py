"""What can be done. A service takes the session first, flushes at most, never commits and never sends."""
