"""Forged buttons and commands of the training desk and the ledger: nobody sees or changes what is not theirs (rule 31).

Every verb of the desk is walked with real ids: by a resident, by a civil servant without a right, by the superior of
others, by human resources of one unit only, and by whoever held the right until yesterday.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.callbacks import Learn
from bot.i18n import _, speaking
from bot.views import errors
from models.employee import Employee, RoleGrant
from models.outbox import OutboxMessage
from models.rules.permissions import Role
from models.training.code_show import CodeShow
from models.training.course import Course, CourseStatus
from models.training.course_sheet import CourseSheet, CourseSheetStatus
from models.training.hours import HoursStatus, TrainingHours
from models.training.registration import Attendance, Registration
from tests import training_scenes as scenes
from tests.desk_scenes import forges
from tests.driver import START, Phone, Stage
from tests.performance_scenes import Team
from tests.training_scenes import phone_of

ROLE, REGISTRATION, SUBORDINATE = "not_your_role", "no_such_registration", "not_your_subordinate"
#: What only human resources of the whole city do: the course, its meeting, registration and sheet are all number 1.
HR_ONLY = (
    *(
        Learn(verb, 1)
        for verb in ("sess", "qr", "point", "hr", "sure", "endsel", "announce", "book", "edit", "copy", "select")
    ),
    *(Learn(verb, 0) for verb in ("manage", "new", "xform", "xsend", "jpwait")),
    *(Learn(verb, 1, "1.0") for verb in ("tick", "untick")),
    *(Learn("move", 1, state) for state in ("open", "closed", "done", "cancelled")),
    *(Learn("sure", 1, state) for state in ("closed", "cancelled")),
    *(Learn("noqr", 1, "1"), Learn("roll", 0, "1"), Learn("people", 0, "1")),
    *(Learn(verb, 1) for verb in ("xuse", "xdrop", "jpsee", "jpyes", "jpno")),
)
#: What only the superior of that participant does.
SUPERIOR_ONLY = (Learn("ask", 1), Learn("yes", 1), Learn("no", 1))
#: What only the participant does.
OWN_ONLY = (Learn("leave", 1), Learn("leave2", 1), Learn("take", 1), Learn("pass", 1))
#: What every civil servant may open; a resident may not.
OF_EMPLOYEES = (
    *(Learn(verb, 0) for verb in ("up", "mine", "past", "asked", "jpadd")),
    *(Learn(verb, 1) for verb in ("open", "ics", "files", "join", "code", "jp")),
)
NAMED = ("Worker", "Sertifikat Rahasia")


@pytest.fixture
async def people(stage: Stage) -> Team:
    """The worker, led by the boss, asked for a seat and sent a certificate; a workbook of human resources waits."""
    found = await scenes.people(stage)
    await scenes.course(stage, sessions=(START + timedelta(hours=2),), needs_approval=True)
    await forges(await phone_of(stage, "worker"), Learn("join", 1).encode())
    async with stage.db.begin() as session:
        session.add(
            TrainingHours(
                employee_id=found.ids["worker"],
                year=2026,
                hours=8,
                title="Sertifikat Rahasia",
                ended_on=date(2026, 3, 1),
                status=HoursStatus.PENDING,
                created_at=START,
            )
        )
        sender = (await session.get_one(Employee, found.ids["hr"])).person_id
        session.add(
            CourseSheet(
                person_id=sender,
                file_id="f",
                file_name="x.xlsx",
                status=CourseSheetStatus.READY,
                received_at=START,
                content=[],
            )
        )
    stage.later(hours=2)
    return found


async def everything(stage: Stage) -> list[Any]:
    """All that could be changed, and every notice."""
    tables = (Course, Registration, TrainingHours, Attendance, CodeShow, CourseSheet, OutboxMessage)
    async with stage.db.read() as session:
        rows = [await session.execute(select(*table.__table__.columns)) for table in tables]
        return [[tuple(row) for row in found.all()] for found in rows]


async def tries(stage: Stage, phone: Phone, buttons: tuple[Learn, ...], *codes: str) -> None:
    """Each button answers with one of these refusals, names nobody, and changes nothing."""
    with speaking("id"):
        sentences = [_(errors.SENTENCES[code]).split("{")[0] for code in codes]
    before = await everything(stage)
    for one in buttons:
        heard = len(phone.history())
        await forges(phone, one.encode())
        said = phone.last()
        assert any(sentence in said for sentence in sentences), (one, said)
        shown = str(phone.history()[heard:])
        assert not any(name in shown for name in NAMED), one
    assert await everything(stage) == before


async def test_rule_31_a_resident_opens_nothing_of_it(stage: Stage, people: Team) -> None:
    siti = stage.person("Siti")
    await siti.starts()
    await tries(stage, siti, (*HR_ONLY, *SUPERIOR_ONLY, *OWN_ONLY, *OF_EMPLOYEES), ROLE)
    with speaking("id"):
        refused = _(errors.SENTENCES[ROLE])
    before = await everything(stage)
    for command in ("/pelatihan", "/jp", "/start pelatihan_1", f"/start hadir_1_{'a' * 16}"):
        await siti.says(command)
        siti.sees(refused)
    assert await everything(stage) == before


async def test_rule_31_a_civil_servant_without_a_right_stays_with_the_own(stage: Stage, people: Team) -> None:
    outsider = await phone_of(stage, "outsider")
    await tries(stage, outsider, HR_ONLY, ROLE)
    await tries(stage, outsider, SUPERIOR_ONLY, SUBORDINATE, REGISTRATION)
    await tries(stage, outsider, OWN_ONLY, "not_your_record", REGISTRATION)
    await outsider.says("/pelatihan")
    assert "Kelola pelatihan" not in str(outsider.history()[-1])
    await outsider.says("/jp")
    assert "menunggu diperiksa" not in str(outsider.history()[-1])


async def test_rule_31_the_superior_of_others_decides_nothing(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        (await session.get_one(Employee, people.ids["outsider"])).supervisor_id = people.ids["deputy"]
    deputy = await phone_of(stage, "deputy")
    await tries(stage, deputy, HR_ONLY, ROLE)
    await tries(stage, deputy, SUPERIOR_ONLY, SUBORDINATE, REGISTRATION)
    await tries(stage, deputy, OWN_ONLY, "not_your_record", REGISTRATION)
    await forges(deputy, Learn("asked", 0).encode())
    assert "Worker" not in str(deputy.history()[-1])


async def test_rule_31_human_resources_of_one_unit_are_not_those_of_the_city(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        session.add(RoleGrant(employee_id=people.ids["outsider"], role=Role.HR, unit_id=1, valid_from=date(2020, 1, 1)))
    outsider = await phone_of(stage, "outsider")
    await tries(stage, outsider, HR_ONLY, ROLE)
    await tries(stage, outsider, SUPERIOR_ONLY, SUBORDINATE, REGISTRATION)
    await outsider.says("/pelatihan")
    assert "Kelola pelatihan" not in str(outsider.history()[-1])


async def test_a_right_that_ended_yesterday_ends_with_it(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await forges(hr, Learn("hr", 1).encode())
    hr.sees("Pelayanan Prima")
    async with stage.db.begin() as session:
        grants = select(RoleGrant).where(RoleGrant.employee_id == people.ids["hr"])
        (await session.scalars(grants)).one().valid_to = stage.now.date() - timedelta(days=1)
    await tries(stage, hr, HR_ONLY, ROLE)


async def test_human_resources_decide_for_no_superior_and_no_participant(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await tries(stage, hr, SUPERIOR_ONLY, SUBORDINATE, REGISTRATION)
    await tries(stage, hr, OWN_ONLY, "not_your_record", REGISTRATION)


async def test_the_rightful_ones_can_press_the_same_buttons(stage: Stage, people: Team) -> None:
    """So that the walks above refuse for the right reason."""
    boss, hr = await phone_of(stage, "boss"), await phone_of(stage, "hr")
    await forges(boss, Learn("yes", 1).encode())
    boss.sees("Worker")
    await forges(hr, Learn("jpyes", 1).encode())
    hr.sees("Sertifikat Rahasia")
    await forges(hr, Learn("move", 1, "closed").encode())
    await forges(hr, Learn("tick", 1, "1.0").encode())
    hr.sees("Hadir: 1 dari 1")
    await forges(hr, Learn("xdrop", 1).encode())
    async with stage.db.read() as session:
        assert (await session.get_one(Course, 1)).status is CourseStatus.CLOSED
        assert (await session.get_one(CourseSheet, 1)).status is CourseSheetStatus.DISCARDED
        assert (await session.get_one(TrainingHours, 1)).status is HoursStatus.COUNTED
