"""What every handler of public events begins with: who acts, and which button of theirs was pressed."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import Meet, Resume, read
from bot.services.city import know
from bot.services.forums import announcing, arranging, browsing
from bot.services.forums.desk import Gathering
from bot.turn import Turn, payload_of
from bot.views.forums import desk as view
from bot.views.forums import hosting
from bot.views.screen import Screen
from models.errors import Refusal
from models.rules.permissions import Desk, require_desk


async def gathering(turn: Turn) -> Gathering:
    """Who acts in this turn."""
    require_desk(turn.presser, Desk.FORUMS)
    return Gathering(turn.session, await know(turn.session, turn.now), turn.presser, turn.now)


async def pressed(update: Update, turn: Turn) -> tuple[Gathering, Meet]:
    """A button of the desk."""
    payload = payload_of(update)
    if not isinstance(payload, Meet):
        raise Refusal("no_such_forum")
    return await gathering(turn), payload


def wanted(update: Update) -> tuple[str, int]:
    """What a talk is to be about: the verb and the number of its button, or of the one that begins it anew."""
    query = update.callback_query
    payload = read(query.data) if query is not None and query.data else None
    if isinstance(payload, Meet):
        return payload.verb, payload.number
    if isinstance(payload, Resume):
        _flow, verb, number = payload.flow.split(".")
        return verb, int(number)
    raise Refusal("no_such_forum")


async def forum_card(by: Gathering, forum_id: int) -> Screen:
    """One event as anybody sees it."""
    return view.card(await browsing.card(by, forum_id))


async def host_card(by: Gathering, forum_id: int) -> Screen:
    """One event as its hosts see it."""
    return hosting.card(await arranging.look(by, forum_id), announces=announcing.announces(by))
