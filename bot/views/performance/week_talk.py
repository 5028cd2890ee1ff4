"""The talk about a week: all lines at once, one line, what stands in the way, the proof, which week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.callbacks import Open, Weekly
from bot.i18n import N_, Markup, _, label, say, show_moment
from bot.services.performance.own_week import Asked, OwnWeek
from bot.services.performance.reporting import Given
from bot.views.parts import choices, joined, moves
from bot.views.performance.week_words import (
    amount,
    name_of,
    question_of,
    short,
    show_week,
    standing,
    week_label,
)
from bot.views.screen import Rows, Screen, button
from models.rules.permissions import Desk

FLOW = "week"
SAME, EACH, OTHER, DONE = "same", "each", "other", "done"
SKIP, OBSTACLE, PROOF, REST = "skip", "obstacle", "proof", "rest"
#: Step → its question in plain words.
QUESTIONS = {
    "overview": N_("Bagaimana hasil minggu ini?"),
    "obstacle": N_("Apa kendalanya?"),
    "proof": N_("Apa buktinya?"),
    "check": N_("Kirim laporan minggu ini?"),
    "reason": N_("Mengapa diperbaiki?"),
    "confirm": N_("Benar begitu laporannya?"),
    "which": N_("Angka itu untuk butir yang mana?"),
}
PER_ROW = 3


@dataclass(frozen=True, slots=True)
class Filled:
    """The week with what the draft holds: line id → what was said."""

    own: OwnWeek
    given: Mapping[int, Given]

    @property
    def open(self) -> list[Asked]:
        """The lines that have neither a stored nor a new value."""
        return [one for one in self.own.missing if one.line.id not in self.given]


def question(step: str) -> str:
    """The question of a step in plain words."""
    return _(QUESTIONS[step])


def _due(own: OwnWeek) -> Markup:
    if own.due_at is None:
        return say("Minggu ini tidak wajib dilaporkan.")
    return say("Batas waktu: {due}", due=show_moment(own.due_at))


def overview(nonce: str, filled: Filled, *, others: bool) -> Screen:
    """All lines of the week; the same again with one press."""
    own = filled.own
    head = say("<b>Laporan minggu {week}</b>", week=show_week(own.week))
    lines = [_line(one, filled) for one in own.asked]
    hint = say(
        "Boleh juga diketik sekaligus, misalnya: <i>{example}</i>",
        example="; ".join(f"{one.line.item.position}: {_example(one)}" for one in own.asked[:2]),
    )
    options = []
    if filled.open and all(one.last is not None for one in filled.open):
        options.append((SAME, "✅ " + _("Semua sama, kirim")))
    options.append((EACH, "✏️ " + _("Isi satu per satu")))
    if others:
        options.append((OTHER, "📅 " + _("Minggu lain")))
    rows = choices(FLOW, "overview", nonce, options)
    text = joined([head, _due(own), joined(lines), hint], "\n\n")
    return Screen(text, (*rows, *line_rows("overview", nonce, own), moves(nonce, back=False)))


def line_rows(step: str, nonce: str, own: OwnWeek) -> Rows:
    """A button for each line, by its number."""
    if len(own.asked) < 2:
        return ()
    options = [(f"l{one.line.id}", f"✏️ {one.line.item.position}") for one in own.asked]
    return choices(FLOW, step, nonce, options, per_row=5)


def _line(one: Asked, filled: Filled) -> Markup:
    """A line of the overview: what is said by now, else what it was last time."""
    item, given = one.line.item, filled.given.get(one.line.id)
    if given is not None:
        return say("✏️ {name}: <b>{value}</b>", name=name_of(one), value=amount(item, given.value))
    if one.entry is not None:
        return say("✔️ {name}: <b>{value}</b>", name=name_of(one), value=amount(item, one.entry.value))
    if one.last is None:
        return say("▫️ {name}: belum pernah dilaporkan", name=name_of(one))
    return say("▫️ {name}: terakhir {value}", name=name_of(one), value=amount(item, one.last))


def _example(one: Asked) -> str:
    value = one.guesses[0] if one.guesses else one.line.item.low
    return short(one.line.item, value)


def ask_item(nonce: str, filled: Filled, one: Asked, *, back: bool) -> Screen:
    """One line: what it was, what is due, what the records say; numbers to press."""
    own, given = filled.own, filled.given.get(one.line.id)
    place = own.asked.index(one) + 1
    parts = [
        say("<b>{name}</b>", name=name_of(one)),
        say("Butir {place} dari {all} · minggu {week}", place=place, all=len(own.asked), week=show_week(own.week)),
        joined([*_before(one), standing(one), *_now(one, given)]),
        say(
            "<b>{question}</b>\nTekan angka atau ketik, misalnya <i>{example}</i>. "
            "Foto, dokumen, pesan suara, atau tautan bukti boleh langsung dikirim.",
            question=question_of(one),
            example=_example(one),
        ),
    ]
    return Screen(joined(parts, "\n\n"), (*_item_rows(nonce, filled, one), moves(nonce, back=back)))


def _before(one: Asked) -> list[Markup]:
    item, lines = one.line.item, []
    if one.last is not None and one.last_week is not None:
        lines.append(
            say("Terakhir: {value} (minggu {week})", value=amount(item, one.last), week=show_week(one.last_week))
        )
    if one.system is not None:
        lines.append(say("📊 Menurut catatan sistem: {value}", value=amount(item, one.system)))
    return lines


def _now(one: Asked, given: Given | None) -> list[Markup]:
    item, lines = one.line.item, []
    if given is not None:
        lines.append(say("Isian sekarang: <b>{value}</b>", value=amount(item, given.value)))
    elif one.entry is not None:
        lines.append(say("Sudah dilaporkan: <b>{value}</b>", value=amount(item, one.entry.value)))
    return lines


def _item_rows(nonce: str, filled: Filled, one: Asked) -> Rows:
    """The values of this line; each button names the line, so that a second tap never answers the next one."""
    item, at = one.line.item, one.line.id
    numbers = [
        (f"{at}.v{value.normalize():f}", ("📊 " if value == one.system else "") + short(item, value))
        for value in one.guesses
        if value != one.last or item.polarity == "yes_no"
    ]
    rows = list(choices(FLOW, "item", nonce, numbers, per_row=PER_ROW))
    if one.last is not None:
        same = label("Sama seperti terakhir: {value}", value=amount(item, one.last))
        rows += choices(FLOW, "item", nonce, [(f"{at}.{SAME}", "🔁 " + same)])
    extras = [(f"{at}.{OBSTACLE}", "⚠️ " + _("Ada kendala")), (f"{at}.{PROOF}", "📎 " + _("Bukti"))]
    rest = [other for other in filled.open if other is not one]
    if len(filled.own.asked) > 1:
        extras.append((f"{at}.{SKIP}", "⏭ " + _("Lewati")))
    rows += choices(FLOW, "item", nonce, extras, per_row=PER_ROW)
    if rest and all(other.last is not None for other in rest) and filled.given:
        rows += choices(FLOW, "item", nonce, [(f"{at}.{REST}", "✅ " + _("Sisanya sama, periksa"))])
    return tuple(rows)


def ask_obstacle(nonce: str, one: Asked) -> Screen:
    """What stands in the way."""
    text = say(
        "<b>Apa kendalanya pada butir {name}?</b>\n\n"
        "Tulis singkat, misalnya <i>mesin cetak rusak sejak Selasa</i>. Atasan Bapak/Ibu akan membacanya. "
        "Tulis - untuk menghapus kendala yang sudah tercatat.",
        name=name_of(one),
    )
    return Screen(text, (moves(nonce),))


def ask_proof(nonce: str, one: Asked, count: int, link: str | None) -> Screen:
    """Photo, document, voice or link."""
    parts = [
        say(
            "<b>Bukti untuk butir {name}</b>\n\nKirim foto, dokumen, pesan suara, atau tautan (https://…). "
            "Tulisan lain kami simpan sebagai catatan.",
            name=name_of(one),
        )
    ]
    if count:
        parts.append(say("📎 Berkas yang sudah ada: {n}", n=count))
    if link:
        parts.append(say("🔗 {link}", link=link))
    return Screen(joined(parts, "\n\n"), (*choices(FLOW, "proof", nonce, [(DONE, _("Selesai"))]), moves(nonce)))


def file_kept(one: Asked) -> Screen:
    """A file became evidence of a line."""
    return Screen(say("📎 Disimpan sebagai bukti butir {name}.", name=name_of(one)))


def question_of_line(one: Asked) -> str:
    """The open question about a line, in plain words."""
    return label("{name}: {question}", name=name_of(one), question=question_of(one))


def voice_kept() -> Screen:
    """A voice note is evidence as it is; nobody writes it down."""
    return Screen(
        say(
            "🎙 Pesan suara disimpan sebagai catatan bukti. Isinya tidak disalin menjadi tulisan, "
            "jadi angkanya tetap perlu ditekan atau diketik."
        )
    )


def weeks(mondays: Sequence[date]) -> Screen:
    """Which week; those of this quarter that are missing."""
    text = say("<b>Minggu mana yang dilaporkan?</b>\n\nIni minggu pada triwulan ini yang belum dilaporkan.")
    if not mondays:
        text = say("Tidak ada minggu yang tertinggal pada triwulan ini. 👍")
    rows = tuple((button(week_label(week), Weekly("fill", week.isoformat())),) for week in mondays)
    return Screen(text, (*rows, (button("⬅️ " + _("Laporan mingguan"), Open(Desk.WEEKLY.value)),)))


def cancelled() -> Screen:
    """Nothing was sent."""
    text = say("Baik, laporan minggu ini tidak jadi dikirim. Isian yang belum dikirim dihapus.")
    return Screen(text, ((button("🗓 " + _("Laporan mingguan"), Open(Desk.WEEKLY.value)),),))


def help_text() -> Screen:
    """How a week is reported."""
    return Screen(
        say(
            "Laporan mingguan memuat satu angka untuk setiap butir rencana kerja (SKP). Tekan angkanya, atau ketik, "
            "misalnya <i>3</i>, <i>87,5</i>, atau sekaligus <i>1: 3; 2: 87,5</i>. Butir yang dilewati tetap tercatat "
            "belum dilaporkan dan bisa dilengkapi kemudian. Laporan bisa diperbaiki; angka yang lama tetap tersimpan "
            "dalam riwayat."
        )
    )
