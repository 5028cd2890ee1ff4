"""Domain rule 14: after a whole anonymous talk no table leads from the report to the person or back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from bot.db import Database
from bot.services.complaints import MOST_A_DAY
from models.complaint import Complaint, ComplaintEvent, ReportClass
from models.errors import Refusal
from models.outbox import OutboxMessage
from models.person import Person
from models.sealing import SealedIdentity
from models.tables import metadata
from tests.desk_scenes import at_work, file_a_report, filed, opens, stored
from tests.driver import START, Phone, Stage
from tests.jobs.test_files import picture

NAME = "Marhamahtulaini"
#: So large that neither number appears anywhere by chance.
PERSON_ID, COMPLAINT_ID = 7_654_321, 8_765_432
#: Not on a whole minute: a moment that is kept exactly on both sides would tell.
MOMENT = timedelta(seconds=17, microseconds=123_456)
PHOTO = picture()


@dataclass(frozen=True)
class Row:
    """One row of one table, as text, with the numbers of persons and complaints that stand in it."""

    table: str
    content: str
    moments: frozenset[datetime]

    def names(self, *needles: object) -> bool:
        return any(str(needle) in self.content for needle in needles)


async def every_row(database: Database) -> list[Row]:
    found = []
    async with database.read() as session:
        for table in metadata.sorted_tables:
            for row in (await session.execute(select(table))).mappings():
                values = {str(column): value for column, value in row.items()}
                moments = frozenset(value for value in values.values() if isinstance(value, datetime))
                found.append(Row(table.name, json.dumps(values, default=str, ensure_ascii=False), moments))
    return found


async def large_numbers(stage: Stage, siti: Phone) -> None:
    """The person and the next complaint get numbers that can be searched for."""
    async with stage.db.begin() as session:
        old = await session.scalar(select(Person.id).where(Person.telegram_id == siti.id))
        await session.execute(text("DELETE FROM conversation WHERE person_id = :old"), {"old": old})
        await session.execute(update(Person).where(Person.id == old).values(id=PERSON_ID))
        await session.execute(
            text("INSERT INTO conversation (person_id, draft, updated_at) VALUES (:id, '{}', :day)"),
            {"id": PERSON_ID, "day": START.replace(hour=0).isoformat(sep=" ").removesuffix("+00:00")},
        )
        if session.get_bind().dialect.name == "postgresql":
            await session.execute(text(f"ALTER SEQUENCE complaint_id_seq RESTART WITH {COMPLAINT_ID}"))
            return
        filler = Complaint(
            id=COMPLAINT_ID - 1,
            code="TPI-000000-FILLER",
            filing_key="filler",
            report_class=ReportClass.COMPLAINT,
            text="-",
            received_at=datetime(2020, 1, 1, tzinfo=UTC),
            verify_due_at=datetime(2020, 1, 1, tzinfo=UTC),
            settle_due_at=datetime(2020, 1, 1, tzinfo=UTC),
            statutory_due_on=datetime(2020, 1, 1, tzinfo=UTC).date(),
        )
        session.add(filler)


async def a_whole_anonymous_talk(stage: Stage) -> tuple[Phone, str]:
    """Filed with a photo, asked, answered, edited, closed, disputed, done again, scored."""
    verifier, officer, siti = await at_work(stage, "verifier"), await at_work(stage, "officer"), stage.person(NAME)
    await siti.starts()
    await large_numbers(stage, siti)
    stage.now += MOMENT
    code = await file_a_report(siti, visibility="Anonim")
    stage.now += timedelta(minutes=3) + MOMENT
    await opens(verifier, COMPLAINT_ID)
    await verifier.presses("Terima & teruskan")
    await opens(officer, COMPLAINT_ID)
    await officer.presses("Saya kerjakan")
    stage.now += timedelta(minutes=3) + MOMENT
    await officer.presses("Tanya pelapor")
    await officer.says("Tiang nomor berapa?")
    await officer.presses("Kirim ke pelapor")
    siti.sees("Tiang nomor berapa?")
    stage.now += timedelta(minutes=3) + MOMENT
    await siti.presses("Jawab pertanyaan")
    await siti.sends("photo", PHOTO, caption="Tiang nomor tujuh")
    await siti.presses("Kirim")
    for _ in range(2):
        stage.now += timedelta(minutes=3) + MOMENT
        await opens(officer, COMPLAINT_ID)
        if "Saya kerjakan" in "".join(officer.buttons()):
            await officer.presses("Saya kerjakan")
        await officer.presses("Usulkan selesai")
        await officer.says("Lampu sudah diganti baru")
        await officer.presses("Kirim ke pelapor")
        siti.sees("Apakah masalahnya sudah selesai?")
        if not (await stored(stage, COMPLAINT_ID)).reopened:
            await siti.presses("Belum selesai")
            await siti.says("Masih padam juga")
    await siti.presses("Sudah selesai")
    await siti.presses("Kurang baik")
    await siti.presses("Tulis")
    await siti.says("Terlalu lama menunggu")
    return siti, code


async def test_rule_14_no_table_leads_from_an_anonymous_report_to_its_reporter(stage: Stage) -> None:
    siti, code = await a_whole_anonymous_talk(stage)
    rows = await every_row(stage.db)
    of_report = [row for row in rows if row.names(COMPLAINT_ID, code)]
    of_person = [row for row in rows if row.names(PERSON_ID, siti.id, NAME)]
    assert {"complaint", "complaint_event", "attachment", "sealed_identity"} <= {row.table for row in of_report}
    assert {"person", "conversation", "outbox"} <= {row.table for row in of_person}
    assert [row for row in rows if row in of_report and row in of_person] == []
    mark = (await stored(stage, COMPLAINT_ID)).reporter_mark
    assert [row.table for row in rows if row.names(mark)] == ["complaint"]


async def test_the_scan_finds_what_leads_to_the_reporter_of_an_open_report(stage: Stage) -> None:
    siti = stage.person(NAME)
    await siti.starts()
    await large_numbers(stage, siti)
    code = await file_a_report(siti)
    rows = await every_row(stage.db)
    linked = [row.table for row in rows if row.names(COMPLAINT_ID, code) and row.names(PERSON_ID, siti.id, NAME)]
    assert "complaint" in linked


async def test_rule_14_no_moment_of_the_person_is_a_moment_of_the_report(stage: Stage) -> None:
    siti, code = await a_whole_anonymous_talk(stage)
    rows = await every_row(stage.db)
    of_report = {moment for row in rows if row.names(COMPLAINT_ID, code) for moment in row.moments}
    of_person = {moment for row in rows if row.names(PERSON_ID, siti.id, NAME) for moment in row.moments}
    assert len(of_report) > 5
    assert of_report & of_person == set()


async def test_the_reporter_still_has_the_report(stage: Stage) -> None:
    siti, code = await a_whole_anonymous_talk(stage)
    await siti.says("/laporan")
    siti.sees(code)
    await siti.says("/datasaya")
    async with stage.db.read() as session:
        roles = (await session.execute(select(ComplaintEvent.role, ComplaintEvent.actor_id))).all()
        notices = (await session.scalars(select(OutboxMessage).where(OutboxMessage.person_id == PERSON_ID))).all()
    assert {actor for role, actor in roles if role == "resident"} == {None}
    assert notices
    assert {notice.kind for notice in notices} == {"sealed"}
    assert {notice.complaint_id for notice in notices} == {None}


async def test_a_name_hidden_later_is_sealed_too(stage: Stage) -> None:
    await at_work(stage, "verifier")
    siti = stage.person(NAME)
    await siti.starts()
    await large_numbers(stage, siti)
    stage.now += MOMENT
    code = await file_a_report(siti)
    await siti.says(code)
    await siti.presses("Tambah keterangan")
    await siti.says("Sudah tiga malam")
    await siti.presses("Kirim")
    stage.now += timedelta(minutes=3) + MOMENT
    await siti.says(code)
    await siti.presses("Sembunyikan nama")
    siti.sees("disembunyikan")
    rows = await every_row(stage.db)
    assert [row for row in rows if row.names(COMPLAINT_ID, code) and row.names(PERSON_ID, siti.id, NAME)] == []
    complaint = await stored(stage, COMPLAINT_ID)
    assert (complaint.reporter_id, complaint.anonymous) == (None, True)
    await siti.says("/laporan")
    siti.sees(code)


async def test_an_edited_message_still_finds_its_anonymous_report(stage: Stage) -> None:
    await at_work(stage, "verifier")
    siti = stage.person(NAME)
    await file_a_report(siti, visibility="Anonim")
    first = next(m for m in siti.history() if "Lampu jalan" in m.get("text", ""))
    stage.sandbox.edit_text(siti.id, first["message_id"], "Lampu jalan di depan SD dan masjid mati")
    await stage.settle()
    siti.sees("Perubahan tulisan")


async def test_a_reply_to_a_notice_still_finds_its_anonymous_report(stage: Stage) -> None:
    verifier, siti = await at_work(stage, "verifier"), stage.person(NAME)
    await siti.starts()
    await file_a_report(siti, visibility="Anonim")
    async with stage.db.read() as session:
        complaint_id = (await session.scalars(select(Complaint.id))).one()
    await opens(verifier, complaint_id)
    await verifier.presses("Terima & teruskan")
    notice = siti.history()[-1]
    await siti.says("Tambahan: dekat pos ronda", reply_to=notice["message_id"])
    async with stage.db.read() as session:
        texts = (await session.scalars(select(ComplaintEvent.text))).all()
    assert "Tambahan: dekat pos ronda" in texts


async def test_erasure_leaves_an_anonymous_report_with_nobody_behind_it(stage: Stage) -> None:
    siti = stage.person(NAME)
    await file_a_report(siti, visibility="Anonim")
    await siti.says("/hapus")
    await siti.presses("Ya, hapus semuanya")
    async with stage.db.read() as session:
        complaint = (await session.scalars(select(Complaint))).one()
        assert (await session.scalars(select(SealedIdentity))).all() == []
    assert (complaint.reporter_id, complaint.reporter_mark, complaint.anonymous) == (None, None, True)
    await siti.says("/laporan")
    assert complaint.code not in siti.last()


async def test_each_person_reaches_only_the_own_anonymous_reports(stage: Stage) -> None:
    siti, budi = stage.person(NAME), stage.person("Budi")
    code = await file_a_report(siti, visibility="Anonim")
    await budi.says("/laporan")
    assert code not in budi.last()
    await budi.says(code)
    assert "Lampu jalan" not in budi.last()


async def test_the_limit_of_a_day_counts_anonymous_reports_too(stage: Stage) -> None:
    siti = stage.person(NAME)
    await siti.starts()
    for _ in range(MOST_A_DAY):
        await filed(stage, siti, anonymous=True)
    with pytest.raises(Refusal) as refused:
        await filed(stage, siti)
    assert refused.value.code == "too_many_reports"
