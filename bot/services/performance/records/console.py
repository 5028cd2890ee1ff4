"""A register's file at the command line: the services of every unit, and nobody's account behind it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services import audit
from bot.services.performance.records import counter, files
from bot.services.performance.records.counter import Serving
from bot.services.performance.records.files import Differences


@dataclass(frozen=True, slots=True)
class Console(Serving):
    """Whoever runs the server: no counter's right is asked for."""

    @property
    def units(self) -> frozenset[int]:
        """Every unit, those that were merged included."""
        return frozenset(self.city.units)


async def write(by: Console, found: Differences) -> None:
    """What the file has that is new or changed; one row of the audit tells how much."""
    await files.write(by, found)
    if found.new or found.changed:
        audit.record(by.session, "imported", counter.SUBJECT, 0, by.now, new=found.counts())
