"""What is promised until when, reckoned anew from the events alone and compared with what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.city import City
from bot.services.complaints import SETTLEMENT
from models.complaint import Complaint, ComplaintEvent, ReportClass
from models.rules.complaint_flow import Action, Status
from tests.life.laws import ENDS, Taken

#: Steps that end a pause and give its working days back, unless the clock did them.
RESUMING = {Action.ADD_INFORMATION, Action.VERIFY, Action.PROPOSE_DONE, Action.TRANSFER, Action.TAKE}
#: From here on a unit has it.
HANDING = {Action.DISPOSE, Action.TRANSFER, Action.TAKE}


@dataclass
class Reckoning:
    """A walk through the events: which limit runs since when, and the working days that pauses took."""

    city: City
    limit: str
    since: datetime
    verify_since: datetime
    is_disposed: bool = False
    paused_at: datetime | None = None
    lost: int = 0
    lost_before_disposal: int = 0

    def pass_over(self, event: ComplaintEvent, complaint: Complaint) -> None:
        """What one event does to the clocks."""
        by_itself = event.role == "system"
        if event.action in (Action.ASK_COMPLETION, Action.ASK_RESIDENT):
            self.paused_at = self.paused_at or event.at
        if event.action in RESUMING and not by_itself and not (event.action is Action.TAKE and self.is_disposed):
            self._resume(event.at)
        if event.status_after in ENDS or event.status_after is Status.REOPENED:
            self.paused_at = None
        if event.action is Action.VERIFY and "class_before" in event.values:
            inspected = "complaint_inspection" if event.values["needs_inspection"] else None
            self.limit = inspected or SETTLEMENT[ReportClass(event.values["class"])]
            self.lost = self.lost_before_disposal
        if event.status_after is Status.REOPENED and event.action in (Action.DISPUTE, Action.REOPEN):
            self.limit, self.since, self.lost = "reopened", event.at, 0
        if event.action is Action.RESTORE:
            self.since = self.verify_since = event.at
            self.limit, self.lost, self.lost_before_disposal = SETTLEMENT[complaint.report_class], 0, 0
        self.is_disposed = (self.is_disposed or event.action in HANDING) and event.action is not Action.UNMERGE

    def _resume(self, at: datetime) -> None:
        if self.paused_at is None:
            return
        days = self.city.calendar.working_days_between(self.city.today(self.paused_at), self.city.today(at))
        self.lost += days
        self.lost_before_disposal += 0 if self.is_disposed else days
        self.paused_at = None

    def until(self, complaint: Complaint) -> datetime:
        """When the settlement is promised for."""
        capped = None if self.limit == "reopened" else complaint
        return _promise(self.city, self.limit, self.since, self.lost, capped)


def _promise(city: City, limit: str, since: datetime, lost: int, capped: Complaint | None) -> datetime:
    day = city.calendar.add_working_days(city.today(since), city.limits.working_days[limit] + lost)
    if capped is not None:
        day = min(day, city.calendar.last_working_day(capped.statutory_due_on))
    return city.calendar.closes(day)


def promises_follow_from_the_events(taken: Taken, classes: dict[int, ReportClass]) -> None:
    """Domain rule 10: pauses are given back in working days, and the statute's sixty days never move."""
    city = taken.city
    for row in taken.after.complaints.values():
        assert row.statutory_due_on == city.today(row.received_at) + timedelta(days=city.limits.statutory_days)
        reckoning = Reckoning(city, SETTLEMENT[classes[row.id]], row.received_at, row.received_at)
        for event in taken.after.events.get(row.id, ()):
            reckoning.pass_over(event, row)
        assert row.paused_at == reckoning.paused_at
        assert row.settle_due_at == reckoning.until(row)
        assert row.verify_due_at == _promise(
            city, "verify", reckoning.verify_since, reckoning.lost_before_disposal, row
        )


def something_is_promised_while_the_city_owes_it(taken: Taken) -> None:
    for row in taken.after.complaints.values():
        owed = row.status not in ENDS and row.status is not Status.FOLLOWED_UP
        assert (row.due_at is not None) is owed
        if owed:
            assert row.due_at == (row.verify_due_at if row.disposed_at is None else row.settle_due_at)
        waits = row.status is Status.FOLLOWED_UP and row.held_at is None
        assert (row.auto_close_at is not None) is waits
        if row.status is Status.FOLLOWED_UP:
            assert row.followed_up_at is not None
