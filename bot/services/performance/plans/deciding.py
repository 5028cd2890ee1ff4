"""A plan goes to the superior and comes back approved, or returned with notes; approved it is frozen (rule 27)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from bot.services import audit, outbox
from bot.services.administration import watching
from bot.services.notices import sending_moment
from bot.services.performance import chain
from bot.services.performance.plans import drafting, links, reading
from bot.services.performance.plans.drafting import LONGEST_WORDS, clean
from bot.services.performance.plans.reading import OPEN, Planning
from models.employee import Employee
from models.errors import Refusal
from models.performance.plan import PlanEvent, WorkPlan
from models.rules.performance.plan_rules import PlanStatus, WorkPlanAction
from models.rules.permissions import Role

SUBJECT = "work_plan"


@dataclass(frozen=True, slots=True)
class Notes:
    """What the superior asks for: of results and of items by id, and of the whole."""

    results: Mapping[int, str]
    items: Mapping[int, str]
    overall: str = ""

    def any(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.results or self.items or self.overall.strip())


async def submit(by: Planning, plan_id: int) -> WorkPlan:
    """The own plan goes to the superior; refused with `plan_has_gaps` and `plan_without_superior`.

    At the top, where nobody is above and somebody below, it is in force at once.
    """
    plan = await by.reach(WorkPlanAction.SUBMIT, plan_id)
    if (await reading.whole(by.session, plan_id)).gaps():
        raise Refusal("plan_has_gaps")
    people = await reading.approvers(by, plan.employee_id)
    if not people and not await chain.subordinates(by.session, plan.employee_id, by.today):
        raise Refusal("plan_without_superior")
    plan.superior_id = await reading.superior_of(by, plan.employee_id)
    event = await _step(by, plan, PlanStatus.SUBMITTED)
    if people:
        await _tell(by, plan, event, people, "plan_submitted")
    else:
        await _put_in_force(by, plan)
    return plan


async def take_back(by: Planning, plan_id: int) -> WorkPlan:
    """The owner wants to change something before the superior looks."""
    plan = await by.reach(WorkPlanAction.TAKE_BACK, plan_id)
    await _step(by, plan, PlanStatus.DRAFT)
    return plan


async def approve(by: Planning, plan_id: int) -> WorkPlan:
    """Frozen; the version before is superseded. Refused with `plan_links_missing` and `plan_has_gaps`."""
    plan = await by.reach(WorkPlanAction.APPROVE, plan_id)
    found = await reading.whole(by.session, plan_id)
    if found.gaps():
        raise Refusal("plan_has_gaps")
    if found.gaps(links_needed=await links.links_needed(by, plan)):
        raise Refusal("plan_links_missing")
    plan.superior_id = by.employee_id
    event = await _put_in_force(by, plan)
    await _tell(by, plan, event, [plan.employee_id], "plan_approved")
    return plan


async def give_back(by: Planning, plan_id: int, notes: Notes) -> WorkPlan:
    """Back to its owner with what is to change; refused with `reason_missing`."""
    plan = await by.reach(WorkPlanAction.RETURN, plan_id)
    if not notes.any():
        raise Refusal("reason_missing")
    found = await reading.whole(by.session, plan_id)
    for result in found.results:
        result.row.note = _note(notes.results.get(result.row.id))
    for item in found.items:
        item.note = _note(notes.items.get(item.id))
    plan.superior_id = by.employee_id
    event = await _step(by, plan, PlanStatus.RETURNED, _note(notes.overall))
    await _tell(by, plan, event, [plan.employee_id], "plan_returned")
    return plan


async def revise(by: Planning, plan_id: int, reason: str) -> WorkPlan:
    """The next version of an approved plan, a draft with everything of it; one that is open already is that one."""
    plan = await by.reach(WorkPlanAction.REVISE, plan_id)
    newest = await reading.latest(by.session, plan.employee_id, plan.year)
    if newest is not None and newest.status in OPEN:
        return newest
    following = WorkPlan(
        employee_id=plan.employee_id,
        year=plan.year,
        number=plan.number + 1,
        reason=clean(reason, LONGEST_WORDS),
        created_at=by.now,
    )
    by.session.add(following)
    await by.session.flush()
    source = await reading.whole(by.session, plan_id)
    await drafting.copy_results(by, source.results, following, same_lines=True)
    await drafting.write_behaviours(by, following.id, source.behaviours)
    return following


def _note(text: str | None) -> str | None:
    return clean(text, LONGEST_WORDS) if text and text.strip() else None


async def _put_in_force(by: Planning, plan: WorkPlan) -> PlanEvent:
    """Approved: the notes are done with, and the version before makes way."""
    for former in await reading.versions(by.session, plan.employee_id, plan.year):
        if former.status is PlanStatus.APPROVED:
            former.move(PlanStatus.SUPERSEDED, by.now, actor_id=by.presser.person_id)
    await by.session.flush()
    found = await reading.whole(by.session, plan.id)
    for one in found.results:
        one.row.note = None
        for item in one.items:
            item.note = None
    return await _step(by, plan, PlanStatus.APPROVED)


async def _step(by: Planning, plan: WorkPlan, following: PlanStatus, text: str | None = None) -> PlanEvent:
    """Move on, with the event and the audit's row."""
    before = plan.status
    event = plan.move(following, by.now, actor_id=by.presser.person_id, text=text)
    await by.session.flush()
    facts = {"old": {"status": before.value}, "new": {"status": following.value}}
    if not by.presser.grants:  # on the roster without a role of the city: the audit names the person all the same
        role = Role.EMPLOYEE if by.presser.employee_id == plan.employee_id else Role.SUPERIOR
        watching.doing(by.session, by.presser.person_id, role.value, by.now)
    audit.record(by.session, f"plan_{following.value}", SUBJECT, plan.id, by.now, **facts)
    return event


async def _tell(by: Planning, plan: WorkPlan, event: PlanEvent, employee_ids: Collection[int], kind: str) -> None:
    """A notice to each who has an account, once per step."""
    accounts = select(Employee.person_id).where(Employee.id.in_(employee_ids), Employee.person_id.is_not(None))
    owner = await by.session.get_one(Employee, plan.employee_id)
    for person_id in await by.session.scalars(accounts.order_by(Employee.person_id)):
        await outbox.put(
            by.session,
            key=f"{kind}:{plan.id}:{event.id}:{person_id}",
            person_id=person_id,
            kind=kind,
            now=by.now,
            values={"plan": plan.id, "year": plan.year, "number": plan.number, "name": owner.name, "text": event.text},
            not_before=sending_moment(by.city, by.now),
        )
