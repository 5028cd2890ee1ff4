"""The notice to whom a superior suggests a course."""

from __future__ import annotations

from typing import Any

from bot.callbacks import Learn
from bot.i18n import _, say
from bot.views.parts import joined
from bot.views.screen import Screen, button
from bot.views.training import words as course_words
from bot.views.training.desk import JOIN
from bot.views.training.needs import words


def training_suggested(values: dict[str, Any]) -> Screen:
    """To one of the own people: the course, who suggests it, why the unit needs it."""
    number = values["course_id"]
    text = joined(
        [
            say(
                "💡 {name} mengusulkan pelatihan <b>{title}</b> untuk Bapak/Ibu.",
                name=values["leader"],
                title=values["title"],
            ),
            say("Sebabnya, di {unit}:\n{why}", unit=values["why"]["unit"], why=words.reason(values["why"])),
        ],
        "\n\n",
    )
    rows = ((button("📝 " + _("Daftar pelatihan ini"), Learn(JOIN, number)),), course_words.course_row(number))
    return Screen(text, rows)
