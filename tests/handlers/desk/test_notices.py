"""What colleagues read in a private notice: what it is about, who is told while somebody is away."""

from __future__ import annotations

import pytest

from bot.services.desk import verifying
from models.rules.permissions import Role
from tests.desk_scenes import (
    acting,
    at_work,
    colleague,
    disposed,
    employee_of,
    filed,
    on_leave,
    resident,
    stored,
    taken,
)
from tests.driver import Phone, Stage

LONG = "Parit di belakang rumah NIK 2172010101900001 tersumbat sejak lama sekali dan baunya sampai ke dalam rumah"


async def test_a_notice_names_class_and_service_or_the_first_words_masked(stage: Stage) -> None:
    verifier, siti = await at_work(stage, "verifier"), await resident(stage)
    await filed(stage, siti, service_id=1)
    verifier.sees("menunggu diperiksa", "Pengaduan: Lampu jalan")
    await filed(stage, siti, text=LONG)
    verifier.sees("Pengaduan: Parit di belakang rumah NIK ••••")
    assert "2172" not in verifier.last()
    assert "baunya" not in verifier.last()


@pytest.mark.parametrize("hidden", [{"confidential": True}, {"confidential": True, "anonymous": True}])
async def test_rule_13_a_restricted_report_is_only_a_number_in_a_notice(stage: Stage, hidden: dict[str, bool]) -> None:
    """Domain rule 13."""
    everybody = [await at_work(stage, role) for role in ("verifier", "officer", "head", "inspector")]
    await filed(stage, await resident(stage), service_id=1, **hidden)
    assert not [phone for phone in everybody if phone.saw("Lampu")]


async def adds(siti: Phone, words: str) -> None:
    """The reporter adds words to the newest report."""
    await siti.says("/laporan")
    await siti.presses("TPI-")
    await siti.presses("Tambah keterangan")
    await siti.says(words)
    if "Kirim" in " ".join(siti.buttons()):
        await siti.presses("Kirim")


async def test_an_officer_on_leave_is_not_told_and_whoever_acts_is(stage: Stage) -> None:
    officer, head, siti = await at_work(stage, "officer"), await at_work(stage, "head"), await resident(stage)
    dewi, dewis_id = await colleague(stage, "Dewi Lestari", role=Role.HR, unit_id=None)
    await taken(stage, siti)
    await on_leave(stage, await employee_of(stage, "officer"), acting_id=dewis_id)
    await adds(siti, "Sekarang dua lampu yang mati")
    dewi.sees("Pelapor menambah keterangan")
    assert not officer.saw("menambah keterangan")
    assert not head.saw("menambah keterangan")


async def test_with_nobody_acting_the_colleagues_are_told_and_without_any_the_head(stage: Stage) -> None:
    officer, head, siti = await at_work(stage, "officer"), await at_work(stage, "head"), await resident(stage)
    dewi, dewis_id = await colleague(stage, "Dewi Lestari")
    await taken(stage, siti)
    await on_leave(stage, await employee_of(stage, "officer"))
    await adds(siti, "Sekarang dua lampu yang mati")
    dewi.sees("menambah keterangan")
    assert not head.saw("menambah keterangan")
    await on_leave(stage, dewis_id)
    await adds(siti, "Sekarang tiga lampu yang mati")
    assert head.saw("menambah keterangan")
    assert not officer.saw("menambah keterangan")


async def test_a_unit_reads_what_came_to_it(stage: Stage) -> None:
    officer = await at_work(stage, "officer")
    await disposed(stage, await resident(stage), service_id=2)
    officer.sees("diteruskan ke unit Bapak/Ibu", "Pengaduan: Drainase")


async def test_rule_13_what_waits_overnight_is_hushed_when_the_report_becomes_confidential(stage: Stage) -> None:
    """Domain rule 13: notices that were queued before say no more than the number."""
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    stage.later(hours=10)
    complaint_id = await disposed(stage, siti, service_id=1)
    other = await disposed(stage, siti, service_id=2)
    async with stage.db.begin() as session:
        await verifying.tighten(await acting(stage, session, "verifier"), complaint_id, "confidential")
    stage.later(hours=14)
    await stage.settle()
    told = [text for text in officer.texts() if "diteruskan ke unit" in text]
    assert (await stored(stage, other)).code in "".join(told)
    assert "Drainase" in "".join(told)
    assert "Lampu" not in "".join(told)
