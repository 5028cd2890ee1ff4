"""The answers of a survey as the ministry's table: a row a respondent, U1 to U9, the sums below, IKM and grade last.

The head words are those of the form of PermenPANRB 14/2017, so they are never translated. Nobody's name, account or
number stands in it. The sums are formulas over the rows above them: whoever opens the file can see where they are from.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.db import Database
from bot.reports import workers
from bot.reports.respondents import FIELDS
from bot.reports.satisfaction import Sample, Scope, in_periods, results
from bot.services.city import City
from models.errors import Refusal
from models.rules.skm import SCALE, Element, Tally
from models.rules.survey_period import earlier, first_day, following
from models.survey import COLUMNS, MicroAnswer, SurveyResponse

BATCH = 2000
SECONDS = 300.0
#: What a sheet holds, less its head and foot.
MOST_ROWS = 1_000_000

ELEMENTS = [element.code for element in Element]
ANSWERS_HEAD = ["No.", *ELEMENTS, "Tanggal", "Layanan", "Unit", "L/P", "Umur", "Pendidikan", "Pekerjaan", "Jam", "Asal"]
TAPS_HEAD = ["No.", "Unsur", "Nilai", "Tanggal", "Layanan", "Unit"]
SAMPLES_HEAD = ["Layanan", "Responden", "Pengguna masa sebelumnya", "Sampel yang diperlukan", "Terpenuhi"]
NAMES_HEAD = ["Kode", "Unsur"]
FIRST_COLUMN = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose answers of which period, and the words above the table: title, whose, period.

    `note` has to be known to read the figures: it stands above the rows, always in sight, and below the index.
    """

    scope: Scope
    period: str
    words: tuple[str, str, str]
    names: dict[Element, str]
    micro_in_ikm: bool = False
    note: str = ""


async def workbook(db: Database, city: City, asked: Asked) -> bytes:
    """The XLSX. Refused with `too_many_rows` beyond what a sheet holds. Rows are read in batches, in one session."""
    async with db.read() as session:
        found = await results(session, asked.scope, asked.period, micro_in_ikm=asked.micro_in_ikm)
    if found.whole.n > MOST_ROWS:
        raise Refusal("too_many_rows", most=MOST_ROWS)
    return await workers.run(workers.SHEETS, _lines(db, city, asked), SECONDS)


async def _lines(db: Database, city: City, asked: Asked) -> AsyncIterator[bytes]:
    """Everything the program has to write; the sums are those of the very rows that went before."""
    async with db.read() as session:
        taps = await _taps_of(session, city, asked)
        tally = Tally(0, dict.fromkeys(Element, 0))
        yield workers.packed(
            [*_head("Jawaban", asked, [21, *[8] * 9, 12, 36, 26, 5, 8, 12, 12, 8, 8]), _styled(ANSWERS_HEAD)]
        )
        async for batch in _batches(session, asked):
            rows = [_answer(tally.n + number, row, city) for number, row in enumerate(batch, 1)]
            sums = {element: tally.sums[element] + sum(row[place] for row in rows) for place, element in _places()}
            tally = Tally(tally.n + len(batch), sums)
            yield workers.packed(rows)
        yield workers.packed([*_foot(tally, taps if asked.micro_in_ikm else []), *_noted(asked), *_names(asked)])
        yield workers.packed([*_head("Survei singkat", asked, [6, 8, 8, 12, 36, 26]), _styled(TAPS_HEAD), *taps])
        samples = (await results(session, asked.scope, asked.period)).samples
    yield workers.packed(
        [
            *_head("Sampel", asked, [44, 14, 18, 18, 34]),
            _styled(SAMPLES_HEAD),
            *(_sample(city.services[service_id].name, sample) for service_id, sample in sorted(samples.items())),
            [],
            ["Masa sebelumnya", earlier(asked.period)],
        ]
    )


def _styled(cells: Sequence[Any], style: str = "head") -> dict[str, Any]:
    return {"row": list(cells), "style": style}


def _head(sheet: str, asked: Asked, widths: list[int]) -> list[Any]:
    """Opens a sheet: title, whose answers, period, and the note or a blank line."""
    title, whose, period = asked.words
    opening = {"sheet": sheet, "widths": widths, "freeze": [5, 1]}
    return [opening, _styled([title], "title"), [whose], [period], *(_noted(asked) or [[]])]


def _noted(asked: Asked) -> list[Any]:
    return [_styled([asked.note], "note")] if asked.note else []


#: The first row of respondents, as Excel counts.
FIRST_ROW = 6


def _places() -> list[tuple[int, Element]]:
    return list(enumerate(Element, FIRST_COLUMN))


async def _batches(session: AsyncSession, asked: Asked) -> AsyncIterator[Sequence[Any]]:
    table, last = SurveyResponse, 0
    fields = [*COLUMNS, "day", "service_id", "unit_id", *FIELDS, "channel"]
    while True:
        statement = (
            select(table.id, *(getattr(table, name) for name in fields))
            .where(in_periods([asked.period]), asked.scope.condition(table), table.id > last)
            .order_by(table.id)
            .limit(BATCH)
        )
        batch = (await session.execute(statement)).all()
        if not batch:
            return
        yield batch
        last = batch[-1].id


def _answer(number: int, row: Any, city: City) -> list[Any]:
    scores = [getattr(row, column) for column in COLUMNS]
    names = [city.services[row.service_id].name, city.units[row.unit_id].short_name]
    return [
        number,
        *scores,
        {"day": row.day.isoformat()},
        *names,
        *(getattr(row, name) for name in FIELDS),
        row.channel,
    ]


async def _taps_of(session: AsyncSession, city: City, asked: Asked) -> list[list[Any]]:
    table = MicroAnswer
    statement = (
        select(table.element, table.score, table.day, table.service_id, table.unit_id)
        .where(table.day >= first_day(asked.period), table.day < first_day(following(asked.period)))
        .where(asked.scope.condition(table))
        .order_by(table.id)
        .limit(MOST_ROWS)
    )
    return [
        [
            *(number, row.element.code, row.score, {"day": row.day.isoformat()}),
            *(city.services[row.service_id].name, city.units[row.unit_id].short_name),
        ]
        for number, row in enumerate(await session.execute(statement), 1)
    ]


def _foot(full: Tally, taps: Sequence[list[Any]]) -> list[Any]:
    """Sum, number of answers, NRR, weighted NRR, IKM, grade; one-tap answers are added where they count."""
    extra = {element: [tap[2] for tap in taps if tap[1] == element.code] for element in Element}
    sums = {element: full.sums[element] + sum(extra[element]) for element in Element}
    tally = Tally(full.n, sums, {element: len(extra[element]) for element in Element} if taps else None)
    last = FIRST_ROW + full.n - 1
    total = last + 2

    def across(name: str, style: str, formula: str, value: Callable[[Element], Decimal | int | None]) -> Any:
        cells = [
            _formula(formula.format(c=chr(ord("A") + place), extra=sum(extra[element])), value(element))
            for place, element in _places()
        ]
        return _styled([name, *cells], style)

    return [
        [],
        across("Nilai/unsur", "total", f"=SUM({{c}}{FIRST_ROW}:{{c}}{last})+{{extra}}", sums.get),
        _styled(["Jawaban/unsur", *(tally.answers(element) for element in Element)], "total"),
        across("NRR/unsur", "mean", f"={{c}}{total}/{{c}}{total + 1}", tally.nrr),
        across("NRR tertimbang (1/9)", "mean", f"={{c}}{total + 2}/9", lambda element: _weighted(tally.nrr(element))),
        _styled(["IKM", _formula(f"=ROUND(SUM(B{total + 3}:J{total + 3})*{SCALE},2)", tally.ikm)], "index"),
        _styled(["Mutu", tally.grade.value if tally.grade is not None else "-"], "index"),
    ]


def _weighted(nrr: Decimal | None) -> Decimal | None:
    return None if nrr is None else nrr / len(Element)


def _formula(formula: str, value: Decimal | int | None) -> Any:
    """A formula of ours with its value; without data only a dash."""
    return "-" if value is None else {"formula": formula, "value": float(value)}


def _names(asked: Asked) -> list[Any]:
    return [[], _styled(NAMES_HEAD), *([element.code, asked.names[element]] for element in Element)]


def _sample(service: str, sample: Sample) -> dict[str, Any]:
    words = {True: "ya", False: "belum", None: "jumlah pengguna belum diketahui"}
    return _styled([service, sample.n, sample.population, sample.needed, words[sample.is_reached]], "counts")
