"""Forged buttons of the quiz: nobody sees or changes what is not theirs (rule 31)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.callbacks import Learn
from bot.i18n import _, speaking
from bot.views import errors
from models.employee import RoleGrant
from models.rules.permissions import Role
from models.training.quiz import QuizAnswer, QuizQuestion, QuizSitting
from tests import quiz_scenes as quiz
from tests import training_scenes as scenes
from tests.desk_scenes import forges
from tests.driver import Phone, Stage
from tests.performance_scenes import TELEGRAM, Team
from tests.training_scenes import phone_of

HR_ONLY = (
    Learn("qz", 0, "1"),
    *(Learn(verb, 1) for verb in ("qsee", "qnew", "qedit", "qdel", "qdel2", "qform", "qxls")),
)
OWN_ONLY = (Learn("qans", 1, "1.0"), Learn("qstop", 1), Learn("qkey", 0, "1"))


@pytest.fixture
async def people(stage: Stage) -> Team:
    """The worker is in the middle of the quiz of a course; the second has a seat too."""
    found = await scenes.people(stage)
    await quiz.course(stage, found)
    worker = await phone_of(stage, "worker")
    await quiz.looks(stage, quiz.MEETING - timedelta(hours=20))
    await worker.presses("Mulai kuis")
    return found


def worker_of(stage: Stage) -> Phone:
    """The phone of the worker, who opened the bot before."""
    return Phone(stage, TELEGRAM + 1 + scenes.NAMES.index("worker"), "Worker")


async def everything(stage: Stage) -> list[Any]:
    async with stage.db.read() as session:
        rows = [
            await session.execute(select(*table.__table__.columns)) for table in (QuizQuestion, QuizSitting, QuizAnswer)
        ]
        return [[tuple(row) for row in found.all()] for found in rows]


async def tries(stage: Stage, phone: Phone, buttons: tuple[Learn, ...], code: str) -> None:
    """Each button is refused, tells no question, and changes nothing."""
    with speaking("id"):
        sentence = _(errors.SENTENCES[code])
    before = await everything(stage)
    for one in buttons:
        heard = len(phone.history())
        await forges(phone, one.encode())
        assert sentence in phone.last(), (one, phone.last())
        assert "surat" not in str(phone.history()[heard:]), one
    assert await everything(stage) == before


async def test_rule_31_a_resident_opens_nothing_of_it(stage: Stage, people: Team) -> None:
    siti = stage.person("Siti")
    await siti.starts()
    await tries(stage, siti, (*HR_ONLY, *OWN_ONLY, Learn("quiz", 1, "before")), "not_your_role")


async def test_rule_31_participants_superiors_and_others_write_and_read_no_questions(
    stage: Stage, people: Team
) -> None:
    await tries(stage, worker_of(stage), HR_ONLY, "not_your_role")
    for name in ("boss", "outsider"):
        await tries(stage, await phone_of(stage, name), HR_ONLY, "not_your_role")


async def test_rule_31_nobody_touches_the_sitting_of_another_not_even_human_resources(
    stage: Stage, people: Team
) -> None:
    phones = {name: await phone_of(stage, name) for name in ("second", "boss", "hr", "outsider")}
    for phone in phones.values():
        await tries(stage, phone, OWN_ONLY, "not_your_record")
    await tries(stage, phones["outsider"], (Learn("quiz", 1, "before"),), "quiz_not_seated")


async def test_rule_31_human_resources_of_one_unit_are_not_those_of_the_city(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        session.add(RoleGrant(employee_id=people.ids["outsider"], role=Role.HR, unit_id=1, valid_from=date(2020, 1, 1)))
    await tries(stage, await phone_of(stage, "outsider"), HR_ONLY, "not_your_role")


async def test_a_right_that_ended_in_the_talk_ends_with_it(stage: Stage, people: Team) -> None:
    other = await scenes.course(stage, "Lain")
    hr = await phone_of(stage, "hr")
    await forges(hr, Learn("qnew", other).encode())
    await hr.says("Baru?")
    await hr.says("*ya\ntidak")
    before = await everything(stage)
    async with stage.db.begin() as session:
        grants = select(RoleGrant).where(RoleGrant.employee_id == people.ids["hr"])
        (await session.scalars(grants)).one().valid_to = stage.now.date() - timedelta(days=1)
    await hr.presses("Simpan, selesai")
    with speaking("id"):
        hr.sees(_(errors.SENTENCES["not_your_role"]))
    assert await everything(stage) == before


async def test_the_rightful_ones_can_press_the_same_buttons(stage: Stage, people: Team) -> None:
    """So that the walks above refuse for the right reason."""
    hr, worker = await phone_of(stage, "hr"), worker_of(stage)
    await forges(hr, Learn("qsee", 1).encode())
    hr.sees("surat")
    await forges(worker, Learn("qans", 1, "1.0").encode())
    worker.sees("(2/4)")
    assert len(await quiz.given(stage, 1)) == 1
