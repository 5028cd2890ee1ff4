"""Months of ratings and reports in every state, told through the same services and moves that people use."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import complaints, surveys
from bot.services.city import City
from bot.services.complaints import Report
from bot.services.desk import escalation
from models.complaint import Complaint, ReportClass
from models.employee import Employee
from models.outbox import OutboxMessage, OutboxStatus
from models.person import Person
from models.rules.complaint_flow import Action, ArchiveReason, Status, Verdict
from models.rules.deadlines import due
from models.survey import Pulse

DAYS_BACK = 150
REPORTS = 260
RATINGS = 340
#: Where the reports end, and how many of a hundred do.
ENDS: tuple[tuple[Status, int], ...] = (
    (Status.RECEIVED, 5),
    (Status.INCOMPLETE, 3),
    (Status.VERIFIED, 3),
    (Status.DISPOSED, 7),
    (Status.IN_PROGRESS, 12),
    (Status.FOLLOWED_UP, 9),
    (Status.REOPENED, 3),
    (Status.CLOSED, 48),
    (Status.NOT_OURS, 4),
    (Status.ARCHIVED, 4),
    (Status.WITHDRAWN, 2),
)
#: How many days a report that is not finished may be old: a city that works has few old ones.
FRESH_DAYS = 24
MINUTES = timedelta(minutes=5)

Progress = Callable[[], object]


@dataclass(slots=True)
class History:
    """What is needed to tell it."""

    session: AsyncSession
    city: City
    words: dict[str, Any]
    dice: random.Random
    residents: list[Person]
    officers: dict[int, list[Employee]]
    now: datetime
    closed_at: datetime | None = None

    async def tell(self, step: Progress) -> None:
        """Ratings, then reports; `step` is called after each (REPORTS + RATINGS times)."""
        for _ in range(RATINGS):
            await self._rate()
            step()
        ends = [status for status, share in ENDS for _ in range(share)]
        for number in range(REPORTS):
            await self._report(ends[number % len(ends)], number)
            step()
        await self._remind()
        await self._nobody_is_told()

    async def _rate(self) -> None:
        service = self.dice.choice(list(self.city.services.values()))
        score = self.dice.choices([1, 2, 3, 4], weights=[6, 14, 50, 30])[0]
        at = self._moment(DAYS_BACK)
        pulse = await surveys.rate(
            self.session, self.city, self.dice.choice(self.residents[1:]), service.id, score, "qr", at
        )
        pulse.comment = self.dice.choice([None, None, self.dice.choice(self._comments(score))])

    def _comments(self, score: int) -> list[str]:
        return list(self.words["comments_good" if score > 2 else "comments_bad"])

    async def _report(self, end: Status, number: int) -> None:
        kind = self.dice.choice(self.words["reports"])
        service = next(s for s in self.city.services.values() if s.code == kind["service"])
        is_open = end not in (Status.CLOSED, Status.NOT_OURS, Status.ARCHIVED, Status.WITHDRAWN)
        at = self._moment(FRESH_DAYS if is_open else DAYS_BACK)
        area = self.dice.choice(list(self.city.areas.values()))
        report = Report(
            key=f"demo:{number}",
            report_class=ReportClass(kind["class"]),
            text=self.dice.choice(kind["texts"]),
            service_id=service.id,
            area_id=area.id,
            latitude=area.latitude + self.dice.uniform(-0.004, 0.004),
            longitude=area.longitude + self.dice.uniform(-0.004, 0.004),
            landmark=self.dice.choice(self.words["landmarks"]),
            anonymous=self.dice.random() < 0.15,
            confidential=self.dice.random() < 0.05,
        )
        resident = self.residents[0] if number % 40 == 39 else self.dice.choice(self.residents[1:])
        complaint = await complaints.file(self.session, self.city, resident, report, at)
        await self._live(complaint, end, at)
        await self.session.flush()

    async def _live(self, complaint: Complaint, end: Status, at: datetime) -> None:
        """Walk the report from its receipt to where it ends."""
        if end is Status.RECEIVED:
            return
        at = self._later(at, 4, 30)
        if end in _AT_THE_VERIFIER:
            self._verifier_ends(complaint, end, at)
            return
        who = "inspector" if complaint.confidential else "verifier"
        complaint.move(Action.DISPOSE, at, role=who, values={"unit": self._unit_name(complaint)})
        complaint.disposed_at, complaint.due_at = at, complaint.settle_due_at
        if end is Status.DISPOSED:
            return
        officers = self.officers.get(complaint.unit_id or 0)
        if not officers:
            return
        at = self._later(at, 2, 40)
        complaint.officer_id = self._officer(officers, end).id
        complaint.move(Action.TAKE, at, role="officer")
        at = self._later(at, 3, 50)
        complaint.move(Action.REPLY, at, role="officer", text=self.dice.choice(self.words["replies"]))
        complaint.first_response_at = at
        if end is Status.IN_PROGRESS:
            return
        at = self._later(at, 10, 100)
        complaint.move(Action.PROPOSE_DONE, at, role="officer", text=self.dice.choice(self.words["results"]))
        complaint.followed_up_at, complaint.due_at = at, None
        complaint.auto_close_at = complaints.auto_close_moment(self.city, at)
        self._resident_ends(complaint, end, self._later(at, 2, 60))

    def _officer(self, officers: list[Employee], end: Status) -> Employee:
        """Who has it; what is still open the others of a unit have, so that new work comes to its first officer."""
        if end is not Status.CLOSED and len(officers) > 1:
            return self.dice.choice(officers[1:])
        return self.dice.choices(officers, weights=_SHARES[: len(officers)])[0]

    def _verifier_ends(self, complaint: Complaint, end: Status, at: datetime) -> None:
        action = {
            Status.INCOMPLETE: Action.ASK_COMPLETION,
            Status.VERIFIED: Action.VERIFY,
            Status.NOT_OURS: Action.DECLARE_NOT_OURS,
            Status.ARCHIVED: Action.ARCHIVE,
        }.get(end)
        if action is None:
            complaint.move(Action.WITHDRAW, at, role="resident", actor_id=complaint.reporter_id)
        else:
            complaint.move(action, at, role="verifier", text=_REASONS.get(end))
        if end is Status.ARCHIVED:
            complaint.archive_reason = ArchiveReason.DUPLICATE
        if end is Status.NOT_OURS:
            complaint.addressee_id = self.dice.choice(list(self.city.addressees))
        if end is not Status.VERIFIED:
            complaints.stop_clocks(complaint)

    def _resident_ends(self, complaint: Complaint, end: Status, at: datetime) -> None:
        if end is Status.FOLLOWED_UP:
            return
        who = {"role": "resident", "actor_id": complaint.reporter_id}
        if end is Status.REOPENED:
            complaint.dispute(at, **who)
            complaint.due_at = complaint.settle_due_at = due("reopened", at, self.city.calendar, self.city.limits).at
        elif self.dice.random() < 0.2:
            complaint.move(Action.AUTO_CLOSE, at, values={"reason": "silence"})
            complaint.verdict = Verdict.WITHOUT_CONFIRMATION
        else:
            complaint.score = self.dice.choices([2, 3, 4], weights=[10, 50, 40])[0]
            complaint.move(Action.CONFIRM, at, **who, values={"score": complaint.score})
            complaint.verdict = Verdict.SOLVED
        if end is Status.CLOSED:
            complaints.stop_clocks(complaint)

    async def _remind(self) -> None:
        """Whoever is late by now was reminded already, so that the demo does not open with a flood of reminders."""
        due = await escalation.find(self.session, self.city, self.now)
        await escalation.take_steps(self.session, self.city, due, self.now)

    async def _nobody_is_told(self) -> None:
        """History sends no notices: what the services queued counts as sent long ago."""
        queued = await self.session.scalars(
            select(OutboxMessage).where(OutboxMessage.status == OutboxStatus.QUEUED).order_by(OutboxMessage.id)
        )
        for message in queued:
            message.status, message.sent_at = OutboxStatus.SENT, message.created_at

    def _unit_name(self, complaint: Complaint) -> str:
        return self.city.units[complaint.unit_id].short_name if complaint.unit_id is not None else ""

    def _moment(self, days_back: int) -> datetime:
        """Some moment of the past when the offices were open."""
        calendar = self.city.calendar
        day = calendar.last_working_day(calendar.local_day(self.now - timedelta(days=self.dice.randint(1, days_back))))
        return self._when_open(calendar.opens(day) + timedelta(minutes=self.dice.randint(0, 479)))

    def _later(self, at: datetime, least: int, most: int) -> datetime:
        """Some hours later, when the offices are open; never in the future."""
        return min(self._when_open(at + timedelta(hours=self.dice.randint(least, most))), max(at, self._last_open()))

    def _when_open(self, at: datetime) -> datetime:
        """That moment, or some time after the offices open again."""
        opens = self.city.calendar.next_office_moment(at)
        return at if opens == at else opens + timedelta(minutes=self.dice.randint(2, 55))

    def _last_open(self) -> datetime:
        """Now, or the moment when the offices closed last."""
        if self.closed_at is None:
            self.closed_at = self.now
            while self.city.calendar.next_office_moment(self.closed_at) != self.closed_at:
                self.closed_at -= MINUTES
        return self.closed_at


#: How much of a unit's work each of its officers has had; the first of them has a phone on the page and little to do.
_SHARES = (1, 4, 4, 4)
_AT_THE_VERIFIER = (Status.INCOMPLETE, Status.VERIFIED, Status.NOT_OURS, Status.ARCHIVED, Status.WITHDRAWN)
_REASONS = {
    Status.INCOMPLETE: "Mohon lengkapi lokasi kejadian dan sejak kapan terjadi.",
    Status.NOT_OURS: "Laporan ini bukan wewenang Pemerintah Kota.",
    Status.ARCHIVED: "Laporan yang sama sudah kami terima sebelumnya.",
}


async def is_told(session: AsyncSession) -> bool:
    """Whether the demo's history exists already."""
    told = await session.scalar(select(func.count()).select_from(Complaint).where(Complaint.demo))
    return bool(told) or bool(await session.scalar(select(func.count()).select_from(Pulse)))
