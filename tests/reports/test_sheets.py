"""The program that writes workbooks: what its lines of JSON become, as another program opens it."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from bot.reports import workers
from bot.reports.sheets import LINE, SPARE

WORDY = "kata " * 30


async def written(*lines: Any) -> bytes:
    return await workers.run("bot.reports.sheets", workers.whole(workers.packed(lines)))


def values(content: bytes, name: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def part(content: bytes, name: str = "worksheets/sheet1") -> str:
    return ZipFile(BytesIO(content)).read(f"xl/{name}.xml").decode()


def looks(content: bytes) -> dict[str, str]:
    """Cell → how its format is told."""
    formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", part(content, "styles").split("<cellXfs")[1])
    codes = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', part(content, "styles")))
    found = {}
    for cell, number in re.findall(r'<c r="(\w+)" s="(\d+)"', part(content)):
        code = re.search(r'numFmtId="(\d+)"', formats[int(number)])
        assert code is not None
        found[cell] = f"{codes.get(code[1], code[1])} {formats[int(number)]}"
    return found


def heights(content: bytes) -> dict[str, float]:
    return {row: float(height) for row, height in re.findall(r'<row r="(\d+)"[^>]*? ht="([\d.]+)"', part(content))}


async def test_a_moment_is_one_and_keeps_its_seconds() -> None:
    content = await written({"sheet": "A"}, [{"moment": "2026-11-24T10:15:30"}, {"day": "2026-11-24"}])
    assert values(content, "A")[0][0] == datetime(2026, 11, 24, 10, 15, 30)  # noqa: DTZ001 - a workbook has no zones
    shown = looks(content)
    assert (shown["A1"].split(" <")[0], shown["B1"].split(" <")[0]) == ("dd/mm/yyyy hh:mm", "dd/mm/yyyy")


async def test_a_column_has_a_style_and_a_row_another() -> None:
    content = await written(
        {"sheet": "A", "widths": [20, 20], "styles": ["entry", "degrees"]},
        {"row": ["Judul", 3], "style": "title"},
        ["sebentar", 0.5],
        ["x", 1, "lebih"],
    )
    shown = looks(content)
    assert 'wrapText="1"' not in shown["A1"]
    assert 'wrapText="1"' in shown["A2"]
    assert [shown[cell].split(" <")[0] for cell in ("B1", "B2", "B3")] == ["0", "0.000000", "0.000000"]
    assert values(content, "A")[2] == ["x", 1, "lebih"], "a column without a style is plain"
    assert len(re.findall(r'<col min="\d" max="\d" [^>]*?style="\d+"', part(content))) == 2, (
        "also what is typed in later"
    )


async def test_numbers_and_days_have_the_look_of_their_style() -> None:
    content = await written(
        {"sheet": "A", "styles": ["data"] * 3},
        ["007", 7, {"day": "2026-11-24"}],
        {"row": ["a", 7, {"day": "2026-11-24"}], "style": "form"},
    )
    shown = looks(content)
    assert shown["A1"].startswith("@ "), "a text, whatever is typed in"
    assert 'horizontal="left"' in shown["B1"]
    assert 'vertical="top"' in shown["C1"]
    assert 'horizontal="center"' in shown["B2"]
    assert shown["C2"].startswith("dd/mm/yyyy "), "a style without days of its own shows them as all do"
    assert values(content, "A")[0][:2] == ["007", 7]


async def test_choices_reach_below_the_last_row() -> None:
    opening = {"sheet": "A", "freeze": [1, 0], "choices": [None, ["ya", "tidak"]]}
    content = await written(opening, {"row": ["a", "b"], "style": "head"}, ["x", "ya"], ["y", "tidak"])
    assert f'sqref="B2:B{3 + SPARE}"' in part(content)
    assert "<formula1>&quot;ya,tidak&quot;</formula1>" in part(content).replace('"ya,tidak"', "&quot;ya,tidak&quot;")
    assert part(content).count("<dataValidation ") == 1


@pytest.mark.parametrize(("rows", "last"), [(0, 4), (1, 4), (5, 8)])
async def test_arrows_stand_on_the_headings_and_reach_over_all_rows(rows: int, last: int) -> None:
    opening = {"sheet": "A", "widths": [9, 9], "freeze": [3, 0], "filter": True, "paper": "A3"}
    content = await written(opening, ["judul"], [], {"row": ["a", "b"], "style": "head"}, *[[1, 2]] * rows)
    assert f'<autoFilter ref="A3:B{last}"' in part(content)
    assert 'paperSize="8"' in part(content)
    assert "$3:$3" in part(content, "workbook"), "the headings are repeated on each page"


async def test_without_being_told_the_paper_is_a4_and_a_line_can_be_repeated() -> None:
    content = await written({"sheet": "A", "repeat": 1}, ["judul"], {"row": ["a"], "style": "head"})
    assert 'paperSize="9"' in part(content)
    assert "$2:$2" in part(content, "workbook")
    assert "<pane" not in part(content)


async def test_merged_columns_are_one_cell_as_wide_as_all_of_them() -> None:
    opening = {"sheet": "A", "widths": [10, 30, 30, 30]}
    content = await written(
        opening,
        {"row": ["a", WORDY], "style": "fact", "merge": [1, 3]},
        {"row": ["a", WORDY], "style": "fact"},
        {"row": ["a", None], "style": "fact", "merge": [1, 3]},
    )
    assert '<mergeCell ref="B1:D1"/>' in part(content)
    assert values(content, "A")[0][1] == WORDY
    assert heights(content)["1"] < heights(content)["2"]
    assert {"C1", "D1", "B3", "D3"} <= set(looks(content)), "the whole of it has the look"


async def test_a_sheet_named_again_is_gone_on_with() -> None:
    content = await written(
        {"sheet": "A"}, ["a1"], {"sheet": "B"}, ["b1"], {"sheet": "A"}, ["a2"], ["a3"], {"sheet": "B"}, ["b2"]
    )
    assert CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names == ["A", "B"]
    assert [row[0] for row in values(content, "A")] == ["a1", "a2", "a3"]
    assert [row[0] for row in values(content, "B")] == ["b1", "b2"]


async def test_only_wrapped_words_make_a_row_high() -> None:
    opening = {"sheet": "A", "widths": [20, 20], "styles": ["entry", "degrees"]}
    content = await written(opening, {"row": [WORDY], "style": "title"}, [WORDY, 1], ["a", 12345678901234567890])
    assert "1" not in heights(content)
    assert heights(content)["2"] > 5 * LINE
    assert heights(content).get("3", LINE) == LINE


async def test_a_text_is_never_a_formula_or_a_link() -> None:
    told = ["=1+1", "http://example.org", "+62", "@a"]
    opening = {"sheet": "A", "widths": [9] * 4, "styles": ["data", "entry", "form", "plain"]}
    content = await written(
        opening, told, {"row": told, "style": "fact"}, {"row": told[:1], "style": "fact", "merge": [0, 1]}
    )
    assert values(content, "A")[:2] == [told, told]
    assert values(content, "A")[2][0] == "=1+1"
    assert "<f>" not in part(content)
    assert "<hyperlink" not in part(content)


async def test_what_is_no_workbook_is_an_error_of_the_worker() -> None:
    with pytest.raises(workers.WorkerError, match="sheets"):
        await written({"sheet": "A"}, {"row": ["a"], "style": "no such style"})
