"""What the clock has to say to one person in one sweep is one message.

A sweep writes its steps in several transactions. Each puts its lines, in the same transaction as their events, into
the person's waiting digest; at the end of the sweep the digests are let go. A sweep that dies leaves them waiting:
the next one adds to them and lets them go, and without a next one they go by themselves after HOLD.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from models.outbox import OutboxMessage, OutboxStatus

KIND = "deadline_digest"
HOLD = timedelta(minutes=10)
#: So many reports are named in one; of the others the number is told.
MOST_LINES = 40

Line = dict[str, Any]


class Digests:
    """The lines of one transaction, by person."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now
        self._lines: defaultdict[int, list[Line]] = defaultdict(list)
        self._first: dict[int, int] = {}

    def add(self, people: Iterable[int], event_id: int, line: Line) -> None:
        """One step, to everybody who is told of it."""
        for person_id in people:
            self._lines[person_id].append(line)
            self._first.setdefault(person_id, event_id)

    async def write(self) -> None:
        """Put the lines into the digests that wait, or into new ones; the key names the first event."""
        waiting = {row.person_id: row for row in await self._waiting()}
        for person_id, lines in sorted(self._lines.items()):
            row = waiting.get(person_id)
            if row is not None:
                row.values = joined(row.values, lines)
                continue
            await outbox.put(
                self._session,
                key=f"{KIND}:{self._first[person_id]}:{person_id}",
                person_id=person_id,
                kind=KIND,
                now=self._now,
                values=joined({"lines": [], "more": 0}, lines),
                not_before=self._now + HOLD,
            )

    async def _waiting(self) -> list[OutboxMessage]:
        statement = select(OutboxMessage).where(_held(self._now), OutboxMessage.person_id.in_(self._lines))
        return list(await self._session.scalars(statement.order_by(OutboxMessage.id).with_for_update()))


def joined(values: dict[str, Any], lines: list[Line]) -> dict[str, Any]:
    """A digest with more lines; beyond MOST_LINES they are only counted."""
    every = [*values["lines"], *lines]
    return {"lines": every[:MOST_LINES], "more": values["more"] + len(every[MOST_LINES:])}


async def let_go(session: AsyncSession, now: datetime, moment: datetime) -> None:
    """The sweep is over: its digests may be sent from `moment` on."""
    statement = update(OutboxMessage).where(_held(now)).values(not_before=moment)
    await session.execute(statement.execution_options(synchronize_session=False))


def _held(now: datetime) -> Any:
    queued = OutboxMessage.status == OutboxStatus.QUEUED
    return (OutboxMessage.kind == KIND) & queued & (OutboxMessage.not_before > now)
