"""Who may rate, see and take back what: every button forged by everybody."""

from __future__ import annotations

import pytest

from bot.callbacks import Learn
from models.training.rating import CourseRating
from tests import outcome_scenes as outcome
from tests import training_scenes as scenes
from tests.desk_scenes import forges, resident
from tests.driver import Stage
from tests.performance_scenes import Team
from tests.training_scenes import phone_of

ROLE, NONE, NOT_THERE = "hanya untuk petugas yang berwenang", "Sertifikat itu tidak ada", "kehadirannya cukup"

#: Button → what the worker (was there), third (was absent), hr (was not there) and a resident are told; "": it works.
TABLE = [
    (Learn("rate", 1), "", NOT_THERE, NOT_THERE, ROLE),
    (Learn("tap", 1, "4"), "", NOT_THERE, NOT_THERE, ROLE),
    (Learn("rate", 99), NOT_THERE, NOT_THERE, NOT_THERE, ROLE),
    (Learn("cert", 1), "", NONE, NONE, ROLE),
    (Learn("cert", 99), NONE, NONE, NONE, ROLE),
    (Learn("opinions", 0, "1"), ROLE, ROLE, "", ROLE),
    (Learn("opinions", 0, "x"), ROLE, ROLE, "Pelatihan itu tidak ada", ROLE),
    (Learn("certs", 0, "1"), ROLE, ROLE, "", ROLE),
    (Learn("certsee", 1), ROLE, ROLE, "", ROLE),
    (Learn("certsee", 99), ROLE, ROLE, NONE, ROLE),
    (Learn("certget", 1), ROLE, ROLE, "", ROLE),
    (Learn("certget", 99), ROLE, ROLE, NONE, ROLE),
    (Learn("certno", 1), ROLE, ROLE, "", ROLE),
    (Learn("certno", 99), ROLE, ROLE, NONE, ROLE),
]


@pytest.fixture
async def people(stage: Stage) -> Team:
    found = await scenes.people(stage)
    await outcome.over(stage, [found.ids["worker"]], [found.ids["third"]])
    await outcome.counted(stage)
    return found


@pytest.mark.parametrize("place", range(4), ids=["worker", "third", "hr", "resident"])
async def test_every_button_forged_by_everybody(stage: Stage, people: Team, place: int) -> None:
    phone = await resident(stage) if place == 3 else await phone_of(stage, ("worker", "third", "hr")[place])
    refusals = {ROLE, NONE, NOT_THERE, "Pelatihan itu tidak ada"}
    for button, *told in TABLE:
        await forges(phone, button.encode())
        if told[place]:
            phone.sees(told[place])
        else:
            assert not any(words in phone.last() for words in refusals), (button, phone.last())
        await phone.says("/batal")
    files = [message for message in phone.history() if "document" in message]
    assert len(files) == (1, 0, 1, 0)[place]
    assert await outcome.all_of(stage, CourseRating) == []


async def test_the_certificate_of_somebody_else_cannot_be_ordered(stage: Stage, people: Team) -> None:
    third = await phone_of(stage, "third")
    row = (await outcome.certificates(stage))[0]
    for button in (Learn("certget", row.id), Learn("cert", row.id), Learn("certsee", row.id)):
        await forges(third, button.encode())
    assert not [message for message in third.history() if "document" in message]
