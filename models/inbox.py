"""Updates as they arrived, kept until their effects are committed and their answer is sent."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, text_of


class InboxStatus(StrEnum):
    """Life of an update: pending → answering → done; or dead after the last try; or quarantined unread."""

    PENDING = "pending"
    ANSWERING = "answering"
    DONE = "done"
    DEAD = "dead"
    QUARANTINED = "quarantined"


#: What a process that starts must still work on.
UNFINISHED = (InboxStatus.PENDING, InboxStatus.ANSWERING)
#: What an operator should look at.
VISIBLE_FAULTS = (InboxStatus.DEAD, InboxStatus.QUARANTINED)


class InboxUpdate(Base):
    """One update of Telegram, keyed by its `update_id` (compared by equality only: ids restart at random).

    `lane` is the Telegram id of the person whose updates are handled one after another. `payload` is the
    raw update with 16-digit numbers masked; it is emptied once the update is done. `answers` holds the
    rendered answers between the commit of the effects and their sending.
    """

    __tablename__ = "inbox"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    lane: Mapped[int | None] = mapped_column(BigInteger)
    payload: Mapped[str | None] = mapped_column(Text)
    status: Mapped[InboxStatus] = mapped_column(text_of(InboxStatus), default=InboxStatus.PENDING)
    received_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    answers: Mapped[list[Any] | None]
    fault: Mapped[str | None] = mapped_column(Text)
    incident: Mapped[str | None] = mapped_column(String(20))

    __table_args__ = (Index("ix_inbox_status_update_id", "status", "update_id"),)
