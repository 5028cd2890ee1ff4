"""A resident is offered a report of the same before sending, follows it, and is told: never who reported it."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.callbacks import Choose, Open, Ticket
from bot.services.desk import verifying, working
from models.complaint import Complaint
from models.follower import Follower
from models.person import Person
from models.rules.complaint_flow import Action
from tests.desk_scenes import WORDS, acting, filed, forges, resident, stored
from tests.driver import Phone, Stage

SAME = "Lampu jalan dekat SD padam sudah tiga malam"


async def to_the_offer(phone: Phone, text: str = SAME, visibility: str = "Terbuka") -> None:
    """Tell it up to the last question before the summary."""
    await phone.says(text)
    await phone.presses("Lewati")
    await phone.says("Sei Jang, depan masjid")
    await phone.presses("Ya, benar")
    if "Ke mana laporan" in phone.last():
        await phone.presses("Lampu jalan")
    await phone.presses(visibility)


async def number_of(stage: Stage, table: type[Complaint] | type[Follower]) -> int:
    async with stage.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def person_id(stage: Stage, phone: Phone) -> int:
    async with stage.db.read() as session:
        return (await session.scalars(select(Person.id).where(Person.telegram_id == phone.id))).one()


async def a_report(stage: Stage, name: str = "Siti", **facts: object) -> int:
    return await filed(stage, await resident(stage, name), **{"service_id": 1, "area_id": 1} | facts)


async def following(stage: Stage) -> tuple[Phone, int]:
    """Budi, who follows Siti's report."""
    complaint_id = await a_report(stage)
    budi = await resident(stage, "Budi")
    await to_the_offer(budi)
    await budi.presses("Ikuti laporan 1 ini")
    return budi, complaint_id


async def test_the_same_report_is_offered_and_followed_instead(stage: Stage) -> None:
    complaint_id = await a_report(stage, landmark="depan masjid")
    budi = await resident(stage, "Budi")
    await to_the_offer(budi)
    budi.sees("Sudah ada laporan serupa", "Pengaduan", "Lampu jalan", "hari ini", WORDS)
    budi.sees("Kelurahan Sei Jang; depan masjid")
    assert "Siti" not in budi.last()
    await budi.presses("Ikuti laporan 1 ini")
    code = (await stored(stage, complaint_id)).code
    budi.sees("sekarang mengikuti laporan", code, "tidak dikirim dan sudah dihapus")
    assert (await number_of(stage, Complaint), await number_of(stage, Follower)) == (1, 1)
    await budi.presses("Lihat laporan yang diikuti")
    budi.sees("Laporan yang diikuti", code, "Baru, menunggu diperiksa")


async def test_the_own_report_is_sent_all_the_same(stage: Stage) -> None:
    await a_report(stage)
    budi = await resident(stage, "Budi")
    await to_the_offer(budi)
    await budi.presses("Tetap kirim laporan saya")
    budi.sees("Periksa dahulu sebelum dikirim")
    await budi.presses("Ubah isi")
    await budi.says("Lampu jalan dekat SD padam sudah empat malam")
    budi.sees("Periksa dahulu sebelum dikirim", "empat malam")  # asked once a talk
    await budi.presses("Kirim laporan")
    assert (await number_of(stage, Complaint), await number_of(stage, Follower)) == (2, 0)


async def test_back_cancel_help_and_a_restart_at_the_offer(stage: Stage) -> None:
    await a_report(stage)
    budi = await resident(stage, "Budi")
    await to_the_offer(budi)
    await budi.says("bantuan")
    budi.sees("Sudah ada laporan serupa")
    await stage.close()
    await stage.open()
    await budi.says("ikut saja")  # words answer no button: the question again
    await budi.presses("Kembali")
    budi.sees("Siapa yang boleh tahu?")
    await budi.presses("Terbuka")
    budi.sees("Periksa dahulu sebelum dikirim")
    await budi.presses("Batal")
    assert (await number_of(stage, Complaint), await number_of(stage, Follower)) == (1, 0)


@pytest.mark.parametrize(
    "facts",
    [
        {"confidential": True},
        {"conflict": True},
        {"text": "Antrean di loket terlalu panjang"},
        {"service_id": 3, "area_id": 2},
    ],
)
async def test_what_is_never_offered(stage: Stage, facts: dict[str, object]) -> None:
    await a_report(stage, **facts)
    budi = await resident(stage, "Budi")
    await to_the_offer(budi)
    budi.sees("Periksa dahulu sebelum dikirim")


@pytest.mark.parametrize("anonymous", [False, True])
async def test_own_reports_are_never_offered(stage: Stage, *, anonymous: bool) -> None:
    siti = await resident(stage)
    await filed(stage, siti, service_id=1, area_id=1, anonymous=anonymous)
    await siti.says(SAME)
    await siti.presses("Laporan baru")
    for answer in ("Lewati", "Lewati", "Terbuka"):
        await siti.presses(answer)
    siti.sees("Periksa dahulu sebelum dikirim")


async def test_nothing_is_looked_for_where_the_own_report_is_confidential(stage: Stage) -> None:
    await a_report(stage)
    budi = await resident(stage, "Budi")
    await to_the_offer(budi, visibility="Anonim dan rahasia")
    budi.sees("Periksa dahulu sebelum dikirim")


async def test_an_anonymous_report_is_offered_without_a_name_and_an_old_one_not_at_all(stage: Stage) -> None:
    await a_report(stage, anonymous=True)
    budi = await resident(stage, "Budi")
    await to_the_offer(budi)
    budi.sees("Sudah ada laporan serupa")
    await budi.presses("Batal")
    stage.later(days=31)
    await to_the_offer(budi)
    budi.sees("Periksa dahulu sebelum dikirim")


async def test_at_most_three_are_offered_and_numbers_of_cards_are_masked(stage: Stage) -> None:
    for name in ("Siti", "Ali", "Wati", "Umar"):
        await a_report(stage, name, text=f"{WORDS} 2171012345678901")
    budi = await resident(stage, "Budi")
    await to_the_offer(budi)
    assert sum("Ikuti laporan" in label for label in budi.buttons()) == 3
    assert "2171012345678901" not in budi.last()


async def test_a_forged_or_late_choice_follows_nothing(stage: Stage) -> None:
    complaint_id = await a_report(stage)
    hidden = await a_report(stage, "Ali", confidential=True)
    budi = await resident(stage, "Budi")
    await to_the_offer(budi)
    _message, data = budi.button("Ikuti laporan 1")
    nonce = data.split(":")[3]
    for value in (str(hidden), "999999", "x"):
        await forges(budi, Choose("report", "similar", nonce, value).encode())
    assert await number_of(stage, Follower) == 0
    async with stage.db.begin() as session:
        complaint = await session.get_one(Complaint, complaint_id)
        complaint.move(Action.WITHDRAW, stage.now, role="resident")
    await budi.presses_data(_message, data)
    assert budi.saw("jadi tidak bisa diikuti")
    await budi.presses("Tetap kirim")
    assert budi.saw("Periksa dahulu sebelum dikirim")
    assert await number_of(stage, Follower) == 0


async def test_a_double_tap_follows_once(stage: Stage) -> None:
    await a_report(stage)
    budi = await resident(stage, "Budi")
    await to_the_offer(budi)
    message_id, data = budi.button("Ikuti laporan 1")
    await budi.presses_data(message_id, data)
    await budi.presses_data(message_id, data)
    assert await number_of(stage, Follower) == 1


async def test_rule_19_a_follower_is_told_of_each_change_and_of_public_answers_but_does_not_judge(stage: Stage) -> None:
    budi, complaint_id = await following(stage)
    code = (await stored(stage, complaint_id)).code
    async with stage.db.begin() as session:
        await verifying.dispose(await acting(stage, session, "verifier"), complaint_id, "u1")
    await stage.settle()
    budi.sees(code, "Bapak/Ibu ikuti", "Diteruskan ke unit")
    async with stage.db.begin() as session:
        officer = await acting(stage, session, "officer")
        await working.take(officer, complaint_id)
        await working.note(officer, complaint_id, "Catatan rahasia petugas", ())
        await working.ask_resident(officer, complaint_id, "Rumah Ibu yang mana?", ())
        await working.reply(officer, complaint_id, "Kami datang besok.", ())
    await stage.settle()
    assert budi.saw("Sedang dikerjakan")
    budi.sees("Kabar tentang laporan", "Kami datang besok.")
    async with stage.db.begin() as session:
        await working.propose_done(await acting(stage, session, "officer"), complaint_id, "Lampu sudah diganti.", ())
    await stage.settle()
    budi.sees("Sudah dikerjakan", "Lampu sudah diganti.")
    for hidden in ("Catatan rahasia", "Rumah Ibu yang mana", "Siti"):
        assert not budi.saw(hidden)
    for verb in ("solved", "not_solved"):
        await forges(budi, Ticket(verb, complaint_id).encode())
        assert (await stored(stage, complaint_id)).verdict is None
    siti = Phone(stage, 7_000_001, "Siti")
    assert siti.saw("Apakah masalahnya sudah selesai?")
    assert not siti.saw("Bapak/Ibu ikuti")


async def test_the_list_and_the_end_of_following(stage: Stage) -> None:
    budi, complaint_id = await following(stage)
    code = (await stored(stage, complaint_id)).code
    await budi.says("/laporan")
    await budi.presses("Diikuti (1)")
    budi.sees("Laporan yang Bapak/Ibu ikuti", code, "Lampu jalan", "Sei Jang")
    await budi.presses(code)
    await budi.presses("Berhenti mengikuti")
    budi.sees("tidak lagi mengikuti", code)
    await forges(budi, Ticket("unfollow", complaint_id).encode())
    assert budi.saw("bukan milik")
    before = len(budi.texts())
    async with stage.db.begin() as session:
        await verifying.dispose(await acting(stage, session, "verifier"), complaint_id, "u1")
    await stage.settle()
    assert len(budi.texts()) == before
    await forges(budi, Open("followed").encode())
    budi.sees("tidak mengikuti laporan orang lain")


async def test_a_followed_report_that_was_shut_tells_only_where_it_stands(stage: Stage) -> None:
    budi, complaint_id = await following(stage)
    async with stage.db.begin() as session:
        complaint = await session.get_one(Complaint, complaint_id)
        complaint.confidential = True
        inspector = await acting(stage, session, "inspector")
        await verifying.dispose(inspector, complaint_id, "u1")
        officer = await acting(stage, session, "officer")
        await working.take(officer, complaint_id)
        await working.reply(officer, complaint_id, "Jawaban tertutup.", ())
        await working.propose_done(officer, complaint_id, "Hasil tertutup.", ())
    await stage.settle()
    budi.sees("Sudah dikerjakan")
    assert not budi.saw("tertutup.")
    await forges(budi, Ticket("followed", complaint_id).encode())
    budi.sees("sekarang tertutup untuk umum")
    assert WORDS not in budi.last()
