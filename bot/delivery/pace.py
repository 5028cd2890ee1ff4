"""The bookkeeping behind the limiter: what was sent lately, and who waits; times are the event loop's."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field

from telegram.error import TelegramError


class Window:
    """At most `limit` calls in any `span` seconds, as seen by a server that is some milliseconds away.

    A call counts from its start until `span` after its end, since the server saw it somewhere in between.
    """

    __slots__ = ("flying", "landed", "limit", "span")

    def __init__(self, limit: int, span: float) -> None:
        self.limit, self.span = limit, span
        self.flying = 0
        self.landed: deque[float] = deque()

    def opens_at(self, now: float, places: int) -> float:
        """When, at the earliest, so many more calls find room: `now`, or later."""
        landed = self.landed
        while landed and landed[0] + self.span <= now:
            landed.popleft()
        too_many = self.flying + len(landed) + min(places, self.limit) - self.limit
        if too_many <= 0:
            return now
        return self.span + (landed[too_many - 1] if too_many <= len(landed) else now)

    def land(self, now: float, calls: int) -> None:
        """So many calls that were flying have come to their end."""
        self.flying -= calls
        self.landed.extend([now] * calls)


@dataclass(slots=True, eq=False)
class Send:
    """One call that shows or changes messages: `messages` of them, new ones unless `is_edit`."""

    queue: Queue
    messages: int
    is_edit: bool
    turn: asyncio.Future[None]
    refusals: int = 0


@dataclass(slots=True, eq=False)
class Queue:
    """The sends of one lane to one chat: one under way at a time, so that they arrive in order."""

    chat: Chat
    lane: int
    waiting: deque[Send] = field(default_factory=deque)
    busy: bool = False
    lined_up: bool = False

    def first(self) -> Send | None:
        """Who is next; those whose caller has gone away are dropped."""
        while self.waiting and self.waiting[0].turn.cancelled():
            self.waiting.popleft()
        return self.waiting[0] if self.waiting else None


class Chat:
    """What one chat has been sent lately, and what waits for it."""

    __slots__ = ("held_until", "minute", "paid_until", "queues")

    def __init__(self, lanes: int, minute: Window | None) -> None:
        self.queues = tuple(Queue(self, lane) for lane in range(lanes))
        self.minute = minute
        self.paid_until = 0.0
        self.held_until = 0.0

    def opens_at(self, send: Send, now: float, allowance: float) -> float:
        """When the send may start; a burst may run `allowance` seconds ahead of the steady pace."""
        when = max(self.held_until, now)
        if not send.is_edit:
            when = max(when, self.paid_until - allowance)
        return when if self.minute is None else max(when, self.minute.opens_at(now, send.messages))

    def is_idle(self, now: float) -> bool:
        """Whether nothing of it needs to be remembered."""
        if any(queue.busy or queue.lined_up for queue in self.queues):
            return False
        times = [self.held_until, self.paid_until]
        if self.minute is not None and self.minute.landed:
            times.append(self.minute.landed[-1] + self.minute.span)
        return max(times) <= now

    def turn_away(self, error: TelegramError) -> None:
        """Raise the error in everybody who waits."""
        for queue in self.queues:
            while (send := queue.first()) is not None:
                queue.waiting.popleft()
                send.turn.set_exception(error)
