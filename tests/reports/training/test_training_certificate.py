"""The document of a training's certificate: its words, the code in it, one page however long the words are."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from bot.i18n import speaking
from bot.reports import documents
from bot.reports.performance import qr
from bot.services.training.outcome.certificates import Issued
from bot.views.training.outcome import certificate as view
from models.training.certificate import Certificate

LINK = "https://t.me/contoh_bot?start=sertifikat_AbCdEfGhIjKlMnOpQrStUv"
FIRST, LAST = date(2026, 11, 20), date(2026, 11, 22)

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None or shutil.which("pdfimages") is None,
    reason="reads the PDF back with the programs of poppler-utils",
)


def issued(**more: Any) -> Issued:
    signer = {"name": "Tengku Contoh", "title": "Kepala Badan Contoh", "unit": "Badan Contoh"}
    row = Certificate(
        year=2026,
        serial=12,
        number="0012/DIKLAT-T/BKPSDM/XI/2026",
        signer=more.pop("signer", signer),
        issued_at=datetime(2026, 11, 24, 3, tzinfo=UTC),
    )
    facts: dict[str, Any] = {
        "name": "Dewi Contoh",
        "title": "Pelayanan Prima",
        "hours": 20,
        "began": datetime(2026, 11, 20, 1, tzinfo=UTC),
        "ended_on": LAST,
    }
    return Issued(row, course_id=1, employee_id=1, nip="…001", **(facts | more))


def values(one: Issued, first: date = FIRST) -> dict[str, Any]:
    with speaking("id"):
        return view.values(one, "Pemerintah Kota Contoh", "Contoh", first, date(2026, 11, 24))


async def made(folder: Path, one: Issued) -> Path:
    path = folder / "made.pdf"
    path.write_bytes(await documents.typeset(view.TEMPLATE, values(one), [qr.picture(LINK)]))
    return path


def run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@needs_poppler
async def test_the_document_says_who_what_when_and_by_whom(tmp_path: Path) -> None:
    text = run("pdftotext", "-layout", await made(tmp_path, issued()), "-")
    for words in (
        *("Pemerintah Kota Contoh", "Sertifikat pelatihan", "Nomor 0012/DIKLAT-T/BKPSDM/XI/2026", "diberikan kepada"),
        *("Dewi Contoh", "NIP …001", "“Pelayanan Prima”", "20 JP", "20 November 2026 sampai 22 November 2026"),
        *("Contoh, 24 November 2026", "Kepala Badan Contoh", "Tengku Contoh", "memeriksa keaslian"),
    ):
        assert words in text, words


@needs_poppler
async def test_the_code_in_the_document_is_that_of_the_link(tmp_path: Path) -> None:
    path = await made(tmp_path, issued())
    run("pdfimages", "-png", path, tmp_path / "code")
    inside, wanted = (
        Image.open(source).convert("L") for source in (tmp_path / "code-000.png", BytesIO(qr.picture(LINK)))
    )
    assert inside.size == wanted.size
    assert ImageChops.difference(inside, wanted).getbbox() is None


@needs_poppler
async def test_the_longest_words_stay_on_one_page(tmp_path: Path) -> None:
    one = issued(name="Na" + "ma na" * 25, title="Judul " * 33)
    assert run("pdftotext", await made(tmp_path, one), "-").count("\f") == 1


def test_a_single_day_is_said_once_and_a_signer_without_a_title_heads_the_unit() -> None:
    one = issued(signer={"name": "", "title": "", "unit": "Badan Contoh"})
    found = values(one, LAST)
    assert found["facts"] == ["Lama: 20 JP (jam pelajaran)", "22 November 2026"]
    assert found["signer"] == {"title": "Kepala Badan Contoh", "name": ""}
    assert values(issued(signer={}))["signer"]["title"] == "Pemerintah Kota Contoh"


def test_the_file_is_named_without_a_number_of_a_person() -> None:
    assert view.file_name(issued()) == "sertifikat-2026-0012.pdf"
