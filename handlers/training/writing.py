"""The talk in which human resources write, change or copy a course.

| step                                             | asks                     | answered by           |
|--------------------------------------------------|--------------------------|-----------------------|
| title, hours, place, quota, closes_at            | what is always there     | words                 |
| kind, path                                       | which                    | button                |
| sessions                                         | when they meet           | a line each           |
| form, description, link, unit_quota, topics      | from the summary         | words; skip           |
| selection, needs_approval                        | from the summary         | button                |
| audience, units                                  | for whom                 | buttons (several)     |
| files                                            | poster and documents     | photos, documents     |
| check                                            | is it right so           | save; change a field  |
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.callbacks import Learn, Resume, read
from bot.conversation import Question, Step, Talk, begin, choice, chosen, finish, go, present
from bot.services.training import arranging, forms, rights
from bot.services.training.outcome import ratings
from bot.turn import Context, Turn
from bot.views.training import managing
from bot.views.training import writing as view
from handlers.guards import a_fresh_start
from handlers.media import sent_file
from handlers.report_draft import message_of
from handlers.training import aiming
from handlers.training.answers import EMPTY, READERS, read_meetings
from handlers.training.looking import doing
from handlers.training.needs.looking import form_for
from models.errors import Refusal
from models.training.course import CourseStatus

FLOW = view.FLOW
PLAIN = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
FILES = filters.UpdateType.MESSAGE & (filters.PHOTO | filters.Document.ALL | filters.VIDEO)
#: In this order a new course is asked for; everything else has a usual value.
ASKED = ("title", "kind", "path", "hours", "sessions", "place", "quota", "closes_at")
BY_BUTTON = ("kind", "path", "selection", "needs_approval")
PATHS = (managing.NEW, managing.NEW_FOR, managing.EDIT, managing.COPY)


def talk() -> Talk:
    """The table of the conversation; every step asks for the right again."""
    verbs = "|".join(PATHS)
    said = [
        Step(step, _show_words(step), [MessageHandler(PLAIN, say_words), choice(skip, FLOW, step)]) for step in READERS
    ]
    pressed = [Step(step, _show_options(step), [choice(take_option, FLOW, step)]) for step in BY_BUTTON]
    return Talk(
        name=FLOW,
        entries=[
            CallbackQueryHandler(start, pattern=f"^{Learn.tag}:({verbs}):\\d+:"),
            CallbackQueryHandler(start, pattern=f"^{Resume.tag}:anew:{FLOW}\\.({verbs})\\.\\d+(\\.|$)"),
        ],
        steps=[
            *said,
            *pressed,
            Step(
                "sessions",
                show_sessions,
                [choice(take_sessions, FLOW, "sessions"), MessageHandler(PLAIN, say_sessions)],
            ),
            Step("files", show_files, [choice(take_files, FLOW, "files"), MessageHandler(FILES, send_file)]),
            *aiming.steps(onward),
            Step("check", show_check, [choice(take_check, FLOW, "check")]),
        ],
        cancelled=view.cancelled,
        help=view.help_text,
    )


async def start(update: Update, context: Context) -> Any:
    """A new one, another content, or the same for another time."""
    turn = context.turn
    rights.require_hr(turn.presser)
    verb, number, need = _wanted(update)
    form: dict[str, Any] = {}
    if verb == managing.NEW_FOR:
        form = await form_for(turn, number, need)
    elif verb != managing.NEW:
        found = await arranging.look(await doing(turn), number)
        if verb == managing.EDIT and found.course.status in (CourseStatus.DONE, CourseStatus.CANCELLED):
            raise Refusal("course_not_now")
        form = forms.of(found.course, found.sessions, again=verb == managing.COPY)
    if not a_fresh_start(update, turn, ".".join((FLOW, verb, f"{number}", *([need] if need else ())))):
        return None
    course = number if verb == managing.EDIT else None
    return await begin(turn, FLOW, _missing(form) or "check", form=form, course=course)


def _wanted(update: Update) -> tuple[str, int, str]:
    query = update.callback_query
    payload = read(query.data) if query is not None and query.data else None
    if isinstance(payload, Learn):
        return payload.verb, payload.number, payload.extra
    if isinstance(payload, Resume):
        _flow, verb, number, *need = payload.flow.split(".")
        return verb, int(number), next(iter(need), "")
    raise Refusal("no_such_course")


def _missing(form: dict[str, Any]) -> str | None:
    return next((step for step in ASKED if step not in form), None)


async def onward(turn: Turn, **answers: Any) -> Any:
    """Keep the answers; the next question that has none yet, or the summary."""
    rights.require_hr(turn.presser)
    form = {**turn.draft["form"], **answers}
    turn.keep(form=form)
    return await go(turn, _missing(form) or "check")


def _step_of(turn: Turn) -> str:
    return turn.conversation.state or ""


def _show_words(step: str) -> Any:
    async def show(turn: Turn) -> Question:
        """A question that is answered by words."""
        return Question(view.ask_words(step, turn.draft["nonce"], back=bool(turn.draft["trail"])), view.question(step))

    return show


def _show_options(step: str) -> Any:
    async def show(turn: Turn) -> Question:
        """A question that is answered by a button."""
        return Question(view.ask_one_of(step, turn.draft["nonce"]), view.question(step))

    return show


async def say_words(update: Update, context: Context) -> Any:
    """Words, read as the step wants them."""
    turn = context.turn
    step, by = _step_of(turn), await doing(turn)
    said = " ".join((message_of(update).text or "").split())
    value = READERS[step](said, turn.now.astimezone(by.city.calendar.zone))
    if value is None:
        return await _again(turn, step)
    return await onward(turn, **{step: value})


async def _again(turn: Turn, step: str) -> Any:
    turn.show(view.not_read(step), new=True)
    return await present(turn, new=True)


async def skip(update: Update, context: Context) -> Any:
    """Left empty, where that is allowed."""
    turn = context.turn
    step = _step_of(turn)
    if chosen(update, turn) != view.SKIP or step not in view.OPTIONAL:
        return await present(turn)
    return await onward(turn, **{step: EMPTY[step]})


async def take_option(update: Update, context: Context) -> Any:
    """One of the buttons."""
    turn = context.turn
    step, value = _step_of(turn), chosen(update, turn) or ""
    if not view.is_answer(step, value):
        return await present(turn)
    return await onward(turn, **{step: value == view.YES if step == "needs_approval" else value})


async def show_sessions(turn: Turn) -> Question:
    """The meetings written so far."""
    present_ones = forms.meetings(turn.draft["form"].get("sessions", []))
    return Question(view.ask_sessions(turn.draft["nonce"], present_ones), view.question("sessions"))


async def say_sessions(update: Update, context: Context) -> Any:
    """More meetings, a line each."""
    turn, by = context.turn, await doing(context.turn)
    rights.require_hr(turn.presser)
    found = read_meetings(message_of(update).text or "", turn.now.astimezone(by.city.calendar.zone))
    if found is None:
        return await _again(turn, "sessions")
    form = turn.draft["form"]
    turn.keep(form={**form, "sessions": [*form.get("sessions", []), *found][: forms.MOST_SESSIONS]})
    return await present(turn)


async def take_sessions(update: Update, context: Context) -> Any:
    """On, or from the beginning."""
    turn = context.turn
    value, form = chosen(update, turn), turn.draft["form"]
    if value == view.READY and form.get("sessions"):
        return await onward(turn)
    if value == view.CLEAR:
        turn.keep(form={name: kept for name, kept in form.items() if name != "sessions"})
    return await present(turn)


async def show_files(turn: Turn) -> Question:
    """The files so far."""
    held = turn.draft["form"].get("files", [])
    return Question(view.ask_files(turn.draft["nonce"], len(held)), view.question("files"))


async def send_file(update: Update, context: Context) -> Any:
    """One more file."""
    turn = context.turn
    file, form = sent_file(message_of(update)), turn.draft["form"]
    if file is not None:
        held = [*form.get("files", []), [file.kind.value, file.file_id]]
        turn.keep(form={**form, "files": held[: forms.MOST_FILES]})
    return await present(turn)


async def take_files(update: Update, context: Context) -> Any:
    """Done, or none of them."""
    turn = context.turn
    value = chosen(update, turn)
    if value == view.READY:
        return await onward(turn)
    if value == view.CLEAR:
        turn.keep(form={**turn.draft["form"], "files": []})
    return await present(turn)


async def show_check(turn: Turn) -> Question:
    """Everything once more."""
    rights.require_hr(turn.presser)
    by = await doing(turn)
    screen = view.check(turn.draft["nonce"], view.values_of(turn.draft["form"]), by.city)
    return Question(screen, view.question("check"))


async def take_check(update: Update, context: Context) -> Any:
    """Save, or change a field."""
    turn = context.turn
    hr_id, value = rights.require_hr(turn.presser), chosen(update, turn)
    if value in view.FIELDS:
        return await go(turn, value or "")
    if value != view.SAVE:
        return await present(turn)
    by, form, course_id = await doing(turn), view.values_of(turn.draft["form"]), turn.draft["course"]
    if course_id is None:
        course = await arranging.add(by, hr_id, form)
    else:
        course = await arranging.change(by, course_id, form)
    figures = await ratings.figures(by, course.id)
    return finish(turn, managing.card(await arranging.look(by, course.id), by.city, figures))
