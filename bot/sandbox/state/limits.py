"""Telegram's flood limits as its FAQ tells them; the real ones are unpublished and vary."""

import math
from collections import deque
from dataclasses import dataclass, field

from bot.sandbox.state.errors import too_many_requests

OVERALL = (30, 1.0)
GROUP = (20, 60.0)
CHAT_BURST = 5
"""Messages one private chat may get at once; after that one a second."""


@dataclass
class _Window:
    """At most `count` events in any `seconds`."""

    count: int
    seconds: float
    events: deque[float] = field(default_factory=deque)

    def wait(self, now: float, amount: int) -> float:
        while self.events and self.events[0] <= now - self.seconds:
            self.events.popleft()
        excess = len(self.events) + amount - self.count
        if excess <= 0 or not self.events:
            return 0.0
        return self.events[min(excess, len(self.events)) - 1] + self.seconds - now

    def add(self, now: float, amount: int) -> None:
        self.events.extend([now] * amount)


@dataclass
class _Bucket:
    """A burst that refills by one a second."""

    capacity: int
    level: float
    at: float

    def wait(self, now: float, amount: int) -> float:
        self.level = min(self.capacity, self.level + max(0.0, now - self.at))
        self.at = now
        return max(0.0, min(amount, self.capacity) - self.level)

    def add(self, amount: int) -> None:
        self.level -= amount


class Limits:
    """30 messages a second overall, 1 a second per private chat with a small burst, 20 a minute per group.

    A chat that was told to wait is refused until the wait is over, whatever the other counts say.
    """

    def __init__(self, enabled: bool = True) -> None:
        self.enabled = enabled
        self._overall = _Window(*OVERALL)
        self._groups: dict[int, _Window] = {}
        self._buckets: dict[int, _Bucket] = {}
        self._held: dict[int, float] = {}

    def charge(self, chat_id: int, now: float, amount: int = 1, edit: bool = False) -> None:
        """Count `amount` messages (an edit counts overall and in groups); raises ApiError 429."""
        if not self.enabled:
            return
        bucket = self._bucket(chat_id, now) if chat_id > 0 and not edit else None
        group = self._groups.setdefault(chat_id, _Window(*GROUP)) if chat_id < 0 else None
        waits = [self._held.get(chat_id, now) - now, self._overall.wait(now, amount)]
        waits += [each.wait(now, amount) for each in (bucket, group) if each]
        if max(waits) > 0:
            seconds = max(1, math.ceil(max(waits)))
            if self._overall.wait(now, amount) < max(waits):
                self._held[chat_id] = now + max(waits)
            raise too_many_requests(seconds)
        self._overall.add(now, amount)
        if bucket:
            bucket.add(amount)
        if group:
            group.add(now, amount)

    def _bucket(self, chat_id: int, now: float) -> _Bucket:
        return self._buckets.setdefault(chat_id, _Bucket(CHAT_BURST, CHAT_BURST, now))
