"""Which courses answer a need, and who is at work on it already; on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.db import Database
from bot.reports.training import need_courses, needs
from bot.reports.training.needs import Found
from bot.services.performance.indicators import Looking
from models.complaint import ReportClass
from models.errors import Refusal
from models.rules.improvements import Step
from models.rules.skm import Element
from models.rules.training.needs import NeedKind
from models.training.course import Course, CourseKind, CoursePath, CourseStatus
from models.training.registration import Registration, RegistrationStatus
from tests import need_scenes as scenes
from tests.driver import START
from tests.need_scenes import looking
from tests.survey_rows import store


async def course(database: Database, title: str, *topics: str, **columns: Any) -> int:
    defaults: dict[str, Any] = {
        "code": title.upper().replace(" ", "-"),
        "title": title,
        "kind": CourseKind.TECHNICAL,
        "path": CoursePath.CLASSROOM,
        "hours": 8,
        "quota": 2,
        "topics": list(topics),
        "closes_at": START + timedelta(days=5),
        "status": CourseStatus.OPEN,
        "created_at": START,
    }
    async with database.begin() as session:
        row = Course(**(defaults | columns))
        session.add(row)
        await session.flush()
        return row.id


async def offered(database: Database, what: str = "eU7", *, planned: bool = True) -> list[tuple[str, int]]:
    async with looking(database) as by:
        found = await needs.one(by, 1, what)
        return [(one.course.title, one.left) for one in await need_courses.fitting(by, found, planned=planned)]


@pytest.fixture
async def weak(database: Database, people: dict[str, int]) -> dict[str, int]:
    await scenes.weak_unit(database)
    return people


async def test_courses_by_topic_the_nearest_first(database: Database, weak: dict[str, int]) -> None:
    await course(database, "Satu", "Santun", "lain")
    await course(database, "Dua", "perilaku", "santun")
    await course(database, "Rencana", "perilaku", status=CourseStatus.DRAFT)
    await course(database, "Lain", "kompetensi")
    for number, status in enumerate((CourseStatus.CLOSED, CourseStatus.DONE, CourseStatus.CANCELLED)):
        await course(database, f"Lewat {number}", "perilaku", status=status)
    await course(database, "Tutup", "perilaku", closes_at=START)
    assert await offered(database) == [("Dua", 2), ("Satu", 2), ("Rencana", 2)]
    assert await offered(database, planned=False) == [("Dua", 2), ("Satu", 2)]


async def test_the_kind_counts_where_the_city_names_one(database: Database, weak: dict[str, int]) -> None:
    await course(database, "Teknis", "pengaduan")
    await course(database, "Manajerial", "pengaduan", kind=CourseKind.MANAGERIAL)
    assert await offered(database, "rcomplaint") == [("Teknis", 2)]


async def test_only_courses_meant_for_the_units_people(database: Database, weak: dict[str, int]) -> None:
    await course(database, "Capil", "santun", audience={"circle": "staff", "units": [2]})
    await course(database, "PU", "santun", audience={"circle": "staff", "units": [1]})
    await course(database, "PPPK", "santun", audience={"circle": "staff", "kinds": ["pppk"]})
    assert await offered(database) == [("PU", 2)]


def seated(course_id: int, employee_id: int, unit_id: int, seat: int) -> Registration:
    return Registration(
        course_id=course_id,
        employee_id=employee_id,
        unit_id=unit_id,
        status=RegistrationStatus.SEATED,
        seat=seat,
        unit_seat=seat,
        queued_at=START,
    )


async def test_only_courses_with_seats_for_the_unit(database: Database, weak: dict[str, int]) -> None:
    full = await course(database, "Penuh", "santun", quota=1)
    shared = await course(database, "Bagian habis", "santun", quota=9, unit_quota=1)
    others = await course(database, "Dipakai unit lain", "santun", quota=3, unit_quota=2)
    await store(
        database,
        seated(full, weak["other_officer"], 2, 1),
        seated(shared, weak["officer"], 1, 1),
        seated(others, weak["other_officer"], 2, 1),
    )
    assert await offered(database) == [("Dipakai unit lain", 2)]


async def test_a_course_that_fits_no_more_is_refused(database: Database, weak: dict[str, int]) -> None:
    number = await course(database, "Santun", "santun", status=CourseStatus.DRAFT)
    async with looking(database) as by:
        found = await needs.one(by, 1, "eU7")
        assert (await need_courses.require_fitting(by, found, number, planned=True)).course.id == number
        with pytest.raises(Refusal, match="need_course_gone"):
            await need_courses.require_fitting(by, found, number, planned=False)


async def test_topics_of_an_indicator_by_code_then_source_then_any(database: Database, people: dict[str, int]) -> None:
    await scenes.indicator(database, "40")

    async def wanted() -> tuple[str, ...]:
        async with looking(database) as by:
            return (await need_courses.wanted(by, await _first(by))).topics

    async def _first(by: Looking) -> Found:
        return (await needs.of_unit(by, 1)).needs[0]

    assert await wanted() == ()
    await store(database, scenes.topic(NeedKind.INDICATOR, "*", "kinerja"))
    assert await wanted() == ("kinerja",)
    await store(database, scenes.topic(NeedKind.INDICATOR, "confirmed_share", "pengaduan"))
    assert await wanted() == ("pengaduan",)
    await store(database, scenes.topic(NeedKind.INDICATOR, "lampu-nyala", "Jaringan Listrik"))
    assert await wanted() == ("jaringan listrik",)


async def test_improvements_at_work_on_the_same_weak_spot(database: Database, weak: dict[str, int]) -> None:
    owner = weak["head"]
    await store(
        database,
        scenes.improvement(owner),
        scenes.improvement(owner, title="Nanti", due_on=date(2027, 6, 1)),
        scenes.improvement(owner, element=Element.U6, status=Step.DONE),
        scenes.improvement(owner, unit_id=2, element=Element.U6),
        scenes.improvement(owner, element=None, report_class=ReportClass.COMPLAINT, title="Jawab cepat"),
    )
    async with looking(database) as by:
        found = await need_courses.at_work(by, 1)
    assert {name: (one.row.title, one.owner) for name, one in found.items()} == {
        "U7": ("Loket ramah setiap hari", "Pegawai Head"),
        "complaint": ("Jawab cepat", "Pegawai Head"),
    }
