"""A proof that was used before, or is older than its report, holds the closing until the inspectorate has looked."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import func, select, update

from bot.callbacks import Ticket
from bot.jobs import files, silence
from bot.services.desk import verifying, working
from models.attachment import Attachment, FilePurpose
from models.complaint import Complaint
from models.errors import Refusal
from models.proof import Finding, ProofAlarm, Suspicion
from models.rules.complaint_flow import Action, Status
from tests.desk_scenes import acting, at_work, events, forges, opens, resident, stored, taken
from tests.driver import Phone, Stage

EXIF_IFD, TAKEN = 0x8769, 0x9003


def scene(
    seed: int, *, size: tuple[int, int] = (320, 240), taken_at: datetime | None = None, quality: int = 90
) -> bytes:
    """A picture with something in it; another seed is another place."""
    picture = Image.new("RGB", (320, 240), (200, 210, 220))
    pen = ImageDraw.Draw(picture)
    for number in range(24):
        left, top = (seed * 53 + number * 97) % 290, (seed * 31 + number * 71) % 210
        shade = (seed * 17 + number * 41) % 255
        pen.rectangle((left, top, left + 50 + number, top + 30), fill=(shade, 255 - shade, (shade * 3) % 255))
    exif = Image.Exif()
    if taken_at is not None:
        exif.get_ifd(EXIF_IFD)[TAKEN] = f"{taken_at:%Y:%m:%d %H:%M:%S}"
    written = io.BytesIO()
    picture.resize(size).save(written, "JPEG", quality=quality, exif=exif)
    return written.getvalue()


@pytest.fixture(autouse=True)
def _folder(stage: Stage, tmp_path: Any) -> None:
    assert stage.product is not None
    runtime = stage.product.runtime
    runtime.settings = replace(runtime.settings, storage=tmp_path / "files")


async def fetched(stage: Stage) -> None:
    """The timed duty brings the files, and what follows from them is told."""
    assert stage.product is not None
    await files.run(stage.product.runtime)
    await stage.settle()


async def proposes(officer: Phone, complaint_id: int, data: bytes, method: str = "photo", **options: Any) -> None:
    """The officer says it is done, with one picture."""
    await opens(officer, complaint_id)
    await officer.presses("Usulkan selesai")
    await officer.says("Lampunya sudah kami ganti")
    await officer.sends(method, data, **options)
    await officer.presses("Kirim ke pelapor")


async def alarms(stage: Stage, complaint_id: int) -> list[ProofAlarm]:
    async with stage.db.read() as session:
        rows = select(ProofAlarm).where(ProofAlarm.complaint_id == complaint_id).order_by(ProofAlarm.id)
        return list((await session.scalars(rows)).all())


async def two_reports(stage: Stage) -> tuple[Phone, Phone, Phone, int, int]:
    """Officer, inspector, reporter; one report closed with a proof, another taken."""
    officer, inspector, siti = await at_work(stage, "officer"), await at_work(stage, "inspector"), await resident(stage)
    first = await taken(stage, siti)
    await proposes(officer, first, scene(1))
    await fetched(stage)
    assert (await stored(stage, first)).held_at is None
    return officer, inspector, siti, first, await taken(stage, siti, text="Lampu lain di gang sebelah juga mati")


async def test_the_very_same_file_is_known_at_once(stage: Stage) -> None:
    officer, inspector, siti, first, second = await two_reports(stage)
    asked = len([text for text in siti.texts() if "Apakah masalahnya" in text])
    await proposes(officer, second, scene(1))
    assert officer.saw("penutupan ditahan")
    officer.sees("Penutupan", "foto buktinya sama dengan foto pada laporan lain")
    one, other = await stored(stage, first), await stored(stage, second)
    assert one.code not in officer.last()
    inspector.sees(one.code, other.code, "tidak mengenali tangkapan layar")
    assert (other.status, other.auto_close_at) == (Status.FOLLOWED_UP, None)
    assert other.held_at == stage.now
    assert len([text for text in siti.texts() if "Apakah masalahnya" in text]) == asked
    assert [alarm.suspicion for alarm in await alarms(stage, second)] == [Suspicion.SAME_FILE]
    held = next(event for event in await events(stage, second) if event.action is Action.HOLD)
    assert (held.values["other"], held.role, held.public) == (one.code, "system", False)


async def test_a_near_identical_picture_is_known_once_it_is_fetched(stage: Stage) -> None:
    officer, inspector, siti, first, second = await two_reports(stage)
    await proposes(officer, second, scene(1, size=(300, 225), quality=40))
    siti.sees("Apakah masalahnya sudah selesai?")
    await fetched(stage)
    assert [alarm.suspicion for alarm in await alarms(stage, second)] == [Suspicion.SAME_LOOK]
    inspector.sees("hampir sama", (await stored(stage, first)).code)
    officer.sees("hampir sama dengan foto pada laporan lain")


async def test_another_place_is_no_alarm(stage: Stage) -> None:
    officer, _, _, _, second = await two_reports(stage)
    await proposes(officer, second, scene(8))
    await fetched(stage)
    assert await alarms(stage, second) == []
    assert (await stored(stage, second)).held_at is None


async def test_pictures_of_one_colour_prove_nothing_and_are_not_compared(stage: Stage) -> None:
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    for number, shade in enumerate(("black", (1, 1, 1))):
        written = io.BytesIO()
        Image.new("RGB", (320 + number, 240), shade).save(written, "JPEG")
        complaint_id = await taken(stage, siti)
        await proposes(officer, complaint_id, written.getvalue())
        await fetched(stage)
        assert await alarms(stage, complaint_id) == []


@pytest.mark.parametrize(("minutes", "doubted"), [(-61, True), (-59, False), (5, False)])
async def test_a_proof_older_than_its_report_is_doubted(stage: Stage, minutes: int, doubted: bool) -> None:
    officer, inspector, siti = await at_work(stage, "officer"), await at_work(stage, "inspector"), await resident(stage)
    complaint_id = await taken(stage, siti)
    local = stage.now + timedelta(hours=7, minutes=minutes)  # the camera's clock says the city's time
    await proposes(officer, complaint_id, scene(3, taken_at=local), "document", name="bukti.jpg")
    await fetched(stage)
    found = await alarms(stage, complaint_id)
    assert [alarm.suspicion for alarm in found] == ([Suspicion.TOO_OLD] if doubted else [])
    if doubted:
        assert found[0].taken_at == stage.now + timedelta(minutes=minutes)
        inspector.sees("sebelum laporan ini masuk", "24 November 2026")
        officer.sees("diambil sebelum laporan ini masuk")


async def test_nothing_closes_while_it_is_held(stage: Stage) -> None:
    officer, _, siti, _, second = await two_reports(stage)
    await proposes(officer, second, scene(1, size=(300, 225), quality=40))
    await fetched(stage)
    await forges(siti, Ticket("solved", second).encode())
    siti.sees("Inspektorat sedang memeriksa bukti")
    await forges(siti, Ticket("score", second, "4").encode())
    assert (await stored(stage, second)).status is Status.FOLLOWED_UP
    stage.later(days=90)
    assert stage.product is not None
    await silence.run(stage.product.runtime)
    assert (await stored(stage, second)).status is Status.FOLLOWED_UP
    async with stage.db.begin() as session:
        complaint = await session.get_one(Complaint, second)
        for action in (Action.CONFIRM, Action.AUTO_CLOSE):
            with pytest.raises(Refusal) as refused:
                complaint.move(action, stage.now)
            assert refused.value.code == "closing_held"


async def test_the_inspectorate_releases_and_the_reporter_is_asked(stage: Stage) -> None:
    officer, inspector, siti, _, second = await two_reports(stage)
    await proposes(officer, second, scene(1))
    await opens(inspector, second)
    inspector.sees("Bukti yang diragukan", "tidak mengenali tangkapan layar")
    await inspector.presses("Bukti wajar")
    await inspector.says("Tiangnya memang sama, dua laporan satu lampu")
    await inspector.presses("Simpan")
    siti.sees("Apakah masalahnya sudah selesai?", "Lampunya sudah kami ganti")
    officer.sees("menyatakan bukti", "dua laporan satu lampu")
    complaint = await stored(stage, second)
    assert complaint.held_at is None
    assert complaint.auto_close_at is not None
    assert [(a.finding, a.reason) for a in await alarms(stage, second)] == [
        (Finding.RELEASED, "Tiangnya memang sama, dua laporan satu lampu")
    ]
    await fetched(stage)
    assert (await stored(stage, second)).held_at is None
    await siti.presses("Sudah selesai")
    await siti.presses("Sangat baik")
    assert (await stored(stage, second)).status is Status.CLOSED


async def test_the_inspectorate_returns_and_the_unit_does_it_again(stage: Stage) -> None:
    officer, inspector, siti, _, second = await two_reports(stage)
    await proposes(officer, second, scene(1))
    await opens(inspector, second)
    await inspector.presses("Kembalikan ke unit")
    await inspector.says("Foto ini dari lampu yang lain")
    await inspector.presses("Simpan")
    officer.sees("mengembalikan", "Foto ini dari lampu yang lain")
    siti.sees("dikerjakan lagi")
    assert "Foto ini dari lampu yang lain" not in siti.last()
    complaint = await stored(stage, second)
    assert (complaint.status, complaint.held_at, complaint.due_at) == (
        Status.IN_PROGRESS,
        None,
        complaint.settle_due_at,
    )
    await proposes(officer, second, scene(9))
    siti.sees("Apakah masalahnya sudah selesai?")


async def test_only_the_inspectorate_decides_and_only_while_it_is_held(stage: Stage) -> None:
    officer, inspector, _, first, second = await two_reports(stage)
    await proposes(officer, second, scene(1))
    verifier = await at_work(stage, "verifier")
    for phone in (officer, verifier):
        for action in (Action.RELEASE, Action.RETURN):
            await forges(phone, Ticket(action, second).encode())
            phone.sees("hanya untuk petugas yang berwenang")
    await opens(inspector, first)
    assert not [label for label in inspector.buttons() if "Bukti wajar" in label or "Kembalikan" in label]
    await forges(inspector, Ticket(Action.RELEASE, first).encode())
    inspector.sees("Langkah itu tidak bisa lagi")


async def test_a_reply_with_an_old_proof_holds_the_later_closing(stage: Stage) -> None:
    officer, _, siti, _, second = await two_reports(stage)
    await opens(officer, second)
    await officer.presses("Jawab pelapor")
    await officer.sends("photo", scene(1), caption="Sudah kami periksa, ini fotonya")
    await officer.presses("Kirim ke pelapor")
    assert siti.saw("Sudah kami periksa, ini fotonya")
    await opens(officer, second)
    officer.sees("Penutupan ditahan")
    assert "Usulkan selesai" not in "".join(officer.buttons())
    async with stage.db.begin() as session:
        who = await acting(stage, session, "officer")
        with pytest.raises(Refusal) as refused:
            await working.propose_done(who, second, "Selesai", ())
    assert refused.value.code == "closing_held"


async def test_reports_about_the_same_thing_may_share_a_proof(stage: Stage) -> None:
    officer, _, _, first, second = await two_reports(stage)
    async with stage.db.begin() as session:
        await session.execute(update(Complaint).where(Complaint.id == first).values(merged_into_id=second))
    await proposes(officer, second, scene(1))
    await fetched(stage)
    assert await alarms(stage, second) == []


async def test_fetching_twice_doubts_once(stage: Stage) -> None:
    officer, _, _, _, second = await two_reports(stage)
    await proposes(officer, second, scene(1))
    await fetched(stage)
    async with stage.db.begin() as session:
        due = update(Attachment).where(Attachment.purpose == FilePurpose.PROOF)
        await session.execute(due.values(stored=None, next_try_at=stage.now))
    await fetched(stage)
    assert len(await alarms(stage, second)) == 1


async def test_the_resident_picture_of_another_report_is_known_too(stage: Stage) -> None:
    officer, siti, budi = await at_work(stage, "officer"), await resident(stage), await resident(stage, "Budi")
    await budi.sends("photo", scene(5), caption="Lampu jalan di depan masjid mati")
    await budi.presses("Lewati")
    await budi.presses("Terbuka")
    await budi.presses("Kirim laporan")
    complaint_id = await taken(stage, siti)
    await proposes(officer, complaint_id, scene(5))
    assert [alarm.suspicion for alarm in await alarms(stage, complaint_id)] == [Suspicion.SAME_FILE]


async def test_a_late_picture_of_an_album_joins_the_answer(stage: Stage) -> None:
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    complaint_id = await taken(stage, siti)
    await opens(officer, complaint_id)
    await officer.presses("Jawab pelapor")
    await officer.sends("photo", scene(6), caption="Ini foto pekerjaannya", media_group="77")
    await officer.presses("Kirim ke pelapor")
    await officer.sends("photo", scene(7), media_group="77")
    officer.sees("Foto tambahan sudah kami masukkan ke jawaban")
    assert siti.saw("Foto tambahan dari petugas")
    async with stage.db.read() as session:
        proofs = select(func.count()).where(
            Attachment.complaint_id == complaint_id, Attachment.purpose == FilePurpose.PROOF
        )
        assert await session.scalar(proofs) == 2


async def test_the_inspectorate_finds_what_is_held_in_its_list(stage: Stage) -> None:
    officer, inspector, _, _, second = await two_reports(stage)
    await proposes(officer, second, scene(1))
    async with stage.db.begin() as session:
        await verifying.tighten(await acting(stage, session, "officer"), second, "confidential")
    await inspector.says("/awasi")
    await inspector.presses("Ditahan 1")
    inspector.sees((await stored(stage, second)).code)
