"""What is forgotten at night, and what is kept."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.jobs import housekeeping
from bot.services import complaints, outbox
from bot.services.city import forget
from bot.services.complaints import SentFile
from models.administration.revision import Revision, RevisionStatus
from models.attachment import Attachment, FileKind, FilePurpose
from models.calendar import DutyRun, ServiceLimit
from models.complaint import Complaint
from models.conversation import Conversation
from models.inbox import InboxStatus, InboxUpdate
from models.outbox import OutboxMessage, OutboxStatus
from models.performance.plan import WorkPlan
from models.performance.plan_sheet import PlanSheet, SheetStatus
from models.performance.record_file import RecordFile, RecordFileStatus
from models.rules.complaint_flow import Action
from models.sealing import SealedIdentity
from models.training.course_sheet import CourseSheet, CourseSheetStatus
from tests import desk_scenes
from tests.driver import Stage
from tests.jobs.cases import filed, followed_up, found_complaint, moved, resident


async def night(stage: Stage) -> dict[str, int]:
    assert stage.product is not None
    counts = await housekeeping.run(stage.product.runtime)
    return {what: number for what, number in counts.items() if number}


async def number_of(stage: Stage, table: type) -> int:
    async with stage.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_a_draft_is_closed_after_a_week_without_a_word(stage: Stage) -> None:
    siti, person_id = await resident(stage)
    await siti.says("Lampu jalan di depan SD mati sejak hari Senin")
    said = len(siti.texts())
    stage.later(days=6, hours=23)
    assert "drafts" not in await night(stage)
    stage.later(hours=2)
    assert (await night(stage))["drafts"] == 1
    async with stage.db.read() as session:
        talk = await session.get_one(Conversation, person_id)
    assert (talk.flow, talk.state, talk.question, talk.draft) == (None, None, None, {})
    await stage.settle()
    assert len(siti.texts()) == said


async def test_the_period_is_the_citys_data(stage: Stage) -> None:
    siti, _ = await resident(stage)
    await siti.says("Lampu jalan di depan SD mati sejak hari Senin")
    async with stage.db.begin() as session:
        session.add(ServiceLimit(name="keep_drafts", days=2, working=False))
        forget(session)
    stage.later(days=3)
    assert (await night(stage))["drafts"] == 1


async def test_finished_updates_go_and_unfinished_ones_stay(stage: Stage) -> None:
    await resident(stage)
    async with stage.db.begin() as session:
        for number, status in enumerate((InboxStatus.DEAD, InboxStatus.QUARANTINED, InboxStatus.ANSWERING)):
            session.add(InboxUpdate(update_id=900 + number, status=status, received_at=stage.now, answers=None))
    before = await number_of(stage, InboxUpdate)
    stage.later(days=8)
    assert (await night(stage))["updates"] == before - 3
    assert await number_of(stage, InboxUpdate) == 3


async def test_updates_that_failed_for_good_go_after_a_month(stage: Stage) -> None:
    async with stage.db.begin() as session:
        for number, status in enumerate((InboxStatus.DEAD, InboxStatus.QUARANTINED, InboxStatus.PENDING)):
            session.add(
                InboxUpdate(
                    update_id=900 + number, status=status, received_at=stage.now, payload='{"message": "words"}'
                )
            )
    stage.later(days=29)
    assert "faults" not in await night(stage)
    stage.later(days=2)
    assert (await night(stage))["faults"] == 2
    assert await number_of(stage, InboxUpdate) == 1


async def test_old_notices_go_unless_they_wait(stage: Stage) -> None:
    _, person_id = await resident(stage)
    states = (OutboxStatus.SENT, OutboxStatus.UNREACHABLE, OutboxStatus.QUEUED)
    async with stage.db.begin() as session:
        for status in states:
            await outbox.put(
                session, key=status, person_id=person_id, kind="incident", now=stage.now, not_before=stage.now
            )
        for row in await session.scalars(select(OutboxMessage)):
            row.status = OutboxStatus(row.key)
    stage.later(days=181)
    assert (await night(stage))["notices"] == 2
    async with stage.db.read() as session:
        assert (await session.scalars(select(OutboxMessage.key))).all() == ["queued"]


async def test_old_firings_go(stage: Stage) -> None:
    async with stage.db.begin() as session:
        session.add(DutyRun(duty="sweep", period="old", started_at=stage.now - timedelta(days=181)))
        session.add(DutyRun(duty="sweep", period="young", started_at=stage.now - timedelta(days=179)))
    assert await night(stage) == {"duties": 1}


@pytest.fixture
def folder(stage: Stage, tmp_path: Path) -> Path:
    """The storage folder of this test."""
    assert stage.product is not None
    runtime = stage.product.runtime
    runtime.settings = replace(runtime.settings, storage=tmp_path / "files")
    return tmp_path / "files"


async def with_file(stage: Stage, folder: Path, complaint_id: int) -> Path:
    """A stored file of that complaint."""
    path = folder / f"2026/11/24/{complaint_id}-abc.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"picture")
    async with stage.db.begin() as session:
        complaint = await session.get_one(Complaint, complaint_id)
        file = SentFile(FileKind.PHOTO, "file-id", "unique-id")
        complaints.attach(session, complaint, [file], FilePurpose.REPORT, stage.now)
        await session.flush()
        row = (await session.scalars(select(Attachment).where(Attachment.complaint_id == complaint_id))).one()
        row.stored, row.next_try_at = str(path.relative_to(folder)), None
    return path


async def test_files_go_a_year_after_the_report_is_over(stage: Stage, folder: Path) -> None:
    _, reporter_id = await resident(stage)
    complaint_id = await followed_up(stage, reporter_id, "closed")
    open_id = await filed(stage, reporter_id, "open")
    path, kept = await with_file(stage, folder, complaint_id), await with_file(stage, folder, open_id)
    stage.later(days=10)
    await moved(stage, complaint_id, Action.CONFIRM)
    stage.later(days=364)
    assert "files" not in await night(stage)
    assert path.exists()
    stage.later(days=2)
    assert (await night(stage))["files"] == 1
    assert not path.exists()
    assert kept.exists()
    async with stage.db.read() as session:
        assert (await session.scalars(select(Attachment.complaint_id))).all() == [open_id]
    assert (await found_complaint(stage, complaint_id)).text == "Lampu jalan mati"


async def test_a_file_that_is_gone_already_is_no_fault(stage: Stage, folder: Path) -> None:
    _, reporter_id = await resident(stage)
    complaint_id = await filed(stage, reporter_id)
    path = await with_file(stage, folder, complaint_id)
    await moved(stage, complaint_id, Action.WITHDRAW)
    path.unlink()
    stage.later(days=366)
    assert (await night(stage))["files"] == 1


@pytest.mark.parametrize("anonymous", [False, True])
async def test_the_tie_to_the_reporter_is_cut_after_the_closing(stage: Stage, anonymous: bool) -> None:
    """Domain section 7: chat ids of closed reports 90 days; the report itself stays."""
    siti = await desk_scenes.resident(stage)
    over = await desk_scenes.filed(stage, siti, anonymous=anonymous)
    still_open = await desk_scenes.filed(stage, siti, anonymous=anonymous)
    async with stage.db.begin() as session:
        complaint = await complaints.get(session, over)
        complaint.move(Action.ARCHIVE, stage.now, role="verifier")
    stage.later(days=89)
    assert "reporters" not in await night(stage)
    stage.later(days=2)
    assert (await night(stage))["reporters"] == 1
    assert (await night(stage)).get("reporters", 0) == 0
    async with stage.db.read() as session:
        found = {row.id: row for row in await session.scalars(select(Complaint))}
        sealed = set(await session.scalars(select(SealedIdentity.complaint_id)))
    assert (found[over].reporter_id, found[over].reporter_mark, over in sealed) == (None, None, False)
    assert found[over].text == desk_scenes.WORDS
    known = found[still_open]
    assert (known.reporter_mark if anonymous else known.reporter_id) is not None
    await siti.says("/laporan")
    assert found[over].code not in siti.last()
    assert known.code in siti.last()


async def test_workbooks_go_a_month_after_they_were_decided_or_left(stage: Stage) -> None:
    """Applied changes of the city's data stay: they are shown and can be taken back; their file is forgotten."""
    _, person_id = await resident(stage)
    told: dict[str, Any] = {"person_id": person_id, "file_id": "file", "file_name": "x.xlsx", "received_at": stage.now}
    left = {"status": "ready", "decided_at": stage.now + timedelta(days=5)}
    async with stage.db.begin() as session:
        session.add(WorkPlan(id=7, employee_id=1, year=2026, created_at=stage.now))
        await session.flush()
        for status in ("received", "faulty", "ready", "applied", "discarded"):
            session.add(RecordFile(**told, status=RecordFileStatus(status), rows=[["lampu", "1"]]))
            session.add(CourseSheet(**told, status=CourseSheetStatus(status)))
            session.add(PlanSheet(**told, plan_id=7, status=SheetStatus(status)))
        for state in RevisionStatus:
            session.add(Revision(**told, status=state, changes=[{"a": 1}], decided_at=stage.now))
        session.add(RecordFile(**told | left))
    stage.later(days=29)
    assert "uploads" not in await night(stage)
    stage.later(days=2)
    assert (await night(stage))["uploads"] == 15 + 4
    async with stage.db.read() as session:
        assert [row.decided_at for row in await session.scalars(select(RecordFile))] == [left["decided_at"]]
        kept = list(await session.scalars(select(Revision).order_by(Revision.id)))
    assert [(row.status, row.file_id, row.changes) for row in kept] == [
        (RevisionStatus.APPLIED, "", [{"a": 1}]),
        (RevisionStatus.TAKEN_BACK, "", [{"a": 1}]),
    ]
    assert await number_of(stage, PlanSheet) == await number_of(stage, CourseSheet) == 0


async def test_the_notice_tells_how_long_workbooks_are_kept(stage: Stage) -> None:
    siti, _ = await resident(stage)
    async with stage.db.begin() as session:
        session.add(ServiceLimit(name="keep_uploads", days=12, working=False))
        forget(session)
    await siti.says("/privasi")
    siti.sees("berkas isian dari pegawai 12 hari")
