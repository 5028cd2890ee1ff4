"""Certificates in the chat: one's own from the history, the ledger and the card; checked by anybody; withdrawn."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.callbacks import Learn
from models.administration.audit import AuditRow
from tests import outcome_scenes as outcome
from tests import training_scenes as scenes
from tests.desk_scenes import Statements, forges, resident
from tests.driver import Phone, Stage
from tests.performance_scenes import Team
from tests.training_scenes import phone_of

NUMBER = "0001/TECHNICAL/BKPSDM/XI/2026"


@pytest.fixture
async def people(stage: Stage) -> Team:
    return await scenes.people(stage)


@pytest.fixture
async def worker(stage: Stage, people: Team) -> Phone:
    """Was there and has a certificate; the third had a seat and was absent."""
    phone = await phone_of(stage, "worker")
    await outcome.over(stage, [people.ids["worker"], people.ids["second"]], [people.ids["third"]])
    await outcome.counted(stage)
    return phone


def files(phone: Phone) -> list[str]:
    return [message["document"]["file_name"] for message in phone.history() if "document" in message]


async def test_the_own_certificate_from_the_notice_the_history_the_card_and_the_ledger(
    stage: Stage, worker: Phone
) -> None:
    assert worker.saw("8 JP dari Pelayanan Prima sudah dihitung")
    await worker.presses("Sertifikat")
    assert (await worker.newest_file()).startswith(b"%PDF")
    await worker.says("/pelatihan")
    await worker.presses("Riwayat pelatihan")
    assert worker.buttons()[:2] == ["🎓 Pelayanan Prima", "📜 Sertifikat"]
    await worker.presses("Sertifikat")
    await worker.presses("🎓 Pelayanan Prima")
    await worker.presses("📜 Sertifikat")
    await worker.says("/jp")
    await worker.presses("Sertifikat Pelayanan Prima")
    assert files(worker) == ["sertifikat-2026-0001.pdf"] * 4
    assert len(await outcome.certificates(stage)) == 2, "asking again gives no other one"


async def test_a_certificate_never_waits_for_the_rating(stage: Stage, worker: Phone) -> None:
    stage.later(days=40)
    await forges(worker, Learn("cert", 1).encode())
    assert files(worker) == ["sertifikat-2026-0001.pdf"]


async def test_anybody_checks_it_by_the_link_of_its_code(stage: Stage, worker: Phone) -> None:
    siti = await resident(stage)
    row = (await outcome.certificates(stage))[0]
    await siti.starts(f"sertifikat_{row.code}")
    siti.sees("Sertifikat asli", f"Nomor: {NUMBER}", "Nama: Worker", "Pelatihan: Pelayanan Prima", "Lama: 8 JP")
    siti.sees("Selesai: 22 November 2026")
    for guess in ("", "x", row.code[:-1], row.code.swapcase()):
        await siti.starts(f"sertifikat_{guess}")
        siti.sees("tidak dikenal")
    await siti.starts("sertifikat_again")
    await siti.starts(f"sertifikat_{row.code}")
    siti.sees("Terlalu banyak kode yang tidak dikenal")
    stage.later(hours=1, minutes=1)
    await siti.starts(f"sertifikat_{row.code}")
    siti.sees("Sertifikat asli")


@pytest.mark.parametrize(("language", "genuine"), [("en", "Genuine certificate"), ("ms", "Sijil tulen")])
async def test_somebody_who_never_opened_the_bot_is_answered_at_once(
    stage: Stage, worker: Phone, language: str, genuine: str
) -> None:
    guest = stage.person("Tamu", language)
    await guest.starts(f"sertifikat_{(await outcome.certificates(stage))[0].code}")
    assert guest.saw(genuine)
    assert guest.saw(NUMBER)


async def test_human_resources_withdraw_one_with_a_reason_and_everybody_who_checks_learns_it(
    stage: Stage, people: Team, worker: Phone
) -> None:
    hr, siti = await phone_of(stage, "hr"), await resident(stage)
    await forges(hr, Learn("hr", 1).encode())
    await hr.presses("Sertifikat")
    hr.sees("2 sertifikat sudah terbit")
    await hr.presses("0001/2026 Worker")
    hr.sees(f"Nomor: {NUMBER}", "Nama: Worker", "Terbit:")
    withdraw = hr.button("Cabut sertifikat")
    await hr.presses_data(*withdraw)
    hr.sees("Mengapa sertifikat ini dicabut?")
    await hr.says("batal")
    hr.sees("tetap berlaku")
    await hr.presses_data(*withdraw)
    await stage.close()
    await stage.open()
    await hr.says("Kehadirannya salah dicatat")
    hr.sees("Dicabut:", "Alasan: Kehadirannya salah dicatat")
    assert "🚫 Cabut sertifikat" not in hr.buttons()
    worker.sees(f"nomor {NUMBER}) dicabut", "Kehadirannya salah dicatat")
    await hr.presses_data(*withdraw)
    hr.sees("sudah dicabut")
    row = (await outcome.certificates(stage))[0]
    await siti.starts(f"sertifikat_{row.code}")
    siti.sees("Sertifikat ini sudah dicabut", f"Nomor: {NUMBER}")
    assert not siti.saw("Kehadirannya"), "the reason is the owner's alone"
    await forges(worker, Learn("cert", 1).encode())
    worker.sees("Sertifikat ini sudah dicabut")
    assert files(worker) == []
    async with stage.db.read() as session:
        acts = (await session.scalars(select(AuditRow).where(AuditRow.subject == "training_certificate"))).all()
    assert [(act.action, act.subject_id, act.new) for act in acts if act.action == "withdrawn"] == [
        ("withdrawn", row.id, {"number": NUMBER, "course": 1})
    ]


async def test_the_list_costs_the_same_however_long(stage: Stage, people: Team) -> None:
    hr, crowd = await phone_of(stage, "hr"), await outcome.crowd(stage, 20)
    short = await outcome.over(stage, crowd[:2])
    long = await outcome.over(stage, crowd, title="Arsip Digital")
    await outcome.counted(stage)
    costs = []
    for course_id in (short, long):
        with Statements(stage) as statements:
            await forges(hr, Learn("certs", 0, str(course_id)).encode())
        costs.append(len(statements.seen))
    assert costs[0] == costs[1]
    hr.sees("20 sertifikat sudah terbit", "Halaman 1 dari 3")
    await hr.presses("Berikutnya")
    hr.sees("Halaman 2 dari 3")
