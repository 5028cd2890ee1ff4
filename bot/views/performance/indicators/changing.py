"""What an administrator is asked when changing an indicator: name, owner, target and its quarters."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.i18n import N_, _, say
from bot.views.parts import choices, home_row, moves
from bot.views.performance.indicators.words import goal_of
from bot.views.performance.plans.words import show_quarters
from bot.views.screen import Screen
from models.performance.indicator import Indicator
from models.rules.performance.achievement import Target

FLOW = "indicator"
NOBODY, EVEN = "nobody", "even"
#: Step → its question in plain words.
QUESTIONS = {
    "name": N_("Apa nama barunya?"),
    "owner": N_("Siapa pemilik indikator ini?"),
    "pick": N_("Pegawai yang mana?"),
    "target": N_("Berapa targetnya setahun?"),
    "quarters": N_("Berapa target tiap triwulan?"),
}


def question(step: str) -> str:
    """The question of a step in plain words."""
    return _(QUESTIONS[step])


def ask_name(nonce: str, name: str) -> Screen:
    """Another name."""
    text = say("<b>Apa nama baru indikator ini?</b>\n\nSekarang: <i>{name}</i>", name=name)
    return Screen(text, (moves(nonce, back=False),))


def ask_owner(nonce: str, name: str) -> Screen:
    """Who owes it: a name to look for, or nobody."""
    text = say(
        "<b>Siapa pemilik “{name}”?</b>\n\nTulis nama pegawainya, sebagian saja cukup. Contoh: <i>Dewi</i>", name=name
    )
    nobody = choices(FLOW, "owner", nonce, [(NOBODY, "👤 " + _("Tanpa pemilik"))])
    return Screen(text, (*nobody, moves(nonce, back=False)))


def ask_pick(nonce: str, found: Sequence[tuple[int, str]]) -> Screen:
    """Which of those found."""
    text = say("<b>Pegawai yang mana?</b>\n\nAtau tulis nama lain.")
    options = [(str(number), name) for number, name in found]
    return Screen(text, (*choices(FLOW, "pick", nonce, options), moves(nonce)))


def nobody_found() -> Screen:
    """No such name on the roster."""
    return Screen(say("Tidak ada pegawai dengan nama itu. Mohon tulis nama yang lain."))


def ask_target(nonce: str, row: Indicator, year: int, present: Target | None) -> Screen:
    """What is to be reached in the year."""
    text = say(
        "<b>Berapa target “{name}” pada tahun {year}?</b>\n\nSekarang: {present}\n\n"
        "Tulis angkanya dalam {unit}. Contoh: <i>87,5</i>, atau dua batas: <i>80-90</i>",
        name=row.name,
        year=year,
        present=goal_of(row, present) if present is not None else "–",
        unit=row.measure_unit,
    )
    return Screen(text, (moves(nonce, back=False),))


def no_target() -> Screen:
    """Words that are no target."""
    return Screen(say("Mohon tulis angka saja. Contoh: <i>87,5</i> atau <i>80-90</i>."))


def ask_quarters(nonce: str, row: Indicator, target: Target, even: Sequence[Decimal | None]) -> Screen:
    """How the year is parted."""
    text = say(
        "<b>Target setahun {goal}. Berapa target tiap triwulan?</b>\n\nPakai usulan ini: {even}\n"
        "atau tulis keempat angkanya. Contoh: <i>20 20 30 30</i>. Triwulan tanpa target ditulis dengan tanda hubung.",
        goal=goal_of(row, target),
        even=show_quarters(even),
    )
    take = choices(FLOW, "quarters", nonce, [(EVEN, "✅ " + _("Pakai usulan"))])
    return Screen(text, (*take, moves(nonce)))


def no_quarters() -> Screen:
    """Not four numbers, or numbers that do not make the year."""
    return Screen(say("Mohon tulis empat angka yang sesuai dengan target setahun. Contoh: <i>20 20 30 30</i>."))


def cancelled() -> Screen:
    """Nothing was changed."""
    return Screen(say("Baik, indikator tidak diubah."), (home_row(),))


def help_text() -> Screen:
    """What changing means."""
    return Screen(
        say(
            "Perubahan langsung berlaku dan tercatat dalam jejak audit. Untuk mengubah banyak indikator sekaligus, "
            "pakai berkas Excel di /kelola, lembar Indikator dan Target indikator."
        )
    )
