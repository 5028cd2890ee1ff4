"""What a second session reads of the reports, as plain facts that can be compared."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select, tuple_, union_all
from sqlalchemy.orm import Session

from bot.keys import Keyring
from bot.services import outbox
from models.attachment import Attachment
from models.claim import Claim
from models.complaint import Complaint, ComplaintEvent
from models.follower import Follower
from models.outbox import OutboxMessage
from models.sealing import SealedIdentity
from models.tables import AuditRow, metadata


@dataclass(frozen=True)
class Notice:
    """One notice as its reader gets it, opened where it was sealed; `about` are the reports it names."""

    id: int
    person_id: int | None
    kind: str
    about: frozenset[int]


@dataclass
class Seen:
    """The reports, their events and followers, and the notices that came since the last look."""

    complaints: dict[int, Complaint] = field(default_factory=dict)
    events: dict[int, list[ComplaintEvent]] = field(default_factory=dict)
    followers: dict[int, set[int]] = field(default_factory=dict)
    reporters: dict[int, int] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    last_notice: int = 0
    rows: tuple[int, ...] = ()

    def state(self) -> dict[str, Any]:
        """Everything, for comparing two looks."""
        columns = [column.key for column in Complaint.__table__.c]
        return {
            "complaints": {key: [getattr(row, name) for name in columns] for key, row in self.complaints.items()},
            "events": {key: [event.id for event in rows] for key, rows in self.events.items()},
            "followers": self.followers,
            "reporters": self.reporters,
            "last notice": self.last_notice,
            "rows": self.rows,
        }


def look(session: Session, ring: Keyring, before: Seen) -> Seen:
    """Read everything anew, and the notices that came since `before`."""
    seen = Seen(last_notice=before.last_notice)
    seen.complaints = {row.id: row for row in session.scalars(select(Complaint).order_by(Complaint.id))}
    events: defaultdict[int, list[ComplaintEvent]] = defaultdict(list)
    for event in session.scalars(select(ComplaintEvent).order_by(ComplaintEvent.id)):
        events[event.complaint_id].append(event)
    seen.events = dict(events)
    for complaint_id, sealed in session.execute(select(Follower.complaint_id, Follower.sealed)):
        seen.followers.setdefault(complaint_id, set()).add(int(ring.open(sealed)))
    seen.reporters = {row.id: row.reporter_id for row in seen.complaints.values() if row.reporter_id is not None}
    for complaint_id, sealed in session.execute(select(SealedIdentity.complaint_id, SealedIdentity.sealed)):
        seen.reporters[complaint_id] = int(ring.open(sealed))
    _read_notices(session, ring, seen)
    claimed = select(func.count()).where(Claim.claimed_at.is_not(None)).scalar_subquery()
    files, audit = (select(func.count(table.id)).scalar_subquery() for table in (Attachment, AuditRow))
    seen.rows = tuple(session.execute(select(claimed, files, audit)).one())
    return seen


def _read_notices(session: Session, ring: Keyring, seen: Seen) -> None:
    fresh = select(OutboxMessage).where(OutboxMessage.id > seen.last_notice).order_by(OutboxMessage.id)
    for row in session.scalars(fresh):
        kind, values, complaint_id = row.kind, row.values, row.complaint_id
        if kind == outbox.SEALED:
            content = outbox.opened(ring, values)
            kind, values, complaint_id = content["kind"], content["values"], content["complaint_id"]
        named = [complaint_id, values.get("complaint_id"), *(line["complaint_id"] for line in values.get("lines", ()))]
        about = frozenset(number for number in named if number is not None)
        seen.notices.append(Notice(row.id, row.person_id, kind, about))
        seen.last_notice = row.id


def links(session: Session, pairs: dict[int, int]) -> set[tuple[str, int, int]]:
    """Rows of any table that name a report and a person of these pairs together: (table, report, person)."""
    if not pairs:
        return set()
    both = [
        select(literal(name), report, person).where(tuple_(report, person).in_(list(pairs.items())))
        for name, report, person in _joining()
    ]
    return {(name, number, who) for name, number, who in session.execute(union_all(*both))}


@cache
def _joining() -> list[tuple[str, ColumnElement[int], ColumnElement[int]]]:
    """Pairs of columns of one table of which one refers to a report and the other to a person."""
    audit = AuditRow.__table__.c
    found: list[tuple[str, ColumnElement[int], ColumnElement[int]]] = [("audit", audit.subject_id, audit.actor_id)]
    for table in metadata.sorted_tables:
        targets = {column: {key.column.table.name for key in column.foreign_keys} for column in table.c}
        reports = [column for column, names in targets.items() if "complaint" in names]
        people = [column for column, names in targets.items() if "person" in names]
        if table.name == "complaint":  # that it belongs to another report says nothing of who sent that one
            reports = [table.c.id]
        found += [(table.name, report, person) for report in reports for person in people]
    return found
