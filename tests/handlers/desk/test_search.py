"""/cari: by number or by words, only among what the person may see."""

from __future__ import annotations

import pytest

from bot.callbacks import Open
from bot.services import complaints
from models.rules.permissions import Desk
from tests.desk_scenes import Statements, at_work, disposed, filed, forges, resident, stored
from tests.driver import Stage
from tests.handlers.desk.test_queues import fill


async def test_the_command_alone_asks_and_words_find(stage: Stage) -> None:
    code = (await stored(stage, await disposed(stage, await resident(stage), area_id=1, service_id=1))).code
    officer = await at_work(stage, "officer")
    await officer.says("/cari")
    officer.sees("Laporan apa yang dicari?", "tanpa tanda hubung")
    await officer.says("LAMPU sei")
    officer.sees("1 laporan dengan LAMPU sei", code)
    await officer.says("lampu penyengat")
    officer.sees("Tidak ada laporan dengan lampu penyengat")
    await officer.says(code.replace("-", "").lower())
    officer.sees("1 laporan", code)
    await officer.presses("1")
    officer.sees("Diteruskan ke unit, belum diambil", code)


@pytest.mark.parametrize("shorten", [lambda c: c, lambda c: c.lower(), lambda c: c[4:], lambda c: c[-5:].lower()])
async def test_a_number_may_be_typed_anyhow(stage: Stage, shorten: object) -> None:
    siti = await resident(stage)
    code = (await stored(stage, await filed(stage, siti))).code
    verifier = await at_work(stage, "verifier")
    await verifier.says(f"/cari {shorten(code)}")  # type: ignore[operator]
    verifier.sees(code)


async def test_a_part_of_a_number_without_a_digit_is_found_too(stage: Stage) -> None:
    complaint_id = await filed(stage, await resident(stage))
    async with stage.db.begin() as session:
        (await complaints.get(session, complaint_id)).code = "TPI-261124-59PRWPN"
    verifier = await at_work(stage, "verifier")
    await verifier.says("/cari prwpn")
    verifier.sees("TPI-261124-59PRWPN")


@pytest.mark.parametrize("words", ["100% rusak", "jalan_rusak", "'; drop", "\\", "%", "_", "-- --"])
async def test_signs_of_the_database_are_only_signs(stage: Stage, words: str) -> None:
    code = (await stored(stage, await filed(stage, await resident(stage), text="Pintu rusak berkali-kali"))).code
    verifier = await at_work(stage, "verifier")
    await verifier.says(f"/cari {words}")
    verifier.sees("Tidak ada laporan")
    assert code not in verifier.last()


async def test_every_word_must_be_there_but_anywhere(stage: Stage) -> None:
    siti = await resident(stage)
    found = await filed(stage, siti, text="Parit tersumbat sampah", landmark="depan masjid raya", service_id=2)
    verifier = await at_work(stage, "verifier")
    for words in ("sampah masjid", "drainase raya", "parit"):
        await verifier.says(f"/cari {words}")
        verifier.sees((await stored(stage, found)).code)
    await verifier.says("/cari parit sekolah")
    verifier.sees("Tidak ada laporan")


async def test_only_what_the_presser_may_see_is_found(stage: Stage) -> None:
    siti = await resident(stage)
    new, theirs = await filed(stage, siti), await disposed(stage, siti, "u2")
    secret = await filed(stage, siti, confidential=True)
    codes = [(await stored(stage, number)).code for number in (new, theirs, secret)]
    expected = {"officer": [], "other_officer": [1], "verifier": [0, 1], "inspector": [0, 1, 2]}
    for role, found in expected.items():
        phone = await at_work(stage, role)
        await phone.says("/cari lampu")
        assert [number for number, code in enumerate(codes) if code in phone.last()] == found, role
    for role in ("hr", "admin"):
        phone = await at_work(stage, role)
        await phone.says("/cari lampu")
        phone.sees("hanya untuk petugas")
    await siti.says("/cari lampu")
    siti.sees("hanya untuk petugas")


async def test_rule_14_the_name_of_a_reporter_finds_nothing(stage: Stage) -> None:
    """Domain rule 14."""
    await filed(stage, await resident(stage, "Marhamah"))
    verifier = await at_work(stage, "verifier")
    await verifier.says("/cari marhamah")
    verifier.sees("Tidak ada laporan")


async def test_results_are_paged_with_the_same_number_of_queries_for_10_and_1000(stage: Stage) -> None:
    officer = await at_work(stage, "officer")
    await fill(stage, 10, None)
    with Statements(stage) as few:
        await officer.says("/cari lampu mati")
    officer.sees("10 laporan")
    await fill(stage, 990, None)
    with Statements(stage) as many:
        await officer.says("/cari lampu mati")
    officer.sees("1.000 laporan")
    assert len(few.seen) == len(many.seen)
    first = officer.last()
    await officer.presses("Berikutnya")
    assert officer.last() != first
    await officer.presses("Sebelumnya")
    assert officer.last() == first


async def test_back_cancel_and_a_restart(stage: Stage) -> None:
    code = (await stored(stage, await disposed(stage, await resident(stage)))).code
    officer = await at_work(stage, "officer")
    await officer.says("/unit")
    await officer.presses("Cari")
    await stage.close()
    await stage.open()
    await officer.says("lampu")
    officer.sees(code)
    await officer.presses("Kembali")
    officer.sees("Laporan apa yang dicari?")
    await officer.presses("Batal")
    officer.sees("pencarian selesai")
    await forges(officer, Open(Desk.SEARCH.value).encode())
    await officer.says("batal")
    officer.sees("pencarian selesai")


async def test_what_was_found_is_no_question_that_a_notice_reminds_of(stage: Stage) -> None:
    siti, officer = await resident(stage), await at_work(stage, "officer")
    await officer.says("/cari lampu")
    await disposed(stage, siti)
    officer.sees("diteruskan ke unit")
    assert "belum dijawab" not in officer.last()


async def test_a_search_is_left_for_a_card_without_a_question(stage: Stage) -> None:
    await disposed(stage, await resident(stage))
    officer = await at_work(stage, "officer")
    await officer.says("/cari lampu")
    await officer.presses("1")
    await officer.presses("Saya kerjakan")
    await officer.presses("Jawab pelapor")
    officer.sees("Apa jawaban untuk pelapor")
