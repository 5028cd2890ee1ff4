"""A resident's own part in public events: in the export, and forgotten with the person or after a while."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.forum import Forum, ForumQuestion, ForumVisit, QuestionGroup
from models.person import Person


async def exported(session: AsyncSession, person: Person) -> dict[str, Any]:
    """Where the person registered, and what was asked, with the answers."""
    visits = (
        select(Forum.code, Forum.title, ForumVisit.at, ForumVisit.seat)
        .join(ForumVisit, ForumVisit.forum_id == Forum.id)
        .where(ForumVisit.person_id == person.id)
        .order_by(ForumVisit.id)
    )
    questions = (
        select(ForumQuestion, Forum.code, QuestionGroup.title, QuestionGroup.answer)
        .join(Forum, Forum.id == ForumQuestion.forum_id)
        .outerjoin(QuestionGroup, QuestionGroup.id == ForumQuestion.group_id)
        .where(ForumQuestion.person_id == person.id)
        .order_by(ForumQuestion.id)
    )
    return {
        "registrations": [
            {"forum": code, "title": title, "at": at.isoformat(), "seat": seat}
            for code, title, at, seat in await session.execute(visits)
        ],
        "questions": [
            {
                "forum": code,
                "text": row.text,
                "with_name": row.named,
                "asked_at": row.asked_at.isoformat(),
                "hidden_reason": row.hidden_reason,
                "heading": heading,
                "answer": answer,
            }
            for row, code, heading, answer in await session.execute(questions)
        ],
    }


async def forget(session: AsyncSession, person: Person) -> None:
    """Nothing says any more that this person came or asked; the questions stay, without anybody behind them."""
    await _part(session, ForumVisit.person_id == person.id, ForumQuestion.person_id == person.id)


async def part_from_visitors(session: AsyncSession, before: datetime) -> int:
    """Cut the tie between events that ended before, and whoever registered or asked; how many visits and questions."""
    over = select(Forum.id).where(Forum.ends_at < before)
    asked = (ForumQuestion.forum_id.in_(over)) & ForumQuestion.person_id.is_not(None)
    return await _part(session, ForumVisit.forum_id.in_(over), asked)


async def _part(session: AsyncSession, visits: Any, questions: Any) -> int:
    gone = 0
    for statement in (
        delete(ForumVisit).where(visits),
        update(ForumQuestion).where(questions).values(person_id=None, named=False),
    ):
        result: Any = await session.execute(statement.execution_options(synchronize_session=False))
        gone += int(result.rowcount)
    return gone
