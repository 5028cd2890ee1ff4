"""Taps at a counter, below the chat: the elements in turn, one a day."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.db import Database
from bot.services.satisfaction import micro
from models.errors import Refusal
from models.rules.skm import Element
from models.survey import Channel, MicroAnswer
from tests.driver import START
from tests.services.satisfaction.respondents import KTP, count, setting


async def test_the_element_with_the_fewest_answers_in_this_period_is_next(database: Database) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        row = {"service_id": KTP, "unit_id": 2, "score": 3, "channel": Channel.QR, "demo": False, "created_at": START}
        earlier, today = START.date() - timedelta(days=90), START.date()
        taps = [(element, today) for element in Element if element not in (Element.U4, Element.U8)]
        taps += [(Element.U4, earlier)] * 3 + [(Element.U8, today)]
        await session.execute(insert(MicroAnswer), [{**row, "element": what, "day": day} for what, day in taps])
        assert await micro.next_element(session, city, KTP, START) is Element.U4
        assert await micro.next_element(session, city, 1, START) is Element.U1
        await micro.answer(session, city, person, KTP, Element.U4, 3, START)
        assert await micro.next_element(session, city, KTP, START) is Element.U1


@pytest.mark.parametrize("score", [0, 5])
async def test_rule_01_a_tap_out_of_1_to_4_is_refused(database: Database, score: int) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        with pytest.raises(Refusal, match="score_out_of_range"):
            await micro.answer(session, city, person, KTP, Element.U3, score, START)
        assert await count(session, MicroAnswer) == 0


async def test_one_tap_for_a_person_service_and_day(database: Database) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        first = await micro.answer(session, city, person, KTP, Element.U3, 2, START)
        assert await micro.answer(session, city, person, KTP, Element.U4, 4, START) is first
        await micro.answer(session, city, person, 1, Element.U3, 2, START)
        await micro.answer(session, city, person, KTP, Element.U4, 4, START + timedelta(days=1))
        assert await count(session, MicroAnswer) == 3
