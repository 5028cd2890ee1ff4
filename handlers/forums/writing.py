"""The talk in which a host writes or changes an event.

| step                   | asks                       | answered by          |
|------------------------|----------------------------|----------------------|
| title, times, place    | what is always there       | words                |
| unit_id                | who invites                | button               |
| about, link, seats     | what may stay empty        | words; skip          |
| closes_at              | until when one registers   | words; skip          |
| poster                 | a picture                  | photo; skip          |
| check                  | is it right so             | save; change a field |
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Meet, Resume
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services.forums import arranging, forms
from bot.services.forums.desk import Gathering, hosted
from bot.services.forums.forms import ForumForm
from bot.turn import Context, Turn
from bot.views.forums import hosting
from bot.views.forums import writing as view
from handlers.forums.looking import gathering, host_card, wanted
from handlers.guards import a_fresh_start
from handlers.media import sent_file
from handlers.report_draft import message_of
from handlers.training.answers import READERS as TRAINING_READERS
from models.errors import Refusal
from models.rules.redaction import mask_numbers
from models.rules.training.meetings import parse_meeting

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
PICTURES = filters.UpdateType.MESSAGE & (filters.PHOTO | filters.Document.ALL)
#: In this order a new event is asked for.
ASKED = ("title", "about", "unit_id", "times", "place", "link", "seats", "closes_at", "poster")


def _words(most: int) -> Callable[[str, datetime], str | None]:
    def read(said: str, _now: datetime) -> str | None:
        kept = mask_numbers(said)[0]
        return kept if 0 < len(kept) <= most else None

    return read


def _times(said: str, now: datetime) -> list[str] | None:
    found = parse_meeting(said, now)
    if found is None or found.starts_at <= now:
        return None
    return [found.starts_at.isoformat(), found.ends_at.isoformat()]


#: Step → how its words are read; `now` is in the city's zone. None: they cannot be read.
READERS: dict[str, Callable[[str, datetime], Any]] = {
    "title": _words(forms.LONGEST_TITLE),
    "about": _words(forms.LONGEST_ABOUT),
    "place": _words(forms.LONGEST_PLACE),
    "times": _times,
    **{name: TRAINING_READERS[name] for name in ("link", "closes_at")},
    "seats": TRAINING_READERS["quota"],
}
#: What a skipped question leaves.
EMPTY: dict[str, Any] = {"about": "", "link": None, "seats": None, "closes_at": None, "poster": []}


def talk() -> Talk:
    """The table of the conversation; every step asks for the right again."""
    verbs = f"{hosting.NEW}|{hosting.EDIT}"
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Meet.tag}:({verbs}):\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.({verbs})\\.\\d+$"),
        ],
        steps=[
            *(
                Step(step, _show_words(step), [MessageHandler(PLAIN, say_words), choice(skip, FLOW, step)])
                for step in READERS
            ),
            Step("unit_id", show_units, [choice(take_unit, FLOW, "unit_id")]),
            Step(
                "poster", _show_words("poster"), [MessageHandler(PICTURES, send_poster), choice(skip, FLOW, "poster")]
            ),
            Step("check", show_check, [choice(take_check, FLOW, "check")]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def _host(turn: Turn) -> Gathering:
    by = await gathering(turn)
    if not by.hosts:
        raise Refusal("not_your_role")
    return by


async def start(update: Update, context: Context) -> Any:
    """A new one, or another content."""
    turn = context.turn
    by = await _host(turn)
    verb, number = wanted(update)
    form: dict[str, Any] = {}
    units = by.units()
    if verb == hosting.EDIT:
        forum = await hosted(by, number)
        if forum.status not in arranging.CHANGEABLE:
            raise Refusal("forum_not_now")
        form = forms.of(forum)
    elif len(units) == 1:
        form = {"unit_id": units[0][0]}
    if not a_fresh_start(update, turn, f"{FLOW}.{verb}.{number}"):
        return None
    forum_id = number if verb == hosting.EDIT else None
    return await begin(turn, FLOW, _missing(form) or "check", form=form, forum=forum_id, page=0)


def _missing(form: dict[str, Any]) -> str | None:
    return next((step for step in ASKED if step not in form), None)


async def _onward(turn: Turn, **answers: Any) -> Any:
    """Keep the answers; the next question that has none yet, or the summary."""
    await _host(turn)
    form = {**turn.draft["form"], **answers}
    turn.keep(form=form)
    return await go(turn, _missing(form) or "check")


def _show_words(step: str) -> Any:
    async def show(turn: Turn) -> Question:
        """A question that is answered by words."""
        return Question(view.ask_words(step, turn.draft["nonce"], back=bool(turn.draft["trail"])), view.question(step))

    return show


async def say_words(update: Update, context: Context) -> Any:
    """Words, read as the step wants them."""
    turn = context.turn
    step, by = turn.conversation.state or "", await _host(turn)
    said = " ".join((message_of(update).text or "").split())
    value = READERS[step](said, turn.now.astimezone(by.city.calendar.zone))
    if value is None:
        turn.show(view.not_read(step), new=True)
        return await present(turn, new=True)
    return await _onward(turn, **{step: value})


async def skip(update: Update, context: Context) -> Any:
    """Left empty, where that is allowed."""
    turn = context.turn
    step = turn.conversation.state or ""
    if chosen(update, turn) != view.SKIP or step not in view.OPTIONAL:
        return await present(turn)
    return await _onward(turn, **{step: EMPTY[step]})


async def show_units(turn: Turn) -> Question:
    """Who invites."""
    by = await _host(turn)
    return Question(view.ask_unit(turn.draft["nonce"], by.units(), turn.draft["page"]), view.question("unit_id"))


async def take_unit(update: Update, context: Context) -> Any:
    """A unit, or another page of them."""
    turn = context.turn
    by, value = await _host(turn), chosen(update, turn) or ""
    if value.startswith(view.TO_PAGE) and value[1:].isdigit():
        turn.keep(page=int(value[1:]))
        return await present(turn)
    if not value.isdigit() or int(value) not in dict(by.units()):
        return await present(turn)
    return await _onward(turn, unit_id=int(value))


async def send_poster(update: Update, context: Context) -> Any:
    """The picture."""
    turn = context.turn
    file = sent_file(message_of(update))
    if file is None:
        return await present(turn)
    return await _onward(turn, poster=[file.kind.value, file.file_id])


async def show_check(turn: Turn) -> Question:
    """Everything once more."""
    by = await _host(turn)
    screen = view.check(turn.draft["nonce"], ForumForm.read(turn.draft["form"]), by.city)
    return Question(screen, view.question("check"))


async def take_check(update: Update, context: Context) -> Any:
    """Save, or change a field."""
    turn = context.turn
    by, value = await _host(turn), chosen(update, turn)
    if value in view.FIELDS:
        return await go(turn, value or "")
    if value != view.SAVE:
        return await present(turn)
    form, forum_id = ForumForm.read(turn.draft["form"]), turn.draft["forum"]
    forum = await (arranging.add(by, form) if forum_id is None else arranging.change(by, forum_id, form))
    return finish(turn, await host_card(by, forum.id))
