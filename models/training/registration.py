"""Who takes part in a course: seats, the waiting list, attendance, what was learnt and what it was worth."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from models.base import Base, Key, text_of
from models.errors import Refusal


class RegistrationStatus(StrEnum):
    """From interest to a seat, or away."""

    INTERESTED = "interested"
    APPROVED = "approved"
    REFUSED = "refused"
    WAITING = "waiting"
    OFFERED = "offered"
    SEATED = "seated"
    CANCELLED = "cancelled"
    NOT_SELECTED = "not_selected"


#: What a registration may become; somebody who cancelled may come again, at the end of the list.
NEXT_REGISTRATION: dict[RegistrationStatus, tuple[RegistrationStatus, ...]] = {
    RegistrationStatus.INTERESTED: (
        RegistrationStatus.APPROVED,
        RegistrationStatus.REFUSED,
        RegistrationStatus.SEATED,
        RegistrationStatus.WAITING,
        RegistrationStatus.CANCELLED,
        RegistrationStatus.NOT_SELECTED,
    ),
    RegistrationStatus.APPROVED: (
        RegistrationStatus.SEATED,
        RegistrationStatus.WAITING,
        RegistrationStatus.CANCELLED,
        RegistrationStatus.NOT_SELECTED,
    ),
    RegistrationStatus.REFUSED: (RegistrationStatus.INTERESTED,),
    RegistrationStatus.WAITING: (
        RegistrationStatus.OFFERED,
        RegistrationStatus.SEATED,
        RegistrationStatus.CANCELLED,
        RegistrationStatus.NOT_SELECTED,
    ),
    RegistrationStatus.OFFERED: (
        RegistrationStatus.SEATED,
        RegistrationStatus.WAITING,
        RegistrationStatus.CANCELLED,
    ),
    RegistrationStatus.SEATED: (RegistrationStatus.CANCELLED,),
    RegistrationStatus.CANCELLED: (RegistrationStatus.INTERESTED,),
    RegistrationStatus.NOT_SELECTED: (),
}


class Registration(Base):
    """One employee and one course. Its status changes only in `move`, which writes the event.

    A seat is a number: `seat` within the course, `unit_seat` within the unit, each unique, so that parallel presses
    cannot give one twice. An offered seat is held by its numbers. `queued_at` orders the waiting list. `unit_id` is the
    employee's on that day; `superior_id` who approved or refused.
    """

    __tablename__ = "registration"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    status: Mapped[RegistrationStatus] = mapped_column(
        text_of(RegistrationStatus), default=RegistrationStatus.INTERESTED
    )
    seat: Mapped[int | None]
    unit_seat: Mapped[int | None]
    queued_at: Mapped[datetime]
    offered_until: Mapped[datetime | None]
    superior_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    events: WriteOnlyMapped[RegistrationEvent] = relationship(
        back_populates="registration", order_by="RegistrationEvent.id", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        UniqueConstraint("course_id", "employee_id"),
        UniqueConstraint("course_id", "seat"),
        UniqueConstraint("course_id", "unit_id", "unit_seat"),
        Index("ix_registration_course_id_status", "course_id", "status", "queued_at"),
        Index("ix_registration_status_offered_until", "status", "offered_until"),
    )

    def move(self, following: RegistrationStatus, now: datetime, **event: Any) -> RegistrationEvent:
        """Go on to another state; refused with `registration_not_now`. Whoever leaves a seat frees its numbers."""
        if following not in NEXT_REGISTRATION[self.status]:
            raise Refusal("registration_not_now")
        row = RegistrationEvent(status_before=self.status, status_after=following, at=now, **event)
        self.events.add(row)
        self.status = following
        if following not in (RegistrationStatus.SEATED, RegistrationStatus.OFFERED):
            self.seat = self.unit_seat = None
        if following is not RegistrationStatus.OFFERED:
            self.offered_until = None
        return row


class RegistrationEvent(Base):
    """One step of a registration: who did what when."""

    __tablename__ = "registration_event"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    status_before: Mapped[RegistrationStatus] = mapped_column(text_of(RegistrationStatus))
    status_after: Mapped[RegistrationStatus] = mapped_column(text_of(RegistrationStatus))
    text: Mapped[str | None] = mapped_column(Text)

    registration: Mapped[Registration] = relationship(lazy="raise", back_populates="events")


class AttendanceWay(StrEnum):
    """How somebody was found present."""

    CODE = "code"
    LIST = "list"


class Attendance(Base):
    """Somebody was at a session.

    `distance_m` are the metres from the room, in tens, where the participant gave the place: the point itself is kept
    nowhere. Without it the attendance counts the same.
    """

    __tablename__ = "attendance"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("course_session.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    way: Mapped[AttendanceWay] = mapped_column(text_of(AttendanceWay))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    at: Mapped[datetime]
    distance_m: Mapped[int | None]

    __table_args__ = (UniqueConstraint("session_id", "registration_id"),)
