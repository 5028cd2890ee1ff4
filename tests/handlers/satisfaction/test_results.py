"""/ikm and /mutu in the chat: who sees whose results, with pictures and files, and what everybody may read."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import update

from bot.callbacks import Results
from bot.reports import charts
from bot.services import city as cities
from models.organisation import Unit
from models.rules.skm import Element
from tests.desk_scenes import Statements, at_work, forges, resident
from tests.driver import Stage
from tests.handlers.satisfaction.answering import card, sent
from tests.survey_rows import published, some, store, users


async def content(stage: Stage, message: dict[str, Any]) -> bytes:
    """A file as the phone would fetch it."""
    file = message["document"] if "document" in message else message["photo"][-1]
    assert stage.product is not None
    got = await stage.product.runtime.bot.get_file(file["file_id"])
    return bytes(await got.download_as_bytearray())


async def test_a_head_sees_the_own_unit_with_a_picture(stage: Stage) -> None:
    await store(stage.db, *some(12, 1), *published(), users(1, 30))
    head = await at_work(stage, "head")
    await head.says("/ikm")
    read = card(head)
    assert "Kepuasan masyarakat: PU\nTriwulan IV 2026 (1 Oktober 2026 sampai 31 Desember 2026)" in read
    assert "Sampel: 12 dari 28: belum memenuhi sampel." in read
    assert "U4 Biaya/Tarif:" in read
    (photo,) = sent(head, "photo")
    assert photo["caption"].startswith("PU: nilai tiap unsur\nTriwulan IV 2026 · 12 responden · IKM")
    picture = Image.open(BytesIO(await content(stage, photo)))
    assert picture.width >= 900


async def test_rule_02_the_published_example_in_the_chat(stage: Stage) -> None:
    await store(stage.db, *published())
    inspector = await at_work(stage, "inspector")
    await inspector.says("/ikm")
    await inspector.presses("Per unit")
    await inspector.presses("Disdukcapil")
    read = card(inspector)
    assert "IKM 91,48, mutu A (sangat baik)" in read
    assert "U3 Waktu Penyelesaian: 3,45 B" in read
    assert "U4 Biaya/Tarif: 4,00 A" in read
    assert "Yang paling perlu diperbaiki: Waktu Penyelesaian;" in read
    assert "jumlah pengguna masa sebelumnya belum dicatat" in read
    assert "Layanan gratis selalu bernilai 4" in read
    await inspector.presses("Per layanan")
    assert inspector.saw("KTP elektronik: IKM 91,48 (A), 29 responden, terendah U3 3,45")


async def test_rule_03_no_data_no_ikm(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    await admin.says("/ikm")
    admin.sees("Kepuasan masyarakat: Kota Contoh", "Belum ada jawaban survei pada masa ini.")
    assert "IKM" not in admin.last()
    assert sent(admin, "photo") == []


async def test_all_threes_are_grade_c_and_that_is_explained(stage: Stage) -> None:
    from_all = [row for row in published()[:6]]
    for row in from_all:
        row.answer(dict.fromkeys(Element, 3))
    await store(stage.db, *from_all)
    admin = await at_work(stage, "admin")
    await admin.says("/ikm")
    assert admin.saw("IKM 75,00, mutu C (kurang baik)")
    assert admin.saw("Mutu C bukan salah hitung")


async def test_back_and_forth_in_time(stage: Stage) -> None:
    await store(stage.db, *published(), *some(20, 3, "2026-Q3"))
    admin = await at_work(stage, "admin")
    await admin.says("/ikm")
    assert not any("TW I 2027" in label for label in admin.buttons())
    await admin.presses("TW III 2026")
    assert "Triwulan III 2026" in card(admin)
    await admin.presses("Tahun 2026")
    assert admin.saw("Tahun 2026 (1 Januari 2026 sampai 31 Desember 2026)")
    await admin.presses("Triwulan IV 2026")
    assert "Triwulan III 2026: " in card(admin)
    assert "sekarang naik" in card(admin)


async def test_the_trend_is_a_second_picture(stage: Stage) -> None:
    await store(stage.db, *published(), *some(20, 3, "2026-Q3"))
    admin = await at_work(stage, "admin")
    await admin.says("/ikm")
    assert [photo["caption"].split("\n")[0] for photo in sent(admin, "photo")] == [
        "Kota Contoh: nilai tiap unsur",
        "Kota Contoh: IKM dari waktu ke waktu",
    ]
    await admin.presses("Grafik")
    assert len(sent(admin, "photo")) == 4


async def test_without_a_picture_the_text_arrives(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "WORKER", "bot.reports.no_such_program")
    await store(stage.db, *published())
    admin = await at_work(stage, "admin")
    await admin.says("/ikm")
    admin.sees("IKM 91,48")
    await admin.presses("Grafik")
    admin.sees("IKM 91,48", "U3 Waktu Penyelesaian: 3,45")
    assert sent(admin, "photo") == []


# --- whose ---


async def test_a_head_cannot_reach_another_unit(stage: Stage) -> None:
    await store(stage.db, *published(), *some(9, 1))
    head = await at_work(stage, "head")
    for view in ("card", "parts", "chart", "sheet", "paper"):
        for code in ("u2", "s3"):
            await forges(head, Results(view, code, "2026-Q4").encode())
            head.sees("unit itu bukan tugas Bapak/Ibu")
    await forges(head, Results("card", "c", "2026-Q4").encode())
    head.sees("Kepuasan masyarakat: PU", "9 responden")
    assert sent(head, "document") == []


@pytest.mark.parametrize("role", ["officer", "hr"])
async def test_who_answers_for_nothing_sees_only_what_everybody_sees(stage: Stage, role: str) -> None:
    await store(stage.db, *published())
    phone = await at_work(stage, role)
    await phone.says("/ikm")
    assert not phone.saw("Kepuasan masyarakat")
    assert phone.saw("Disdukcapil: IKM 91,48")
    await forges(phone, Results("sheet", "c", "2026-Q4").encode())
    assert sent(phone, "document") == []
    phone.sees("hanya untuk petugas yang berwenang")


async def test_a_unit_that_was_merged_answers_for_both(stage: Stage) -> None:
    await store(stage.db, *published(), *some(9, 1))
    async with stage.db.begin() as session:
        await session.execute(update(Unit).where(Unit.id == 2).values(merged_into_id=1))
        cities.forget(session)
    head = await at_work(stage, "head")
    await head.says("/ikm")
    assert head.saw("38 responden")


@pytest.mark.parametrize("data", ["i:card:u99:2026-Q4:0", "i:card:x:2026-Q4:0", "i:card:c:2026-Q9:0", "i:card:c:x:0"])
async def test_a_forged_scope_or_period_is_refused(stage: Stage, data: str) -> None:
    admin = await at_work(stage, "admin")
    await forges(admin, data)
    assert any(word in admin.last() for word in ("tidak ada", "tidak berlaku")), admin.last()


# --- everybody ---


async def test_a_resident_reads_what_is_published(stage: Stage) -> None:
    await store(stage.db, *published(), *some(9, 1))
    siti = await resident(stage)
    await siti.says("/mutu")
    siti.sees("Disdukcapil: IKM 91,48 (A), 29 responden", "PU: IKM")
    await siti.presses("Disdukcapil")
    siti.sees("Mutu layanan: Disdukcapil", "IKM 91,48, mutu A (sangat baik), menurut 29 orang")
    siti.sees("U3 Waktu Penyelesaian: 3,45", "Yang paling perlu diperbaiki: Waktu Penyelesaian")
    assert not any(label in " ".join(siti.buttons()) for label in ("Excel", "PDF", "Rencana"))
    await siti.presses("Per layanan")
    siti.sees("KTP elektronik: IKM 91,48")
    await siti.presses("KTP elektronik")
    siti.sees("Mutu layanan: KTP elektronik", "IKM 91,48")
    await siti.presses("Kantor dan layanan lain")
    siti.sees("Disdukcapil: IKM 91,48")


async def test_one_unit_of_few_would_be_told_by_the_rest_so_neither_is_listed(stage: Stage) -> None:
    await store(stage.db, *published(), *some(4, 1))
    siti = await resident(stage)
    await siti.says("/mutu")
    siti.sees("jawabannya kurang dari 5 orang")


async def test_rule_13_too_few_are_never_published(stage: Stage) -> None:
    await store(stage.db, *some(4, 1))
    siti = await resident(stage)
    await forges(siti, Results("public", "u1", "2026-Q4").encode())
    siti.sees("Belum dapat ditampilkan: jawabannya kurang dari 5 orang.")
    assert "IKM" not in siti.last()
    await forges(siti, Results("offices", "u1", "2026-Q4").encode())
    siti.sees("kurang dari 5 orang")


# --- files ---


async def test_the_report_is_a_pdf(stage: Stage) -> None:
    await store(stage.db, *published(), *some(20, 3, "2026-Q3"))
    admin = await at_work(stage, "admin")
    await admin.says("/ikm")
    await admin.presses("Laporan PDF")
    (message,) = sent(admin, "document")
    assert message["document"]["file_name"] == "skm-c-2026-q4.pdf"
    assert message["caption"].startswith("Kota Contoh: Triwulan IV 2026 · 29 responden · IKM 91,48")
    assert (await content(stage, message)).startswith(b"%PDF-")


async def test_a_file_asked_for_twice_is_sent_twice_and_a_restart_loses_none(stage: Stage) -> None:
    await store(stage.db, *published())
    admin = await at_work(stage, "admin")
    await admin.says("/ikm")
    message_id, data = admin.button("Excel")
    stage.sandbox.press(admin.id, message_id, data)
    await stage.close()
    await stage.open()
    await stage.settle()
    assert [message["document"]["file_name"] for message in sent(admin, "document")] == ["skm-c-2026-q4.xlsx"]


async def test_a_document_that_cannot_be_made_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    from_here = "bot.reports.no_such_program"
    monkeypatch.setattr("bot.reports.documents.WORKER", from_here)
    monkeypatch.setattr("bot.reports.workers.SHEETS", from_here)
    await store(stage.db, *published())
    admin = await at_work(stage, "admin")
    await admin.says("/ikm")
    for label in ("Laporan PDF", "Excel"):
        await admin.presses(label)
        admin.sees("berkas itu belum bisa disiapkan")


async def test_what_does_not_fit_into_a_file_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.reports.survey_book.MOST_ROWS", 5)
    await store(stage.db, *published())
    admin = await at_work(stage, "admin")
    await admin.says("/ikm")
    await admin.presses("Excel")
    admin.sees("lebih dari 5 baris")


async def test_the_turn_costs_the_same_for_many_answers(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    counts = []
    for n in (10, 200):
        await store(stage.db, *some(n, 1, seed=n), *some(n, 3, seed=n))
        with Statements(stage) as statements:
            await admin.says("/ikm")
        counts.append(len(statements.seen))
    assert counts[0] == counts[1]


async def test_in_english_the_figures_have_a_point(stage: Stage) -> None:
    await store(stage.db, *published())
    jane = stage.person("Jane", "en")
    await jane.says("/mutu")
    assert any("91.48" in text for text in jane.texts())
