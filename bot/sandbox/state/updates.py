"""The bot's update queue: numbering, confirming, expiry, the one waiting poll."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.state.clock import Clock

DAY = 86_400.0
CALLBACK_LIFETIME = 150.0
"""Seconds after which an unfetched button press is gone, and after which it can no longer be answered."""

KINDS = (
    "message", "edited_message", "channel_post", "edited_channel_post", "inline_query",
    "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query", "poll", "poll_answer",
    "my_chat_member", "chat_member", "chat_join_request", "message_reaction", "message_reaction_count",
    "chat_boost",
)  # fmt: skip
_ON_REQUEST = ("chat_member", "message_reaction", "message_reaction_count")
_REMEMBERED = 1000
OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass
class Queued:
    """One update as the bot will see it; `lane` groups those that a webhook gets one after another."""

    id: int
    update: dict[str, Any]
    expires_at: float
    lane: str
    again: bool = False


class Poll:
    """A getUpdates call that waits; `conflict` tells why it was ended by somebody else."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.conflict: str | None = None

    def end(self, reason: str) -> None:
        self.conflict = reason
        self.wake.set()


class UpdateQueue:
    """Updates not yet confirmed, oldest first; ids grow by one from a value of the clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._items: dict[int, Queued] = {}
        self._sent: deque[Queued] = deque(maxlen=_REMEMBERED)
        self._next_id = clock.first_update_id()
        self._poll: Poll | None = None
        self.on_new: list[Callable[[], None]] = []
        self.allowed: list[str] = []

    def allow(self, names: list[str]) -> None:
        """Store the kinds the bot wants; unknown names are ignored, none left means the default kinds."""
        self.allowed = [name for name in names if name in KINDS]

    def accepts(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in _ON_REQUEST

    def add(self, kind: str, payload: dict[str, Any], lane: str, lifetime: float = DAY) -> int | None:
        """Queue an update and return its id; None when the bot does not want this kind."""
        if not self.accepts(kind):
            return None
        update_id = self._next_id
        self._next_id += 1
        update = {"update_id": update_id, kind: payload}
        queued = Queued(update_id, update, self._clock.now() + lifetime, lane)
        self._items[update_id] = queued
        self._sent.append(queued)
        self._wake()
        return update_id

    def repeat(self, update_id: int) -> bool:
        """Deliver an update once more under its id, confirmed or not; False when it is not remembered."""
        for queued in self._sent:
            if queued.id == update_id:
                queued.again = True
                self._items[update_id] = queued
                self._wake()
                return True
        return False

    def confirm(self, offset: int) -> None:
        """Forget what lies before `offset`; a negative one keeps only the last -offset updates."""
        if offset < 0:
            for update_id in sorted(self._items)[:offset]:
                del self._items[update_id]
        for update_id in [each for each in self._items if each < offset and not self._items[each].again]:
            del self._items[update_id]

    def remove(self, update_id: int) -> None:
        self._items.pop(update_id, None)

    def clear(self) -> None:
        self._items.clear()

    def pending(self) -> list[Queued]:
        """What is deliverable now, oldest first; the expired is dropped."""
        now = self._clock.now()
        for update_id in [each for each, queued in self._items.items() if queued.expires_at <= now]:
            del self._items[update_id]
        return [self._items[update_id] for update_id in sorted(self._items)]

    def batch(self, limit: int) -> list[dict[str, Any]]:
        chosen = self.pending()[:limit]
        for queued in chosen:
            queued.again = False
        return [queued.update for queued in chosen]

    def open_poll(self) -> Poll:
        """Become the one who waits; an older waiting call ends with Telegram's conflict."""
        self.end_poll(OTHER_POLL)
        self._poll = Poll()
        return self._poll

    def close_poll(self, poll: Poll) -> None:
        if self._poll is poll:
            self._poll = None

    def end_poll(self, reason: str) -> None:
        if self._poll:
            self._poll.end(reason)
            self._poll = None

    def _wake(self) -> None:
        if self._poll:
            self._poll.wake.set()
        for notify in self.on_new:
            notify()
