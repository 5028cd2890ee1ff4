"""Weekly reports: filled in, looked at, checked."""
