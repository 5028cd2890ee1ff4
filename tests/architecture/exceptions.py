"""The one table of exceptions: what may break which budget, and why. One that is needed no more goes."""

EXCEPTIONS: dict[tuple[str, str], str] = {}
