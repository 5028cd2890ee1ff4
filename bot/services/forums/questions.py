"""What hosts do with the questions of an event: read them, put them into groups, answer a group once, hide one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select

from bot.services import notices, outbox
from bot.services.forums.desk import Gathering, find, hosted
from bot.services.notices import sending_moment
from models.errors import Refusal
from models.forum import Forum, ForumQuestion, QuestionGroup
from models.outbox import Promise
from models.person import Person
from models.rules.redaction import mask_numbers

PAGE, GROUPS_PAGE, ANSWERS_PAGE = 6, 6, 4
#: So many groups can be chosen among; more headings than that group nothing.
MOST_GROUPS = 20
LONGEST_HEADING, LONGEST_ANSWER, LONGEST_REASON = 120, 2500, 500
#: Questions in no group.
LOOSE = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its asker's name, where the asker chose to give it."""

    question: ForumQuestion
    name: str | None


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A page of questions of a group (None: in no group), of `pages`."""

    forum: Forum
    group: QuestionGroup | None
    lines: Sequence[Asked]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A page of groups, each with how many questions it holds."""

    forum: Forum
    lines: Sequence[tuple[QuestionGroup, int]]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """One question, its group, and the groups it can be put into."""

    forum: Forum
    asked: Asked
    groups: Sequence[QuestionGroup]


_SHOWN = ForumQuestion.hidden_at.is_(None)


async def page(by: Gathering, forum_id: int, group_id: int, number: int) -> QuestionPage:
    """Questions in no group (LOOSE) or in one, the oldest first: a fixed number of queries."""
    forum = await hosted(by, forum_id)
    group = (await group_of(by, group_id))[1] if group_id != LOOSE else None
    where = (ForumQuestion.forum_id == forum_id, _SHOWN, _within(group))
    total = await by.session.scalar(select(func.count()).select_from(ForumQuestion).where(*where)) or 0
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 0), pages - 1)
    named = and_(Person.id == ForumQuestion.person_id, ForumQuestion.named)
    statement = select(ForumQuestion, Person.name).outerjoin(Person, named).where(*where)
    rows = await by.session.execute(statement.order_by(ForumQuestion.id).limit(PAGE).offset(PAGE * number))
    return QuestionPage(forum, group, [Asked(row, name) for row, name in rows], total, number, pages)


def _within(group: QuestionGroup | None) -> ColumnElement[bool]:
    return ForumQuestion.group_id.is_(None) if group is None else ForumQuestion.group_id == group.id


async def question_of(by: Gathering, question_id: int) -> tuple[Forum, ForumQuestion]:
    """A question at an event of the presser's; refused with `no_such_forum_question` and as `hosted` does."""
    row = await by.session.get(ForumQuestion, question_id, populate_existing=True)
    if row is None:
        raise Refusal("no_such_forum_question")
    forum = await hosted(by, row.forum_id)
    if row.hidden_at is not None:
        raise Refusal("no_such_forum_question")
    return forum, row


async def group_of(by: Gathering, group_id: int) -> tuple[Forum, QuestionGroup]:
    """A group at an event of the presser's; refused with `no_such_group` and as `hosted` does."""
    group = await by.session.get(QuestionGroup, group_id, populate_existing=True)
    if group is None:
        raise Refusal("no_such_group")
    return await hosted(by, group.forum_id), group


async def card(by: Gathering, question_id: int) -> QuestionCard:
    """One question."""
    forum, row = await question_of(by, question_id)
    name = None
    if row.named:
        name = await by.session.scalar(select(Person.name).where(Person.id == row.person_id))
    return QuestionCard(forum, Asked(row, name), await _groups(by, forum.id))


async def _groups(by: Gathering, forum_id: int) -> Sequence[QuestionGroup]:
    statement = select(QuestionGroup).where(QuestionGroup.forum_id == forum_id)
    return (await by.session.scalars(statement.order_by(QuestionGroup.id).limit(MOST_GROUPS))).all()


async def groups(by: Gathering, forum_id: int, number: int, *, only_answered: bool = False) -> GroupPage:
    """Groups with their numbers of questions; the answered ones are for everybody, all of them for the hosts."""
    forum = await (find(by, forum_id) if only_answered else hosted(by, forum_id))
    size = ANSWERS_PAGE if only_answered else GROUPS_PAGE
    where = [QuestionGroup.forum_id == forum_id]
    if only_answered:
        where.append(QuestionGroup.answered_at.is_not(None))
    total = await by.session.scalar(select(func.count()).select_from(QuestionGroup).where(*where)) or 0
    pages = max(1, -(-total // size))
    number = min(max(number, 0), pages - 1)
    held = select(func.count()).where(ForumQuestion.group_id == QuestionGroup.id, _SHOWN).scalar_subquery()
    statement = select(QuestionGroup, held).where(*where).order_by(QuestionGroup.id)
    rows = await by.session.execute(statement.limit(size).offset(size * number))
    return GroupPage(forum, [(group, count) for group, count in rows], number, pages)


async def make_group(by: Gathering, question_id: int, heading: str) -> QuestionGroup:
    """A new group with this question in it; refused with `too_many_groups` and `words_do_not_fit`."""
    heading = _words(heading, LONGEST_HEADING)
    forum, row = await question_of(by, question_id)
    if len(await _groups(by, forum.id)) >= MOST_GROUPS:
        raise Refusal("too_many_groups", most=MOST_GROUPS)
    group = QuestionGroup(forum_id=forum.id, title=heading)
    by.session.add(group)
    await by.session.flush()
    row.group_id = group.id
    await by.session.flush()
    return group


async def put(by: Gathering, question_id: int, group_id: int) -> ForumQuestion:
    """Put a question into a group (LOOSE: out of it); where that is answered already, the asker is told."""
    forum, row = await question_of(by, question_id)
    if group_id == LOOSE:
        row.group_id = None
        await by.session.flush()
        return row
    _forum, group = await group_of(by, group_id)
    if group.forum_id != forum.id:
        raise Refusal("no_such_group")
    if row.group_id != group.id:
        row.group_id = group.id
        await by.session.flush()
        if group.answer is not None:
            await _tell_answer(by, forum, group, [row])
    return row


async def rename(by: Gathering, group_id: int, heading: str) -> QuestionGroup:
    """Another heading."""
    heading = _words(heading, LONGEST_HEADING)
    _forum, group = await group_of(by, group_id)
    group.title = heading
    await by.session.flush()
    return group


async def answer(by: Gathering, group_id: int, text: str) -> int:
    """One answer for the whole group; each asker is told once, of another answer again. How many were told.

    Refused with `group_is_empty`, `words_do_not_fit`.
    """
    text = _words(text, LONGEST_ANSWER)
    forum, group = await group_of(by, group_id)
    statement = select(ForumQuestion).where(ForumQuestion.group_id == group.id, _SHOWN).order_by(ForumQuestion.id)
    rows = (await by.session.scalars(statement)).all()
    if not rows:
        raise Refusal("group_is_empty")
    if group.answer == text:
        return 0
    group.answer, group.answered_at, group.answered_by_id = text, by.now, by.employee_id
    await by.session.flush()
    return await _tell_answer(by, forum, group, rows)


async def hide(by: Gathering, question_id: int, reason: str) -> Forum:
    """Nobody but the asker sees it any more; the asker is told why. Refused with `reason_missing`."""
    reason = mask_numbers(reason.strip())[0][:LONGEST_REASON]
    if not reason:
        raise Refusal("reason_missing")
    forum, row = await question_of(by, question_id)
    row.hidden_at, row.hidden_reason, row.hidden_by_id, row.group_id = by.now, reason, by.employee_id, None
    await by.session.flush()
    values = {"forum_id": forum.id, "title": forum.title, "question": row.text, "reason": reason}
    await _tell(by, "forum_question_hidden", [(f"{row.id}", row.person_id, values)])
    return forum


async def _tell_answer(by: Gathering, forum: Forum, group: QuestionGroup, rows: Iterable[ForumQuestion]) -> int:
    """Each asker once, with the first of the own questions."""
    first: dict[int, str] = {}
    for row in rows:
        if row.person_id is not None:
            first.setdefault(row.person_id, row.text)
    about = {"forum_id": forum.id, "title": forum.title, "heading": group.title, "answer": group.answer}
    key = f"{group.id}:{group.answered_at.isoformat() if group.answered_at else ''}"
    told = [(key, person_id, {**about, "question": text}) for person_id, text in first.items()]
    return await _tell(by, "forum_answered", told)


async def _tell(by: Gathering, kind: str, told: Iterable[tuple[str, int | None, dict[str, object]]]) -> int:
    moment = sending_moment(by.city, by.now)
    rows = [
        notices.row(f"{kind}:{key}:{person_id}", person_id, kind, values, moment, Promise.AT_LEAST_ONCE)
        for key, person_id, values in told
        if person_id is not None
    ]
    return await outbox.put_many(by.session, rows, by.now)


def _words(text: str, most: int) -> str:
    """Words without long numbers; refused with `words_do_not_fit` where there are none or too many."""
    kept = mask_numbers(text.strip())[0]
    if not 0 < len(kept) <= most:
        raise Refusal("words_do_not_fit", most=most)
    return kept
