"""The point of a room: said by human resources as a pin or in words, changed, removed, gone with another place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.callbacks import Learn
from models.training.course import CourseStatus
from tests import training_scenes as scenes
from tests.desk_scenes import forges
from tests.driver import START, Phone, Stage
from tests.nearness_scenes import FAR, NEAR, ROOM, at_the_door, metres_of, points_of, scans_and_adds
from tests.performance_scenes import Team
from tests.training_scenes import phone_of

ROLL, POINT = Learn("roll", 0, "1").encode(), Learn("point", 1).encode()
LINK = "https://www.google.com/maps/place/Aula/@0.9,104.4,17z/data=!3m1!4b1!4m5!3m4!1s0x0:0x0!8m2!3d0.9167!4d104.45"


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await scenes.people(stage)


async def asked(stage: Stage, *days: int) -> Phone:
    """Human resources, at the question of the point of the first meeting."""
    await scenes.course(stage, sessions=tuple(START + timedelta(days=day) for day in days or (7,)))
    hr = await phone_of(stage, "hr")
    await forges(hr, ROLL)
    await hr.presses("Titik ruangan: belum ada")
    hr.sees("Di mana titik ruangannya?", "Tanpa titik, lokasi tidak ditanyakan")
    return hr


async def test_set_by_a_pin_changed_in_words_and_removed(stage: Stage, people: Team) -> None:
    hr = await asked(stage)
    await hr.sends("location", *ROOM)
    hr.sees("Titik ruangan Pelayanan Prima tersimpan untuk 1 pertemuan", "openstreetmap.org")
    assert await points_of(stage) == [ROOM]
    await hr.presses("Daftar hadir")
    await hr.presses("Titik ruangan: ada")
    hr.sees("Sekarang", "openstreetmap.org")
    await hr.says("di aula lantai dua")
    assert hr.saw("Titiknya tidak terbaca")
    await hr.says("0,92480, 104,45000")
    assert await points_of(stage) == [FAR]
    await forges(hr, POINT)
    await hr.says(LINK)
    assert await points_of(stage) == [ROOM]
    await forges(hr, POINT)
    await hr.presses("Hapus titik pertemuan ini")
    hr.sees("sudah dihapus")
    assert await points_of(stage) == [None]
    await hr.presses("Daftar hadir")
    assert any("Titik ruangan: belum ada" in label for label in hr.buttons())


async def test_for_all_meetings_or_only_this_one(stage: Stage, people: Team) -> None:
    hr = await asked(stage, 7, 8, 9)
    await hr.sends("location", *ROOM)
    hr.sees("Titik ini untuk pertemuan yang mana?")
    await hr.presses("Kembali")
    hr.sees("Di mana titik ruangannya?")
    await hr.sends("location", *ROOM)
    await stage.close()
    await stage.open()
    await hr.presses("Hanya Selasa, 1 Desember 2026")
    assert await points_of(stage) == [ROOM, None, None]
    await forges(hr, POINT)
    await hr.sends("location", *NEAR)
    choice = hr.button("Semua pertemuan (3)")
    await hr.presses_data(*choice)
    hr.sees("tersimpan untuk 3 pertemuan")
    await hr.presses_data(*choice)
    assert await points_of(stage) == [NEAR] * 3
    await forges(hr, POINT)
    await hr.presses("Hapus titik pertemuan ini")
    assert await points_of(stage) == [None, NEAR, NEAR]


async def test_cancelled_it_stays_as_it_was(stage: Stage, people: Team) -> None:
    hr = await asked(stage)
    await hr.says("bantuan")
    assert hr.saw("Tautan pendek tidak memuat koordinat")
    await hr.presses("Batal")
    hr.sees("titik ruangan tidak diubah")
    assert await points_of(stage) == [None]


@pytest.mark.parametrize("name", ["worker", "boss", "outsider"])
async def test_rule_31_nobody_else_sets_it(stage: Stage, people: Team, name: str) -> None:
    await scenes.course(stage)
    phone = await phone_of(stage, name)
    await forges(phone, POINT)
    assert not phone.saw("Di mana titik ruangannya?")
    await phone.sends("location", *ROOM)
    assert await points_of(stage) == [None]


async def test_not_for_a_meeting_that_is_not_there_nor_for_a_course_that_is_over(stage: Stage, people: Team) -> None:
    await scenes.course(stage, status=CourseStatus.CANCELLED)
    hr = await phone_of(stage, "hr")
    await forges(hr, Learn("point", 99).encode())
    hr.sees("Pertemuan itu tidak ada")
    await forges(hr, POINT)
    hr.sees("sudah berada pada tahap lain")
    assert await points_of(stage) == [None]


async def test_distances_stay_as_they_were_measured(stage: Stage, people: Team) -> None:
    phones = await at_the_door(stage, "worker")
    hr, worker = phones["hr"], phones["worker"]
    await scans_and_adds(stage, worker)
    await worker.sends("location", *NEAR)
    await forges(hr, POINT)
    await hr.presses("Hapus titik pertemuan ini")
    assert await metres_of(stage) == [40]
    await worker.sends("location", *FAR)
    worker.sees("Lokasi tidak ditanyakan untuk pertemuan ini")
    assert await metres_of(stage) == [40]
    await forges(hr, ROLL)
    hr.sees("± 40 m dari ruangan")


async def test_another_place_in_words_takes_the_point_away(stage: Stage, people: Team) -> None:
    hr = await asked(stage)
    await hr.sends("location", *ROOM)
    await forges(hr, Learn("edit", 1).encode())
    await hr.presses("Kursi")
    await hr.says("3")
    await hr.presses("Simpan")
    assert await points_of(stage) == [ROOM]
    await forges(hr, Learn("edit", 1).encode())
    await hr.presses("Tempat")
    await hr.says("Ruang Rapat Utama")
    await hr.presses("Simpan")
    assert await points_of(stage) == [None]
