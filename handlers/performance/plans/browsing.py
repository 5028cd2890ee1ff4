"""/rencana: the work plan as a card, its versions and years, the lists, and what is decided with one press."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, YearPlan
from bot.conversation import Handler, close
from bot.services import staff
from bot.services.performance.plans import deciding, reading, team
from bot.services.performance.plans.reading import Planning
from bot.turn import Context, Turn, payload_of
from bot.views.performance.plans import card as view
from bot.views.performance.plans import lists, talk
from bot.views.screen import Screen
from handlers.performance.plans import sheets
from handlers.performance.plans.cards import card_of, wider_looks
from handlers.performance.plans.place import planning
from models.errors import Refusal
from models.rules.performance.plan_rules import PlanStatus, WorkPlanAction
from models.rules.permissions import Desk, require_desk

_TAG = YearPlan.tag


def handlers() -> list[Handler]:
    """The command, and the buttons of the card and the lists."""
    return [
        CommandHandler("rencana", open_own, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(open_own, pattern=f"^{Open.tag}:{Desk.WORK_PLAN.value}:"),
        CallbackQueryHandler(open_card, pattern=f"^{_TAG}:open:\\d+:"),
        CallbackQueryHandler(open_year, pattern=f"^{_TAG}:year:\\d+:"),
        CallbackQueryHandler(choose_year, pattern=f"^{_TAG}:years:"),
        CallbackQueryHandler(show_past, pattern=f"^{_TAG}:past:\\d+:"),
        CallbackQueryHandler(show_team, pattern=f"^{_TAG}:team:\\d+:"),
        CallbackQueryHandler(open_of_staff, pattern=f"^{_TAG}:staff:\\d+:"),
        CallbackQueryHandler(show_units, pattern=f"^{_TAG}:units:\\d+:"),
        CallbackQueryHandler(show_unit, pattern=f"^{_TAG}:unit:\\d+:"),
        CallbackQueryHandler(submit, pattern=f"^{_TAG}:submit:\\d+:"),
        CallbackQueryHandler(take_back, pattern=f"^{_TAG}:takeback:\\d+:"),
        CallbackQueryHandler(approve, pattern=f"^{_TAG}:approve:\\d+:"),
        *sheets.handlers(),
    ]


async def _pressed(update: Update, turn: Turn) -> tuple[Planning, YearPlan]:
    """Who acts, and what was pressed; refused with `not_your_role` for who is not on the roster."""
    require_desk(turn.presser, Desk.WORK_PLAN)
    payload = payload_of(update)
    if not isinstance(payload, YearPlan):
        raise Refusal("no_such_plan")
    return await planning(turn), payload


def _page(payload: YearPlan) -> int:
    return int(payload.extra) if payload.extra.isdecimal() else 0


# --- the own plan ---


async def open_own(update: Update, context: Context) -> Any:
    """/rencana: the plan of this year."""
    turn = context.turn
    require_desk(turn.presser, Desk.WORK_PLAN)
    by = await planning(turn)
    turn.show(await _of_year(by, by.today.year))


async def open_year(update: Update, context: Context) -> Any:
    """Of another year."""
    by, payload = await _pressed(update, context.turn)
    context.turn.show(await _of_year(by, payload.which))


async def _of_year(by: Planning, year: int) -> Screen:
    """What is in force, else the newest version; or that there is none."""
    newest = await reading.latest(by.session, by.employee_id, year)
    shown = await reading.in_force(by.session, by.employee_id, year) or newest
    if shown is not None:
        return await card_of(by, shown.id)
    return view.none_yet(year, await wider_looks(by, year), can_begin=year in reading.open_years(by.today))


async def choose_year(update: Update, context: Context) -> Any:
    """Which year."""
    by, _payload = await _pressed(update, context.turn)
    context.turn.show(view.years(await reading.years(by, by.employee_id)))


async def open_card(update: Update, context: Context) -> Any:
    """One version of somebody's plan."""
    by, payload = await _pressed(update, context.turn)
    context.turn.show(await card_of(by, payload.which))


async def show_past(update: Update, context: Context) -> Any:
    """The steps of a version, and the other versions."""
    by, payload = await _pressed(update, context.turn)
    plan = await by.reach(WorkPlanAction.VIEW, payload.which)
    versions = await reading.versions(by.session, plan.employee_id, plan.year)
    context.turn.show(view.past(plan, versions, await reading.steps(by.session, plan.id)))


# --- the lists ---


async def show_team(update: Update, context: Context) -> Any:
    """Those whom the person leads today."""
    by, payload = await _pressed(update, context.turn)
    members = await team.led(by, by.today.year)
    shown, page, pages = team.page_of(members, _page(payload))
    context.turn.show(lists.team(by.today.year, shown, page, pages, len(members)))


async def open_of_staff(update: Update, context: Context) -> Any:
    """The newest plan of this year of one whom the person may see."""
    by, payload = await _pressed(update, context.turn)
    await by.require_view(payload.which)
    newest = await reading.latest(by.session, payload.which, by.today.year)
    if newest is None:
        employee = await staff.get(by.session, payload.which)
        context.turn.show(lists.none_of(employee.name, by.today.year))
        return
    context.turn.show(await card_of(by, newest.id))


async def show_units(update: Update, context: Context) -> Any:
    """Every unit, for human resources."""
    by, payload = await _pressed(update, context.turn)
    page = _page(payload)
    found, pages = await team.units(by, by.today.year, page)
    names = {one.unit_id: by.city.units[one.unit_id].short_name for one in found}
    context.turn.show(lists.units(by.today.year, found, names, min(page, pages - 1), pages))


async def show_unit(update: Update, context: Context) -> Any:
    """The people of a unit, for human resources."""
    by, payload = await _pressed(update, context.turn)
    team.require_all(by)
    row = by.city.units.get(payload.which)
    if row is None:
        raise Refusal("no_such_unit")
    members = await team.of_unit(by, row.id, by.today.year)
    shown, page, pages = team.page_of(members, _page(payload))
    context.turn.show(lists.unit(row.short_name, row.id, by.today.year, shown, page, pages))


# --- what is decided with one press ---


async def submit(update: Update, context: Context) -> Any:
    """To the superior; a second press shows where it is."""
    by, payload = await _pressed(update, context.turn)
    plan = await by.reach(WorkPlanAction.VIEW, payload.which)
    if plan.status is not PlanStatus.SUBMITTED:
        await deciding.submit(by, plan.id)
        leave_talk(context.turn)
    context.turn.show(await card_of(by, plan.id))


async def take_back(update: Update, context: Context) -> Any:
    """Back into the own hands."""
    by, payload = await _pressed(update, context.turn)
    plan = await by.reach(WorkPlanAction.VIEW, payload.which)
    if plan.status is not PlanStatus.DRAFT:
        await deciding.take_back(by, plan.id)
    context.turn.show(await card_of(by, plan.id))


async def approve(update: Update, context: Context) -> Any:
    """In force from now on; who comes second sees who was first."""
    turn = context.turn
    by, payload = await _pressed(update, turn)
    plan = await by.reach(WorkPlanAction.VIEW, payload.which)
    if plan.status in (PlanStatus.APPROVED, PlanStatus.RETURNED, PlanStatus.SUPERSEDED):
        turn.toast(view.decided_toast())
    else:
        await deciding.approve(by, plan.id)
    turn.show(await card_of(by, plan.id))


def leave_talk(turn: Turn) -> None:
    """The talk about the plan is over: what it would change is not to be changed any more."""
    if turn.conversation.flow == talk.FLOW:
        close(turn)
