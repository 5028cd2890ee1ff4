"""The commands behind the menu button follow the roles, however those came or went, without a word of the person."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from bot.jobs import menus
from models.employee import ActingSuperior, Employee, RoleGrant
from models.person import Person
from models.rules.permissions import Role
from tests.desk_scenes import Statements, at_work, colleague, employee_of, resident
from tests.driver import Phone, Stage


def offered(phone: Phone) -> set[str]:
    world = phone.stage.sandbox
    person = world.person(phone.id)
    seen = world.commands.visible(world.chat_of(phone.id), phone.id, person.language_code)
    return {command["command"] for command in seen}


async def looks(stage: Stage) -> int:
    assert stage.product is not None
    return (await menus.run(stage.product.runtime))["menus"]


async def grant(stage: Stage, role: Role, employee_id: int, **values: object) -> None:
    async with stage.db.begin() as session:
        facts = {"unit_id": None, "valid_from": date(2020, 1, 1)} | values
        session.add(RoleGrant(employee_id=employee_id, role=role, **facts))


async def test_a_role_that_was_given_shows_and_one_that_was_taken_goes(stage: Stage) -> None:
    officer = await at_work(stage, "officer")
    await looks(stage)
    assert "verifikasi" not in offered(officer)
    await grant(stage, Role.VERIFIER, await employee_of(stage, "officer"))
    assert await looks(stage) == 1
    assert {"verifikasi", "unit", "lapor"} <= offered(officer)
    assert await looks(stage) == 0
    async with stage.db.begin() as session:
        for row in await session.scalars(select(RoleGrant).where(RoleGrant.role == Role.VERIFIER)):
            row.valid_to = (stage.now - timedelta(days=2)).date()
    assert await looks(stage) == 2, "the verifier of the city as well"
    assert "verifikasi" not in offered(officer)
    assert "unit" in offered(officer)


async def test_a_role_that_begins_or_ends_today_needs_no_deed(stage: Stage) -> None:
    officer = await at_work(stage, "officer")
    day = stage.now.date() + timedelta(days=2)
    await grant(stage, Role.INSPECTOR, await employee_of(stage, "officer"), valid_from=day, valid_to=day)
    await looks(stage)
    assert "awasi" not in offered(officer)
    stage.later(days=2)
    await looks(stage)
    assert "awasi" in offered(officer)
    stage.later(days=1)
    await looks(stage)
    assert "awasi" not in offered(officer)


async def test_whoever_acts_for_somebody_is_offered_the_same(stage: Stage) -> None:
    other = await at_work(stage, "hr")
    await looks(stage)
    assert "unit" not in offered(other)
    async with stage.db.begin() as session:
        head, hr = await employee_of(stage, "head"), await employee_of(stage, "hr")
        today = stage.now.date()
        session.add(ActingSuperior(employee_id=head, acting_id=hr, valid_from=today, valid_to=today))
    await looks(stage)
    assert "unit" in offered(other)


async def test_who_left_the_roster_has_the_common_list_again_and_residents_are_left_alone(stage: Stage) -> None:
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    await looks(stage)
    before = offered(siti)
    async with stage.db.begin() as session:
        employee = await session.get_one(Employee, await employee_of(stage, "officer"))
        employee.valid_to = (stage.now - timedelta(days=1)).date()
    assert await looks(stage) == 1
    assert "unit" not in offered(officer)
    assert offered(siti) == before
    async with stage.db.read() as session:
        marks = dict((await session.execute(select(Person.telegram_id, Person.menu))).tuples().all())
    assert (marks[officer.id], marks[siti.id]) == (None, None)


async def test_another_language_and_being_forgotten(stage: Stage) -> None:
    officer = await at_work(stage, "officer")
    await looks(stage)
    await officer.says("/bahasa")
    await officer.presses("English")
    await looks(stage)
    assert await looks(stage) == 0
    await officer.says("/hapus")
    await officer.presses("Yes, erase")
    assert await looks(stage) == 0
    assert "unit" not in offered(officer)


async def test_as_many_queries_for_many_as_for_one(stage: Stage) -> None:
    await looks(stage)
    counts = []
    for number in range(2):
        for person in range(number * 3):
            await colleague(stage, f"Rekan {person}")
        await looks(stage)
        with Statements(stage) as statements:
            assert await looks(stage) == 0
        counts.append(len(statements.seen))
    assert counts[0] == counts[1]
