"""Talks: python-telegram-bot's ConversationHandler made durable, and the table of steps it is built from.

The state and the draft are the person's `conversation` row, read and written in the update's own transaction; nothing
lives in memory. A process that takes the next update of a person finds the talk where it was, draft included.
"""

from __future__ import annotations

import secrets
import warnings
from collections.abc import Awaitable, Callable, Coroutine, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ConversationHandler, MessageHandler, filters

from bot.callbacks import Choose, Move
from bot.turn import CURRENT, Context, Turn
from bot.views.screen import Screen

#: Buttons of older messages are told apart by their nonce, not by per_message.
warnings.filterwarnings("ignore", message="If 'per_message=False'")

END = ConversationHandler.END
Handler = BaseHandler[Update, Context, Any]
Answer = Callable[[Update, Context], Coroutine[Any, Any, Any]]
Show = Callable[[Turn], Awaitable["Question"]]
#: Words said instead of a button, in every language → back, cancel or help.
MoveWords = Callable[[], dict[str, str]]
LONGEST_TRAIL = 12
#: How long a light talk (whose answers are stored already) waits for more.
LIGHT_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Question:
    """A step's screen and the question in plain words (shown again when a notice comes in between)."""

    screen: Screen
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """One question: its state, how it is shown from the draft, and the handlers of its answers."""

    state: str
    show: Show
    answers: Sequence[Handler]


class StoredStates(MutableMapping[Any, Any]):
    """What ConversationHandler takes for its dictionary of states: the row of the turn at hand."""

    def __init__(self, flow: str) -> None:
        self._flow = flow

    def _state(self) -> str | None:
        turn = CURRENT.get(None)
        if turn is None or turn.conversation.flow != self._flow:
            return None
        return turn.conversation.state

    def __getitem__(self, key: Any) -> str:
        state = self._state()
        if state is None:
            raise KeyError(key)
        return state

    def __setitem__(self, key: Any, state: Any) -> None:
        conversation = CURRENT.get().conversation
        if conversation.flow == self._flow:  # an entry that was refused leaves another open talk as it is
            conversation.state = str(state)

    def __delitem__(self, key: Any) -> None:
        close(CURRENT.get())

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0 if self._state() is None else 1


class DurableConversationHandler(ConversationHandler[Context]):
    """A ConversationHandler whose states are the rows of the `conversation` table."""

    def __init__(self, *, name: str, **kwargs: Any) -> None:
        super().__init__(name=name, per_chat=False, allow_reentry=True, **kwargs)
        self._conversations: Any = StoredStates(name)


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation: its name, its table of steps, how it begins, what a cancel and a help say."""

    name: str
    steps: Sequence[Step]
    entries: Sequence[Handler]
    cancelled: Callable[[], Screen]
    help: Callable[[], Screen]

    def handler(self, words: MoveWords) -> DurableConversationHandler:
        """The durable ConversationHandler made from the table; back, cancel and help work in every step."""
        moves: list[Handler] = [
            CallbackQueryHandler(_press_move, pattern=Move.pattern()),
            MessageHandler(filters.UpdateType.MESSAGE & SaysOneOf(words), _say_move(words)),
        ]
        states: dict[object, list[Handler]] = {step.state: [*moves, *step.answers] for step in self.steps}
        return DurableConversationHandler(name=self.name, entry_points=list(self.entries), states=states, fallbacks=[])


#: Every talk by its name; `handlers.register` enlists them.
_TALKS: dict[str, Talk] = {}


def enlist(talks: Sequence[Talk]) -> None:
    """Make the talks known by name, so that any process can show the question of any of them."""
    _TALKS.update({talk.name: talk for talk in talks})


async def begin(turn: Turn, flow: str, state: str, **draft: Any) -> str:
    """Open a talk at a step with what is known already; whatever was open before is thrown away."""
    conversation = turn.conversation
    conversation.flow, conversation.state = flow, state
    conversation.draft = {"nonce": secrets.token_hex(2), "trail": [], **draft}
    return await present(turn)


async def go(turn: Turn, state: str, *, new: bool = False) -> str:
    """On to the next question (`new`: below what was just shown); the present one can be come back to."""
    trail = [*turn.draft.get("trail", []), turn.conversation.state]
    turn.keep(trail=trail[-LONGEST_TRAIL:])
    turn.conversation.state = state
    return await present(turn, new=new)


async def present(turn: Turn, *, new: bool = False) -> str:
    """Show the question where the talk stands (`new`: below what was just shown); its state."""
    conversation = turn.conversation
    talk = _TALKS[conversation.flow or ""]
    step = next(step for step in talk.steps if step.state == conversation.state)
    question = await step.show(turn)
    conversation.question = question.words
    conversation.updated_at = turn.now
    turn.show(question.screen, question=question.words, new=new)
    return step.state


def is_light(turn: Turn) -> bool:
    """Whether no talk is open, or one that can be left without losing anything (it began with `light=True`)."""
    return turn.conversation.flow is None or bool(turn.draft.get("light"))


def lapse(turn: Turn) -> None:
    """A light talk is over after LIGHT_WAIT: what the person says next is not meant for it."""
    if turn.conversation.flow is not None and is_light(turn) and turn.now - turn.conversation.updated_at > LIGHT_WAIT:
        close(turn)


async def refresh(turn: Turn) -> None:
    """The open question's message shows the draft as it is now; nothing new is written."""
    talk = _TALKS[turn.conversation.flow or ""]
    step = next(step for step in talk.steps if step.state == turn.conversation.state)
    turn.refresh((await step.show(turn)).screen)


def finish(turn: Turn, screen: Screen) -> int:
    """The talk is over; its last screen is shown."""
    close(turn)
    turn.show(screen)
    return END


def cancel(turn: Turn) -> int:
    """Throw the draft away and say what was discarded."""
    return finish(turn, _TALKS[turn.conversation.flow or ""].cancelled())


async def _press_move(update: Update, context: Context) -> Any:
    query = update.callback_query
    move = Move.decode(query.data) if query is not None and query.data else None
    if move is None or move.nonce != context.turn.draft.get("nonce"):
        return await present(context.turn)
    return await _move(context.turn, move.where)


def _say_move(words: MoveWords) -> Answer:
    async def said_move(update: Update, context: Context) -> Any:
        message = update.effective_message
        return await _move(context.turn, words()[(message.text or "").strip().casefold()] if message else "help")

    return said_move


async def _move(turn: Turn, where: str) -> Any:
    trail = turn.draft.get("trail", [])
    if where == "help":
        turn.show(_TALKS[turn.conversation.flow or ""].help(), new=True)
        return await present(turn)
    if where == "cancel" or not trail:
        return cancel(turn)
    turn.keep(trail=trail[:-1])
    turn.conversation.state = trail[-1]
    return await present(turn)


class SaysOneOf(filters.MessageFilter):
    """Matches a message that is exactly one of the words for back, cancel or help."""

    def __init__(self, words: MoveWords) -> None:
        super().__init__()
        self._words = words

    def filter(self, message: Any) -> bool:
        return (message.text or "").strip().casefold() in self._words()


class TalkIs(filters.UpdateFilter):
    """Matches while no talk is open (`none`), or while one is (`open`)."""

    def __init__(self, *, is_open: bool) -> None:
        super().__init__()
        self._is_open = is_open

    def filter(self, update: Update) -> bool:
        turn = CURRENT.get(None)
        return turn is not None and (turn.conversation.flow is not None) == self._is_open


NO_TALK = TalkIs(is_open=False)


def close(turn: Turn) -> None:
    """The talk is over: no flow, no state, no draft, no open question."""
    conversation = turn.conversation
    conversation.flow = conversation.state = conversation.question = None
    conversation.draft = {}
    # With nothing open only the day is kept: the minute would tell whose anonymous report came then.
    conversation.updated_at = turn.now.replace(hour=0, minute=0, second=0, microsecond=0)


def chosen(update: Update, turn: Turn) -> str | None:
    """The value of a pressed choice if it belongs to the step where this talk stands, else None (an old button)."""
    query = update.callback_query
    choice = Choose.decode(query.data) if query is not None and query.data else None
    conversation = turn.conversation
    if choice is None or (choice.flow, choice.step) != (conversation.flow, conversation.state):
        return None
    return choice.value if choice.nonce == turn.draft.get("nonce") else None


def choice(callback: Answer, flow: str, step: str) -> Handler:
    """A handler for the choices of one step (older ones fall through to "no longer valid")."""
    return CallbackQueryHandler(callback, pattern=f"^{Choose.tag}:{flow}:{step}:")
