"""The sandbox's time: the machine's, shifted by an offset that tests and the page may set."""

import time
from collections.abc import Callable

_YEAR_2026 = 1_767_225_600
"""2026-01-01T00:00:00Z: ids count from here, so that they stay small for years."""


class Clock:
    """Wall time for dates and expiries, ticks for rates; both move with `offset` (seconds)."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self.offset = 0.0

    def now(self) -> float:
        """Seconds since 1970, UTC."""
        return self._now() + self.offset

    def ticks(self) -> float:
        """Seconds that never run backwards, except when the offset is lowered."""
        return time.monotonic() + self.offset

    def first_update_id(self) -> int:
        """Milliseconds since 2026: after a restart above every id given before, up to 1,000 a second."""
        return max(1, int((time.time() - _YEAR_2026) * 1000))

    def first_message_id(self) -> int:
        """Tenths of a second since 2026: fits 32 bits until 2032, as Telegram's message ids do."""
        return max(1, int((time.time() - _YEAR_2026) * 10))
