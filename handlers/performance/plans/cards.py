"""A work plan as its reader may see it, with the steps that this reader may do now."""

from __future__ import annotations

from bot.services.performance.plans import links, reading, team
from bot.services.performance.plans.reading import OPEN, Planning
from bot.views.performance.plans import card as view
from bot.views.performance.plans.card import Looks
from bot.views.screen import Screen
from models.performance.plan import WorkPlan
from models.rules.performance.hands import Hand
from models.rules.performance.plan_rules import PlanStatus, WorkPlanAction


async def card_of(by: Planning, plan_id: int) -> Screen:
    """The card; refused unless the person may see this plan."""
    plan = await by.reach(WorkPlanAction.VIEW, plan_id)
    found = await reading.whole(by.session, plan_id)
    hands = await by.hands(plan.employee_id)
    decides = Hand.SUPERIOR in hands and plan.status is PlanStatus.SUBMITTED
    unlinked = decides and bool(found.gaps(links_needed=await links.links_needed(by, plan)))
    wide = await wider_looks(by, plan.year)
    looks = Looks(
        own=Hand.OWNER in hands,
        decides=decides,
        complete=not found.gaps(),
        unlinked=unlinked,
        newer_id=await _newer(by, plan),
        leads=wide.leads,
        waiting=wide.waiting,
        sees_all=wide.sees_all,
    )
    return view.card(found, looks)


async def wider_looks(by: Planning, year: int) -> Looks:
    """What else this person may open."""
    return Looks(leads=by.presser.leads, waiting=await team.waiting(by, year), sees_all=by.sees_everyone)


async def _newer(by: Planning, plan: WorkPlan) -> int | None:
    """A version after this one that is still open or in force."""
    newest = await reading.latest(by.session, plan.employee_id, plan.year)
    shown = newest is not None and newest.number > plan.number and newest.status in (*OPEN, PlanStatus.APPROVED)
    return newest.id if newest is not None and shown else None
