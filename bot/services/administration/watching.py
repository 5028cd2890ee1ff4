"""What a session writes becomes rows of the audit, in the same transaction, so that no service can forget one.

Collected are the steps of reports, the looks at restricted ones, and the rows in WATCHED that come, change or go.
Only the columns named here are kept: facts, never anybody's words, and never who reported or was kept out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import event, insert, inspect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from models.administration.audit import AuditRow
from models.administration.ban import Ban
from models.administration.revision import Revision
from models.base import Base
from models.calendar import HolidayOverride, ServiceLimit
from models.complaint import ComplaintEvent
from models.employee import ActingSuperior, Employee, Invitation, RoleGrant
from models.forum import Forum
from models.group import StaffGroup
from models.organisation import Addressee, CityFact, EmergencyNumber, ReplyTemplate, Service, Unit
from models.performance.evaluation import UnitPredicate
from models.performance.indicator import Indicator, IndicatorTarget
from models.performance.recognition import RecognitionRule
from models.population import ServiceUsers
from models.sealing import TicketView
from models.training.need import NeedDecision, NeedTopic

SYSTEM, RESIDENT, CONSOLE = "system", "resident", "console"
COMPLAINT = "complaint"
#: What of a step's values may be kept; `…_before` is what it was.
FACTS = frozenset(
    {
        *("unit", "officer", "class", "needs_inspection", "anonymous", "confidential", "conflict", "accused"),
        *("score", "reason", "level", "promise", "due", "days", "addressee"),
        *("main", "code", "gone", "occurrence", "update", "files", "edited"),
    }
)
BEFORE = "_before"
_LASTS = ("valid_from", "valid_to")
#: Table → its name in the audit, and the columns whose change is an act.
WATCHED: dict[type[Base], tuple[str, tuple[str, ...]]] = {
    RoleGrant: ("role", ("employee_id", "role", "unit_id", *_LASTS)),
    ActingSuperior: ("acting", ("employee_id", "acting_id", *_LASTS)),
    Employee: ("employee", ("person_id", "unit_id", "supervisor_id", *_LASTS)),
    Invitation: ("invitation", ("employee_id", "expires_at", "used_at")),
    StaffGroup: ("group", ("unit_id", "ended_at")),
    Revision: ("revision", ("status",)),
    Ban: ("ban", ("reason", "until", "lifted_at")),
    CityFact: ("fact", ("value",)),
    ServiceLimit: ("limit", ("days", "working")),
    HolidayOverride: ("holiday", ("name", "working")),
    Unit: ("unit", ("code", "name", "short_name", "parent_id", "merged_into_id", *_LASTS)),
    Service: ("service", ("code", "name", "unit_id", "valid_to")),
    EmergencyNumber: ("emergency", ("kind", "number")),
    Addressee: ("addressee", ("code", "name", "contact")),
    ServiceUsers: ("service_users", ("service_id", "period", "users")),
    ReplyTemplate: ("template", ("code", "text")),
    RecognitionRule: ("recognition_rule", ("code", "title", "criteria", *_LASTS)),
    UnitPredicate: ("unit_predicate", ("unit_id", "year", "quarter", "predicate")),
    Indicator: ("indicator", ("code", "name", "owner_id", "unit_id", "source", "parent_id", "baseline", *_LASTS)),
    NeedTopic: ("need_topic", ("need", "what", "topics", "course_kind")),
    NeedDecision: ("need", ("unit_id", "need", "what", "outcome", "until")),
    Forum: ("forum", ("code", "unit_id", "status", "starts_at", "attended")),
    IndicatorTarget: ("target", ("indicator_id", "year", "quarter", "low", "high")),
}


@dataclass(frozen=True, slots=True)
class Doer:
    """Who acts: a civil servant's person, or nobody (the clock, the command line, a resident); in which role, when."""

    actor_id: int | None
    role: str
    now: datetime | None = None


_DOER = "doer"
#: Whoever acts in sessions that were told of nobody.
_AROUND: ContextVar[Doer] = ContextVar("doer")


def doing(session: AsyncSession, actor_id: int | None, role: str, now: datetime) -> None:
    """Who acts in this session from now on."""
    session.info[_DOER] = Doer(actor_id, role, now)


@contextmanager
def acting_as(role: str, now: datetime | None = None) -> Iterator[None]:
    """Meanwhile no person acts: `system:<duty>`, or `console`."""
    token = _AROUND.set(Doer(None, role, now))
    try:
        yield
    finally:
        _AROUND.reset(token)


def doer(info: Mapping[Any, Any]) -> Doer:
    """Who acts in the session with this `info`."""
    found: Doer | None = info.get(_DOER)
    return found or _AROUND.get(None) or Doer(None, SYSTEM)


def _collect(session: Session, _context: Any) -> None:
    who = doer(session.info)
    now = who.now or datetime.now(UTC)
    rows = [*_steps(session, who), *_looks(session, who), *_changes(session, who, now)]
    if rows:
        session.connection().execute(insert(AuditRow), rows)


def _steps(session: Session, who: Doer) -> Iterator[dict[str, Any]]:
    for step in session.new:
        if isinstance(step, ComplaintEvent):
            role = step.role or SYSTEM
            old, new = _facts(step.values or {})
            yield {
                "at": step.at,
                # The reporter is never named here: a row that cannot change could not be sealed later.
                "actor_id": None if role == RESIDENT else step.actor_id,
                "role": who.role if role == SYSTEM and who.role.startswith(SYSTEM) else role,
                "action": step.action.value,
                "subject": COMPLAINT,
                "subject_id": step.complaint_id,
                "old": {"status": plain(step.status_before), **old},
                "new": {"status": plain(step.status_after), **new},
            }


def _facts(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What of a step's values was, and what is."""
    old = {name.removesuffix(BEFORE): plain(value) for name, value in values.items() if name.endswith(BEFORE)}
    new = {name: plain(value) for name, value in values.items() if name in FACTS}
    return {name: value for name, value in old.items() if name in FACTS}, new


def _looks(session: Session, who: Doer) -> Iterator[dict[str, Any]]:
    """Every look at a restricted report."""
    for look in session.new:
        if isinstance(look, TicketView):
            found = {"subject": COMPLAINT, "subject_id": look.complaint_id, "old": {}, "new": {"what": look.what.value}}
            yield {"at": look.at, "actor_id": who.actor_id, "role": who.role, "action": "view", **found}


def _changes(session: Session, who: Doer, now: datetime) -> Iterator[dict[str, Any]]:
    for action, rows in (("added", session.new), ("changed", session.dirty), ("removed", session.deleted)):
        for row in rows:
            name, columns = WATCHED.get(type(row), ("", ()))
            old, new = _difference(row, columns, removed=action == "removed")
            if old or new:
                number, key = _number(row)
                found = {"subject": name, "subject_id": number, "old": old, "new": new | key}
                yield {"at": now, "actor_id": who.actor_id, "role": who.role, "action": action, **found}


def _difference(row: object, columns: Sequence[str], *, removed: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    if removed:
        return {name: plain(getattr(row, name)) for name in columns}, {}
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for name in columns:
        history = inspect(row).attrs[name].history
        if history.has_changes():
            old[name] = plain(history.deleted[0]) if history.deleted else None
            new[name] = plain(history.added[0]) if history.added else None
    return old, new


def _number(row: object) -> tuple[int, dict[str, Any]]:
    """The row's number; of one that is known by a word or a day, 0 and that."""
    key = inspect(row).mapper.primary_key_from_instance(row)[0]
    return (key, {}) if isinstance(key, int) else (0, {"key": plain(key)})


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if hasattr(value, "isoformat") else value


event.listen(Session, "after_flush", _collect)
