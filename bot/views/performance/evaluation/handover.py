"""What can be pasted into e-Kinerja: a quarter, its days, and the heads of the quarter's workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from bot.callbacks import Open, Review
from bot.i18n import Markup, _, label, say, show_day, show_short_day
from bot.services.performance.evaluation.handover import Entry
from bot.services.performance.evaluation.period_facts import LineFact, PeriodFacts
from bot.views.parts import home_row
from bot.views.performance.evaluation import words
from bot.views.satisfaction.periods import name_of
from bot.views.screen import Button, Rows, Screen, button
from models.rules.permissions import Desk

MENU, QUARTER, DAYS, SHEET = "handover", "quarter", "days", "sheet"
#: A message takes 4096 characters, tags and heading included; escaping makes some of them longer.
LONGEST = 3000
DAYS_A_PAGE = 5


def menu(periods: Sequence[str]) -> Screen:
    """Which quarter."""
    text = say(
        "<b>Bahan e-Kinerja</b>\n\nIsi laporan mingguan Bapak/Ibu, siap disalin ke e-Kinerja. Pilih triwulannya. "
        "Catatan resmi tetap e-Kinerja."
    )
    rows = tuple((button("📎 " + name_of(code), Review(QUARTER, 0, code)),) for code in periods)
    return Screen(text, (*rows, _desk(), home_row()))


def _desk() -> tuple[Button, ...]:
    return (button("⬅️ " + _("Penilaian kinerja"), Open(Desk.EVALUATIONS.value)),)


def quarter(period: str, facts: PeriodFacts) -> list[Screen]:
    """The quarter line by line, in as many messages as it needs; the last one has the ways on."""
    head = say("📎 <b>{period}</b>: tekan teks di bawah untuk menyalinnya.", period=name_of(period))
    if not facts.lines:
        nothing = say("Tidak ada rencana kerja yang berlaku pada masa ini.")
        return [Screen(nothing, (_desk(), home_row()))]
    return _messages(head, [_line(line) for line in facts.lines], _ways(period))


def _ways(period: str) -> Rows:
    return (
        (button("🗓 " + _("Per hari"), Review(DAYS, 0, period)),),
        (button("📗 " + _("Berkas Excel"), Review(SHEET, 0, period)),),
        (button("⬅️ " + _("Bahan e-Kinerja"), Review(MENU, 0)),),
        home_row(),
    )


def _line(line: LineFact) -> str:
    return label(
        "{result}\n- {name}: {value} dari target {target}",
        result=line.result,
        name=line.name,
        value=words.measured(line.value, line),
        target=words.target(line),
    )


def days(period: str, found: Sequence[Entry], page: int) -> list[Screen]:
    """A page of days, the newest first."""
    blocks = [(day, list(entries)) for day, entries in groupby(found, key=lambda entry: entry.day)]
    blocks.reverse()
    if not blocks:
        return [Screen(say("Belum ada laporan mingguan pada masa ini."), (_back(period), home_row()))]
    pages = -(-len(blocks) // DAYS_A_PAGE)
    page = min(page, pages - 1)
    part = blocks[page * DAYS_A_PAGE : (page + 1) * DAYS_A_PAGE]
    head = say("🗓 <b>{period}</b>: tekan teks di bawah untuk menyalinnya.", period=name_of(period))
    row = []
    if page > 0:
        row.append(button("◀️ " + _("Sebelumnya"), Review(DAYS, page - 1, period)))
    if page < pages - 1:
        row.append(button(_("Berikutnya") + " ▶️", Review(DAYS, page + 1, period)))
    rows = (*((tuple(row),) if row else ()), _back(period), home_row())
    return _messages(head, [_day(day, entries) for day, entries in part], rows)


def _back(period: str) -> tuple[Button, ...]:
    return (button("⬅️ " + _("Kembali"), Review(QUARTER, 0, period)),)


def _day(day: date, found: Sequence[Entry]) -> str:
    return "\n".join([show_day(day), *map(_entry, found)])


def _entry(entry: Entry) -> str:
    parts = [f"- {entry.line}: {words.number(entry.value)} {entry.measure_unit}"]
    parts += [entry.note] if entry.note else []
    parts += [label("Kendala: {words}", words=entry.obstacle)] if entry.obstacle else []
    parts += [label("Bukti: {link}", link=entry.link)] if entry.link else []
    return ". ".join(parts)


def _messages(head: Markup, blocks: Sequence[str], rows: Rows) -> list[Screen]:
    """Each message one block of text that a tap copies; only the last has buttons."""
    texts = list(_packed(blocks))
    screens = []
    for number, text in enumerate(texts):
        first, last = number == 0, number == len(texts) - 1
        body = say("<pre>{text}</pre>", text=text)
        screens.append(Screen(say("{head}\n\n{body}", head=head, body=body) if first else body, rows if last else ()))
    return screens


def _packed(blocks: Sequence[str]) -> Iterator[str]:
    """As many lines as fit a message; a line that alone is too long is cut into pieces."""
    kept = ""
    for line in "\n\n".join(blocks).splitlines():
        pieces = [line[start : start + LONGEST] for start in range(0, len(line), LONGEST)] or [""]
        for piece in pieces:
            if kept and len(kept) + 1 + len(piece) > LONGEST:
                yield kept.strip("\n")
                kept = piece
            else:
                kept = f"{kept}\n{piece}" if kept else piece
    yield kept.strip("\n")


# --- the workbook ---


def file_name(period: str) -> str:
    """What the workbook is called."""
    return f"ekinerja-{period.lower()}.xlsx"


def caption(period: str) -> str:
    """Below the workbook."""
    return label("Bahan e-Kinerja, {period}", period=name_of(period))


def summary_head() -> list[str]:
    """The columns of the summary."""
    return [_("Hasil kerja"), _("Ukuran kinerja"), _("Target"), _("Realisasi"), _("Satuan"), _("Capaian")]


def entries_head() -> list[str]:
    """The columns of the entries."""
    return [
        *(_("Tanggal"), _("Minggu"), _("Hasil kerja"), _("Ukuran kinerja"), _("Nilai"), _("Satuan")),
        *(_("Catatan"), _("Kendala"), _("Bukti")),
    ]


def book(name: str, nip: str, period: str, facts: PeriodFacts, found: Sequence[Entry]) -> list[Any]:
    """The lines of the workbook as the program that writes it reads them."""
    whose = label("{name} (NIP {nip})", name=name, nip=nip)
    title = caption(period)
    return [
        {"sheet": _("Ringkasan"), "widths": [44, 40, 22, 12, 12, 18], "freeze": [4, 0]},
        {"row": [title], "style": "title"},
        [whose],
        [],
        {"row": summary_head(), "style": "head"},
        *(_summary(line) for line in facts.lines),
        {"sheet": _("Laporan mingguan"), "widths": [12, 12, 44, 40, 10, 12, 40, 30, 30], "freeze": [4, 0]},
        {"row": [title], "style": "title"},
        [whose],
        [],
        {"row": entries_head(), "style": "head"},
        *(_cells(entry) for entry in found),
    ]


def _summary(line: LineFact) -> dict[str, Any]:
    target = words.target(line)
    value = None if line.value is None else float(line.value)
    cells = [line.result, line.name, target, value, line.measure_unit, words.percent(line.shown)]
    return {"row": cells, "style": "measured"}


def _cells(entry: Entry) -> dict[str, Any]:
    cells = [
        {"day": entry.day.isoformat()},
        show_short_day(entry.week),
        *(entry.result, entry.line, float(entry.value), entry.measure_unit),
        *(entry.note or "", entry.obstacle or "", entry.link or ""),
    ]
    return {"row": cells, "style": "measured"}
