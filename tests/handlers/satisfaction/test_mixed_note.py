"""One-tap answers in the chat: apart, or mixed in with the statistical note beside every figure."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from bot.callbacks import Results
from bot.services import city as cities
from models.organisation import CityFact
from models.rules.skm import Element
from tests.desk_scenes import at_work, forges, resident
from tests.driver import Stage
from tests.handlers.satisfaction.answering import card, sent
from tests.survey_rows import published, some, store, taps

#: How the note begins.
NOTE = "Catatan statistik: jawaban survei singkat ikut dihitung."


async def mix_in(stage: Stage) -> None:
    """An administrator has one-tap answers counted into the index."""
    async with stage.db.begin() as session:
        session.add(CityFact(key="skm.micro_in_ikm", value="yes"))
        await session.flush()
        cities.forget(session)


@pytest.mark.parametrize("mixed", [False, True])
async def test_the_note_stands_in_every_list_of_units_and_services(stage: Stage, mixed: bool) -> None:
    await store(stage.db, *published(), *some(9, 1), *taps(Element.U3, [1] * 10))
    if mixed:
        await mix_in(stage)
    admin, siti = await at_work(stage, "admin"), await resident(stage)
    for code in ("c", "u2"):
        await forges(admin, Results("parts", code, "2026-Q4").encode())
        admin.sees("29 responden, terendah U3")
        assert (NOTE in admin.last()) is mixed
        await forges(siti, Results("offices", code, "2026-Q4").encode())
        siti.sees("29 responden, terendah U3")
        assert (NOTE in siti.last()) is mixed
    await forges(siti, Results("public", "u2", "2026-Q4").encode())
    assert (NOTE in siti.last()) is mixed
    await forges(siti, Results("offices", "c", "2025-Q1").encode())
    assert NOTE not in siti.last(), "no figure, no note"


@pytest.mark.parametrize("mixed", [False, True])
async def test_the_note_stands_in_the_files_and_below_them(stage: Stage, mixed: bool) -> None:
    await store(stage.db, *published(), *taps(Element.U3, [1] * 10))
    if mixed:
        await mix_in(stage)
    admin = await at_work(stage, "admin")
    await forges(admin, Results("sheet", "c", "2026-Q4").encode())
    assert (NOTE in sent(admin, "document")[-1]["caption"]) is mixed
    book = CalamineWorkbook.from_filelike(BytesIO(await admin.newest_file()))
    cells = [row[0] for row in book.get_sheet_by_name("Jawaban").to_python(skip_empty_area=False)]
    assert [str(cell).startswith(NOTE) for cell in (cells[3], cells[cells.index("Mutu") + 1])] == [mixed, mixed]
    await forges(admin, Results("paper", "c", "2026-Q4").encode())
    assert (NOTE in sent(admin, "document")[-1]["caption"]) is mixed


async def test_one_tap_answers_stand_apart_or_with_their_note_beside_every_figure(stage: Stage) -> None:
    await store(stage.db, *published(), *taps(Element.U3, [1] * 10))
    admin = await at_work(stage, "admin")
    await admin.says("/ikm")
    assert admin.saw(
        "Survei singkat di loket (terpisah, tidak dihitung dalam IKM)\nU3 Waktu Penyelesaian: 1,00 (10 jawaban)"
    )
    assert not admin.saw("Catatan statistik")
    await mix_in(stage)
    await admin.says("/ikm")
    assert "ikut dihitung dalam IKM" in card(admin)
    assert "Catatan statistik: jawaban survei singkat ikut dihitung." in card(admin)
    assert "91,48" not in card(admin)
    assert NOTE in sent(admin, "photo")[-1]["caption"]
