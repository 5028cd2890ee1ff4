"""A public event (dialogue forum): residents register, ask ahead, read the minutes; reports come out of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from models.base import Base, Key, text_of
from models.errors import Refusal


class ForumStatus(StrEnum):
    """Where it stands."""

    DRAFT = "draft"
    OPEN = "open"
    HELD = "held"
    REPORTED = "reported"
    CANCELLED = "cancelled"


#: What a forum may become.
NEXT_FORUM: dict[ForumStatus, tuple[ForumStatus, ...]] = {
    ForumStatus.DRAFT: (ForumStatus.OPEN, ForumStatus.CANCELLED),
    ForumStatus.OPEN: (ForumStatus.HELD, ForumStatus.CANCELLED),
    ForumStatus.HELD: (ForumStatus.REPORTED,),
    ForumStatus.REPORTED: (),
    ForumStatus.CANCELLED: (),
}


class Forum(Base):
    """A public event of a unit. Its status changes only in `move`, which writes the event.

    `code` stands in its link. `seats`: how many may register (None: any number), until `closes_at`. `poster` and
    `minutes_file` are what Telegram shows again (kind, file_id). `attended` is how many people came, as counted there.
    """

    __tablename__ = "forum"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(Text, default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200), default="")
    link: Mapped[str | None] = mapped_column(String(500))
    seats: Mapped[int | None]
    closes_at: Mapped[datetime]
    poster: Mapped[list[Any]] = mapped_column(default=list)
    status: Mapped[ForumStatus] = mapped_column(text_of(ForumStatus), default=ForumStatus.DRAFT)
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcast.id", ondelete="SET NULL"), index=True)
    attended: Mapped[int | None]
    minutes: Mapped[str | None] = mapped_column(Text)
    minutes_file: Mapped[list[Any]] = mapped_column(default=list)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    created_at: Mapped[datetime]
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    events: WriteOnlyMapped[ForumEvent] = relationship(
        back_populates="forum", order_by="ForumEvent.id", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        CheckConstraint("seats > 0", name="some_seats"),
        CheckConstraint("starts_at < ends_at", name="begins_before_it_ends"),
        Index("ix_forum_status_starts_at", "status", "starts_at"),
    )

    def move(self, following: ForumStatus, now: datetime, **event: Any) -> ForumEvent:
        """Go on to another state; refused with `forum_not_now`. `event` takes the columns of ForumEvent."""
        if following not in NEXT_FORUM[self.status]:
            raise Refusal("forum_not_now")
        row = ForumEvent(status_before=self.status, status_after=following, at=now, **event)
        self.events.add(row)
        self.status = following
        return row


class ForumEvent(Base):
    """One step of a forum: who did what when."""

    __tablename__ = "forum_event"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    status_before: Mapped[ForumStatus] = mapped_column(text_of(ForumStatus))
    status_after: Mapped[ForumStatus] = mapped_column(text_of(ForumStatus))
    text: Mapped[str | None] = mapped_column(Text)

    forum: Mapped[Forum] = relationship(lazy="raise", back_populates="events")


class ForumVisit(Base):
    """Somebody who will come. Whoever gives it up leaves no row.

    A seat is a number, unique within the forum, so that parallel presses cannot give one twice; none where seats are
    not counted.
    """

    __tablename__ = "forum_visit"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    seat: Mapped[int | None]
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("forum_id", "person_id"), UniqueConstraint("forum_id", "seat"))


class QuestionGroup(Base):
    """Questions about the same thing under one heading, answered once."""

    __tablename__ = "question_group"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", ondelete="SET NULL"), index=True)


class ForumQuestion(Base):
    """What somebody asks ahead. The hosts read a name only where the asker chose to be `named`.

    `number` is the first, second, third of this person at this forum. A hidden one is shown to nobody but its asker.
    """

    __tablename__ = "forum_question"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    number: Mapped[int]
    named: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("question_group.id", ondelete="SET NULL"), index=True)
    asked_at: Mapped[datetime]
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None] = mapped_column(Text)
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", ondelete="SET NULL"), index=True)

    __table_args__ = (
        UniqueConstraint("forum_id", "person_id", "number"),
        Index("ix_forum_question_forum_id_group_id", "forum_id", "group_id"),
    )


class ForumReport(Base):
    """A report (complaint, aspiration) that came out of a forum."""

    __tablename__ = "forum_report"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"), primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
