"""The job of the digests on both databases: who gets one, when, how often, and with what."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.jobs import digests
from bot.services.city import forget
from bot.services.performance.team import schedule
from models.employee import ActingSuperior, Employee, Leave
from models.organisation import CityFact
from models.outbox import OutboxMessage, Promise
from models.performance.plan import WorkPlan
from models.performance.progress import DigestChoice, TeamDigest
from models.rules.performance.plan_rules import PlanStatus
from tests.driver import START, Phone, Stage
from tests.factories import STAFF
from tests.jobs.cases import wib
from tests.team_scenes import PHONES, Team, make_team

TITLE = "Ringkasan"


@pytest.fixture
async def team(stage: Stage) -> Team:
    async with stage.db.begin() as session:
        return await make_team(session, START)


async def phones(stage: Stage, *names: str) -> list[Phone]:
    """Phones whose owners talked to the bot before."""
    found = [stage.person(name.title(), telegram_id=(PHONES | STAFF)[name]) for name in names]
    for one in found:
        await one.says("/menu")
    return found


async def look(stage: Stage) -> dict[str, int]:
    assert stage.product is not None
    counts = await digests.run(stage.product.runtime)
    await stage.settle()
    return counts


def told(phone: Phone) -> list[str]:
    return [text for text in phone.texts() if TITLE in text]


async def test_every_superior_gets_one_a_day_and_it_can_be_acted_upon(stage: Stage, team: Team) -> None:
    head, mayor, ani = await phones(stage, "head", "mayor", "ani")
    assert await look(stage) == {"made": 3, "told": 3}
    assert await look(stage) == {"made": 0, "told": 0}
    stage.later(hours=2)
    assert await look(stage) == {"made": 0, "told": 0}
    assert (len(told(head)), len(told(mayor)), len(told(ani))) == (1, 1, 0)
    head.sees("Ringkasan tim, Selasa, 24 November 2026", "Belum lapor: Cici Cahyani")
    mayor.sees("2 unit", "PU: 33% sesuai")
    await head.presses("Ingatkan yang belum")
    head.sees("Cici Cahyani")
    async with stage.db.read() as session:
        rows = (await session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "team_digest"))).all()
    assert {row.promise for row in rows} == {Promise.AT_MOST_ONCE}
    assert {row.key for row in rows} == {
        f"team_digest:{team.people[name]}:2026-11-24" for name in ("head", "mayor", "capil_head")
    }


async def test_without_news_nothing_comes_until_monday(stage: Stage, team: Team) -> None:
    (head,) = await phones(stage, "head")
    await look(stage)
    stage.now = wib(2026, 11, 25, 9)
    assert await look(stage) == {"made": 3, "told": 0}
    async with stage.db.begin() as session:
        session.add(
            WorkPlan(
                employee_id=team.people["officer"],
                year=2026,
                number=1,
                created_at=stage.now,
                submitted_at=stage.now,
                status=PlanStatus.SUBMITTED,
            )
        )
    stage.now = wib(2026, 11, 26, 9)
    assert (await look(stage))["told"] == 1
    head.sees("Menunggu Bapak/Ibu: 1 rencana kerja")
    stage.now = wib(2026, 11, 30, 9)
    assert (await look(stage))["told"] == 3
    assert len(told(head)) == 3
    assert "Ringkasan mingguan tim, Senin, 30 November 2026" in told(head)[-1]
    captions = [message["caption"] for message in head.history() if "photo" in message]
    assert len(captions) == 1
    assert "Cici Cahyani: 10 dari 12 minggu" in captions[0]


@pytest.mark.parametrize(
    ("moment", "made"),
    [
        (wib(2026, 11, 24, 7, 59), 0),
        (wib(2026, 11, 24, 8, 0), 3),
        (wib(2026, 11, 24, 16, 0), 0),
        (wib(2026, 11, 27, 12, 0), 0),  # Friday prayer
        (wib(2026, 11, 28, 9, 0), 0),  # Saturday
        (wib(2026, 12, 25, 9, 0), 0),  # Christmas
    ],
)
async def test_rule_30_only_on_working_days_in_office_hours(
    stage: Stage, team: Team, moment: datetime, made: int
) -> None:
    stage.now = moment
    assert (await look(stage))["made"] == made


async def test_whoever_is_away_is_left_in_peace_and_the_deputy_gets_the_people(stage: Stage, team: Team) -> None:
    head, ani = await phones(stage, "head", "ani")
    today = START.date()
    async with stage.db.begin() as session:
        session.add(Leave(employee_id=team.people["head"], first_day=today, last_day=today))
        session.add(
            ActingSuperior(
                employee_id=team.people["head"], acting_id=team.people["ani"], valid_from=today, valid_to=today
            )
        )
    await look(stage)
    assert not told(head)
    assert len(told(ani)) == 1
    ani.sees("Belum lapor: Cici Cahyani")


async def test_the_own_choice_is_kept(stage: Stage, team: Team) -> None:
    head, mayor = await phones(stage, "head", "mayor")
    async with stage.db.begin() as session:
        session.add(DigestChoice(employee_id=team.people["head"], daily=False, weekly=True))
        session.add(DigestChoice(employee_id=team.people["mayor"], daily=True, weekly=False, hour=13))
    await look(stage)
    assert not told(head)
    assert not told(mayor)
    stage.now = wib(2026, 11, 24, 13)
    await look(stage)
    assert len(told(mayor)) == 1
    stage.now = wib(2026, 11, 30, 13)
    await look(stage)
    assert "Ringkasan mingguan" in told(head)[0]
    assert not any("mingguan" in text for text in told(mayor))


async def test_the_city_says_the_hour_and_a_city_without_quiet_hours_waits_for_nothing(
    stage: Stage, team: Team
) -> None:
    async with stage.db.begin() as session:
        session.add(CityFact(key="performance.digest_hour", value="14"))
        forget(session)
    assert (await look(stage))["made"] == 0
    async with stage.db.begin() as session:
        session.add(CityFact(key="notices.quiet_hours", value="off"))
        forget(session)
    stage.now = wib(2026, 11, 24, 21)
    assert (await look(stage))["made"] == 3


async def test_nobody_without_an_account_or_people(stage: Stage, team: Team) -> None:
    async with stage.db.begin() as session:
        (await session.get_one(Employee, team.people["head"])).person_id = None
        (await session.get_one(Employee, team.people["other_officer"])).supervisor_id = None
    assert await look(stage) == {"made": 1, "told": 1}


async def test_what_was_said_long_ago_is_forgotten(stage: Stage, team: Team) -> None:
    await look(stage)
    stage.now = START + schedule.KEPT + timedelta(days=7)
    await look(stage)
    async with stage.db.read() as session:
        days = set(await session.scalars(select(TeamDigest.day)))
    assert START.date() not in days
