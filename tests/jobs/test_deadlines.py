"""Late promises climb the ladder of domain rule 18; the reporter is told once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from bot.jobs import deadlines
from bot.services import verdicts
from bot.services.city import know
from bot.services.complaints import Words
from models.employee import ActingSuperior, Employee, Leave
from models.outbox import OutboxMessage
from models.rules.complaint_flow import Action
from models.rules.permissions import Presser
from tests.driver import Stage
from tests.jobs.cases import (
    BEFORE_LEBARAN,
    colleague,
    copied,
    disposed,
    events_of,
    filed,
    followed_up,
    found_complaint,
    moved,
    notices_to,
    resident,
    wib,
)


async def sweep(stage: Stage) -> dict[str, int]:
    """One firing of the duty, and all that is sent because of it."""
    assert stage.product is not None
    counts = await deadlines.run(stage.product.runtime)
    await stage.settle()
    return {level: number for level, number in counts.items() if number}


async def levels(stage: Stage, complaint_id: int) -> list[tuple[str, str]]:
    found = await events_of(stage, complaint_id, Action.ESCALATE)
    return [(event.values["promise"], event.values["level"]) for event in found]


async def test_rule_18_overdue_goes_to_officer_head_and_city_and_shows_the_ombudsman(stage: Stage) -> None:
    siti, reporter_id = await resident(stage)
    officer, head, inspector = [await colleague(stage, role) for role in ("officer", "head", "inspector")]
    complaint_id = await disposed(stage, reporter_id, taken=True)
    due = (await found_complaint(stage, complaint_id)).settle_due_at
    assert due == wib(2026, 12, 14, 16)

    stage.now = wib(2026, 12, 15, 8, 5)
    assert await sweep(stage) == {"worker": 1}
    officer.sees("seharusnya sudah selesai", "14 Desember 2026 16.00")
    siti.sees("belum selesai pada waktu yang dijanjikan", "Ombudsman 137")
    assert not notices_to(head)

    stage.now = wib(2026, 12, 17, 8, 5)
    assert await sweep(stage) == {"head": 1}
    head.sees("belum juga ditangani oleh PU")
    assert not notices_to(inspector)

    stage.now = wib(2026, 12, 22, 8, 5)
    assert await sweep(stage) == {"city": 1}
    inspector.sees("Mohon perhatian pimpinan kota")
    assert (await found_complaint(stage, complaint_id)).escalation == 3
    assert sum("Ombudsman" in text for text in notices_to(siti)) == 1

    assert await levels(stage, complaint_id) == [("settle", "worker"), ("settle", "head"), ("settle", "city")]
    steps = await events_of(stage, complaint_id, Action.ESCALATE)
    assert {(step.role, step.public, step.values["due"]) for step in steps} == {("system", False, due.isoformat())}


async def test_each_step_is_told_once(stage: Stage) -> None:
    _, reporter_id = await resident(stage)
    officer = await colleague(stage, "officer")
    await disposed(stage, reporter_id, taken=True)
    stage.now = wib(2026, 12, 15, 8, 5)
    assert await sweep(stage) == {"worker": 1}
    stage.later(minutes=5)
    assert await sweep(stage) == {}
    assert len(notices_to(officer)) == 1


async def test_the_officer_is_warned_before_the_breach(stage: Stage) -> None:
    siti, reporter_id = await resident(stage)
    officer = await colleague(stage, "officer")
    complaint_id = await disposed(stage, reporter_id, taken=True)
    before = len(notices_to(siti))
    stage.now = wib(2026, 12, 8, 15)  # 75 % of 14 working days are ten days: 8 December
    assert await sweep(stage) == {"warning": 1}
    officer.sees("paling lambat Senin, 14 Desember 2026 16.00")
    assert len(notices_to(siti)) == before
    assert (await found_complaint(stage, complaint_id)).escalation == 0
    stage.now = wib(2026, 12, 7, 15)
    assert await sweep(stage) == {}


async def test_rule_11_verification_skips_the_holidays_of_march_2026(stage: Stage) -> None:
    stage.now = BEFORE_LEBARAN
    _, reporter_id = await resident(stage)
    verifier, inspector = await colleague(stage, "verifier"), await colleague(stage, "inspector")
    complaint_id = await filed(stage, reporter_id)
    await stage.settle()
    assert (await found_complaint(stage, complaint_id)).verify_due_at == wib(2026, 3, 27, 16)

    stage.now = wib(2026, 3, 25, 8, 5)  # the first working day after Idul Fitri: 75 % of three days, at most
    assert await sweep(stage) == {}
    stage.now = wib(2026, 3, 26, 8, 5)
    assert await sweep(stage) == {"warning": 1}
    verifier.sees("harus diperiksa paling lambat Jumat, 27 Maret 2026 16.00")
    stage.now = wib(2026, 3, 27, 15, 55)
    assert await sweep(stage) == {}
    stage.now = wib(2026, 3, 30, 8, 5)
    assert await sweep(stage) == {"worker": 1}
    verifier.sees("seharusnya sudah diperiksa")
    assert not notices_to(inspector)
    # Five working days later, without Good Friday, 3 April.
    stage.now = wib(2026, 4, 6, 15, 55)
    assert await sweep(stage) == {}
    stage.now = wib(2026, 4, 7, 8, 5)
    assert await sweep(stage) == {"city": 1}
    inspector.sees("petugas pemeriksa")


async def test_nobody_is_disturbed_out_of_office_hours(stage: Stage) -> None:
    _, reporter_id = await resident(stage)
    await disposed(stage, reporter_id, taken=True)
    for moment in (wib(2026, 12, 14, 20), wib(2026, 12, 15, 6), wib(2026, 12, 19, 10), wib(2026, 12, 18, 12)):
        stage.now = moment  # an evening, an early morning, a Saturday, the Friday prayer
        assert await sweep(stage) == {}, moment
    stage.now = wib(2026, 12, 18, 13, 35)
    assert await sweep(stage) == {"worker": 1, "head": 1}


async def test_whoever_is_on_leave_is_skipped_and_the_acting_one_told(stage: Stage) -> None:
    _, reporter_id = await resident(stage)
    phones = {role: await colleague(stage, role) for role in ("officer", "head", "other_officer", "hr", "inspector")}
    await disposed(stage, reporter_id, taken=True)
    async with stage.db.begin() as session:
        ids = {row.name: row.id for row in await session.scalars(select(Employee))}
        away = {"first_day": date(2026, 12, 1), "last_day": date(2026, 12, 31)}
        acting = {"valid_from": date(2026, 12, 1), "valid_to": date(2026, 12, 31)}
        for absent, present in (("Officer", "Other_Officer"), ("Head", "Hr")):
            employee_id = ids[f"Pegawai {absent}"]
            session.add(Leave(employee_id=employee_id, **away))
            session.add(ActingSuperior(employee_id=employee_id, acting_id=ids[f"Pegawai {present}"], **acting))
    stage.now = wib(2026, 12, 17, 8, 5)
    assert await sweep(stage) == {"worker": 1, "head": 1}
    phones["other_officer"].sees("Mohon segera ditangani")
    phones["hr"].sees("Mohon perhatian pimpinan unit")
    assert not notices_to(phones["officer"])
    assert not notices_to(phones["head"])
    assert not notices_to(phones["inspector"])


async def test_without_anybody_at_work_the_next_one_up_is_told(stage: Stage) -> None:
    _, reporter_id = await resident(stage)
    officer, head = await colleague(stage, "officer"), await colleague(stage, "head")
    await disposed(stage, reporter_id, taken=True)
    async with stage.db.begin() as session:
        employee_id = await session.scalar(select(Employee.id).where(Employee.name == "Pegawai Officer"))
        session.add(Leave(employee_id=employee_id, first_day=date(2026, 12, 1), last_day=date(2026, 12, 31)))
    stage.now = wib(2026, 12, 15, 8, 5)
    assert await sweep(stage) == {"worker": 1}
    head.sees("seharusnya sudah selesai")
    assert not notices_to(officer)


async def test_a_first_reaction_that_is_late_stays_within_the_unit(stage: Stage) -> None:
    siti, reporter_id = await resident(stage)
    officer, head, inspector = [await colleague(stage, role) for role in ("officer", "head", "inspector")]
    complaint_id = await disposed(stage, reporter_id)
    before = len(notices_to(siti))
    stage.now = wib(2026, 12, 2, 8, 5)  # five working days after 24 November are over
    assert await sweep(stage) == {"worker": 1}
    officer.sees("seharusnya sudah mulai ditanggapi")
    stage.now = wib(2026, 12, 4, 8, 5)
    assert await sweep(stage) == {"head": 1}
    head.sees("seharusnya sudah mulai ditanggapi")
    stage.now = wib(2026, 12, 8, 7, 59) + timedelta(days=3)
    assert await levels(stage, complaint_id) == [("react", "worker"), ("react", "head")]
    assert not notices_to(inspector)
    assert len(notices_to(siti)) == before


async def test_a_first_reaction_in_time_is_no_matter(stage: Stage) -> None:
    _, reporter_id = await resident(stage)
    await disposed(stage, reporter_id, taken=True)
    stage.now = wib(2026, 12, 4, 8, 5)
    assert await sweep(stage) == {}


async def test_a_pause_stops_the_promise_but_not_the_statute(stage: Stage) -> None:
    _, reporter_id = await resident(stage)
    officer = await colleague(stage, "officer")
    complaint_id = await disposed(stage, reporter_id, taken=True)
    await moved(stage, complaint_id, Action.ASK_RESIDENT, paused_at=stage.now)
    stage.now = wib(2026, 12, 30, 8, 5)  # long after the settlement was due
    assert await sweep(stage) == {}
    stage.now = wib(2027, 1, 20, 8, 5)  # 60 days after 24 November end on 23 January, a Saturday
    assert await sweep(stage) == {"warning": 1}
    officer.sees("batas undang-undang berakhir Jumat, 22 Januari 2027 16.00")
    stage.now = wib(2027, 1, 25, 8, 5)
    assert await sweep(stage) == {"worker": 1}
    assert await levels(stage, complaint_id) == [("statute", "warning"), ("statute", "worker")]


async def test_a_new_promise_has_a_ladder_of_its_own(stage: Stage) -> None:
    _, reporter_id = await resident(stage)
    complaint_id = await disposed(stage, reporter_id, taken=True)
    stage.now = wib(2026, 12, 15, 8, 5)
    assert await sweep(stage) == {"worker": 1}
    await moved(stage, complaint_id, settle_due_at=wib(2026, 12, 18, 16), due_at=wib(2026, 12, 18, 16))
    stage.now = wib(2026, 12, 16, 8, 5)
    assert await sweep(stage) == {"warning": 1}
    stage.now = wib(2026, 12, 21, 8, 5)
    assert await sweep(stage) == {"worker": 1}


async def test_a_reopened_report_starts_one_rung_up(stage: Stage) -> None:
    siti, reporter_id = await resident(stage)
    head = await colleague(stage, "head")
    complaint_id = await followed_up(stage, reporter_id)
    stage.later(days=1)
    async with stage.db.begin() as session:
        city = await know(session, stage.now)
        await verdicts.dispute(session, city, Presser(reporter_id), complaint_id, Words("Masih padam"), stage.now)
    await stage.settle()
    told = len(notices_to(head))
    stage.now = wib(2026, 12, 3, 8, 5)
    assert await levels(stage, complaint_id) == []
    stage.now = wib(2026, 12, 3, 15)  # five working days from 25 November end on 2 December
    assert await sweep(stage) == {"worker": 1, "head": 1}
    assert len(notices_to(head)) > told
    siti.sees("Ombudsman")


@pytest.mark.parametrize("end", [Action.PROPOSE_DONE, Action.WITHDRAW])
async def test_what_is_done_is_not_reminded_of(stage: Stage, end: Action) -> None:
    _, reporter_id = await resident(stage)
    complaint_id = await disposed(stage, reporter_id, taken=True)
    await moved(stage, complaint_id, end, due_at=None)
    stage.now = wib(2027, 2, 2, 9)
    assert await sweep(stage) == {}


async def test_the_look_asks_no_query_per_row(stage: Stage) -> None:
    _, reporter_id = await resident(stage)
    complaint_id = await disposed(stage, reporter_id)
    one = await queries_of_a_look(stage)
    await copied(stage, complaint_id, 150)
    assert await queries_of_a_look(stage) == one


async def queries_of_a_look(stage: Stage) -> int:
    assert stage.product is not None
    seen = []
    engine = stage.db.engine.sync_engine

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        assert not any((await deadlines.run(stage.product.runtime)).values())
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(seen)


async def test_no_step_names_the_reporter(stage: Stage) -> None:
    _, reporter_id = await resident(stage, "Siti Rahasia")
    await disposed(stage, reporter_id, taken=True)
    stage.now = wib(2026, 12, 22, 8, 5)
    await sweep(stage)
    async with stage.db.read() as session:
        rows = (await session.scalars(select(OutboxMessage).where(OutboxMessage.kind.like("deadline_%")))).all()
    assert rows
    assert "Rahasia" not in str([row.values for row in rows])
