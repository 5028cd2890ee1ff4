"""What other people must learn: written with the effects, sent after the commit."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of


class Lane(StrEnum):
    """Which queue of the limiter a message takes; earlier ones go first."""

    ANSWER = "answer"
    NOTICE = "notice"
    MASS = "mass"


class Promise(StrEnum):
    """What a crash between sending and recording may do: repeat the message, or leave it unsent."""

    AT_LEAST_ONCE = "at_least_once"
    AT_MOST_ONCE = "at_most_once"


class OutboxStatus(StrEnum):
    """Life of a message: queued → claimed → one of the ends; one of a broadcast may be paused or cancelled before."""

    QUEUED = "queued"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    CLAIMED = "claimed"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Deed(StrEnum):
    """What is done with a message: a new one is sent, or one sent before is changed or taken away."""

    SEND = "send"
    EDIT = "edit"
    DELETE = "delete"


class OutboxMessage(Base):
    """One notice to one person, or to a unit's group.

    `kind` and `values` are rendered in the reader's language when it is sent.

    `key` is unique: the same fact is told once. `lease_until` frees a claim whose process died. What one of a
    broadcast says stands there; an EDIT or DELETE is of `target_message_id` in the reader's chat.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("staff_group.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    lane: Mapped[Lane] = mapped_column(text_of(Lane), default=Lane.NOTICE)
    promise: Mapped[Promise] = mapped_column(text_of(Promise), default=Promise.AT_LEAST_ONCE)
    status: Mapped[OutboxStatus] = mapped_column(text_of(OutboxStatus), default=OutboxStatus.QUEUED)
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id", ondelete="SET NULL"), index=True)
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcast.id", ondelete="CASCADE"))
    deed: Mapped[Deed] = mapped_column(text_of(Deed), default=Deed.SEND, server_default=Deed.SEND.value)
    target_message_id: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    fault: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_outbox_status_not_before", "status", "not_before"),
        Index("ix_outbox_broadcast_id_status", "broadcast_id", "status"),
    )
