"""Who may do what with which record: one table of role × action × scope.

A resident acts on the own reports, an officer on the unit's, a verifier and an inspector on the city's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from models.errors import Refusal
from models.rules.complaint_flow import Action


class Role(StrEnum):
    """What a person may be; everyone is a resident."""

    RESIDENT = "resident"
    OFFICER = "officer"
    VERIFIER = "verifier"
    INSPECTOR = "inspector"
    HEAD = "head"
    HR = "hr"
    ADMIN = "admin"


class Scope(StrEnum):
    """Which records a grant reaches."""

    OWN = "own"
    UNIT = "unit"
    CITY = "city"


class Desk(StrEnum):
    """Screens and commands that are not about one complaint."""

    HOME = "home"
    RATE = "rate"
    FILE = "file"
    MY_REPORTS = "my_reports"
    PRIVACY = "privacy"
    VERIFIER_QUEUE = "verifier_queue"
    UNIT_QUEUE = "unit_queue"
    OVERSIGHT = "oversight"
    INCIDENTS = "incidents"
    INVITE = "invite"
    FIGURES = "figures"


EVERYONE = tuple(Role)

#: Desk → the roles that may open it.
DESKS: dict[Desk, tuple[Role, ...]] = {
    Desk.HOME: EVERYONE,
    Desk.RATE: EVERYONE,
    Desk.FILE: EVERYONE,
    Desk.MY_REPORTS: EVERYONE,
    Desk.PRIVACY: EVERYONE,
    Desk.VERIFIER_QUEUE: (Role.VERIFIER,),
    Desk.UNIT_QUEUE: (Role.OFFICER, Role.HEAD),
    Desk.OVERSIGHT: (Role.INSPECTOR,),
    Desk.INCIDENTS: (Role.ADMIN,),
    Desk.INVITE: (Role.ADMIN, Role.HR),
    Desk.FIGURES: (Role.HEAD, Role.VERIFIER, Role.INSPECTOR, Role.ADMIN),
}

_RESIDENT = ((Role.RESIDENT, Scope.OWN),)
_VERIFIER = ((Role.VERIFIER, Scope.CITY),)
_UNIT = ((Role.OFFICER, Scope.UNIT), (Role.HEAD, Scope.UNIT))

#: Action → the (role, scope) pairs that may do it. AUTO_CLOSE and ESCALATE belong to the clock alone.
TABLE: dict[Action, tuple[tuple[Role, Scope], ...]] = {
    Action.VIEW: (*_RESIDENT, *_VERIFIER, *_UNIT, (Role.INSPECTOR, Scope.CITY)),
    Action.ADD_INFORMATION: _RESIDENT,
    Action.HIDE_NAME: _RESIDENT,
    Action.WITHDRAW: _RESIDENT,
    Action.CONFIRM: _RESIDENT,
    Action.DISPUTE: _RESIDENT,
    Action.REOPEN: _RESIDENT,
    Action.VERIFY: _VERIFIER,
    Action.ASK_COMPLETION: _VERIFIER,
    Action.DECLARE_NOT_OURS: _VERIFIER,
    Action.ARCHIVE: _VERIFIER,
    Action.DISPOSE: _VERIFIER,
    Action.TRANSFER: (*_VERIFIER, *_UNIT),
    Action.TAKE: _UNIT,
    Action.ASK_RESIDENT: _UNIT,
    Action.NOTE: (*_VERIFIER, *_UNIT, (Role.INSPECTOR, Scope.CITY)),
    Action.REPLY: _UNIT,
    Action.PROPOSE_DONE: _UNIT,
    Action.TIGHTEN: (*_VERIFIER, *_UNIT),
    Action.AUTO_CLOSE: (),
    Action.ESCALATE: (),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role valid today, for one unit or (None) the whole city."""

    role: Role
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Presser:
    """Who presses: the person and the roles valid today (being a resident goes without saying)."""

    person_id: int
    employee_id: int | None = None
    grants: tuple[Grant, ...] = ()

    def roles(self) -> frozenset[Role]:
        """Every role the person has, the resident's included."""
        return frozenset(grant.role for grant in self.grants) | {Role.RESIDENT}

    def units(self, *roles: Role) -> frozenset[int]:
        """The units for which the person has one of the roles."""
        found = (grant.unit_id for grant in self.grants if grant.role in roles)
        return frozenset(unit for unit in found if unit is not None)


@dataclass(frozen=True, slots=True)
class Record:
    """What the table needs to know of a complaint: its reporter and its present unit."""

    owner_id: int | None
    unit_id: int | None


def may(presser: Presser, action: Action, record: Record) -> bool:
    """Whether the table lets this person do this to this record."""
    return any(_reaches(presser, role, scope, record) for role, scope in TABLE[action])


def require(presser: Presser, action: Action, record: Record) -> None:
    """Refuse with `not_your_role` (no grant for it at all) or `not_your_record` (a grant, elsewhere)."""
    if may(presser, action, record):
        return
    held = presser.roles() & {role for role, _ in TABLE[action]} - {Role.RESIDENT}
    raise Refusal("not_your_record" if held or _is_residents(action) else "not_your_role")


def require_desk(presser: Presser, desk: Desk) -> None:
    """Refuse with `not_your_role` unless one of the person's roles opens the desk."""
    if not presser.roles() & set(DESKS[desk]):
        raise Refusal("not_your_role")


def serves(presser: Presser, record: Record) -> bool:
    """Whether the person sees the record by a role of the city, not as its reporter."""
    return role_for(presser, Action.VIEW, record) is not None


def role_for(presser: Presser, action: Action, record: Record) -> Role | None:
    """The role of the city by which the table lets this person do it, None for nobody or the reporter."""
    roles = (role for role, scope in TABLE[action] if _reaches(presser, role, scope, record))
    return next((role for role in roles if role is not Role.RESIDENT), None)


def actions_for(presser: Presser, record: Record) -> tuple[Action, ...]:
    """The actions the table lets this person do, whatever the record's state."""
    return tuple(action for action in Action if may(presser, action, record))


def _is_residents(action: Action) -> bool:
    return any(role is Role.RESIDENT for role, _ in TABLE[action])


def _reaches(presser: Presser, role: Role, scope: Scope, record: Record) -> bool:
    if scope is Scope.OWN:
        return record.owner_id is not None and record.owner_id == presser.person_id
    grants: Iterable[Grant] = (grant for grant in presser.grants if grant.role is role)
    if scope is Scope.CITY:
        return any(grant.unit_id is None for grant in grants)
    return record.unit_id is not None and any(grant.unit_id == record.unit_id for grant in grants)
