"""A message to many people. Who got it, and how it ended, stands in the outbox (`OutboxMessage.broadcast_id`)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from models.base import Base, Key, text_of
from models.errors import Refusal


class BroadcastKind(StrEnum):
    """What it is about. An order to staff cannot be turned off, every other kind can."""

    ORDER = "order"
    TRAINING = "training"
    EVENT = "event"
    NEWS = "news"


class BroadcastStatus(StrEnum):
    """Where it stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class Repeat(StrEnum):
    """How often it is sent anew after the first time."""

    NEVER = "never"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


#: What a broadcast may become.
NEXT: dict[BroadcastStatus, tuple[BroadcastStatus, ...]] = {
    BroadcastStatus.DRAFT: (BroadcastStatus.WAITING, BroadcastStatus.SCHEDULED, BroadcastStatus.CANCELLED),
    BroadcastStatus.WAITING: (BroadcastStatus.SCHEDULED, BroadcastStatus.DRAFT, BroadcastStatus.CANCELLED),
    BroadcastStatus.SCHEDULED: (BroadcastStatus.SENDING, BroadcastStatus.CANCELLED),
    BroadcastStatus.SENDING: (BroadcastStatus.PAUSED, BroadcastStatus.DONE, BroadcastStatus.CANCELLED),
    BroadcastStatus.PAUSED: (BroadcastStatus.SENDING, BroadcastStatus.CANCELLED),
    BroadcastStatus.DONE: (BroadcastStatus.SCHEDULED,),
    BroadcastStatus.CANCELLED: (),
}


class Broadcast(Base):
    """One message to many. Its status changes only in `move`, which writes the event.

    `contents` holds by language the HTML text (at least the city's own language), `files` what Telegram shows again
    (kind, file_id), `buttons` rows of (label, callback data or link). `audience` is the filter, `people` how many it
    found when the sending began. `run` counts the times it was sent, `edition` how often its text was changed after,
    `reminded_run` is the run whose silent readers were reminded. `upload` is a list of NIPs that is still to be fetched
    (file_id, name).
    """

    __tablename__ = "broadcast"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[BroadcastKind] = mapped_column(text_of(BroadcastKind))
    title: Mapped[str] = mapped_column(String(120))
    contents: Mapped[dict[str, Any]] = mapped_column(default=dict)
    files: Mapped[list[Any]] = mapped_column(default=list)
    buttons: Mapped[list[Any]] = mapped_column(default=list)
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)
    people: Mapped[int | None]
    status: Mapped[BroadcastStatus] = mapped_column(text_of(BroadcastStatus), default=BroadcastStatus.DRAFT)
    author_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    send_at: Mapped[datetime | None]
    repeat: Mapped[Repeat] = mapped_column(text_of(Repeat), default=Repeat.NEVER)
    remind_after_days: Mapped[int | None]
    run: Mapped[int] = mapped_column(default=0)
    reminded_run: Mapped[int] = mapped_column(default=0)
    edition: Mapped[int] = mapped_column(default=0)
    upload: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    progress_chat_id: Mapped[int | None] = mapped_column(BigInteger)
    progress_message_id: Mapped[int | None] = mapped_column(BigInteger)
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    events: WriteOnlyMapped[BroadcastEvent] = relationship(
        back_populates="broadcast", order_by="BroadcastEvent.id", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (Index("ix_broadcast_status_send_at", "status", "send_at"),)

    def move(self, following: BroadcastStatus, now: datetime, **event: Any) -> BroadcastEvent:
        """Go on to another state; refused with `broadcast_not_now`. `event` takes the columns of BroadcastEvent."""
        if following not in NEXT[self.status]:
            raise Refusal("broadcast_not_now")
        row = BroadcastEvent(status_before=self.status, status_after=following, at=now, **event)
        self.events.add(row)
        self.status = following
        return row


class BroadcastEvent(Base):
    """One step of a broadcast: who did what when."""

    __tablename__ = "broadcast_event"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcast.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    status_before: Mapped[BroadcastStatus] = mapped_column(text_of(BroadcastStatus))
    status_after: Mapped[BroadcastStatus] = mapped_column(text_of(BroadcastStatus))
    text: Mapped[str | None] = mapped_column(Text)

    broadcast: Mapped[Broadcast] = relationship(lazy="raise", back_populates="events")


class ListedRecipient(Base):
    """Somebody on a list that was uploaded for one broadcast."""

    __tablename__ = "listed_recipient"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcast.id", ondelete="CASCADE"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), index=True)

    __table_args__ = (UniqueConstraint("broadcast_id", "employee_id"),)


class Reaction(Base):
    """A button of a broadcast that its reader pressed (the latest one)."""

    __tablename__ = "reaction"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcast.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    button: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("broadcast_id", "person_id"),)


class OptOut(Base):
    """A kind of broadcast that a person does not want; orders to staff do not ask."""

    __tablename__ = "opt_out"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[BroadcastKind] = mapped_column(text_of(BroadcastKind))
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("person_id", "kind"),)
