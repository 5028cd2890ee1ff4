"""What a superior does from the digest: remind who has not reported, ask somebody, and read the answer.

The right is asked of the day and the person each time: whoever leads this one today, or acts for who does (rule 31).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from bot.services import outbox
from bot.services.notices import sending_moment
from bot.services.performance import chain, weekly
from bot.services.performance.own_week import Reporting
from models.employee import Employee
from models.errors import Refusal
from models.outbox import OutboxMessage, Promise
from models.rules.redaction import mask_numbers

LONGEST = 500
REMINDED, ASKED, ANSWERED = "team_reminder", "team_question", "team_answer"


@dataclass(frozen=True, slots=True)
class Reminded:
    """What came of reminding: who is told, who was told today already, who has no account or is away today."""

    told: tuple[str, ...]
    already: int = 0
    out_of_reach: int = 0


async def remind(by: Reporting, week: date, employee_ids: Collection[int] | None = None) -> Reminded:
    """Remind those of the own people (None: all) who owe that week and have not reported, each once a day.

    Refused with `not_your_subordinate` for anybody whom the presser does not lead today.
    """
    led = {one.id for one in await chain.subordinates(by.session, by.employee_id, by.today)}
    wanted = led if employee_ids is None else set(employee_ids)
    if wanted - led:
        raise Refusal("not_your_subordinate")
    owing = [one for one in await weekly.missing(by.session, by.city, week, wanted) if one.due_at <= by.now]
    superior = await by.session.get_one(Employee, by.employee_id)
    told, already, away = [], 0, 0
    for one in owing:
        if one.person_id is None or by.today in one.away:
            away += 1
            continue
        fresh = await outbox.put(
            by.session,
            key=f"{REMINDED}:{one.employee_id}:{by.today}",
            person_id=one.person_id,
            kind=REMINDED,
            now=by.now,
            values={"week": week.isoformat(), "by": superior.name},
            promise=Promise.AT_MOST_ONCE,
            not_before=sending_moment(by.city, by.now),
        )
        told += [one.name] if fresh else []
        already += not fresh
    return Reminded(tuple(told), already, away)


async def require_person(by: Reporting, employee_id: int) -> Employee:
    """Somebody whom the presser leads today; refused with `not_your_subordinate` or `no_such_employee`."""
    row = await by.session.get(Employee, employee_id)
    if row is None or by.presser.employee_id is None:
        raise Refusal("not_your_subordinate")
    await chain.require_superior(by.session, by.employee_id, employee_id, by.today)
    return row


async def ask(by: Reporting, employee_id: int, words: str, number: int, line: str | None = None) -> Employee:
    """Put a question to one of the own people; `number` tells two questions apart (a press that repeats is one).

    Refused with `no_words`, `text_too_long`, `no_account`.
    """
    person = await require_person(by, employee_id)
    superior = await by.session.get_one(Employee, by.employee_id)
    await _tell(by, person, ASKED, number, words, {"by": superior.name, "by_id": superior.id, "line": line})
    return person


async def answer(by: Reporting, question_id: int, words: str, number: int) -> str:
    """The answer to a question that was put to the presser, to whoever asked; the name of that one."""
    question = await question_of(by, question_id)
    superior = await by.session.get(Employee, int(question.values["by_id"]))
    if superior is None:
        raise Refusal("no_such_employee")
    own = await by.session.get_one(Employee, by.employee_id)
    about = {"by": own.name, "by_id": own.id, "question": question.values["text"], "line": question.values["line"]}
    await _tell(by, superior, ANSWERED, number, words, about)
    return superior.name


async def question_of(by: Reporting, number: int) -> OutboxMessage:
    """The question with this number, of the last month, if it was put to the presser; else `no_such_question`."""
    statement = select(OutboxMessage).where(
        OutboxMessage.key == f"{ASKED}:{number}:{by.employee_id}",
        OutboxMessage.kind == ASKED,
        OutboxMessage.person_id == by.presser.person_id,
    )
    row = await by.session.scalar(statement)
    if row is None:
        raise Refusal("no_such_question")
    return row


async def _tell(by: Reporting, to: Employee, kind: str, number: int, words: str, values: dict[str, Any]) -> None:
    text = mask_numbers(" ".join(words.split()))[0]
    if not text:
        raise Refusal("no_words")
    if len(text) > LONGEST:
        raise Refusal("text_too_long", most=LONGEST)
    if to.person_id is None:
        raise Refusal("no_account", name=to.name)
    await outbox.put(
        by.session,
        key=f"{kind}:{number}:{to.id}",
        person_id=to.person_id,
        kind=kind,
        now=by.now,
        values={**values, "text": text, "number": number},
        not_before=sending_moment(by.city, by.now),
    )
