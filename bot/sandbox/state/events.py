"""The stream of changes the page lives on."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any

_KEPT = 2000


@dataclass(frozen=True)
class Event:
    """A change some people can see; `people` None means everybody."""

    number: int
    kind: str
    data: dict[str, Any]
    people: frozenset[int] | None


class Events:
    """Changes numbered on from `first`; a reader that was away reads on from the last number it saw.

    Numbers start from the clock, so that a reader of a sandbox since restarted is told to start anew.
    """

    def __init__(self, first: int) -> None:
        self._log: deque[Event] = deque(maxlen=_KEPT)
        self._readers: set[asyncio.Event] = set()
        self._closed = False
        self.last = first

    def publish(self, kind: str, data: dict[str, Any], people: Iterable[int] | None = None) -> None:
        self.last += 1
        seen_by = None if people is None else frozenset(people)
        self._log.append(Event(self.last, kind, data, seen_by))
        self._wake()

    def after(self, number: int) -> list[Event] | None:
        """The changes after `number`; None where some are no longer kept and the reader must start anew."""
        oldest = self._log[0].number if self._log else self.last + 1
        if not oldest - 1 <= number <= self.last:
            return None
        return [event for event in self._log if event.number > number]

    async def follow(self, number: int, heartbeat: float) -> AsyncIterator[list[Event] | None]:
        """Batches of changes after `number`; [] after `heartbeat` silent seconds; None = start anew."""
        wake = asyncio.Event()
        self._readers.add(wake)
        try:
            while not self._closed:
                wake.clear()
                batch = self.after(number)
                number = self.last
                if batch != []:
                    yield batch
                    continue
                try:
                    await asyncio.wait_for(wake.wait(), heartbeat)
                except TimeoutError:
                    yield []
        finally:
            self._readers.discard(wake)

    def close(self) -> None:
        """End every reader, so that a server can stop."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        for reader in self._readers:
            reader.set()
