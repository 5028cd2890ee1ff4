"""What hosts of public events order to be made after the commit: the code for a poster."""

from __future__ import annotations

from datetime import datetime

from bot.db import Database
from bot.delivery.making import Maker, Order
from bot.reports.performance import qr
from bot.services.city import know
from bot.services.forums.desk import Gathering, hosted
from bot.services.people import get, presser_of
from bot.views.forums import hosting as view
from bot.views.screen import Enclosure, Made

POSTER = "forum_poster"


async def make_poster(db: Database, order: Order, now: datetime) -> Made:
    """The code, by the rights of now."""
    async with db.read() as session:
        presser = await presser_of(session, await get(session, order["person"]), now)
        forum = await hosted(Gathering(session, await know(session, now), presser, now), order["forum"])
    picture = qr.picture(order["link"])
    enclosure = Enclosure(f"{forum.code}.png", picture, view.poster_caption({"title": forum.title}), is_picture=True)
    return Made(view.poster(forum, order["link"]), (enclosure,))


MAKERS: dict[str, Maker] = {POSTER: make_poster}
