"""Every list asks the database the same number of times, whether it has ten rows or a thousand.

| list            | rows                                                    |
|-----------------|---------------------------------------------------------|
| /blokir         | bans, each of another person                            |
| /perbaikan      | improvements, each of another employee                  |
| /kejadian       | occurrences, each with a report; one with all reports   |
| /riwayat        | acts on one report, by and about other employees        |
| /mutu           | services with answers: the units, the services of one   |
| /ikm            | the same for staff                                      |
| /cari           | reports with the word, each with another officer        |
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.callbacks import Open, Results, Ticket
from bot.services import city as cities
from bot.views.desk.occurrences import ONE
from models.administration.audit import AuditRow
from models.administration.ban import Ban, BanReason
from models.complaint import Complaint
from models.employee import Employee
from models.improvement import Improvement
from models.occurrence import Occurrence
from models.organisation import Service, Unit
from models.person import Person
from models.rules.complaint_flow import Status
from models.rules.improvements import Term
from models.rules.permissions import Desk
from models.rules.skm import Element
from models.survey import Channel, SurveyResponse
from tests.desk_scenes import Statements, at_work, filed, forges, resident
from tests.driver import Phone, Stage
from tests.reports.complaint_rows import a_report
from tests.survey_rows import THIS

FEW, MANY = 10, 1000
_numbers = itertools.count(1)


async def store(stage: Stage, rows: Sequence[Any]) -> list[int]:
    """Put rows into their table; their ids."""
    async with stage.db.begin() as session:
        session.add_all(rows)
        await session.flush()
        cities.forget(session)
        return [row.id for row in rows]


async def employees(stage: Stage, count: int) -> list[int]:
    names = [next(_numbers) for _ in range(count)]
    return await store(
        stage, [Employee(nip=f"19880101{name:010}", name=f"Pegawai {name}", unit_id=1, kind="pns") for name in names]
    )


async def reports(stage: Stage, numbers: Sequence[int], **values: Any) -> list[int]:
    """Reports in progress with the word, each with another officer."""
    officers = await employees(stage, len(numbers))
    rows = []
    for number, officer in zip(numbers, officers, strict=True):
        report = a_report(number, random.Random(number))
        report.text, report.status, report.unit_id, report.officer_id = "Lampu padam", Status.IN_PROGRESS, 1, officer
        for name, value in values.items():
            setattr(report, name, value)
        rows.append(report)
    return await store(stage, rows)


async def bans(stage: Stage, numbers: Sequence[int]) -> None:
    people = [
        Person(telegram_id=6_000_000 + number, name=f"Warga {number}", language="id", created_at=stage.now)
        for number in numbers
    ]
    until = stage.now + timedelta(days=30)
    ids = await store(stage, people)
    await store(stage, [Ban(person_id=one, reason=BanReason.SPAM, since=stage.now, until=until) for one in ids])


async def improvements(stage: Stage, numbers: Sequence[int]) -> None:
    rows = [
        Improvement(
            title=f"Perbaikan {number}",
            unit_id=1 + number % 2,
            element=Element.U3,
            owner_id=owner,
            due_on=stage.now.date() + timedelta(days=number % 90),
            term=Term.SHORT,
            created_at=stage.now,
        )
        for number, owner in zip(numbers, await employees(stage, len(numbers)), strict=True)
    ]
    await store(stage, rows)


async def occurrences(stage: Stage, numbers: Sequence[int]) -> None:
    rows = [
        Occurrence(code=f"KJD-{number}", title=f"Banjir {number}", unit_id=1, area_id=1, opened_at=stage.now)
        for number in numbers
    ]
    ids = await store(stage, rows)
    members = await reports(stage, numbers)
    async with stage.db.begin() as session:
        for occurrence_id, complaint_id in zip(ids, members, strict=True):
            (await session.get_one(Complaint, complaint_id)).occurrence_id = occurrence_id


async def members(stage: Stage, numbers: Sequence[int]) -> None:
    """All of one occurrence, the first."""
    async with stage.db.begin() as session:
        if await session.get(Occurrence, 1) is None:
            session.add(Occurrence(code="KJD-1", title="Banjir", unit_id=1, area_id=1, opened_at=stage.now))
    await reports(stage, numbers, occurrence_id=1)


async def acts(stage: Stage, numbers: Sequence[int]) -> None:
    """On the first report."""
    rows = [
        AuditRow(
            at=stage.now,
            actor_id=number,
            role="officer",
            action="assign",
            subject="complaint",
            subject_id=1,
            old={"officer": officer - 1},
            new={"officer": officer},
        )
        for number, officer in zip(numbers, await employees(stage, len(numbers)), strict=True)
    ]
    await store(stage, rows)


async def answers(stage: Stage, numbers: Sequence[int]) -> None:
    """Six for each of as many services, half of them of the first unit and half of units of their own."""
    units = [Unit(code=f"x{n}", name=f"Kantor {n}", short_name=f"Kantor {n}", kind="dinas") for n in numbers]
    own = await store(stage, units)
    services = [
        Service(code=f"y{number}", unit_id=1 if number % 2 else unit, name=f"Layanan {number}")
        for number, unit in zip(numbers, own, strict=True)
    ]
    await store(stage, services)
    rows = []
    for service in services:
        for score in (1, 2, 3, 3, 4, 4):
            row = SurveyResponse(
                service_id=service.id,
                unit_id=service.unit_id,
                period=THIS,
                day=stage.now.date(),
                channel=Channel.QR,
                created_at=stage.now,
            )
            row.answer(dict.fromkeys(Element, score))
            rows.append(row)
    await store(stage, rows)


async def found(stage: Stage, numbers: Sequence[int]) -> None:
    await reports(stage, numbers)


def says(words: str) -> Callable[[Phone], Awaitable[None]]:
    return lambda phone: phone.says(words)


def presses(data: str) -> Callable[[Phone], Awaitable[None]]:
    return lambda phone: forges(phone, data)


async def second_page(phone: Phone) -> None:
    await phone.says("/cari lampu padam")
    await phone.presses("Berikutnya")


LISTS: list[tuple[str, str, Any, Callable[[Phone], Awaitable[None]], str]] = [
    ("blokir", "verifier", bans, says("/blokir"), "Berikutnya"),
    ("blokir, second page", "verifier", bans, presses(Open(Desk.BANS.value, 1).encode()), "Sebelumnya"),
    ("perbaikan", "admin", improvements, says("/perbaikan"), "Berikutnya"),
    ("perbaikan of a unit", "head", improvements, presses(Open(Desk.IMPROVEMENTS.value, 1).encode()), "Sebelumnya"),
    ("kejadian", "verifier", occurrences, says("/kejadian"), "Berikutnya"),
    ("kejadian, second page", "verifier", occurrences, presses(Open(Desk.OCCURRENCES.value, 1).encode()), "Sebelumnya"),
    ("reports of a kejadian", "verifier", members, presses(Open(ONE, 1).encode()), "Kabari"),
    ("riwayat", "verifier", acts, presses(Ticket("audit", 1, "0").encode()), "Berikutnya"),
    ("riwayat, second page", "verifier", acts, presses(Ticket("audit", 1, "1").encode()), "Sebelumnya"),
    ("mutu", "resident", answers, says("/mutu"), "Berikutnya"),
    ("mutu of a unit", "resident", answers, presses(Results("offices", "u1", THIS).encode()), "Berikutnya"),
    ("mutu, a card", "resident", answers, presses(Results("public", "u1", THIS).encode()), "Per layanan"),
    ("ikm per unit", "admin", answers, presses(Results("parts", "c", THIS).encode()), "Berikutnya"),
    ("ikm per service", "head", answers, presses(Results("parts", "u1", THIS, 1).encode()), "Sebelumnya"),
    ("cari", "verifier", found, says("/cari lampu padam"), "Berikutnya"),
    ("cari, second page", "verifier", found, second_page, "Sebelumnya"),
]


@pytest.mark.parametrize(("role", "fill", "opens", "button"), [row[1:] for row in LISTS], ids=[row[0] for row in LISTS])
async def test_a_list_of_a_thousand_costs_what_one_of_ten_costs(
    stage: Stage, role: str, fill: Any, opens: Callable[[Phone], Awaitable[None]], button: str
) -> None:
    siti = await resident(stage)
    first = await filed(stage, siti)
    assert first == 1
    phone = siti if role == "resident" else await at_work(stage, role)
    costs = []
    for numbers in (range(100, 100 + FEW), range(1000, 1000 + MANY - FEW)):
        await fill(stage, numbers)
        await opens(phone)  # the city is read anew after a change
        with Statements(stage) as statements:
            await opens(phone)
        costs.append(len(statements.seen))
    assert button in " ".join(phone.buttons()), "the thousand are there, and more than fit on a page"
    assert costs[0] == costs[1]
