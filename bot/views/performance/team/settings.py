"""When the digest comes: every day with news, every week, at which hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.callbacks import Team
from bot.i18n import _, label, say
from bot.views.parts import joined
from bot.views.performance.team.lists import back_rows
from bot.views.screen import Button, Screen, button

DAILY, WEEKLY, HOUR = "daily", "weekly", "hour"
PER_ROW = 4


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody chose, and the hours to choose from."""

    daily: bool
    weekly: bool
    hour: int
    hours: Sequence[int]


def settings(chosen: Chosen) -> Screen:
    """The choices, each a button that turns it over."""
    text = joined(
        [
            say("⚙️ <b>Kapan ringkasan tim dikirim?</b>"),
            say("{sign} Harian: hanya bila ada yang baru", sign=_sign(chosen.daily)),
            say("{sign} Mingguan: hari kerja pertama setiap minggu, dengan grafik", sign=_sign(chosen.weekly)),
            say(
                "🕗 Pukul {hour}.00, hanya pada hari dan jam kerja, dan tidak selama cuti.",
                hour=chosen.hour,
            ),
        ]
    )
    hours = [_hour(hour, chosen.hour) for hour in chosen.hours]
    rows = [
        (button(_turned(chosen.daily, _("harian")), Team("set", int(not chosen.daily), DAILY)),),
        (button(_turned(chosen.weekly, _("mingguan")), Team("set", int(not chosen.weekly), WEEKLY)),),
        *(tuple(hours[start : start + PER_ROW]) for start in range(0, len(hours), PER_ROW)),
        (button("📬 " + _("Kirim ringkasan sekarang"), Team("now", 0)),),
    ]
    return Screen(text, (*rows, *back_rows()))


def _sign(on: bool) -> str:
    return "☑️" if on else "▫️"


def _turned(on: bool, what: str) -> str:
    return label("Matikan yang {what}", what=what) if on else label("Nyalakan yang {what}", what=what)


def _hour(hour: int, chosen: int) -> Button:
    return button(f"{'☑️ ' if hour == chosen else ''}{hour:02d}.00", Team("set", hour, HOUR))
