"""One message a person and sweep, exactly once, also where the sweep dies half-way."""

import pytest
from sqlalchemy import select

from bot.jobs import deadlines
from bot.services import followers
from bot.services.city import forget, know
from bot.services.desk import digests, escalation
from models.complaint import Complaint
from models.organisation import CityFact
from models.outbox import OutboxMessage, OutboxStatus
from models.rules.complaint_flow import Action
from tests.desk_scenes import events
from tests.driver import Stage
from tests.jobs.cases import colleague, copied, disposed, notices_to, resident, wib

LATE = wib(2026, 12, 15, 8, 5)


async def late_reports(stage: Stage, number: int) -> list[int]:
    """So many reports of the first unit that are late at LATE."""
    _, reporter_id = await resident(stage)
    first = await disposed(stage, reporter_id, taken=True)
    await copied(stage, first, number - 1)
    stage.now = LATE
    async with stage.db.read() as session:
        return list(await session.scalars(select(Complaint.id).order_by(Complaint.id)))


async def sweep(stage: Stage) -> None:
    assert stage.product is not None
    await deadlines.run(stage.product.runtime)
    await stage.settle()


async def stored_digests(stage: Stage) -> list[OutboxMessage]:
    async with stage.db.read() as session:
        rows = select(OutboxMessage).where(OutboxMessage.kind == digests.KIND).order_by(OutboxMessage.id)
        return list((await session.scalars(rows)).all())


async def test_many_late_reports_are_one_message(stage: Stage) -> None:
    officer = await colleague(stage, "officer")
    await late_reports(stage, 25)  # more than one transaction of the sweep
    await sweep(stage)
    (told,) = notices_to(officer)
    assert "25 laporan perlu perhatian" in told
    assert "Sudah lewat waktu" in told
    assert "dan 13 laporan lagi" in told
    assert sum("📄" in label for label in officer.buttons()) == 6
    await sweep(stage)
    assert len(notices_to(officer)) == 1


async def test_warnings_and_late_ones_stand_under_their_headings(stage: Stage) -> None:
    officer, head = await colleague(stage, "officer"), await colleague(stage, "head")
    ids = await late_reports(stage, 3)
    async with stage.db.begin() as session:
        soon = await session.get_one(Complaint, ids[2])
        soon.settle_due_at = soon.due_at = wib(2026, 12, 16, 16)
    stage.now = wib(2026, 12, 15, 9)
    await sweep(stage)
    officer.sees("3 laporan perlu perhatian", "Sudah lewat waktu", "Batasnya sudah dekat", "16 Desember 2026")
    assert not notices_to(head)
    stage.now = wib(2026, 12, 17, 8, 5)
    await sweep(stage)
    head.sees("2 laporan perlu perhatian", "mohon perhatian pimpinan unit")


async def test_one_report_keeps_its_own_sentence(stage: Stage) -> None:
    officer = await colleague(stage, "officer")
    await late_reports(stage, 1)
    await sweep(stage)
    officer.sees("seharusnya sudah selesai ditangani", "Mohon segera ditangani")
    assert officer.buttons() == ["Buka laporan"]


async def test_a_sweep_that_dies_half_way_tells_nothing_twice_and_loses_nothing(stage: Stage) -> None:
    officer = await colleague(stage, "officer")
    ids = await late_reports(stage, 6)
    async with stage.db.begin() as session:  # the first transaction of a sweep, and then the process is gone
        await escalation.take_steps(session, await know(session, stage.now), ids[:4], stage.now)
    await stage.settle()
    assert not notices_to(officer)
    stage.later(minutes=5)
    await sweep(stage)
    (told,) = notices_to(officer)
    assert "6 laporan perlu perhatian" in told
    assert [row.status for row in await stored_digests(stage)] == [OutboxStatus.SENT]
    for complaint_id in ids:
        steps = [event for event in await events(stage, complaint_id) if event.action is Action.ESCALATE]
        assert len(steps) == 1


async def test_without_a_next_sweep_the_digest_goes_by_itself(stage: Stage) -> None:
    officer = await colleague(stage, "officer")
    ids = await late_reports(stage, 2)
    async with stage.db.begin() as session:
        await escalation.take_steps(session, await know(session, stage.now), ids, stage.now)
    stage.now += digests.HOLD
    await stage.settle()
    officer.sees("2 laporan perlu perhatian")


async def test_a_step_that_failed_leaves_no_line(stage: Stage) -> None:
    ids = await late_reports(stage, 2)

    async def dies() -> None:
        async with stage.db.begin() as session:
            await escalation.take_steps(session, await know(session, stage.now), ids, stage.now)
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await dies()
    assert await stored_digests(stage) == []


async def test_beyond_a_limit_lines_are_only_counted() -> None:
    lines = [{"complaint_id": number} for number in range(digests.MOST_LINES + 7)]
    values = digests.joined({"lines": [], "more": 2}, lines)
    assert (len(values["lines"]), values["more"]) == (digests.MOST_LINES, 9)


async def test_every_step_of_the_clock_stores_its_reason_and_the_history_tells_it(stage: Stage) -> None:
    head = await colleague(stage, "head")
    (complaint_id,) = await late_reports(stage, 1)
    await sweep(stage)
    stage.now = wib(2026, 12, 17, 8, 5)
    await sweep(stage)
    steps = [event for event in await events(stage, complaint_id) if event.action is Action.ESCALATE]
    assert [(step.values["level"], step.values["late_days"], step.values["share"]) for step in steps] == [
        ("worker", 1, 75),
        ("head", 3, 75),
    ]
    await head.presses("Buka laporan")
    head.sees(
        "Diingatkan otomatis kepada petugas: batas penyelesaian Senin, 14 Desember 2026 16.00 WIB sudah lewat",
        "Dinaikkan otomatis ke kepala unit",
        "lewat 3 hari kerja",
        "sistem",
    )


async def test_the_citys_level_is_data(stage: Stage) -> None:
    """The secretary is the head of a unit; both are told."""
    head, inspector = await colleague(stage, "head"), await colleague(stage, "inspector")
    async with stage.db.begin() as session:
        session.add(CityFact(key="escalation.city", value="inspector; head pu; nobody; officer nowhere"))
        session.add(CityFact(key="escalation.settle", value="city"))
        await session.flush()
        forget(session)
    await late_reports(stage, 1)
    stage.now = wib(2026, 12, 22, 8, 5)
    await sweep(stage)
    for phone in (head, inspector):
        (told,) = notices_to(phone)
        assert "Mohon perhatian pimpinan kota" in told


async def test_rule_18_followers_learn_that_it_is_late_once(stage: Stage) -> None:
    from_budi, budi_id = await resident(stage, "Budi")
    ids = await late_reports(stage, 1)
    async with stage.db.begin() as session:
        assert await followers.add(session, ids[0], budi_id, stage.now)
    await sweep(stage)
    from_budi.sees("Bapak/Ibu ikuti belum selesai", "Ombudsman 137")
    stage.now = wib(2026, 12, 22, 8, 5)
    await sweep(stage)
    assert sum("Ombudsman" in text for text in from_budi.texts()) == 1
