"""A course: what is taught, when and where, for whom, and with how many seats."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of
from models.errors import Refusal
from models.rules.coordinates import Point


class CourseKind(StrEnum):
    """Which competence it raises (PP 11/2017)."""

    TECHNICAL = "technical"
    MANAGERIAL = "managerial"
    SOCIOCULTURAL = "sociocultural"
    FUNCTIONAL = "functional"


class CoursePath(StrEnum):
    """In a class or not (Perlan 10/2018); the form (kursus, magang, …) is the city's data."""

    CLASSROOM = "classroom"
    OTHER = "other"


class Selection(StrEnum):
    """Who gets the seats."""

    FIRST_COME = "first_come"
    SELECTED = "selected"


class CourseStatus(StrEnum):
    """Where it stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    DONE = "done"
    CANCELLED = "cancelled"


#: What a course may become.
NEXT_COURSE: dict[CourseStatus, tuple[CourseStatus, ...]] = {
    CourseStatus.DRAFT: (CourseStatus.OPEN, CourseStatus.CANCELLED),
    CourseStatus.OPEN: (CourseStatus.CLOSED, CourseStatus.CANCELLED),
    CourseStatus.CLOSED: (CourseStatus.OPEN, CourseStatus.DONE, CourseStatus.CANCELLED),
    CourseStatus.DONE: (),
    CourseStatus.CANCELLED: (),
}


class Course(Base):
    """A training. `hours` are JP (1 JP = 45 minutes); `quota` seats in all, `unit_quota` of one unit (None: no limit).

    `audience` is the filter of who may take part, `closes_at` until when one registers, `offer_hours` how long a seat
    is held for the first on the waiting list. `topics` are words by which it is found.
    """

    __tablename__ = "course"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[CourseKind] = mapped_column(text_of(CourseKind))
    path: Mapped[CoursePath] = mapped_column(text_of(CoursePath))
    form: Mapped[str] = mapped_column(String(60), default="")
    hours: Mapped[int]
    place: Mapped[str] = mapped_column(String(200), default="")
    link: Mapped[str | None] = mapped_column(String(500))
    quota: Mapped[int]
    unit_quota: Mapped[int | None]
    selection: Mapped[Selection] = mapped_column(text_of(Selection), default=Selection.FIRST_COME)
    needs_approval: Mapped[bool] = mapped_column(default=True)
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)
    topics: Mapped[list[str]] = mapped_column(default=list)
    closes_at: Mapped[datetime]
    offer_hours: Mapped[int] = mapped_column(default=24)
    status: Mapped[CourseStatus] = mapped_column(text_of(CourseStatus), default=CourseStatus.DRAFT)
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcast.id", ondelete="SET NULL"), index=True)
    files: Mapped[list[Any]] = mapped_column(default=list)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    created_at: Mapped[datetime]
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        CheckConstraint("quota > 0", name="some_seats"),
        CheckConstraint("hours > 0", name="some_hours"),
        Index("ix_course_status_closes_at", "status", "closes_at"),
    )

    def move(self, following: CourseStatus) -> None:
        """Go on to another state; refused with `course_not_now`."""
        if following not in NEXT_COURSE[self.status]:
            raise Refusal("course_not_now")
        self.status = following


class CourseSession(Base):
    """One meeting of a course. `secret` makes the short-lived codes shown in the room.

    `latitude` and `longitude` are the point of the room, both or neither: only with it a participant is offered to add
    the place.
    """

    __tablename__ = "course_session"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200), default="")
    secret: Mapped[str] = mapped_column(String(64))
    latitude: Mapped[float | None] = mapped_column(Numeric(9, 6, asdecimal=False))
    longitude: Mapped[float | None] = mapped_column(Numeric(9, 6, asdecimal=False))

    __table_args__ = (
        UniqueConstraint("course_id", "starts_at"),
        CheckConstraint("starts_at < ends_at", name="begins_before_it_ends"),
        Index("ix_course_session_starts_at", "starts_at"),
    )

    @property
    def point(self) -> Point | None:
        """Where the room is, if that was said."""
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)

    def stand(self, point: Point | None) -> None:
        """Put the room at a point, or nowhere."""
        self.latitude, self.longitude = (point.latitude, point.longitude) if point is not None else (None, None)
