"""Answers to the SKM, below the chat: what is refused, what is replaced, what is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.services import privacy
from bot.services.city import City
from bot.services.satisfaction import micro, offers, responses
from models.complaint import Complaint, ReportClass
from models.errors import Refusal
from models.organisation import Unit
from models.person import Person, Purpose
from models.rules.skm import Element
from models.survey import COLUMNS, Channel, MicroAnswer, SurveyResponse
from tests.driver import START
from tests.services.satisfaction.respondents import KTP, count, setting

ALL_THREES: dict[str, object] = {element.value: 3 for element in Element}


async def answer(session: AsyncSession, city: City, person: Person, **options: Any) -> SurveyResponse:
    return await responses.answer(
        session, city, person, KTP, options.pop("scores", ALL_THREES), options.pop("now", START), **options
    )


async def refused(session: AsyncSession, city: City, person: Person, **options: Any) -> str:
    with pytest.raises(Refusal) as caught:
        await answer(session, city, person, **options)
    return caught.value.code


@pytest.mark.parametrize("wrong", [0, 5, -1, None, "", "3", 3.0, True, 99])
async def test_rule_01_a_score_out_of_1_to_4_is_refused_and_nothing_stored(database: Database, wrong: object) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        for element in Element:
            scores = {**ALL_THREES, element.value: wrong}
            assert await refused(session, city, person, scores=scores) == "score_out_of_range"
        assert await count(session) == 0


async def test_rule_01_eight_or_ten_answers_are_refused_and_nothing_stored(database: Database) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        for element in Element:
            eight = {key: score for key, score in ALL_THREES.items() if key != element.value}
            assert await refused(session, city, person, scores=eight) == "survey_incomplete"
        assert await refused(session, city, person, scores={**ALL_THREES, "u10": 3}) == "survey_incomplete"
        assert await refused(session, city, person, scores={}) == "survey_incomplete"
        assert await count(session) == 0


@pytest.mark.parametrize("score", [0, 5, None])
@pytest.mark.parametrize("column", COLUMNS)
async def test_rule_01_the_database_refuses_too(database: Database, column: str, score: int | None) -> None:
    async with database.begin() as session:
        await setting(session)
    row = {
        "service_id": KTP,
        "unit_id": 2,
        "period": "2026-Q4",
        "day": START.date(),
        **dict.fromkeys(COLUMNS, 3),
        "channel": Channel.MENU,
        "demo": False,
        "created_at": START,
        column: score,
    }
    with pytest.raises(IntegrityError):
        async with database.begin() as session:
            await session.execute(insert(SurveyResponse), [row])


async def test_rule_06_one_answer_a_period_and_replaced_only_when_agreed(database: Database) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        first = await answer(session, city, person)
        later = START + timedelta(days=5)
        fours = {element.value: 4 for element in Element}
        assert await refused(session, city, person, scores=fours, now=later) == "survey_answered"
        assert set(first.scores.values()) == {3}
        second = await answer(session, city, person, scores=fours, now=later, replace=True, channel=Channel.QR)
        assert second.id == first.id
        assert (second.day, second.replaced_at, second.created_at) == (later.date(), later, START)
        assert set(second.scores.values()) == {4}
        assert await count(session) == 1


@pytest.mark.parametrize(
    ("kind", "period", "days_to_the_next"),
    [("month", "2026-M11", 7), ("quarter", "2026-Q4", 38), ("semester", "2026-S2", 38), ("year", "2026", 38)],
)
async def test_rule_06_the_city_says_how_long_a_period_is(
    database: Database, kind: str, period: str, days_to_the_next: int
) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        city.facts["skm.period"] = kind
        assert (await answer(session, city, person)).period == period
        last = START + timedelta(days=days_to_the_next - 1)
        assert await refused(session, city, person, now=last) == "survey_answered"
        await answer(session, city, person, now=last + timedelta(days=1))
        assert await count(session) == 2


async def test_rule_44_the_day_and_the_period_are_the_city_s(database: Database) -> None:
    late = START.replace(month=12, day=31, hour=17, minute=30)
    async with database.begin() as session:
        city, person = await setting(session)
        stored = await answer(session, city, person, now=late)
        assert (str(stored.day), stored.period) == ("2027-01-01", "2027-Q1")


async def test_rule_41_a_merged_unit_s_answers_count_for_its_successor(database: Database) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        merged = Unit(id=2, code="capil", name="", short_name="", kind="", merged_into_id=1)
        city.units[2] = merged
        assert (await answer(session, city, person)).unit_id == 1


async def test_a_service_that_is_not_offered_is_refused(database: Database) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        city.services[KTP].valid_to = START.date() - timedelta(days=1)
        assert await refused(session, city, person) == "no_such_service"
        assert not await offers.can_offer(session, city, person, KTP, START)
        assert not await offers.can_offer(session, city, person, None, START)
        assert await offers.can_offer(session, city, person, 1, START)


async def report(session: AsyncSession, person: Person, number: int, **options: Any) -> int:
    complaint = Complaint(
        code=f"TPI-261124-234567{number}",
        filing_key=f"survey{number}",
        report_class=ReportClass.COMPLAINT,
        reporter_id=person.id,
        text="Lampu",
        received_at=START,
        verify_due_at=START,
        settle_due_at=START,
        statutory_due_on=START.date(),
        **options,
    )
    session.add(complaint)
    await session.flush()
    return complaint.id


async def test_rule_14_no_answer_leads_to_an_anonymous_report(database: Database) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        other = Person(telegram_id=2, name="Ali", language="id", created_at=START)
        session.add(other)
        await session.flush()
        own = await report(session, person, 1)
        hidden = await report(session, person, 2, anonymous=True)
        secret = await report(session, person, 3, confidential=True)
        foreign = await report(session, other, 4)
        for complaint_id, linked in ((own, own), (hidden, None), (secret, None), (foreign, None), (10**30, None)):
            stored = await answer(session, city, person, complaint_id=complaint_id, replace=True)
            assert stored.complaint_id == linked


# --- the profile ---


async def test_rule_36_no_profile_without_a_consent_in_force(database: Database) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        stored = await answer(session, city, person)
        with pytest.raises(Refusal, match="profile_needs_consent"):
            await responses.describe(session, city, person, stored.id, "sex", "P")
        await responses.allow_profile(session, city, person, stored.id, START)
        await responses.describe(session, city, person, stored.id, "sex", "P")
        await responses.describe(session, city, person, stored.id, "occupation", "Swasta")
        assert (stored.sex, stored.occupation, stored.hour_band) == ("P", "Swasta", "08-12")
        for field, value in (("sex", "X"), ("occupation", "Raja"), ("name", "Siti"), ("u1", "4")):
            with pytest.raises(Refusal, match="no_such_choice"):
                await responses.describe(session, city, person, stored.id, field, value)


async def test_rule_36_the_end_of_the_consent_ends_the_profile(database: Database) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        stored = await answer(session, city, person)
        await responses.allow_profile(session, city, person, stored.id, START)
        await responses.describe(session, city, person, stored.id, "age_band", "36-45")
        await privacy.withdraw(session, person, [Purpose.BROADCASTS], START)
        await session.refresh(stored)
        assert stored.age_band == "36-45"
        await privacy.withdraw(session, person, [Purpose.SURVEY_PROFILE], START)
        await session.refresh(stored)
        assert (stored.age_band, stored.hour_band, stored.u1) == (None, None, 3)


async def test_somebody_else_s_answer_cannot_be_described(database: Database) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        stored = await answer(session, city, person)
        other = Person(telegram_id=2, name="Ali", language="id", created_at=START)
        session.add(other)
        await session.flush()
        with pytest.raises(Refusal, match="not_your_record"):
            await responses.allow_profile(session, city, other, stored.id, START)


async def test_rule_37_erasing_leaves_answers_without_anybody_behind_them(database: Database) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        complaint_id = await report(session, person, 1)
        stored = await answer(session, city, person, complaint_id=complaint_id)
        await responses.allow_profile(session, city, person, stored.id, START)
        await responses.describe(session, city, person, stored.id, "education", "SMA")
        tap = await micro.answer(session, city, person, KTP, Element.U3, 2, START)
        await privacy.erase(session, person, 0, START)
        await session.refresh(stored)
        await session.refresh(tap)
        assert (stored.person_id, stored.complaint_id, stored.education, stored.hour_band) == (None,) * 4
        assert (stored.u1, tap.person_id, tap.score) == (3, None, 2)


async def test_a_person_s_row_that_goes_leaves_the_answers(database: Database) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        await answer(session, city, person)
        await micro.answer(session, city, person, KTP, Element.U3, 2, START)
    async with database.begin() as session:
        await session.execute(delete(Person).where(Person.id == person.id))
    async with database.read() as session:
        assert (await session.scalars(select(SurveyResponse.person_id))).all() == [None]
        assert (await session.scalars(select(MicroAnswer.person_id))).all() == [None]


async def test_rule_37_the_export_has_every_answer(database: Database) -> None:
    async with database.begin() as session:
        city, person = await setting(session)
        stored = await answer(session, city, person, channel=Channel.TICKET)
        await responses.allow_profile(session, city, person, stored.id, START)
        await responses.describe(session, city, person, stored.id, "sex", "L")
        await micro.answer(session, city, person, KTP, Element.U3, 2, START)
        data = await privacy.export(session, person, START)
    (survey,) = data["surveys"]
    assert survey["answers"] == ALL_THREES
    assert (survey["service"], survey["period"], survey["sex"], survey["channel"]) == ("ktp", "2026-Q4", "L", "ticket")
    (tap,) = data["micro_answers"]
    assert (tap["service"], tap["element"], tap["score"], tap["day"]) == ("ktp", "waktu", 2, "2026-11-24")
