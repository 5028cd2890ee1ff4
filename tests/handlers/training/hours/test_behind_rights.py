"""Forged buttons of the list of training hours: nobody sees or reminds who is not theirs (rule 31)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.callbacks import Learn
from models.employee import RoleGrant
from models.rules.permissions import Role
from tests import hours_scenes
from tests.desk_scenes import forges
from tests.driver import Phone, Stage
from tests.hours_scenes import CITY, notices, opens
from tests.performance_scenes import Team
from tests.training_scenes import phone_of

#: On both sides of the limit, as a button carries it; 2 is another unit.
EVERY = tuple(f"{whom}.{side}.{unit}" for whom in "ctb" for side in "uo" for unit in (0, 1, 2))
HR_ONLY = (
    *(Learn(verb, 0, extra) for verb in ("lack", "lacku") for extra in EVERY if extra.startswith("c")),
    *(Learn(verb, 0, extra) for verb in ("lackask", "lackyes") for extra in EVERY),
    *(Learn("lackxls", year) for year in (2025, 2026)),
)
OF_LEADERS = tuple(Learn(verb, 0, extra) for verb in ("lack", "lacku") for extra in EVERY if not extra.startswith("c"))
NAMES = ("Worker", "Second", "Third", "Outsider")


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await hours_scenes.people(stage)


async def refused(stage: Stage, phone: Phone, buttons: tuple[Learn, ...], *sentences: str) -> None:
    for one in buttons:
        heard = len(phone.history())
        await forges(phone, one.encode())
        assert any(sentence in phone.last() for sentence in sentences), (one, phone.last())
        shown = str(phone.history()[heard:])
        assert not any(name in shown for name in NAMES if name != phone.name), one
    assert await notices(stage) == 0


ROLE, CHOICE = "hanya untuk petugas yang berwenang", "tidak ada dalam daftar"


async def test_rule_31_a_resident_and_a_civil_servant_who_leads_nobody_open_nothing(stage: Stage, people: Team) -> None:
    siti = stage.person("Siti")
    await siti.starts()
    for phone in (siti, await phone_of(stage, "outsider")):
        await refused(stage, phone, (*HR_ONLY, *OF_LEADERS), ROLE)


async def test_rule_31_a_superior_sees_no_other_unit_and_orders_nothing(stage: Stage, people: Team) -> None:
    boss = await phone_of(stage, "boss")
    await refused(stage, boss, HR_ONLY, ROLE)
    for extra in ("t.u.2", "b.u.2", "b.o.2"):
        await opens(boss, extra)
        boss.sees("unit itu bukan tugas Bapak/Ibu")
        assert "Outsider" not in boss.last()


async def test_rule_31_human_resources_of_a_unit_or_of_yesterday_are_not_those_of_the_city(
    stage: Stage, people: Team
) -> None:
    async with stage.db.begin() as session:
        session.add(RoleGrant(employee_id=people.ids["outsider"], role=Role.HR, unit_id=2, valid_from=date(2020, 1, 1)))
        grant = select(RoleGrant).where(RoleGrant.employee_id == people.ids["hr"])
        (await session.scalars(grant)).one().valid_to = stage.now.date() - timedelta(days=1)
    for name in ("outsider", "hr"):
        await refused(stage, await phone_of(stage, name), (*HR_ONLY, *OF_LEADERS), ROLE)


async def test_a_button_that_was_made_up_is_answered(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    for extra in ("", "x.u.0", "c.u.-1", "c.z.0", "c.u.0.0"):
        await opens(hr, extra)
        hr.sees(CHOICE)
    await opens(hr, "c.u.999")
    hr.sees("unit itu bukan tugas Bapak/Ibu")
    await forges(hr, Learn("lack", 99, CITY).encode())
    hr.sees("2 dari 6 PNS")
