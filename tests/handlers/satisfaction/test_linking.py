"""From a report's card: linked to an improvement of the unit, or a new one begun with it; rights; rule 43."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.callbacks import Plan
from models.complaint import ReportClass
from models.improvement import Improvement, ImprovementReport
from tests.desk_scenes import Statements, at_work, disposed, filed, forges, opens, resident, taken
from tests.desk_scenes import stored as stored_report
from tests.driver import Phone, Stage
from tests.handlers.satisfaction.plan_scenes import WORDS, count, head_with_a_draft, planned, stored

BUTTON = "Kaitkan ke perbaikan"


async def scene(stage: Stage) -> tuple[Phone, Phone, int, int]:
    """A head with an improvement, and a resident with a report at the unit."""
    siti, head = await resident(stage), await head_with_a_draft(stage)
    complaint_id = await taken(stage, siti)
    improvement_id = await planned(stage, head)
    await opens(head, complaint_id)
    return siti, head, complaint_id, improvement_id


async def test_the_head_links_a_report_from_its_card(stage: Stage) -> None:
    _siti, head, complaint_id, _ = await scene(stage)
    await head.presses(BUTTON)
    head.sees("kaitkan ke perbaikan", WORDS)
    await head.presses("☐ ")
    assert any(label.startswith("☑ ") for label in head.buttons())
    assert await count(stage, ImprovementReport) == 1
    await head.presses("Kembali ke laporan")
    head.sees("Dikaitkan ke perbaikan: " + WORDS)
    await forges(head, Plan("of", str(complaint_id), "0").encode())
    await head.presses("☑ ")
    assert await count(stage, ImprovementReport) == 0


async def test_rule_43_a_report_linked_from_its_card_is_told_on_completion(stage: Stage) -> None:
    siti, head, _, improvement_id = await scene(stage)
    await head.presses(BUTTON)
    await head.presses("☐ ")
    await forges(head, Plan("finish", str(improvement_id)).encode())
    head.sees("kepada 1 warga")
    await head.says("Regu kedua bekerja sejak Senin")
    told = [text for text in siti.texts() if "Anda melapor, kami perbaiki" in text]
    assert len(told) == 1
    assert "Regu kedua bekerja sejak Senin" in told[0]


async def test_a_new_improvement_begins_with_the_report(stage: Stage) -> None:
    siti, head = await resident(stage), await at_work(stage, "head")
    complaint_id = await disposed(stage, siti, "s1")
    code = (await stored_report(stage, complaint_id)).code
    await opens(head, complaint_id)
    await head.presses(BUTTON)
    head.sees("Belum ada perbaikan yang cocok")
    await head.presses("Perbaikan baru")
    head.sees("Apa yang akan diperbaiki?", "Lampu jalan", code)
    await head.presses("Batal")
    head.sees("tidak ada yang disimpan")
    await forges(head, Plan("ticket", str(complaint_id)).encode())
    await stage.close()
    await stage.open()
    await head.presses("Pakai usul ini")
    await head.presses("Pegawai Officer")
    await head.presses("3 bulan lagi")
    head.sees("Simpan perbaikan ini?", code)
    await head.presses("Simpan")
    head.sees("Keadaan: Direncanakan")
    async with stage.db.read() as session:
        row = (await session.scalars(select(Improvement))).one()
        links = (await session.execute(select(ImprovementReport.improvement_id, ImprovementReport.complaint_id))).all()
    assert (row.service_id, row.report_class) == (1, ReportClass.COMPLAINT)
    assert [tuple(link) for link in links] == [(row.id, complaint_id)]
    await opens(head, complaint_id)
    head.sees("Dikaitkan ke perbaikan")
    await forges(head, Plan("finish", str(row.id)).encode())
    await head.says("Lampu diganti semua")
    assert siti.saw("Anda melapor, kami perbaiki")


@pytest.mark.parametrize("role", ["officer", "verifier", "inspector", "admin", "other_officer"])
async def test_nobody_but_the_units_head_links(stage: Stage, role: str) -> None:
    _siti, head, complaint_id, improvement_id = await scene(stage)
    assert any(BUTTON in label for label in head.buttons())
    phone = await at_work(stage, role)
    await opens(phone, complaint_id)
    assert not any(BUTTON in label for label in phone.buttons())
    for payload in (
        Plan("of", str(complaint_id), "0"),
        Plan("join", str(improvement_id), f"{complaint_id}.0"),
        Plan("ticket", str(complaint_id)),
    ):
        await forges(phone, payload.encode())
        assert "Maaf" in phone.last()
    assert await count(stage, ImprovementReport) == 0


async def test_no_report_that_is_elsewhere_closed_to_the_unit_or_not_there_is_linked(stage: Stage) -> None:
    siti, head, _, improvement_id = await scene(stage)
    foreign = await disposed(stage, siti, "u2")
    waiting = await filed(stage, siti)
    secret = await disposed(stage, siti, confidential=True)
    for complaint_id in (foreign, waiting, secret, 999):
        for payload in (
            Plan("join", str(improvement_id), f"{complaint_id}.0"),
            Plan("ticket", str(complaint_id)),
            Plan("of", str(complaint_id), "0"),
        ):
            await forges(head, payload.encode())
            assert "Apa yang akan diperbaiki" not in head.last()
    assert await count(stage, ImprovementReport) == 0


async def test_what_is_over_is_not_offered(stage: Stage) -> None:
    _siti, head, complaint_id, improvement_id = await scene(stage)
    await forges(head, Plan("drop", str(improvement_id)).encode())
    await head.says("Anggarannya dialihkan")
    assert (await stored(stage, improvement_id)).result
    await forges(head, Plan("of", str(complaint_id), "0").encode())
    head.sees("Belum ada perbaikan yang cocok")
    await forges(head, Plan("join", str(improvement_id), f"{complaint_id}.0").encode())
    head.sees("sudah selesai atau sudah dibatalkan")
    assert await count(stage, ImprovementReport) == 0


async def test_the_list_has_pages_and_as_many_queries_on_each(stage: Stage) -> None:
    _siti, head, complaint_id, improvement_id = await scene(stage)
    counts = []
    for total in (1, 8):
        async with stage.db.begin() as session:
            first = await session.get_one(Improvement, improvement_id)
            have = len((await session.scalars(select(Improvement.id))).all())
            names = ("unit_id", "owner_id", "due_on", "term", "created_at")
            for number in range(have, total):
                session.add(Improvement(title=f"Hal {number}", **{name: getattr(first, name) for name in names}))
        with Statements(stage) as statements:
            await forges(head, Plan("of", str(complaint_id), "0").encode())
        counts.append(len(statements.seen))
    assert counts[0] == counts[1]
    await head.presses("Berikutnya")
    assert len([label for label in head.buttons() if label.startswith("☐ ")]) == 2
    await head.presses("☐ Hal 7")
    assert "☑ Hal 7" in head.buttons()
    await head.presses("Sebelumnya")
