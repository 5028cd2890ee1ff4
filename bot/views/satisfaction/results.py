"""The survey's results as cards: for staff with sample and files, for residents without anything of a few people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.callbacks import Open, Plan, Results
from bot.i18n import N_, Markup, _, label, say, say_many, show_number, show_short_day
from bot.reports.satisfaction import Results as Found
from bot.views.parts import cut, home_row, joined
from bot.views.satisfaction.elements import name_of as element_name
from bot.views.satisfaction.figures import (
    change,
    decimal,
    grade_of,
    grade_words,
    mixed_note,
    notes,
    sample,
    too_few,
    weakest,
)
from bot.views.satisfaction.periods import name_of, short_name_of
from bot.views.screen import Button, Rows, Screen, button
from models.rules.permissions import Desk
from models.rules.skm import Element, Tally
from models.rules.survey_period import earlier, first_day, following

#: What a button of the card asks for.
CARD, CHART, PARTS, SHEET, PAPER, PUBLIC, OFFICES = "card", "chart", "parts", "sheet", "paper", "public", "offices"
CITY = "c"
PAGE = 8
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose results of which period: the code of the scope, its name, and the period that runs now."""

    code: str
    name: str
    period: str
    present: str
    can_plan: bool = False

    @property
    def is_service(self) -> bool:
        """Whether it is about one service."""
        return self.code.startswith("s")


def card(asked: Asked, found: Found) -> Screen:
    """For staff: everything, however few answered."""
    head = say("<b>Kepuasan masyarakat: {name}</b>\n{period}", name=asked.name, period=_span(asked.period))
    if not found.whole.n:
        body = [say("Belum ada jawaban survei pada masa ini."), _micro(found)]
        return Screen(joined([head, *body], "\n\n"), _staff_rows(asked))
    previous = next((name for name, tally in reversed(found.trend[:-1]) if tally.n), "")
    index = joined(
        [
            say(
                "IKM <b>{ikm}</b>, mutu <b>{grade}</b>",
                ikm=decimal(found.whole.ikm),
                grade=grade_words(found.whole.grade),
            ),
            sample(found.sample),
            change(found.whole, found.before, name_of(previous)) if previous else Markup(""),
        ]
    )
    parts = [head, index, _elements(found.whole), _weak(found.whole), _micro(found), *map(_quiet, notes(found))]
    return Screen(joined(parts, "\n\n"), _staff_rows(asked))


def public_card(asked: Asked, found: Found, work: Sequence[str]) -> Screen:
    """For everybody: index, grade, how many answered, what is weakest and what is being improved."""
    head = say("<b>Mutu layanan: {name}</b>\n{period}", name=asked.name, period=_span(asked.period))
    if found.suppressed:
        return Screen(joined([head, too_few()], "\n\n"), _public_rows(asked))
    index = say_many(
        "IKM <b>{ikm}</b>, mutu <b>{grade}</b>, menurut {n} orang yang menjawab survei.",
        "IKM <b>{ikm}</b>, mutu <b>{grade}</b>, menurut {n} orang yang menjawab survei.",
        found.whole.n,
        ikm=decimal(found.whole.ikm),
        grade=grade_words(found.whole.grade),
    )
    parts = [head, index, _elements(found.whole), _weak(found.whole), _work(work), *map(_quiet, notes(found))]
    return Screen(joined(parts, "\n\n"), _public_rows(asked))


def _span(period: str) -> Markup:
    first, after = first_day(period), first_day(following(period))
    last = type(after).fromordinal(after.toordinal() - 1)
    return say(
        "{name} ({first} sampai {last})", name=name_of(period), first=show_short_day(first), last=show_short_day(last)
    )


def _elements(tally: Tally) -> Markup:
    lines = [
        say(
            "{code} {name}: <b>{nrr}</b> {grade}",
            code=element.code,
            name=element_name(element),
            nrr=decimal(tally.nrr(element)),
            grade=grade_of(tally, element),
        )
        for element in Element
    ]
    return joined([say("<b>Nilai tiap unsur, 1 sampai 4</b>"), *lines])


def _weak(tally: Tally) -> Markup:
    found = weakest(tally)
    if not found:
        return Markup("")
    return say("Yang paling perlu diperbaiki: {names}.", names="; ".join(element_name(element) for element in found))


def _micro(found: Found) -> Markup:
    """One-tap answers, apart."""
    if not found.micro:
        return Markup("")
    lines = [
        say_many(
            "{code} {name}: {nrr} ({n} jawaban)",
            "{code} {name}: {nrr} ({n} jawaban)",
            tally.n,
            code=element.code,
            name=element_name(element),
            nrr=decimal(tally.nrr(element)),
        )
        for element, tally in found.micro.items()
    ]
    head = N_("<b>Survei singkat di loket</b> (ikut dihitung dalam IKM)")
    apart = N_("<b>Survei singkat di loket</b> (terpisah, tidak dihitung dalam IKM)")
    return joined([say(head) if found.mixed else say(apart), *lines])


def _work(work: Sequence[str]) -> Markup:
    if not work:
        return Markup("")
    return joined([say("<b>Yang sedang atau sudah diperbaiki</b>"), *(say("• {what}", what=what) for what in work)])


def _quiet(note: Markup) -> Markup:
    return Markup(f"<i>{note}</i>")


# --- buttons ---


def _to(asked: Asked, view: str, period: str | None = None) -> Results:
    return Results(view, asked.code, period or asked.period)


def _turns(asked: Asked, view: str) -> Rows:
    """Earlier, later, and between the whole year and its parts."""
    before, after = earlier(asked.period), following(asked.period)
    row = [button("◀️ " + short_name_of(before), _to(asked, view, before))]
    if first_day(after) <= first_day(asked.present):
        row.append(button(short_name_of(after) + " ▶️", _to(asked, view, after)))
    year = asked.period[:4]
    if "-" in asked.period:
        other: tuple[Button, ...] = (button("🗓 " + name_of(year), _to(asked, view, year)),)
    elif asked.present.startswith(f"{year}-"):
        other = (button("🗓 " + name_of(asked.present), _to(asked, view, asked.present)),)
    else:
        other = ()
    return (tuple(row), other) if other else (tuple(row),)


def _staff_rows(asked: Asked) -> Rows:
    rows: list[tuple[Button, ...]] = [*_turns(asked, CARD)]
    if not asked.is_service:
        words = N_("Per unit") if asked.code == CITY else N_("Per layanan")
        rows.append((button("🔎 " + _(words), _to(asked, PARTS)),))
    rows.append((button("📊 " + _("Grafik"), _to(asked, CHART)), button("📗 " + _("Berkas Excel"), _to(asked, SHEET))))
    rows.append((button("📄 " + _("Laporan PDF"), _to(asked, PAPER)),))
    if asked.can_plan:
        rows.append((button("🛠 " + _("Rencana tindak lanjut"), Plan("draft", asked.code, asked.period)),))
        rows.append((button("👥 " + _("Jumlah pengguna"), Plan("users", asked.code, asked.period)),))
    rows.append((button("🛠 " + _("Perbaikan berjalan"), Open(Desk.IMPROVEMENTS.value)),))
    return (*rows, home_row())


def _public_rows(asked: Asked) -> Rows:
    rows = [*_turns(asked, PUBLIC)]
    if not asked.is_service:
        rows.append((button("🔎 " + _("Per layanan"), _to(asked, OFFICES)),))
    rows.append((button("🏢 " + _("Kantor dan layanan lain"), Results(OFFICES, CITY, asked.period)),))
    return (*rows, home_row())


def parts(
    asked: Asked,
    whole: Found,
    found: Sequence[tuple[str, str, Tally]],
    page: int,
    *,
    public: bool = False,
    top: bool = True,
) -> Screen:
    """A list of units or services (code, name, tally) of the whole, one page of it, each a button to its own card."""
    view, here = (PUBLIC, OFFICES) if public else (CARD, PARTS)
    pages = max(1, -(-len(found) // PAGE))
    shown = found[page * PAGE : (page + 1) * PAGE]
    head = say("<b>{name}</b>\n{period}", name=asked.name, period=name_of(asked.period))
    lines = [_part_line(name, tally) for _code, name, tally in shown]
    if not found:
        lines = [too_few() if public else say("Belum ada jawaban survei pada masa ini.")]
    if found and whole.mixed:
        lines.append(_quiet(mixed_note()))
    rows: list[tuple[Button, ...]] = [
        (button(cut(name, LONGEST_NAME), Results(view, code, asked.period)),) for code, name, _ in shown
    ]
    turning = []
    if page > 0:
        turning.append(button("◀️ " + _("Sebelumnya"), Results(here, asked.code, asked.period, page - 1)))
    if page < pages - 1:
        turning.append(button(_("Berikutnya") + " ▶️", Results(here, asked.code, asked.period, page + 1)))
    if turning:
        rows.append(tuple(turning))
    if not (public and top):
        rows.append((button("⬅️ " + label("Kembali ke {name}", name=cut(asked.name, 24)), _to(asked, view)),))
    return Screen(joined([head, *lines], "\n\n"), (*rows, home_row()))


def _part_line(name: str, tally: Tally) -> Markup:
    lowest = tally.ranked()[0]
    return say(
        "{name}: IKM <b>{ikm}</b> ({grade}), {n} responden, terendah {code} {nrr}",
        name=name,
        ikm=decimal(tally.ikm),
        grade=tally.grade.value if tally.grade is not None else "–",
        n=show_number(tally.n),
        code=lowest.code,
        nrr=decimal(tally.nrr(lowest)),
    )
