"""A unit's group: bound and let go by an administrator, told of new reports, followed when it becomes a supergroup."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import outbox
from bot.services.city import City
from models.complaint import Complaint, ComplaintEvent
from models.errors import Refusal
from models.group import StaffGroup
from models.organisation import Unit
from models.rules.permissions import Desk, Presser, require_desk


def unit_named(city: City, words: str, now: datetime) -> Unit:
    """The active unit of this code or short name; refused with `no_such_unit`."""
    wanted, today = words.strip().casefold(), city.today(now)
    for unit in city.units.values():
        names = (unit.code, unit.short_name, unit.name, *unit.aliases)
        if wanted in {name.casefold() for name in names} and unit.is_active(today):
            return unit
    raise Refusal("no_such_unit")


async def bind(
    session: AsyncSession, presser: Presser, unit: Unit, chat_id: int, title: str, language: str, now: datetime
) -> StaffGroup:
    """The group is this unit's from now on, whatever it was before."""
    require_desk(presser, Desk.GROUPS)
    group = await session.scalar(select(StaffGroup).where(StaffGroup.chat_id == chat_id))
    if group is None:
        group = StaffGroup(chat_id=chat_id)
        session.add(group)
    group.unit_id, group.title, group.language = unit.id, title[:200], language
    group.bound_by_id, group.bound_at, group.ended_at = presser.employee_id, now, None
    await session.flush()
    return group


async def let_go(session: AsyncSession, presser: Presser, chat_id: int, now: datetime) -> None:
    """No more cards; refused with `group_not_bound` when it was no unit's."""
    require_desk(presser, Desk.GROUPS)
    group = await bound(session, chat_id)
    group.ended_at = now


async def bound(session: AsyncSession, chat_id: int) -> StaffGroup:
    """The unit's group behind a chat; refused with `group_not_bound`."""
    statement = select(StaffGroup).where(StaffGroup.chat_id == chat_id, StaffGroup.ended_at.is_(None))
    group = await session.scalar(statement)
    if group is None:
        raise Refusal("group_not_bound")
    return group


async def lose(session: AsyncSession, chat_ids: Iterable[int], now: datetime) -> None:
    """Groups that the bot cannot write to any more get no cards."""
    await session.execute(
        update(StaffGroup)
        .where(StaffGroup.chat_id.in_(list(chat_ids)), StaffGroup.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )


async def move(session: AsyncSession, old_chat_id: int, new_chat_id: int) -> None:
    """The group became a supergroup; a second telling changes nothing."""
    if await session.scalar(select(StaffGroup.id).where(StaffGroup.chat_id == new_chat_id)) is not None:
        return
    await session.execute(
        update(StaffGroup)
        .where(StaffGroup.chat_id == old_chat_id)
        .values(chat_id=new_chat_id)
        .execution_options(synchronize_session=False)
    )


async def tell(session: AsyncSession, city: City, complaint: Complaint, event: ComplaintEvent, now: datetime) -> None:
    """A card in the groups of the unit: never of a restricted report (domain rule 13), never with its words."""
    if complaint.record().restricted or complaint.unit_id is None:
        return
    statement = select(StaffGroup.id).where(StaffGroup.unit_id == complaint.unit_id, StaffGroup.ended_at.is_(None))
    for group_id in (await session.scalars(statement.order_by(StaffGroup.id))).all():
        await outbox.put(
            session,
            key=f"group_card:{event.id}:{group_id}",
            person_id=None,
            group_id=group_id,
            kind="group_card",
            values=card_values(city, complaint),
            complaint_id=complaint.id,
            now=now,
        )


def card_values(city: City, complaint: Complaint) -> dict[str, object]:
    """What a group may know of a report: nothing about a person, none of the resident's words."""
    service = city.services.get(complaint.service_id or 0)
    area = city.areas.get(complaint.area_id or 0)
    return {
        "complaint_id": complaint.id,
        "code": complaint.code,
        "class": complaint.report_class.value,
        "service": service.name if service is not None else "",
        "kelurahan": area.kelurahan if area is not None else "",
        "due_at": complaint.settle_due_at.isoformat(),
    }
