"""A week in one line as the first message: recognised where it looks like it, stored once it was confirmed."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from models.complaint import Complaint
from models.conversation import Conversation
from models.organisation import EmergencyNumber
from models.person import Person
from tests.driver import Phone, Stage
from tests.factories import STAFF
from tests.weekly_scenes import LAST, LINES, employee, led, numbers, phone, planned, stored


async def ready(stage: Stage) -> Phone:
    """The officer on Friday at noon."""
    await led(stage)
    stage.later(days=3)
    return phone(stage, "officer")


async def talk_of(stage: Stage, telegram_id: int) -> str | None:
    async with stage.db.read() as session:
        statement = select(Conversation.flow).join(Person, Person.id == Conversation.person_id)
        return await session.scalar(statement.where(Person.telegram_id == telegram_id))


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("3 dokumen", "1. Dokumen selesai: 3 dokumen"),
        ("IKU-2 87,5", "2. Kepuasan pemohon: 87,5%"),
        ("iku 1: 3; iku 2: 87,5%", "1. Dokumen selesai: 3 dokumen"),
        ("88 persen", "2. Kepuasan pemohon: 88%"),
        ("3 = 7,5", "3. Berkas arsip rapi: 7,5 berkas"),
    ],
)
async def test_a_line_is_understood_and_confirmed(stage: Stage, words: str, understood: str) -> None:
    officer = await ready(stage)
    await officer.says(words)
    officer.sees("Begini yang kami pahami untuk minggu 23–27 November 2026", understood)
    assert await stored(stage) is None
    await officer.presses("Benar, simpan")
    officer.sees("sudah kami terima", understood, "Belum dilaporkan")
    assert await stored(stage) is not None


async def test_a_number_alone_asks_for_its_line(stage: Stage) -> None:
    officer = await ready(stage)
    await officer.says("87,5")
    officer.sees("Angka 87,5 itu untuk butir yang mana?")
    await officer.presses("2. Kepuasan pemohon")
    officer.sees("2. Kepuasan pemohon: 87,5%")
    await officer.presses("Benar, simpan")
    assert await numbers(stage) == ["87.5"]


@pytest.mark.parametrize(
    "words",
    [
        "3 lampu jalan mati di depan rumah saya",
        "3 hari air tidak mengalir",
        "Sudah 3 dokumen saya tidak selesai di loket",
        "3 dokumen saya hilang di kantor lurah",
        "2 jalan rusak",
        "Tidak ada lampu",
        "112",
    ],
)
async def test_a_residents_words_stay_a_complaint(stage: Stage, words: str) -> None:
    officer = await ready(stage)
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).where(EmergencyNumber.number == "112")) == 1
    await officer.says(words)
    assert await talk_of(stage, officer.id) == "report"


async def test_only_for_civil_servants_with_a_plan(stage: Stage) -> None:
    await led(stage)
    siti, hr = stage.person("Siti"), phone(stage, "hr")
    for somebody in (siti, hr):
        await somebody.says("IKU-2 87,5")
        assert not somebody.saw("Begini yang kami pahami")
        assert await talk_of(stage, somebody.id) == "report"
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Complaint)) == 0


async def test_in_the_first_days_it_is_about_last_week_and_can_be_changed(stage: Stage) -> None:
    async with stage.db.begin() as session:
        await planned(session, (await employee(session, "officer")).id, LINES[:1])
    officer = stage.person("Officer", telegram_id=STAFF["officer"])
    await officer.says("3 dokumen")
    officer.sees("untuk minggu 16–20 November 2026")
    await officer.presses("Minggu 23–27 November 2026")
    officer.sees("untuk minggu 23–27 November 2026")
    await officer.presses("Minggu 16–20 November 2026")
    await officer.presses("Benar, simpan")
    officer.sees("Terlambat")
    assert await numbers(stage, LAST) == ["3"]


async def test_what_was_understood_can_be_changed_or_dropped(stage: Stage) -> None:
    officer = await ready(stage)
    await officer.says("3 dokumen")
    await officer.presses("Ubah atau lengkapi")
    officer.sees("✏️ 1. Dokumen selesai: 3 dokumen")
    await officer.presses("Semua sama, kirim")
    assert await numbers(stage) == ["3", "87.5", "9"]
    await officer.says("9 dokumen")
    await officer.presses("Bukan, ini laporan warga")
    assert await talk_of(stage, officer.id) == "report"
    assert await numbers(stage) == ["3", "87.5", "9"]
