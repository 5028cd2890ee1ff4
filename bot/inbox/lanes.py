"""In order per person, concurrent across persons: what feeds updates to whoever handles them.

A lane is a queue of one person's updates with at most one task. The semaphore is taken per update and not per
lane, so that somebody who floods the bot holds one slot of many and delays nobody else.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

from bot.inbox.store import Arrival

Handle = Callable[[Arrival], Awaitable[None]]


class Lanes:
    """Feeds arrivals to `handle`, which must not raise (it records its own failures)."""

    def __init__(self, handle: Handle, at_once: int = 64) -> None:
        self._handle = handle
        self._slots = asyncio.Semaphore(at_once)
        self._waiting: dict[int, deque[Arrival]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = True

    def feed(self, arrivals: Iterable[Arrival]) -> None:
        """Take arrivals in; they must already be stored."""
        for arrival in arrivals:
            queue = self._waiting.get(arrival.lane)
            if queue is not None:
                queue.append(arrival)
                continue
            self._waiting[arrival.lane] = deque([arrival])
            task = asyncio.create_task(self._run(arrival.lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def backlog(self) -> int:
        """How many updates wait or are in hand."""
        return sum(len(queue) for queue in self._waiting.values())

    def in_hand(self) -> set[int]:
        """The ids of the updates that wait or are in hand."""
        return {arrival.update_id for queue in self._waiting.values() for arrival in queue}

    async def idle(self) -> None:
        """Wait until nothing waits any more."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self, grace: float) -> None:
        """Begin nothing new, let what is in hand finish for `grace` seconds, then cancel it.

        What was not begun stays pending in the inbox table and is handled after the next start.
        """
        self._open = False
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, lane: int) -> None:
        queue = self._waiting[lane]
        try:
            while queue and self._open:
                await self._next(queue)
        finally:
            del self._waiting[lane]

    async def _next(self, queue: deque[Arrival]) -> None:
        """Handle the first of a queue once a slot is free; what is not begun when we stop is left alone."""
        async with self._slots:
            if self._open:
                await self._handle(queue[0])
        queue.popleft()
