"""/catat: a report for somebody else. It is the talk of every report with two questions before it.

| step   | asks                        | answered by              |
|--------|-----------------------------|--------------------------|
| source | where it comes from         | button                   |
| link   | the address of a post       | words with a link; none  |

The resident opens the link that comes out of it and follows the report from then on.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.callbacks import Meet, Open, Resume
from bot.conversation import Handler, Question, Step, begin, choice, chosen, finish, present
from bot.i18n import _
from bot.services.city import know
from bot.services.complaints import Report
from bot.services.desk import on_behalf
from bot.services.forums import loop
from bot.turn import Context, Turn
from bot.views.desk import on_behalf as view
from bot.views.forums.desk import RECORD
from handlers.forums.looking import gathering, wanted
from handlers.guards import a_fresh_start
from models.complaint import Source
from models.rules.permissions import Desk, require_desk

Onward = Callable[[Turn], Awaitable[Any]]
MESSAGE = filters.UpdateType.MESSAGE
LINK = re.compile(r"https?://\S{4,480}")
#: Before the token in a resident's deep link.
CLAIM = "ambil_"
#: The talk that was begun at a public event.
AT_FORUM = "forumreport"


def entries(flow: str) -> list[Handler]:
    """The command and the menu's button."""

    async def start(update: Update, context: Context) -> Any:
        turn = context.turn
        require_desk(turn.presser, Desk.ON_BEHALF)
        if not a_fresh_start(update, turn, flow):
            return None
        return await begin(turn, flow, "source", behalf=True)

    async def start_at_forum(update: Update, context: Context) -> Any:
        turn = context.turn
        _verb, number = wanted(update)
        await loop.require_recordable(await gathering(turn), number)
        if not a_fresh_start(update, turn, f"{AT_FORUM}.{RECORD}.{number}"):
            return None
        known = {"source": Source.FORUM.value, "forum": number, "media_done": True}
        return await begin(turn, flow, "class", behalf=True, **known)

    return [
        CallbackQueryHandler(start_at_forum, pattern=f"^{Meet.tag}:{RECORD}:\\d+:"),
        CallbackQueryHandler(start_at_forum, pattern=f"^{Resume.tag}:anew:{AT_FORUM}\\.{RECORD}\\.\\d+$"),
        CommandHandler("catat", start, MESSAGE),
        CallbackQueryHandler(start, pattern=f"^{Open.tag}:{Desk.ON_BEHALF.value}:"),
    ]


def steps(flow: str, onward: Onward) -> list[Step]:
    """The two questions; `onward` goes to whatever is missing of the report."""

    async def take(update: Update, context: Context) -> Any:
        turn = context.turn
        kept = _answer(turn, chosen(update, turn), update.effective_message)
        turn.keep(**kept)
        return await onward(turn) if kept else await present(turn)

    async def show_source(turn: Turn) -> Question:
        return Question(view.ask_source(turn.draft["nonce"], flow), _(view.WHERE))

    async def show_link(turn: Turn) -> Question:
        return Question(view.ask_link(turn.draft["nonce"], flow), _(view.LINK))

    words = MessageHandler(MESSAGE & filters.TEXT & ~filters.COMMAND, take)
    return [
        Step("source", show_source, [choice(take, flow, "source")]),
        Step("link", show_link, [choice(take, flow, "link"), words]),
    ]


def _answer(turn: Turn, value: str | None, message: Message | None) -> dict[str, str]:
    """What the answer adds to the draft; nothing where it answers nothing."""
    if turn.conversation.state == "source":
        return {"source": value} if value in {source.value for source in view.SOURCES} else {}
    if value == view.NO_LINK:
        return {"link": ""}
    found = LINK.search((message.text or "") if message is not None else "")
    if found is None:
        turn.show(view.no_link_in_it())
        return {}
    return {"link": found.group()}


def missing(draft: dict[str, Any]) -> str | None:
    """Which of the two questions is still open; None for a report of one's own."""
    if not draft.get("behalf"):
        return None
    if "source" not in draft:
        return "source"
    return "link" if draft["source"] == Source.SOCIAL.value and "link" not in draft else None


async def send(turn: Turn, report: Report, username: str) -> Any:
    """Write it down and show the link."""
    city = await know(turn.session, turn.now)
    forum_id = turn.draft.get("forum")
    if forum_id is not None:
        recorded = await loop.record(await gathering(turn), forum_id, turn.person, report)
    else:
        recorded = await on_behalf.record(turn.session, city, turn.presser, turn.person, report, turn.now)
    if recorded is None:
        return finish(turn, view.recorded_before(report.key))
    link = f"https://t.me/{username}?start={CLAIM}{recorded.token}"
    return finish(turn, view.recorded(recorded.complaint, link, recorded.expires_at, forum_id))


def claim_handlers() -> list[Handler]:
    """The resident's link."""
    return [CommandHandler("start", take_over, MESSAGE & filters.Regex(f"^/start {CLAIM}"))]


async def take_over(update: Update, context: Context) -> Any:
    """The report becomes the resident's."""
    turn, message = context.turn, update.effective_message
    token = (message.text or "").partition(CLAIM)[2] if message is not None else ""
    complaint = await on_behalf.claim(turn.session, turn.person, token, turn.now)
    turn.show(view.claimed(complaint))
