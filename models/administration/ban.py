"""Somebody who may not send reports or ratings for a while."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of


class BanReason(StrEnum):
    """Why; told to the person."""

    SPAM = "spam"
    ABUSE = "abuse"
    FALSE = "false"


class Ban(Base):
    """Always with a reason and an end. Which report led to it is only a keyed mark: else it would tell whose it is.

    `hidden`: an anonymous report led to it, so no card of another report shows it. `account_mark` stands for the
    account of a person who was forgotten meanwhile; it is kept as long as the ban runs, and no longer.
    """

    __tablename__ = "ban"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    reason: Mapped[BanReason] = mapped_column(text_of(BanReason))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", ondelete="SET NULL"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    hidden: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    report_mark: Mapped[str | None] = mapped_column(String(64), index=True)
    account_mark: Mapped[str | None] = mapped_column(String(64), index=True)

    __table_args__ = (Index("ix_ban_person_id_until", "person_id", "until"), Index("ix_ban_until", "until"))
