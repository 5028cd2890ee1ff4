"""From a report's side: which improvements of its unit it can be linked to, and whether somebody may do so."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.services import complaints
from bot.services.satisfaction.improved import LOOKS_BACK
from bot.services.satisfaction.plans import PAGE, Deciding
from bot.services.satisfaction.reach import family
from models.complaint import Complaint
from models.errors import Refusal
from models.improvement import Improvement, ImprovementReport
from models.rules.complaint_flow import COUNTED, Action
from models.rules.improvements import UNFINISHED
from models.rules.performance.plan_rights import PlanAction, may_plan


def is_linkable(by: Deciding, complaint: Complaint) -> bool:
    """Whether this person plans for the unit that has the report, and the report is open to its unit and counts."""
    record = complaint.record()
    if record.unit_id is None or record.restricted or complaint.status not in COUNTED:
        return False
    return may_plan(by.presser, PlanAction.MAKE, family(by.city, record.unit_id))


async def report(by: Deciding, complaint_id: int) -> Complaint:
    """The report, if this person may link it; refused with `not_your_unit` as well."""
    complaint = await complaints.reach(by.session, by.presser, Action.VIEW, complaint_id)
    if not is_linkable(by, complaint):
        raise Refusal("not_your_unit")
    return complaint


async def improvements_for(by: Deciding, complaint: Complaint, page: int) -> tuple[list[tuple[Improvement, bool]], int]:
    """Unfinished improvements that the report fits, by date, each with whether it is linked: one page, and how many."""
    linked = select(ImprovementReport.improvement_id).where(ImprovementReport.complaint_id == complaint.id)
    fits = _fits(by, complaint)
    total = await by.session.scalar(select(func.count()).select_from(Improvement).where(fits)) or 0
    found = await by.session.execute(
        select(Improvement, Improvement.id.in_(linked))
        .where(fits)
        .order_by(Improvement.due_on, Improvement.id)
        .offset(page * PAGE)
        .limit(PAGE)
    )
    return [(row, bool(is_linked)) for row, is_linked in found], total


def _fits(by: Deciding, complaint: Complaint) -> ColumnElement[bool]:
    """The same as `improved` asks of a report: the unit's, of its service and class where there is one, in time."""
    return and_(
        Improvement.unit_id.in_(family(by.city, complaint.unit_id or 0)),
        Improvement.status.in_(UNFINISHED),
        or_(Improvement.service_id.is_(None), Improvement.service_id == complaint.service_id),
        or_(Improvement.report_class.is_(None), Improvement.report_class == complaint.report_class),
        Improvement.created_at <= complaint.received_at + LOOKS_BACK,
    )
