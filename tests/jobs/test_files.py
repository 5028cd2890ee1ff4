"""What people send is fetched to our own storage, without the camera's notes and without their names for it."""

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.jobs import files
from bot.services import complaints, storage
from bot.services.complaints import SentFile
from models.attachment import Attachment, FileKind, FilePurpose
from models.complaint import Complaint
from tests.driver import Stage
from tests.jobs.cases import filed, resident

GPS, ORIENTATION, MODEL, LATITUDE = 0x8825, 0x0112, 0x0110, 2


def picture(kind: str = "JPEG", orientation: int = 1) -> bytes:
    """A picture twice as wide as high, taken at a known place."""
    exif = Image.Exif()
    exif[MODEL], exif[ORIENTATION] = "Telepon Siti", orientation
    exif.get_ifd(GPS)[LATITUDE] = (0.0, 55.0, 12.0)
    written = io.BytesIO()
    Image.new("RGB", (64, 32), "teal").save(written, kind, exif=exif)
    return written.getvalue()


@pytest.fixture
def folder(stage: Stage, tmp_path: Path) -> Path:
    """The storage folder of this test."""
    assert stage.product is not None
    runtime = stage.product.runtime
    runtime.settings = replace(runtime.settings, storage=tmp_path / "files")
    return tmp_path / "files"


async def attached(stage: Stage, data: bytes, name: str = "foto siti.jpg", size: int | None = None) -> int:
    """A report with this document; the attachment's id."""
    _, reporter_id = await resident(stage)
    complaint_id = await filed(stage, reporter_id)
    stored = stage.sandbox.files.add("document", data, name, size=size)
    async with stage.db.begin() as session:
        complaint = await session.get_one(Complaint, complaint_id)
        file = SentFile(FileKind.DOCUMENT, stored.file_id, stored.unique_id)
        complaints.attach(session, complaint, [file], FilePurpose.REPORT, stage.now)
        await session.flush()
        attachment_id = await session.scalar(select(Attachment.id))
    assert attachment_id is not None
    return attachment_id


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


async def fetch(stage: Stage) -> dict[str, int]:
    assert stage.product is not None
    counts = await files.run(stage.product.runtime)
    return {end: number for end, number in counts.items() if number}


async def found(stage: Stage, attachment_id: int) -> Attachment:
    async with stage.db.read() as session:
        return await session.get_one(Attachment, attachment_id)


async def test_a_file_is_stored_by_day_id_and_content(stage: Stage, folder: Path) -> None:
    attachment_id = await attached(stage, b"%PDF-1.4 surat", "Surat Siti Aminah.pdf")
    assert await fetch(stage) == {"stored": 1}
    digest = hashlib.sha256(b"%PDF-1.4 surat").hexdigest()
    row = await found(stage, attachment_id)
    assert row.stored == f"2026/11/24/{attachment_id}-{digest}.pdf"
    assert (folder / row.stored).read_bytes() == b"%PDF-1.4 surat"
    assert (row.size, row.next_try_at) == (14, None)
    assert names_in(folder) == [Path(row.stored).name]
    assert await fetch(stage) == {}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
async def test_a_picture_sent_as_document_loses_its_place(stage: Stage, folder: Path, kind: str) -> None:
    data = picture(kind)
    with Image.open(io.BytesIO(data)) as before:
        assert MODEL in before.getexif()
        assert before.getexif().get_ifd(GPS) or kind == "TIFF"  # Pillow itself writes no place into a TIFF
    attachment_id = await attached(stage, data, f"foto.{kind.lower()}")
    assert await fetch(stage) == {"stored": 1}
    row = await found(stage, attachment_id)
    stored = (folder / str(row.stored)).read_bytes()
    with Image.open(io.BytesIO(stored)) as after:
        assert (after.format, after.size) == (kind, (64, 32))
        assert not after.getexif().get_ifd(GPS)
        assert MODEL not in after.getexif()
    assert b"Telepon" not in stored
    assert row.size == len(stored)


def test_a_turned_picture_stays_upright() -> None:
    stored, ending = storage.without_notes(picture(orientation=6))
    with Image.open(io.BytesIO(stored)) as after:
        assert after.size == (32, 64)
        assert after.getexif().get(ORIENTATION, 1) == 1
    assert ending == ".jpg"


@pytest.mark.parametrize("data", [b"", b"no picture", picture()[:200]])
def test_what_is_no_whole_picture_stays_as_it_is(data: bytes) -> None:
    assert storage.without_notes(data)[0] == data


async def test_a_failure_is_tried_again_later_and_later(stage: Stage, folder: Path) -> None:
    attachment_id = await attached(stage, b"surat", "surat.txt")
    stage.sandbox.faults.add("getFile", status=502)
    stage.sandbox.faults.add("file", drop="before")
    assert await fetch(stage) == {"failed": 1}
    assert await fetch(stage) == {}
    stage.later(minutes=1)
    assert await fetch(stage) == {"failed": 1}
    stage.later(minutes=4)
    assert await fetch(stage) == {}
    stage.later(minutes=1)
    assert await fetch(stage) == {"stored": 1}
    assert (await found(stage, attachment_id)).tries == 3


async def test_tries_are_bounded_and_the_end_is_visible(stage: Stage, folder: Path) -> None:
    attachment_id = await attached(stage, b"surat", "Surat Siti.txt")
    stage.sandbox.faults.add("getFile", times=100, status=500)
    ends: list[str] = []
    with capture_logs() as logs:
        for _ in range(storage.TRIES + 2):
            ends += await fetch(stage)
            stage.later(days=3)
    assert ends == ["failed"] * (storage.TRIES - 1) + ["given_up"]
    row = await found(stage, attachment_id)
    assert (row.tries, row.next_try_at, row.stored) == (storage.TRIES, None, None)
    (end,) = [entry for entry in logs if entry["event"] == "file_given_up"]
    assert end["attachment"] == attachment_id
    assert "Siti" not in str(logs)


async def test_a_file_that_is_too_big_is_given_up_at_once(stage: Stage, folder: Path) -> None:
    attachment_id = await attached(stage, b"film", "film.mp4", size=20 * 1024 * 1024 + 1)
    assert await fetch(stage) == {"given_up": 1}
    row = await found(stage, attachment_id)
    assert (row.tries, row.next_try_at) == (storage.TRIES, None)


async def test_no_transaction_is_open_while_the_network_works(
    stage: Stage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await attached(stage, b"surat", "surat.txt")
    assert stage.product is not None
    bot = stage.product.runtime.bot
    writes: list[bool] = []
    get_file = bot.get_file

    async def watched(file_id: str) -> object:
        async with stage.db.begin():  # would wait for ever on SQLite if one were open
            writes.append(True)
        return await get_file(file_id)

    monkeypatch.setattr(type(bot), "get_file", lambda _bot, file_id: watched(file_id))
    assert await fetch(stage) == {"stored": 1}
    assert writes == [True]
