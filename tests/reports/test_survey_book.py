"""The ministry's table as a workbook: read back, and every published figure reckoned again from its rows."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import update

from bot.db import Database
from bot.reports import survey_book
from bot.reports.satisfaction import Scope, results
from bot.reports.survey_book import Asked
from bot.services import city as cities
from bot.services.city import know
from models.errors import Refusal
from models.organisation import Service
from models.rules.skm import Element, grade, rounded, sample_needed
from tests.factories import small_city
from tests.survey_rows import NOW, published, response, some, store, taps, users

NAMES = {element: element.value.title() for element in Element}
FORMULA = '=HYPERLINK("http://example.org","KTP")'


@pytest.fixture
async def city(database: Database) -> Database:
    async with database.begin() as session:
        await small_city(session)
    return database


async def sheets(
    database: Database, scope: Scope | None = None, period: str = "2026-Q4", **more: Any
) -> dict[str, Any]:
    """The workbook's sheets as rows of values, read by another library."""
    content = await written(database, scope, period, **more)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


async def written(database: Database, scope: Scope | None = None, period: str = "2026-Q4", **more: Any) -> bytes:
    async with database.read() as session:
        facts = await know(session, NOW)
    words = ("Hasil Survei Kepuasan Masyarakat", "Kota Contoh", "Triwulan IV 2026")
    return await survey_book.workbook(database, facts, Asked(scope or Scope(), period, words, NAMES, **more))


def respondents(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows of answers: below the head, above the blank line."""
    return [row for row in rows[5:] if isinstance(row[0], float | int) and row[0] != ""]


def foot(rows: list[list[Any]]) -> dict[str, list[Any]]:
    return {row[0]: row[1:10] for row in rows if isinstance(row[0], str) and row[0]}


async def test_the_published_example_as_the_ministrys_table(city: Database) -> None:
    await store(city, *published())
    book = await sheets(city)
    assert list(book) == ["Jawaban", "Survei singkat", "Sampel"]
    answers = book["Jawaban"]
    assert [row[0] for row in answers[:3]] == ["Hasil Survei Kepuasan Masyarakat", "Kota Contoh", "Triwulan IV 2026"]
    assert answers[4][:10] == ["No.", *(f"U{number}" for number in range(1, 10))]
    assert [row[0] for row in respondents(answers)] == list(range(1, 30))
    below = foot(answers)
    assert below["Nilai/unsur"] == [105, 101, 100, 116, 102, 105, 106, 105, 115]
    assert [f"{value:.4f}" for value in below["NRR/unsur"]][:3] == ["3.6207", "3.4828", "3.4483"]
    assert below["NRR tertimbang (1/9)"][3] == pytest.approx(4 / 9)
    assert (below["IKM"][0], below["Mutu"][0]) == (91.48, "A")


async def test_rule_45_every_published_figure_follows_from_the_rows(city: Database) -> None:
    await store(city, *some(40, 1), *some(31, 3, seed=7), *published(), users(1, 300), users(3, 90))
    async with city.read() as session:
        shown = await results(session, Scope(), "2026-Q4", public=True)
    book = await sheets(city)
    rows = respondents(book["Jawaban"])
    head = book["Jawaban"][4]

    def reckoned(rows: list[list[Any]]) -> tuple[int, Decimal, str, list[Decimal]]:
        totals = [Decimal(int(sum(row[place] for row in rows))) for place in range(1, 10)]
        ikm = rounded(25 * sum(totals) / (9 * len(rows)))
        return len(rows), ikm, grade(ikm), [total / len(rows) for total in totals]

    def told(tally: Any) -> tuple[int, Any, Any, list[Any]]:
        return tally.n, tally.ikm, tally.grade, [tally.nrr(element) for element in Element]

    assert told(shown.whole) == reckoned(rows)
    service, unit = head.index("Layanan"), head.index("Unit")
    names = {1: "Lampu jalan", 3: "KTP elektronik"}
    assert len(shown.services) == 2
    for service_id, tally in shown.services.items():
        assert told(tally) == reckoned([row for row in rows if row[service] == names[service_id]])
    for unit_id, tally in shown.units.items():
        assert told(tally) == reckoned([row for row in rows if row[unit] == {1: "PU", 2: "Disdukcapil"}[unit_id]])
    samples = {row[0]: row[1:] for row in book["Sampel"][5:] if row[0] in names.values()}
    population = sum(int(row[1]) for row in samples.values())
    assert shown.sample.population == population == 390
    assert shown.sample.needed == sample_needed(population)
    assert samples["KTP elektronik"] == [60, 90, sample_needed(90), "belum"]


async def test_rule_45_the_profile_too(city: Database) -> None:
    await store(city, *some(60, 3))
    rows = respondents((await sheets(city))["Jawaban"])
    assert set(Counter(row[13] for row in rows)) == {"L", "P", ""}


async def test_one_tap_answers_have_a_sheet_of_their_own_and_count_only_where_they_are_mixed_in(city: Database) -> None:
    await store(city, *published(), *taps(Element.U3, [1, 2, 1]))
    apart = await sheets(city)
    assert [row[1:3] for row in apart["Survei singkat"][5:8]] == [["U3", 1], ["U3", 2], ["U3", 1]]
    assert foot(apart["Jawaban"])["IKM"][0] == 91.48
    mixed = foot((await sheets(city, micro_in_ikm=True))["Jawaban"])
    assert mixed["Nilai/unsur"][2] == 104
    assert mixed["Jawaban/unsur"] == [29, 29, 32, *[29] * 6]
    async with city.read() as session:
        shown = await results(session, Scope(), "2026-Q4", micro_in_ikm=True)
    assert Decimal(str(mixed["IKM"][0])) == shown.whole.ikm


async def test_the_note_stays_in_sight_above_the_rows_and_below_the_index(city: Database) -> None:
    await store(city, *published(), *taps(Element.U3, [1, 2, 1]))
    book = await sheets(city, micro_in_ikm=True, note="Catatan: campuran")
    assert [rows[3][0] for rows in book.values()] == ["Catatan: campuran"] * 3
    answers = book["Jawaban"]
    assert [row[0] for row in respondents(answers)] == list(range(1, 30)), "the formulas' rows have not moved"
    first = [row[0] for row in answers]
    assert first[first.index("Mutu") + 1] == "Catatan: campuran"


async def test_only_the_scope_and_the_period_asked_for(city: Database) -> None:
    await store(city, *some(6, 1), *some(7, 3), *some(8, 3, "2026-Q3"))
    assert len(respondents((await sheets(city, Scope(units=frozenset({2}))))["Jawaban"])) == 7
    assert len(respondents((await sheets(city, Scope(service_id=3), "2026"))["Jawaban"])) == 15


async def test_more_than_a_batch(city: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey_book, "BATCH", 7)
    await store(city, *some(40, 3))
    assert [row[0] for row in respondents((await sheets(city))["Jawaban"])] == list(range(1, 41))


async def test_nobody_answered(city: Database) -> None:
    below = foot((await sheets(city))["Jawaban"])
    assert (below["IKM"][0], below["Mutu"][0]) == ("-", "-")


async def test_a_name_that_looks_like_a_formula_stays_a_text(city: Database) -> None:
    async with city.begin() as session:
        await session.execute(update(Service).where(Service.id == 3).values(name=FORMULA))
        cities.forget(session)
    await store(city, response([4] * 9))
    content = await written(city)
    assert CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Jawaban").to_python()[5][11] == FORMULA
    parts = {name: ZipFile(BytesIO(content)).read(name).decode() for name in ZipFile(BytesIO(content)).namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert "<f>HYPERLINK" not in sheet
    assert "<hyperlink" not in sheet


async def test_more_than_a_sheet_holds_is_refused(city: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey_book, "MOST_ROWS", 5)
    await store(city, *some(6, 3))
    with pytest.raises(Refusal, match="too_many_rows"):
        await written(city)
