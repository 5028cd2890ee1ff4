"""Who acts at public events, which one is meant, and how those who registered are told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot.services import notices, outbox
from bot.services.acting import Acting
from bot.services.notices import sending_moment
from models.errors import Refusal
from models.forum import Forum, ForumStatus, ForumVisit
from models.outbox import Promise
from models.rules.permissions import Role


@dataclass(frozen=True, slots=True)
class Gathering(Acting):
    """The session, the city, who presses, and now."""

    @property
    def hosts_all(self) -> bool:
        """Whether events of every unit are this one's: human resources of the whole city, administrators."""
        held = {grant.role for grant in self.presser.grants if grant.unit_id is None}
        return bool(held & {Role.HR, Role.ADMIN}) and self.presser.employee_id is not None

    @property
    def hosts(self) -> bool:
        """Whether this one may write events: of every unit, or as the head of one."""
        return self.presser.employee_id is not None and (self.hosts_all or bool(self.presser.units(Role.HEAD)))

    def units(self) -> list[tuple[int, str]]:
        """The units in whose name this one may invite, by name."""
        led = self.presser.units(Role.HEAD)
        found = [
            (unit.id, unit.short_name)
            for unit in self.city.units.values()
            if unit.is_active(self.today) and (self.hosts_all or unit.id in led)
        ]
        return sorted(found, key=lambda one: one[1])

    def may_host(self, forum: Forum) -> bool:
        """Whether this event is this one's to change, announce and answer at."""
        unit = self.city.successor(forum.unit_id)
        return self.hosts and (self.hosts_all or unit.id in self.presser.units(Role.HEAD))

    def may_record(self, forum: Forum) -> bool:
        """Whether this one may write down reports that come out of it: its hosts, its officers, the verifiers."""
        unit = self.city.successor(forum.unit_id)
        verifies = any(grant.role is Role.VERIFIER and grant.unit_id is None for grant in self.presser.grants)
        return self.may_host(forum) or verifies or unit.id in self.presser.units(Role.OFFICER)


async def find(by: Gathering, forum_id: int, *, lock: bool = False) -> Forum:
    """One event; drafts only for its hosts. Refused with `no_such_forum`."""
    statement = select(Forum).where(Forum.id == forum_id).execution_options(populate_existing=True)
    forum = await by.session.scalar(statement.with_for_update() if lock else statement)
    if forum is None or (forum.status is ForumStatus.DRAFT and not by.may_host(forum)):
        raise Refusal("no_such_forum")
    return forum


async def hosted(by: Gathering, forum_id: int, *, lock: bool = False) -> Forum:
    """One event of the presser's own; refused with `no_such_forum`, `not_your_forum`."""
    forum = await find(by, forum_id, lock=lock)
    if not by.may_host(forum):
        raise Refusal("not_your_forum")
    return forum


async def visitors(by: Gathering, forum_id: int) -> list[int]:
    """The persons who registered."""
    statement = select(ForumVisit.person_id).where(ForumVisit.forum_id == forum_id)
    return list(await by.session.scalars(statement.order_by(ForumVisit.person_id)))


async def tell(
    by: Gathering,
    people: Collection[int],
    kind: str,
    key: str,
    *,
    at_once: bool = False,
    promise: Promise = Promise.AT_LEAST_ONCE,
    **values: Any,
) -> int:
    """Put one notice to each of these persons, once per kind, key and person; how many were fresh."""
    moment = by.now if at_once else sending_moment(by.city, by.now)
    rows = [notices.row(f"{kind}:{key}:{one}", one, kind, values, moment, promise) for one in people]
    return await outbox.put_many(by.session, rows, by.now)
