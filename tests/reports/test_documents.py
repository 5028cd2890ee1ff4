"""Pictures and documents are made by programs of their own, which may fail, take too long, and know no secret."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.reports import charts, documents, workers
from bot.reports.charts import Chart, ChartKind
from bot.reports.workers import WorkerError

BARS = Chart(
    kind=ChartKind.BARS,
    title="PU: nilai tiap unsur",
    subtitle="Triwulan IV 2026",
    labels=("Persyaratan", "Penanganan Pengaduan, Saran, dan Masukan", "Kosong"),
    values=(3.62, 1.5, None),
    shown=("3,62", "1,50", "–"),
    low=1,
    high=4,
    marks=((3.5324, "A"),),
    weak=(1,),
)
LINE = Chart(ChartKind.LINE, "IKM", ("TW I", "TW II", "TW III"), (80.0, None, 91.5), ("80,00", "belum ada", "91,50"))


async def test_several_charts_by_one_start() -> None:
    drawn = await charts.draw([BARS, LINE])
    pictures = [Image.open(BytesIO(picture)) for picture in drawn]
    assert [picture.format for picture in pictures] == ["PNG", "PNG"]
    assert all(picture.width == 960 for picture in pictures)
    assert all(len(picture.getcolors(maxcolors=100_000) or []) > 20 for picture in pictures), "not blank"


async def test_longer_bars_make_a_taller_picture() -> None:
    many = Chart(ChartKind.BARS, "x", tuple("abcdefghi"), tuple(range(9)), tuple("123456789"))
    few = Chart(ChartKind.BARS, "x", ("a",), (1,), ("1",))
    tall, flat = [Image.open(BytesIO(picture)).height for picture in await charts.draw([many, few])]
    assert tall > flat * 2


async def test_a_longer_note_makes_a_taller_picture() -> None:
    note = "Catatan statistik: satu ketukan hanya menilai satu unsur, sehingga angka ini lain. " * 3
    noted = [BARS, replace(BARS, subtitle=note)]
    flat, tall = [Image.open(BytesIO(picture)).height for picture in await charts.draw(noted)]
    assert tall > flat


async def test_values_that_are_all_the_same_can_be_drawn() -> None:
    flat = Chart(ChartKind.LINE, "x", ("a", "b"), (0.0, 0.0), ("0", "0"))
    assert len(await charts.draw([flat])) == 1


async def test_a_program_that_fails_says_why() -> None:
    with pytest.raises(WorkerError, match=r"bot\.reports\.drawing: .*KeyError"):
        await workers.run(charts.WORKER, workers.whole(b'[{"kind": "pie"}]'))


async def test_no_picture_instead_of_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "WORKER", "bot.reports.no_such_program")
    assert await charts.draw_or_none([BARS]) == []


async def test_a_program_that_takes_too_long_is_ended() -> None:
    with pytest.raises(WorkerError, match="longer than"):
        await workers.run(charts.WORKER, workers.whole(b"[]"), seconds=0.01)


async def test_a_program_does_not_inherit_the_token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "spy.py").write_text("import json, os; print(json.dumps(dict(os.environ)))")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("GURINDAM_BOT_TOKEN", "secret")
    seen = json.loads(await workers.run("spy", workers.whole(b"")))
    assert "PATH" in seen
    assert not [name for name in seen if name.startswith("GURINDAM")]


async def test_a_template_that_lacks_a_value_is_an_error() -> None:
    with pytest.raises(WorkerError, match="title"):
        await documents.typeset(documents.SATISFACTION, {"language": "id"})


def test_the_bot_itself_loads_none_of_the_heavy_libraries() -> None:
    program = (
        "import json, sys, bot.app, handlers; "
        "print(json.dumps([name for name in ('matplotlib', 'typst', 'numpy') if name in sys.modules]))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert json.loads(said.stdout) == []
