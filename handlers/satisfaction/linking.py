"""A report's card leads to the improvements of its unit: link the report to one of them, or let it go."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.callbacks import Plan
from bot.conversation import Handler
from bot.services.satisfaction import improved, linking
from bot.services.satisfaction.plans import PAGE, Deciding
from bot.turn import Context, payload_of
from bot.views.satisfaction import linking as view
from bot.views.screen import Screen
from handlers.satisfaction.improvements import deciding


def handlers() -> list[Handler]:
    """The list, and a tick."""
    return [
        CallbackQueryHandler(show, pattern=f"^{Plan.tag}:{view.SHOW}:\\d+:\\d+$"),
        CallbackQueryHandler(tick, pattern=f"^{Plan.tag}:{view.TICK}:\\d+:\\d+\\.\\d+$"),
    ]


async def show(update: Update, context: Context) -> Any:
    """A page of the improvements that the report fits."""
    turn, payload = context.turn, payload_of(update)
    if isinstance(payload, Plan):
        turn.show(await _improvements(await deciding(turn), int(payload.what), int(payload.extra)))


async def tick(update: Update, context: Context) -> Any:
    """Link it, or let it go."""
    turn, payload = context.turn, payload_of(update)
    if isinstance(payload, Plan):
        by = await deciding(turn)
        complaint_id, page = map(int, payload.extra.split("."))
        complaint = await linking.report(by, complaint_id)
        await improved.tie(by, int(payload.what), complaint.id)
        turn.show(await _improvements(by, complaint.id, page))


async def _improvements(by: Deciding, complaint_id: int, page: int) -> Screen:
    complaint = await linking.report(by, complaint_id)
    found, total = await linking.improvements_for(by, complaint, page)
    return view.improvements(complaint.code, complaint.id, found, page, -(-total // PAGE))
