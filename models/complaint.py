"""A resident's report and everything that happened to it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from models.attachment import Attachment
from models.base import Base, Key, text_of
from models.errors import Refusal
from models.organisation import Area, Service, Unit
from models.rules.complaint_flow import CLOSING, FINDINGS, Action, ArchiveReason, Status, Verdict, dispute, next_status
from models.rules.permissions import Record


class ReportClass(StrEnum):
    """The three classes of SP4N-LAPOR."""

    COMPLAINT = "complaint"
    ASPIRATION = "aspiration"
    INFORMATION = "information"


class Source(StrEnum):
    """Where the report came from."""

    BOT = "bot"
    RATING = "rating"
    FORUM = "forum"
    SOCIAL = "social"
    PHONE = "phone"
    COUNTER = "counter"


class Complaint(Base):
    """One report. Its status changes only in `move`, which writes the event in the same breath.

    `anonymous`: nobody learns who reported; instead of `reporter_id` it has a keyed mark of the person, and the sealed
    identity in a table of its own. `confidential`: no public list, no other unit. `conflict`: about a unit or a civil
    servant, who never get it. `held_at` is set while the inspectorate looks at a proof: nothing closes meanwhile.
    `message_id` is the reporter's message that carries the words: an edit of it is recognised.
    `merged_into_id` is the main report of a duplicate, `occurrence_id` the thing that several reports are about.
    `due_at` is the earliest promise that now runs; `paused_at` is set while the resident is asked something.
    `version` makes the second of two simultaneous presses fail instead of win.
    """

    __tablename__ = "complaint"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(24))
    report_class: Mapped[ReportClass] = mapped_column(text_of(ReportClass))
    source: Mapped[Source] = mapped_column(text_of(Source), default=Source.BOT)
    source_link: Mapped[str | None] = mapped_column(Text)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", ondelete="SET NULL"), index=True)
    filing_key: Mapped[str] = mapped_column(String(40))
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    reporter_mark: Mapped[str | None] = mapped_column(String(64))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", ondelete="SET NULL"), index=True)
    text: Mapped[str] = mapped_column(Text)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    latitude: Mapped[float | None] = mapped_column(Numeric(9, 6, asdecimal=False))
    longitude: Mapped[float | None] = mapped_column(Numeric(9, 6, asdecimal=False))
    landmark: Mapped[str | None] = mapped_column(Text)
    anonymous: Mapped[bool] = mapped_column(default=False)
    confidential: Mapped[bool] = mapped_column(default=False)
    conflict: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    conflict_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    conflict_employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", ondelete="SET NULL"), index=True)
    status: Mapped[Status] = mapped_column(text_of(Status), default=Status.RECEIVED)
    needs_inspection: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime]
    disposed_at: Mapped[datetime | None]
    first_response_at: Mapped[datetime | None]
    followed_up_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    verify_due_at: Mapped[datetime]
    settle_due_at: Mapped[datetime]
    statutory_due_on: Mapped[date]
    due_at: Mapped[datetime | None]
    auto_close_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    escalation: Mapped[int] = mapped_column(default=0)
    reopened: Mapped[int] = mapped_column(default=0)
    verdict: Mapped[Verdict | None] = mapped_column(text_of(Verdict))
    score: Mapped[int | None]
    archive_reason: Mapped[ArchiveReason | None] = mapped_column(text_of(ArchiveReason))
    addressee_id: Mapped[int | None] = mapped_column(ForeignKey("addressee.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id", ondelete="SET NULL"), index=True)
    occurrence_id: Mapped[int | None] = mapped_column(ForeignKey("occurrence.id", ondelete="SET NULL"), index=True)
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    service: Mapped[Service | None] = relationship(lazy="raise")
    unit: Mapped[Unit | None] = relationship(lazy="raise", foreign_keys="Complaint.unit_id")
    area: Mapped[Area | None] = relationship(lazy="raise")
    events: WriteOnlyMapped[ComplaintEvent] = relationship(
        back_populates="complaint", order_by="ComplaintEvent.id", passive_deletes=True
    )
    attachments: Mapped[list[Attachment]] = relationship(lazy="raise", order_by="Attachment.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint("filing_key"),
        Index("ix_complaint_unit_id_status", "unit_id", "status", "due_at"),
        Index("ix_complaint_status_due_at", "status", "due_at"),
        Index("ix_complaint_reporter_id", "reporter_id", "received_at"),
        Index("ix_complaint_reporter_mark", "reporter_mark", "received_at"),
    )

    def record(self) -> Record:
        """What the table of rights needs to know of it. A unit has it from the disposal on (domain rule 20)."""
        return Record(
            owner_id=self.reporter_id,
            unit_id=self.unit_id if self.disposed_at is not None else None,
            owner_mark=self.reporter_mark,
            confidential=self.confidential,
            conflict=self.conflict,
            conflict_unit_id=self.conflict_unit_id,
            conflict_employee_id=self.conflict_employee_id,
        )

    def move(self, action: Action, now: datetime, **event: Any) -> ComplaintEvent:
        """Do `action`: the status changes by the transition table and the event says who, when, from, to.

        `event` takes the columns of ComplaintEvent (actor_id, role, text, public, values). Refused with
        `not_in_this_state` where the table knows no such move.
        """
        return self._enter(action, next_status(action, self.status), now, event)

    def dispute(self, now: datetime, **event: Any) -> ComplaintEvent:
        """The resident says "not solved": reopened the first time, closed as not solved the second."""
        outcome = dispute(self.status, self.reopened)
        row = self._enter(Action.DISPUTE, outcome.status, now, event)
        self.verdict = outcome.verdict
        self.reopened += outcome.status is Status.REOPENED
        return row

    def reopen(self, now: datetime, last_moment: datetime, **event: Any) -> ComplaintEvent:
        """The resident comes back after the closing: once, until `last_moment`."""
        if self.reopened or now > last_moment:
            raise Refusal("reopening_is_over")
        self.reopened += 1
        self.verdict = self.score = self.closed_at = None
        return self.move(Action.REOPEN, now, **event)

    def hold(self, now: datetime, **event: Any) -> ComplaintEvent:
        """A proof is doubted: nothing closes until the inspectorate has looked."""
        self.held_at = self.held_at or now
        return self.move(Action.HOLD, now, role="system", public=False, **event)

    def _enter(self, action: Action, status: Status, now: datetime, event: dict[str, Any]) -> ComplaintEvent:
        if self.held_at is not None and (action in CLOSING or status is Status.CLOSED):
            raise Refusal("closing_held")
        if self.held_at is None and action in FINDINGS:
            raise Refusal("not_in_this_state", action=action.value, status=self.status.value)
        row = ComplaintEvent(action=action, status_before=self.status, status_after=status, at=now, **event)
        self.status = status
        if status is Status.CLOSED:
            self.closed_at = now
        self.events.add(row)
        return row


class ComplaintEvent(Base):
    """One step of a complaint: who did what when, and what the resident may read of it (`public`)."""

    __tablename__ = "complaint_event"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    role: Mapped[str] = mapped_column(String(20), default="system")
    action: Mapped[Action] = mapped_column(text_of(Action))
    status_before: Mapped[Status | None] = mapped_column(text_of(Status))
    status_after: Mapped[Status] = mapped_column(text_of(Status))
    public: Mapped[bool] = mapped_column(default=True)
    text: Mapped[str | None] = mapped_column(Text)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)

    complaint: Mapped[Complaint] = relationship(lazy="raise", back_populates="events")
