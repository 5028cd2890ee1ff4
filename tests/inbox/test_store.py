"""What of an update is kept until it is handled."""

import json
from typing import Any

from sqlalchemy import select

from bot.clock import utc_now
from bot.db import Database
from bot.inbox import store
from models.inbox import InboxUpdate


def press(update_id: int) -> dict[str, Any]:
    chat = {"id": 5, "type": "private"}
    shown = {"message_id": 8, "date": 1_790_000_000, "chat": chat, "text": "Isi laporan", "reply_markup": {}}
    sender = {"id": 5, "is_bot": False, "first_name": "Siti"}
    query = {"id": "1", "from": sender, "chat_instance": "1", "data": "x", "message": shown}
    return {"update_id": update_id, "callback_query": query}


async def test_an_update_is_taken_once_however_often_it_comes(database: Database) -> None:
    async with database.begin() as session:
        first = await store.add(session, [press(2), press(1), press(2)], utc_now())
    async with database.begin() as session:
        again = await store.add(session, [press(1), press(3), press(2)], utc_now())
    assert [one.update_id for one in first] == [1, 2]
    assert [(one.update_id, one.lane) for one in again] == [(3, 5)]


async def test_of_a_pressed_message_only_its_place_is_kept(database: Database) -> None:
    async with database.begin() as session:
        (arrival,) = await store.add(session, [press(1)], utc_now())
    async with database.read() as session:
        stored = await session.scalar(select(InboxUpdate.payload))
    place = {"chat": {"id": 5, "type": "private"}, "message_id": 8, "date": 0}
    assert json.loads(stored or "")["callback_query"]["message"] == place
    assert arrival.raw["callback_query"]["message"] == place
