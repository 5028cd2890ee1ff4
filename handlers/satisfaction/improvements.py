"""Improvements outside a talk: the draft of a plan, the list, one of them, what is linked, work begun."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.callbacks import Open, Plan
from bot.conversation import Handler
from bot.services.city import know
from bot.services.desk.figures import units_of
from bot.services.satisfaction import improved, improvements, plans, reach
from bot.services.satisfaction.plans import PAGE, Deciding
from bot.turn import Context, Turn, payload_of
from bot.views.parts import cut
from bot.views.satisfaction import planning
from bot.views.satisfaction import plans as view
from bot.views.satisfaction.plans import May
from bot.views.screen import Screen
from handlers.satisfaction import made
from models.rules.performance.plan_rights import PlanAction, may_plan
from models.rules.permissions import Desk, Role, require_desk

FIRST_WORDS = 90


def handlers() -> list[Handler]:
    """The command, the list's pages, and the buttons of a draft and of a card that ask nothing."""
    return [
        CommandHandler("perbaikan", open_list, filters.UpdateType.MESSAGE),
        CallbackQueryHandler(open_list, pattern=f"^{Open.tag}:{Desk.IMPROVEMENTS.value}:"),
        CallbackQueryHandler(show_draft, pattern=f"^{Plan.tag}:draft:"),
        CallbackQueryHandler(open_card, pattern=f"^{Plan.tag}:open:\\d+:"),
        CallbackQueryHandler(begin_work, pattern=f"^{Plan.tag}:start:\\d+:"),
        CallbackQueryHandler(show_reports, pattern=f"^{Plan.tag}:reports:\\d+:\\d+$"),
        CallbackQueryHandler(tie, pattern=f"^{Plan.tag}:tie:\\d+:\\d+\\.\\d+$"),
    ]


async def deciding(turn: Turn) -> Deciding:
    """Who decides in this turn."""
    return Deciding(turn.session, await know(turn.session, turn.now), turn.presser, turn.now)


async def open_list(update: Update, context: Context) -> Any:
    """/perbaikan: those of the own units and the own ones; of the city for whoever looks after it."""
    turn, payload = context.turn, payload_of(update)
    require_desk(turn.presser, Desk.IMPROVEMENTS)
    by = await deciding(turn)
    page = max(payload.page, 0) if isinstance(payload, Open) else 0
    works, total = await plans.listed(turn.session, _units(by), turn.presser.employee_id, page)
    names = {unit.id: by.city.successor(unit.id).short_name for unit in by.city.units.values()}
    turn.show(view.listed(works, total, page, names, by.today))


def _units(by: Deciding) -> frozenset[int] | None:
    """The units whose improvements are listed; None for the city's."""
    if any(grant.unit_id is None and grant.role in _CITY for grant in by.presser.grants):
        return None
    own = by.presser.units(Role.HEAD, Role.OFFICER) | (units_of(by.presser) or frozenset())
    return frozenset().union(*(reach.family(by.city, unit) for unit in own)) if own else frozenset()


_CITY = (Role.VERIFIER, Role.INSPECTOR, Role.ADMIN)


async def show_draft(update: Update, context: Context) -> Any:
    """The follow-up plan of a unit or service, from the weakest element up; made after the commit."""
    turn, payload = context.turn, payload_of(update)
    if not isinstance(payload, Plan):
        return
    by = await deciding(turn)
    scope, unit_id = reach.to_plan(by.city, turn.presser, payload.what)
    turn.order(
        made.DRAFT,
        code=scope.code,
        name=scope.name,
        units=sorted(reach.family(by.city, unit_id)),
        service=scope.service_id,
        period=reach.period_of(payload.extra),
    )


async def open_card(update: Update, context: Context) -> Any:
    """One improvement."""
    turn, payload = context.turn, payload_of(update)
    if isinstance(payload, Plan):
        turn.show(await card_of(await deciding(turn), int(payload.what)))


async def card_of(by: Deciding, improvement_id: int) -> Screen:
    """The card with the steps that this person may do now."""
    work = await plans.shown(by, improvement_id)
    units, owner = reach.family(by.city, work.row.unit_id), work.row.owner_id
    may = May(
        change=may_plan(by.presser, PlanAction.CHANGE, units, owner),
        advance=may_plan(by.presser, PlanAction.ADVANCE, units, owner),
    )
    service = by.city.services.get(work.row.service_id or 0)
    unit = by.city.successor(work.row.unit_id).name
    return view.card(work, unit, service.name if service is not None else None, may, by.today)


async def begin_work(update: Update, context: Context) -> Any:
    """It is being worked on; a second press shows that it is."""
    turn, payload = context.turn, payload_of(update)
    if isinstance(payload, Plan):
        by = await deciding(turn)
        await improvements.start(by, int(payload.what))
        turn.show(await card_of(by, int(payload.what)))


async def show_reports(update: Update, context: Context) -> Any:
    """Which reports it answers: a page of candidates."""
    turn, payload = context.turn, payload_of(update)
    if isinstance(payload, Plan):
        turn.show(await _reports(await deciding(turn), int(payload.what), int(payload.extra)))


async def tie(update: Update, context: Context) -> Any:
    """Link a report, or let it go."""
    turn, payload = context.turn, payload_of(update)
    if isinstance(payload, Plan):
        by = await deciding(turn)
        complaint_id, page = map(int, payload.extra.split("."))
        await improved.tie(by, int(payload.what), complaint_id)
        turn.show(await _reports(by, int(payload.what), page))


async def _reports(by: Deciding, improvement_id: int, page: int) -> Screen:
    row = await plans.reach(by, PlanAction.CHANGE, improvement_id)
    found, total = await improved.candidates(by, improvement_id, page)
    lines = [(one.id, one.code, cut(one.text, FIRST_WORDS), linked) for one, linked in found]
    return planning.reports(row.id, row.title, lines, page, -(-total // PAGE))
