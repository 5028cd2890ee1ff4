"""The demo's evaluations and recognitions: one in every state for somebody with a phone, and nobody is told."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.db import Database
from bot.services.city import know
from bot.services.demo.people import PERSONAS
from bot.services.demo.seeding import seed_demo
from bot.services.imports.seeding import seed_city
from bot.services.people import presser_of
from bot.services.performance.evaluation import lists, opening
from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.recognition import nominating
from models.employee import Employee
from models.outbox import OutboxMessage, OutboxStatus
from models.performance.evaluation import Evaluation, Feedback
from models.performance.recognition import Nomination, NominationStatus
from models.person import Person
from models.rules.performance.evaluation_rules import EvaluationStatus
from models.rules.permissions import Presser, Role
from tests.driver import START


@pytest.fixture
async def told(database: Database) -> Database:
    async with database.begin() as session:
        await seed_city(session, START.date())
    async with database.begin() as session:
        assert await seed_demo(session, START, lambda: None)
    return database


async def test_each_persona_finds_something_to_do(told: Database) -> None:
    found: dict[str, lists.Waiting] = {}
    async with told.read() as session:
        city = await know(session, START)
        for persona in PERSONAS:
            statement = select(Person).where(Person.telegram_id == persona.telegram_id)
            presser = await presser_of(session, (await session.scalars(statement)).one(), START)
            if presser.employee_id is not None:
                found[persona.name] = await lists.waiting(Judging(session, city, presser, START))
    assert found["Dewi"].to_answer == 1
    assert (found["Zulkifli"].to_rate, found["Zulkifli"].to_decide) == (1, 1)


async def test_somebody_with_a_phone_is_recognised_and_proposed_again(told: Database) -> None:
    async with told.read() as session:
        statement = (
            select(Nomination.status)
            .join(Employee, Employee.id == Nomination.employee_id)
            .join(Person, Person.id == Employee.person_id)
            .where(Person.telegram_id == next(one.telegram_id for one in PERSONAS if one.role is Role.VERIFIER))
            .order_by(Nomination.id)
        )
        statuses = (await session.scalars(statement)).all()
    assert statuses == [NominationStatus.ANNOUNCED, NominationStatus.PROPOSED]


async def test_every_state_and_both_ends_of_a_recognition_are_there(told: Database) -> None:
    async with told.read() as session:
        states = set(await session.scalars(select(Evaluation.status)))
        statuses = set(await session.scalars(select(Nomination.status)))
        notes = await session.scalar(select(func.count()).select_from(Feedback))
        queued = await session.scalar(
            select(func.count()).select_from(OutboxMessage).where(OutboxMessage.status == OutboxStatus.QUEUED)
        )
        demo = set(await session.scalars(select(Evaluation.demo))) | set(await session.scalars(select(Nomination.demo)))
    assert states >= set(EvaluationStatus) - {EvaluationStatus.DECIDED}
    assert statuses >= {NominationStatus.PROPOSED, NominationStatus.ANNOUNCED}
    assert notes == 3
    assert queued == 0
    assert demo == {True}


async def test_the_duties_of_the_morning_find_it_done(told: Database) -> None:
    async with told.begin() as session:
        by = Judging(session, await know(session, START), Presser(0), START)
        assert await opening.open_due(by) == {"opened": 0, "told": 0}
        assert await nominating.nominate_due(by) == {"nominated": 0, "rules": 0}
