"""The demo's broadcasts: an order and a training that went out, news to residents who agreed, and a draft."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.callbacks import React
from bot.services.broadcasts import sending
from bot.services.city import City
from bot.services.demo.people import PERSONAS
from bot.services.privacy import NOTICE_VERSION
from models.broadcasts.broadcast import Broadcast, BroadcastKind, BroadcastStatus, Reaction
from models.employee import Employee
from models.outbox import OutboxMessage, OutboxStatus
from models.person import Consent, Person, Purpose
from models.rules.audience import Audience, Circle
from models.rules.permissions import Role

SEED = 20_261
#: One in so many residents agreed to news; so many in a hundred readers answered.
AGREES_EACH, ANSWERED = 3, 70
BLOCKED = "Forbidden: bot was blocked by the user"
APEL = "<b>Apel gabungan</b> Senin, pukul 07.30 WIB di halaman kantor.\nMohon hadir tepat waktu."
BIMTEK = "<b>Bimtek pelayanan prima</b> untuk petugas loket, 8 JP.\nSilakan tanyakan kepada atasan sebelum mendaftar."
MARKET = "<b>Pasar murah</b> di halaman kantor kelurahan, Sabtu pukul 08.00 WIB."


async def tell_broadcasts(session: AsyncSession, city: City, residents: Sequence[Person], now: datetime) -> None:
    """Two that were sent, with results, and one that Yanti has not finished."""
    persona = next(one for one in PERSONAS if one.role is Role.HR)
    author = await session.scalar(
        select(Employee).join(Person, Person.id == Employee.person_id).where(Person.telegram_id == persona.telegram_id)
    )
    if author is None:
        return
    dice = random.Random(SEED)
    for resident in residents[::AGREES_EACH]:
        given = now - timedelta(days=dice.randint(10, 60))
        session.add(Consent(person_id=resident.id, purpose=Purpose.BROADCASTS, version=NOTICE_VERSION, given_at=given))
    order = await _written(session, author, BroadcastKind.ORDER, "Apel gabungan", APEL, now - timedelta(days=6))
    course = await _written(session, author, BroadcastKind.TRAINING, "Bimtek pelayanan prima", BIMTEK, now)
    course.audience = Audience(roles=(Role.OFFICER.value,)).stored()
    draft = await _written(session, author, BroadcastKind.NEWS, "Pasar murah", MARKET, now)
    draft.audience, draft.buttons = Audience(Circle.RESIDENTS).stored(), []
    await session.flush()
    for row, days, come, away in (
        (order, 6, "✅ Saya hadir", "❌ Berhalangan"),
        (course, 2, "🙋 Berminat", "Lain kali"),
    ):
        row.buttons = _answers(row, come, away)
        await _sent(session, city, row, now - timedelta(days=days), dice)


async def _written(
    session: AsyncSession, author: Employee, kind: BroadcastKind, title: str, text: str, at: datetime
) -> Broadcast:
    row = Broadcast(kind=kind, title=title, contents={"id": text}, author_id=author.id, created_at=at, demo=True)
    row.audience = Audience().stored()
    session.add(row)
    await session.flush()
    return row


def _answers(row: Broadcast, *labels: str) -> list[Any]:
    return [[{"label": label, "data": React(row.id, f"b{number}").encode()}] for number, label in enumerate(labels)]


async def _sent(session: AsyncSession, city: City, row: Broadcast, at: datetime, dice: random.Random) -> None:
    """It went out then; some had blocked the bot, some answered."""
    row.created_at = at
    row.send_at = at
    row.move(BroadcastStatus.SCHEDULED, at)
    await sending.begin(session, city, row, at)
    statement = (
        select(OutboxMessage, Person.reachable)
        .join(Person, Person.id == OutboxMessage.person_id)
        .where(OutboxMessage.broadcast_id == row.id)
        .order_by(OutboxMessage.person_id)
    )
    for number, (message, reachable) in enumerate(list(await session.execute(statement)), start=1):
        message.tries = 1
        if not reachable:
            message.status, message.fault = OutboxStatus.UNREACHABLE, BLOCKED
            continue
        message.status, message.sent_at, message.message_id = OutboxStatus.SENT, at + timedelta(seconds=number), number
        if dice.randrange(100) < ANSWERED:
            button = "b0" if dice.random() < 0.8 else "b1"
            when = at + timedelta(minutes=dice.randint(2, 600))
            session.add(Reaction(broadcast_id=row.id, person_id=message.person_id, button=button, at=when))
    row.move(BroadcastStatus.DONE, at + timedelta(minutes=1))
    row.finished_at = at + timedelta(minutes=1)
    await session.flush()
