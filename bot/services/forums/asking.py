"""Questions that residents send ahead of an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from bot.services.administration import bans
from bot.services.forums.browsing import most_questions
from bot.services.forums.desk import Gathering, find
from models.errors import Refusal
from models.forum import Forum, ForumQuestion, ForumStatus, QuestionGroup
from models.rules.redaction import mask_numbers

SHORTEST, LONGEST = 5, 500


@dataclass(frozen=True, slots=True)
class Own:
    """A question of the reader's own, and the answer it got."""

    question: ForumQuestion
    answer: str | None


async def require_may_ask(by: Gathering, forum_id: int, *, lock: bool = False) -> Forum:
    """An event that hears questions, also from this person; else refused, a banned person as everywhere."""
    await bans.require_free(by.session, by.city, by.presser.person_id, by.now)
    forum = await find(by, forum_id, lock=lock)
    if forum.status is not ForumStatus.OPEN or by.now >= forum.starts_at:
        raise Refusal("questions_closed")
    if len(await _numbers(by, forum_id)) >= most_questions(by):
        raise Refusal("too_many_questions", most=most_questions(by))
    return forum


async def ask(by: Gathering, forum_id: int, text: str, *, named: bool) -> ForumQuestion:
    """Send a question; the same words twice are one. Refused with `question_length` and as `require_may_ask`."""
    text = mask_numbers(text.strip())[0]
    if not SHORTEST <= len(text) <= LONGEST:
        raise Refusal("question_length", least=SHORTEST, most=LONGEST)
    same = await by.session.scalar(
        select(ForumQuestion).where(*_mine(by, forum_id), ForumQuestion.text == text).order_by(ForumQuestion.id)
    )
    if same is not None:
        return same
    await require_may_ask(by, forum_id, lock=True)
    taken = await _numbers(by, forum_id)
    row = ForumQuestion(
        forum_id=forum_id,
        person_id=by.presser.person_id,
        number=next(number for number in range(1, len(taken) + 2) if number not in taken),
        named=named,
        text=text,
        asked_at=by.now,
    )
    by.session.add(row)
    await by.session.flush()
    return row


async def own(by: Gathering, forum_id: int) -> Sequence[Own]:
    """The reader's own questions with their answers, in order: one query."""
    statement = (
        select(ForumQuestion, QuestionGroup.answer)
        .outerjoin(QuestionGroup, QuestionGroup.id == ForumQuestion.group_id)
        .where(*_mine(by, forum_id))
        .order_by(ForumQuestion.number)
    )
    return [Own(question, answer) for question, answer in await by.session.execute(statement)]


def _mine(by: Gathering, forum_id: int) -> tuple[ColumnElement[bool], ...]:
    return ForumQuestion.forum_id == forum_id, ForumQuestion.person_id == by.presser.person_id


async def _numbers(by: Gathering, forum_id: int) -> set[int]:
    return set(await by.session.scalars(select(ForumQuestion.number).where(*_mine(by, forum_id))))
