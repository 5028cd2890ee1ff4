"""Recording how many people a service served, so that the survey's sample can be judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.callbacks import Results
from bot.i18n import N_, _, label, say, show_number
from bot.views.parts import choices, cut, home_row, moves
from bot.views.satisfaction.periods import name_of
from bot.views.satisfaction.results import CARD
from bot.views.screen import Screen, button

FLOW = "users"
PAGE = 8
LONGEST = 44
#: Step → its question in plain words.
QUESTIONS = {"service": N_("Layanan yang mana?"), "number": N_("Berapa orang penggunanya?")}


def question(step: str) -> str:
    """The question of a step in plain words."""
    return _(QUESTIONS[step])


def ask_service(
    nonce: str, period: str, services: Sequence[tuple[int, str]], known: Mapping[int, int], page: int
) -> Screen:
    """Which service: one page of them, each with the number that is recorded."""
    text = say(
        "<b>Jumlah pengguna pada {period}</b>\n\nDari jumlah ini dihitung berapa responden yang diperlukan. "
        "Pilih layanannya.",
        period=name_of(period),
    )
    options = [
        (str(service_id), cut(_labelled(name, known.get(service_id)), LONGEST))
        for service_id, name in services[page * PAGE : (page + 1) * PAGE]
    ]
    turning = [(f"p{page - 1}", "◀️ " + _("Sebelumnya"))] if page > 0 else []
    turning += [(f"p{page + 1}", _("Berikutnya") + " ▶️")] if (page + 1) * PAGE < len(services) else []
    rows = (
        *choices(FLOW, "service", nonce, options),
        *choices(FLOW, "service", nonce, turning, per_row=2),
        moves(nonce, back=False),
    )
    return Screen(text, rows)


def _labelled(name: str, users: int | None) -> str:
    return name if users is None else label("{name}: {users}", name=name, users=show_number(users))


def ask_number(nonce: str, service: str, period: str, *, back: bool) -> Screen:
    """How many people."""
    text = say(
        "<b>Berapa orang yang dilayani {service} pada {period}?</b>\n\n"
        "Tulis angkanya, menurut buku register atau aplikasi layanan. Contoh: <i>1.250</i>",
        service=service,
        period=name_of(period),
    )
    return Screen(text, (moves(nonce, back=back),))


def no_number() -> Screen:
    """Words that are no number."""
    return Screen(say("Mohon tulis angka bulat saja, contoh: <i>1.250</i>."))


def recorded(service: str, period: str, users: int, needed: int, code: str, present: str) -> Screen:
    """Written down, and what follows from it."""
    text = say(
        "✅ <b>{service}</b>: {users} pengguna pada {period}.\n\nSampel yang diperlukan untuk masa sesudahnya: "
        "{needed} responden.",
        service=service,
        users=show_number(users),
        period=name_of(period),
        needed=show_number(needed),
    )
    back = (button("⬅️ " + _("Kembali ke hasil survei"), Results(CARD, code, present)),)
    return Screen(text, (back, home_row()))


def cancelled() -> Screen:
    """Nothing was recorded."""
    return Screen(say("Baik, tidak ada yang dicatat."), (home_row(),))


def help_text() -> Screen:
    """What the number is for."""
    return Screen(
        say(
            "Banyaknya responden yang diperlukan bergantung pada banyaknya pengguna layanan pada masa sebelumnya "
            "(tabel Krejcie dan Morgan). Tanpa jumlah itu hasil survei tetap ditampilkan, dengan catatan."
        )
    )
