"""Who may do what with an improvement: one table of role × action × scope, beside that of the reports."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from models.errors import Refusal
from models.rules.permissions import Presser, Role, Scope


class PlanAction(StrEnum):
    """What can be done with an improvement."""

    VIEW = "view"
    MAKE = "make"
    CHANGE = "change"
    ADVANCE = "advance"


_HEAD = ((Role.HEAD, Scope.UNIT),)

#: Action → the (role, scope) pairs that may do it; OWN stands for whoever the improvement was given to.
PLAN_TABLE: dict[PlanAction, tuple[tuple[Role, Scope], ...]] = {
    PlanAction.VIEW: (
        *_HEAD,
        (Role.OFFICER, Scope.UNIT),
        (Role.OFFICER, Scope.OWN),
        (Role.VERIFIER, Scope.CITY),
        (Role.INSPECTOR, Scope.CITY),
        (Role.ADMIN, Scope.CITY),
    ),
    PlanAction.MAKE: _HEAD,
    PlanAction.CHANGE: _HEAD,
    PlanAction.ADVANCE: (*_HEAD, (Role.OFFICER, Scope.OWN), (Role.HEAD, Scope.OWN)),
}


def may_plan(presser: Presser, action: PlanAction, units: Collection[int], owner_id: int | None = None) -> bool:
    """Whether the person may do it to an improvement of a unit (named by all its ids) that this employee owes."""
    return any(_reaches(presser, role, scope, units, owner_id) for role, scope in PLAN_TABLE[action])


def require_plan(presser: Presser, action: PlanAction, units: Collection[int], owner_id: int | None = None) -> None:
    """Refuse with `not_your_unit` unless the table lets this person do it."""
    if not may_plan(presser, action, units, owner_id):
        raise Refusal("not_your_unit")


def _reaches(presser: Presser, role: Role, scope: Scope, units: Collection[int], owner_id: int | None) -> bool:
    grants = [grant for grant in presser.grants if grant.role is role]
    if scope is Scope.OWN:
        return bool(grants) and owner_id is not None and owner_id == presser.employee_id
    if scope is Scope.UNIT:
        return any(grant.unit_id in units for grant in grants)
    return any(grant.unit_id is None for grant in grants)
