"""Which reports a civil servant may see, as one condition for every query: lists, search, counts, notices, exports.

It says in SQL what `models.rules.permissions.may(presser, VIEW, …)` says of one record; a test holds both together.
A look at a restricted report (confidential, or about a unit or civil servant) is written down.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.ext.asyncio import AsyncSession

from models.complaint import Complaint
from models.rules.permissions import Presser, Role
from models.sealing import TicketView, Viewed


def visible_to(presser: Presser) -> ColumnElement[bool]:
    """The reports that this person sees by a role of the city (being a reporter gives nothing here)."""
    city = {grant.role for grant in presser.grants if grant.unit_id is None}
    reached: list[ColumnElement[bool]] = []
    if Role.INSPECTOR in city:
        reached.append(Complaint.id.is_not(None))
    elif Role.VERIFIER in city:
        reached.append(unrestricted())
    units = presser.units(Role.OFFICER, Role.HEAD)
    if units:
        reached.append(and_(Complaint.unit_id.in_(units), Complaint.disposed_at.is_not(None)))
    return and_(or_(*reached), _not_involved(presser)) if reached else false()


def unrestricted() -> ColumnElement[bool]:
    """Reports that may be counted, listed or shown outside the inspectorate and the unit that works on them.

    For public lists, statistics of small cells, groups, and suggestions (domain rule 13).
    """
    return and_(Complaint.confidential.is_(False), Complaint.conflict.is_(False))


def restricted() -> ColumnElement[bool]:
    """Reports that are the inspectorate's."""
    return or_(Complaint.confidential, Complaint.conflict)


def _not_involved(presser: Presser) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = []
    if units := presser.units(*Role):
        conditions.append(or_(Complaint.conflict_unit_id.is_(None), Complaint.conflict_unit_id.not_in(units)))
    if presser.employee_id is not None:
        accused = Complaint.conflict_employee_id
        conditions.append(or_(accused.is_(None), accused != presser.employee_id))
    return and_(Complaint.id.is_not(None), *conditions)


def note_view(session: AsyncSession, presser: Presser, complaint: Complaint, what: Viewed, now: datetime) -> None:
    """Write down that this civil servant looks at a restricted report; nothing for any other report."""
    if complaint.record().restricted:
        session.add(TicketView(complaint_id=complaint.id, employee_id=presser.employee_id, what=what, at=now))
