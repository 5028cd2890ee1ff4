"""Who may do what with which record: one table of role × action × scope.

A resident acts on the own reports, an officer on the unit's, a verifier and an inspector on the city's. Restricted
reports (confidential, or about a unit or a civil servant) are the inspectorate's: no verifier reaches them, a unit only
those that the inspectorate passed on to it, and nobody who is involved reaches them at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from models.errors import Refusal
from models.rules.complaint_flow import Action


class Role(StrEnum):
    """What a person may be: everyone a resident, who is on the roster an employee, who has subordinates a superior."""

    RESIDENT = "resident"
    EMPLOYEE = "employee"
    SUPERIOR = "superior"
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
    RESTRICTED = "restricted"


class Desk(StrEnum):
    """Screens and commands that are not about one complaint."""

    HOME = "home"
    RATE = "rate"
    SURVEY = "survey"
    FILE = "file"
    MY_REPORTS = "my_reports"
    PRIVACY = "privacy"
    VERIFIER_QUEUE = "verifier_queue"
    UNIT_QUEUE = "unit_queue"
    OVERSIGHT = "oversight"
    INCIDENTS = "incidents"
    INVITE = "invite"
    FIGURES = "figures"
    ON_BEHALF = "on_behalf"
    GROUPS = "groups"
    AUDIT = "audit"
    BANS = "bans"
    CITY_DATA = "city_data"
    OCCURRENCES = "occurrences"
    SATISFACTION = "satisfaction"
    QUALITY = "quality"
    IMPROVEMENTS = "improvements"
    SEARCH = "search"
    SHARING = "sharing"
    WEEKLY = "weekly"
    WEEKLY_CHECK = "weekly_check"
    TEAM = "team"
    WORK_PLAN = "work_plan"
    INDICATORS = "indicators"
    SERVICE_RECORDS = "service_records"
    EVALUATIONS = "evaluations"
    RECOGNITIONS = "recognitions"
    BROADCASTS = "broadcasts"
    TRAINING = "training"
    HOURS = "hours"
    FORUMS = "forums"


EVERYONE = tuple(Role)
#: Roles that go without a grant; all others are given by an administrator.
IMPLIED = (Role.RESIDENT, Role.EMPLOYEE, Role.SUPERIOR)
GRANTED = tuple(role for role in Role if role not in IMPLIED)

_OF_EVERYONE = (Desk.HOME, Desk.RATE, Desk.SURVEY, Desk.FILE, Desk.MY_REPORTS, Desk.PRIVACY, Desk.QUALITY, Desk.FORUMS)
_OF_EMPLOYEES = (
    *(Desk.WEEKLY, Desk.WORK_PLAN, Desk.INDICATORS, Desk.EVALUATIONS, Desk.RECOGNITIONS, Desk.TRAINING),
    Desk.HOURS,
)
#: Desk → the roles that may open it.
DESKS: dict[Desk, tuple[Role, ...]] = {
    **dict.fromkeys(_OF_EVERYONE, EVERYONE),
    **dict.fromkeys(_OF_EMPLOYEES, (Role.EMPLOYEE,)),
    Desk.VERIFIER_QUEUE: (Role.VERIFIER,),
    Desk.UNIT_QUEUE: (Role.OFFICER, Role.HEAD),
    Desk.OVERSIGHT: (Role.INSPECTOR,),
    Desk.INCIDENTS: (Role.ADMIN,),
    Desk.INVITE: (Role.ADMIN, Role.HR),
    Desk.SATISFACTION: (Role.HEAD, Role.VERIFIER, Role.INSPECTOR, Role.ADMIN),
    Desk.IMPROVEMENTS: (Role.OFFICER, Role.HEAD, Role.VERIFIER, Role.INSPECTOR, Role.ADMIN),
    Desk.SEARCH: (Role.VERIFIER, Role.OFFICER, Role.HEAD, Role.INSPECTOR),
    Desk.SHARING: (Role.HEAD,),
    Desk.WEEKLY_CHECK: (Role.SUPERIOR,),
    Desk.TEAM: (Role.SUPERIOR, Role.HR),
    Desk.SERVICE_RECORDS: (Role.OFFICER, Role.HEAD),
    Desk.BROADCASTS: (Role.HR, Role.ADMIN),
    Desk.OCCURRENCES: (Role.VERIFIER, Role.OFFICER, Role.HEAD, Role.INSPECTOR),
    Desk.CITY_DATA: (Role.ADMIN,),
    Desk.GROUPS: (Role.ADMIN,),
    Desk.BANS: (Role.ADMIN, Role.INSPECTOR, Role.VERIFIER),
    Desk.AUDIT: (Role.ADMIN, Role.INSPECTOR, Role.VERIFIER),
    Desk.ON_BEHALF: (Role.VERIFIER, Role.OFFICER, Role.HEAD),
    Desk.FIGURES: (Role.HEAD, Role.VERIFIER, Role.INSPECTOR, Role.ADMIN),
}

_RESIDENT = ((Role.RESIDENT, Scope.OWN),)
_VERIFIER = ((Role.VERIFIER, Scope.CITY),)
_UNIT = ((Role.OFFICER, Scope.UNIT), (Role.HEAD, Scope.UNIT))
_INSPECTOR = ((Role.INSPECTOR, Scope.CITY),)
#: What the verifier and the units do with other reports, the inspectorate does with restricted ones.
_INSPECTORATE = ((Role.INSPECTOR, Scope.RESTRICTED),)

#: Action → the (role, scope) pairs that may do it. HOLD, AUTO_CLOSE and ESCALATE belong to the system alone.
TABLE: dict[Action, tuple[tuple[Role, Scope], ...]] = {
    Action.VIEW: (*_RESIDENT, *_VERIFIER, *_UNIT, *_INSPECTOR),
    Action.ADD_INFORMATION: _RESIDENT,
    Action.HIDE_NAME: _RESIDENT,
    Action.WITHDRAW: _RESIDENT,
    Action.CONFIRM: _RESIDENT,
    Action.DISPUTE: _RESIDENT,
    Action.REOPEN: _RESIDENT,
    Action.VERIFY: (*_VERIFIER, *_INSPECTORATE),
    Action.ASK_COMPLETION: (*_VERIFIER, *_INSPECTORATE),
    Action.DECLARE_NOT_OURS: (*_VERIFIER, *_INSPECTORATE),
    Action.ARCHIVE: (*_VERIFIER, *_INSPECTORATE),
    Action.MERGE: _VERIFIER,
    Action.UNMERGE: _VERIFIER,
    Action.RESTORE: _VERIFIER,
    Action.ABSORB: _VERIFIER,
    Action.GROUP: (*_VERIFIER, (Role.HEAD, Scope.UNIT)),
    Action.UNGROUP: (*_VERIFIER, (Role.HEAD, Scope.UNIT)),
    Action.INFORM: (*_VERIFIER, *_UNIT),
    Action.DISPOSE: (*_VERIFIER, *_INSPECTORATE),
    Action.TRANSFER: (*_VERIFIER, *_UNIT, *_INSPECTORATE),
    Action.TAKE: (*_UNIT, *_INSPECTORATE),
    Action.ASK_RESIDENT: (*_UNIT, *_INSPECTORATE),
    Action.NOTE: (*_VERIFIER, *_UNIT, *_INSPECTOR),
    Action.ASSIGN: _UNIT,
    Action.UNASSIGN: _UNIT,
    Action.REPLY: (*_UNIT, *_INSPECTORATE),
    Action.PROPOSE_DONE: (*_UNIT, *_INSPECTORATE),
    Action.TIGHTEN: (*_VERIFIER, *_UNIT, *_INSPECTOR),
    Action.ACCUSE: (*_VERIFIER, *_INSPECTOR),
    Action.HOLD: (),
    Action.RELEASE: _INSPECTOR,
    Action.RETURN: _INSPECTOR,
    Action.AUTO_CLOSE: (),
    Action.CLAIM: (),
    Action.ESCALATE: (),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role valid today, for one unit or (None) the whole city."""

    role: Role
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Presser:
    """Who presses: the person and the roles valid today (being a resident goes without saying).

    By `marks` the person's own anonymous reports are known. `leads`: somebody reports to the person today.
    """

    person_id: int
    employee_id: int | None = None
    grants: tuple[Grant, ...] = ()
    marks: frozenset[str] = frozenset()
    leads: bool = False

    def roles(self) -> frozenset[Role]:
        """Every role the person has, the implied ones included."""
        implied = {Role.RESIDENT}
        if self.employee_id is not None:
            implied.add(Role.EMPLOYEE)
        if self.leads:
            implied.add(Role.SUPERIOR)
        return frozenset(grant.role for grant in self.grants) | implied

    def units(self, *roles: Role) -> frozenset[int]:
        """The units for which the person has one of the roles."""
        found = (grant.unit_id for grant in self.grants if grant.role in roles)
        return frozenset(unit for unit in found if unit is not None)


@dataclass(frozen=True, slots=True)
class Record:
    """What the table needs to know of a complaint: its reporter, its present unit, and whom it is about.

    `owner_mark` stands for the reporter of an anonymous report. `conflict`: a unit or civil servant is accused, by
    name (`conflict_unit_id`, `conflict_employee_id`) or not yet.
    """

    owner_id: int | None
    unit_id: int | None
    owner_mark: str | None = None
    confidential: bool = False
    conflict: bool = False
    conflict_unit_id: int | None = None
    conflict_employee_id: int | None = None

    @property
    def restricted(self) -> bool:
        """Whether it is the inspectorate's."""
        return self.confidential or self.conflict


def may(presser: Presser, action: Action, record: Record) -> bool:
    """Whether the table lets this person do this to this record."""
    return any(_reaches(presser, role, scope, record) for role, scope in TABLE[action])


def require(presser: Presser, action: Action, record: Record) -> None:
    """Refuse with `not_your_role` (no grant for it at all), `not_your_record` (a grant, elsewhere) or
    `inspectorate_only`: whose unit or name a restricted report is about is not to be read from the refusal.
    """
    if may(presser, action, record):
        return
    held = {
        role
        for role, scope in TABLE[action]
        if role in presser.roles() - {Role.RESIDENT} and (scope is not Scope.RESTRICTED or record.restricted)
    }
    if held and record.restricted:
        raise Refusal("inspectorate_only")
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


def is_involved(presser: Presser, record: Record) -> bool:
    """Whether the report is about this civil servant, or about a unit for which the person has a role."""
    if record.conflict_employee_id is not None and record.conflict_employee_id == presser.employee_id:
        return True
    return record.conflict_unit_id is not None and record.conflict_unit_id in presser.units(*Role)


def _reaches(presser: Presser, role: Role, scope: Scope, record: Record) -> bool:
    if scope is Scope.OWN:
        return owns(presser, record)
    if is_involved(presser, record):
        return False
    grants: Iterable[Grant] = (grant for grant in presser.grants if grant.role is role)
    if scope is Scope.UNIT:
        return record.unit_id is not None and any(grant.unit_id == record.unit_id for grant in grants)
    if record.restricted and role is not Role.INSPECTOR:
        return False
    if scope is Scope.RESTRICTED and not record.restricted:
        return False
    return any(grant.unit_id is None for grant in grants)


def owns(presser: Presser, record: Record) -> bool:
    """Whether the person reported it."""
    if record.owner_mark is not None:
        return record.owner_mark in presser.marks
    return record.owner_id is not None and record.owner_id == presser.person_id
