"""A resident reports an officer or an office: asked only where the words suggest it, and never sent there."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.complaint import Complaint
from tests.desk_scenes import at_work
from tests.driver import Phone, Stage

WORDS = "Saya dimintai pungli waktu mengurus KTP elektronik"
ABOUT = "Apakah laporan ini tentang petugas atau kantor tertentu?"


async def to_the_question(siti: Phone, words: str = WORDS) -> None:
    await siti.says(words)
    await siti.presses("Lewati")
    await siti.presses("Lewati")
    siti.sees(ABOUT)


async def only_report(stage: Stage) -> Complaint:
    async with stage.db.read() as session:
        return (await session.scalars(select(Complaint))).one()


@pytest.mark.parametrize("answer", ["tentang petugasnya", "tentang kantornya"])
async def test_a_report_about_an_officer_goes_to_the_inspectorate(stage: Stage, answer: str) -> None:
    verifier, inspector = await at_work(stage, "verifier"), await at_work(stage, "inspector")
    siti = stage.person("Siti")
    await to_the_question(siti)
    await siti.presses(answer)
    if "Kantor mana yang dilaporkan?" in siti.last():
        await siti.says("Disdukcapil")
        await siti.presses("Dinas Kependudukan")
    siti.sees("selalu rahasia")
    assert "Terbuka" not in "".join(siti.buttons())
    await siti.presses("Anonim dan rahasia")
    siti.sees("langsung ke Inspektorat")
    await siti.presses("Kirim laporan")
    complaint = await only_report(stage)
    assert (complaint.conflict, complaint.confidential, complaint.anonymous) == (True, True, True)
    assert (complaint.conflict_unit_id, complaint.unit_id, complaint.service_id) == (2, None, None)
    inspector.sees(complaint.code)
    assert complaint.code not in "".join(verifier.texts())


async def test_it_can_be_denied_and_corrected_before_it_is_sent(stage: Stage) -> None:
    siti = stage.person("Siti")
    await to_the_question(siti)
    await siti.presses("Tidak, tentang hal lain")
    siti.sees("Siapa yang boleh tahu?")
    await siti.presses("Terbuka")
    siti.sees("Kerahasiaan: Terbuka")
    await siti.presses("Ubah: tentang petugas")
    siti.sees(ABOUT)
    await siti.presses("tentang kantornya")
    siti.sees("Kerahasiaan: Rahasia", "langsung ke Inspektorat")
    await siti.presses("Ubah: tentang petugas")
    await siti.presses("Tidak, tentang hal lain")
    await siti.presses("Kirim laporan")
    complaint = await only_report(stage)
    assert (complaint.conflict, complaint.confidential) == (False, True)


async def test_other_words_ask_nothing(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("Lampu jalan di depan SD mati sejak Senin")
    await siti.presses("Lewati")
    await siti.presses("Lewati")
    siti.sees("Siapa yang boleh tahu?")


async def test_who_is_accused_may_stay_unsaid(stage: Stage) -> None:
    siti = stage.person("Siti")
    await to_the_question(siti, "Ada yang minta uang di pelabuhan semalam")
    await siti.presses("tentang petugasnya")
    siti.sees("Kantor mana yang dilaporkan?")
    await siti.presses("biar Inspektorat yang menentukan")
    await siti.presses("Rahasia")
    await siti.presses("Kirim laporan")
    complaint = await only_report(stage)
    assert (complaint.conflict, complaint.conflict_unit_id) == (True, None)


async def test_back_cancel_help_and_a_restart_half_way(stage: Stage) -> None:
    siti = stage.person("Siti")
    await to_the_question(siti)
    await siti.presses("Bantuan")
    assert siti.saw("Jawab satu pertanyaan setiap kali")
    await siti.says("kembali")
    assert ABOUT not in siti.last()
    await siti.presses("Lewati")
    siti.sees(ABOUT)
    await stage.close()
    await stage.open()
    await siti.presses("tentang kantornya")
    siti.sees("selalu rahasia")
    await siti.says("batal")
    siti.sees("sudah dihapus")


async def test_an_old_or_forged_answer_changes_nothing(stage: Stage) -> None:
    siti = stage.person("Siti")
    await to_the_question(siti)
    message_id, data = siti.button("tentang kantornya")
    await siti.presses_data(message_id, data.rsplit(":", 1)[0] + ":everybody")
    siti.sees(ABOUT)
    await siti.presses_data(message_id, data)
    siti.sees("selalu rahasia")
    await siti.presses_data(message_id, data)
    siti.sees("selalu rahasia")
    message_id, data = siti.button("Anonim dan rahasia")
    await siti.presses_data(message_id, data.rsplit(":", 1)[0] + ":open")
    siti.sees("selalu rahasia")
