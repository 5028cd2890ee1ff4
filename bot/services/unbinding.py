"""Taking an account off the roster: a lost phone, or the wrong person's. The employee's work stays the employee's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from models.employee import Employee
from models.errors import Refusal
from models.outbox import OutboxMessage, OutboxStatus
from models.person import Person
from models.rules.permissions import Presser

#: What only a civil servant is told; every other such notice says what a report is `about`.
FOR_STAFF = frozenset(
    {
        *("deadline_digest", "incident", "improvement_due", "improvement_given", "proof_waits"),
        *("reports_shared", "revision_checked"),
    }
)
WITHHELD = "account released"


async def unbind(session: AsyncSession, presser: Presser, employee: Employee, now: datetime) -> Person:
    """Take the employee's account away and tell whoever holds it; the account's person.

    What waits to be sent to it as to a civil servant is withheld. Refused with `employee_not_bound` and
    `own_account`: nobody shuts the door behind oneself.
    """
    if employee.person_id is None:
        raise Refusal("employee_not_bound")
    if employee.person_id == presser.person_id:
        raise Refusal("own_account")
    person = await session.get_one(Person, employee.person_id)
    await _withhold(session, person)
    employee.person_id = None
    await session.flush()
    await outbox.put(
        session,
        key=f"released:{employee.id}:{person.id}:{now:%Y%m%d%H%M%S}",
        person_id=person.id,
        kind="account_released",
        now=now,
        values={"name": employee.name},
    )
    return person


async def _withhold(session: AsyncSession, person: Person) -> None:
    queued = await session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.person_id == person.id, OutboxMessage.status == OutboxStatus.QUEUED)
        .order_by(OutboxMessage.id)
    )
    for message in queued:
        if message.kind in FOR_STAFF or "about" in message.values:
            message.status, message.fault = OutboxStatus.REFUSED, WITHHELD
