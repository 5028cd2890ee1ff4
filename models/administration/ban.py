"""Somebody who may not send reports or ratings for a while."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of


class BanReason(StrEnum):
    """Why; told to the person."""

    SPAM = "spam"
    ABUSE = "abuse"
    FALSE = "false"


class Ban(Base):
    """Always with a reason and an end. Which report led to it is not kept: that would tell whose it is."""

    __tablename__ = "ban"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    reason: Mapped[BanReason] = mapped_column(text_of(BanReason))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", ondelete="SET NULL"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
    lifted_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_ban_person_id_until", "person_id", "until"), Index("ix_ban_until", "until"))
