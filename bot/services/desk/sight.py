"""Which reports the city's people may see: the table of rights as a condition, so that no list loads what it hides."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, true

from models.complaint import Complaint
from models.rules.complaint_flow import Action
from models.rules.permissions import TABLE, Presser, Role, Scope


def visible(presser: Presser) -> ColumnElement[bool]:
    """What the person sees by a role of the city (`permissions.serves` for every row); own reports do not count."""
    ways = [_way(presser, role, scope) for role, scope in TABLE[Action.VIEW] if role is not Role.RESIDENT]
    return or_(false(), *ways)


def _way(presser: Presser, role: Role, scope: Scope) -> ColumnElement[bool]:
    grants = [grant for grant in presser.grants if grant.role is role]
    if scope is Scope.CITY:
        return true() if any(grant.unit_id is None for grant in grants) else false()
    units = [grant.unit_id for grant in grants if grant.unit_id is not None]
    if scope is Scope.OWN or not units:
        return false()
    return and_(Complaint.unit_id.in_(units), Complaint.disposed_at.is_not(None))
