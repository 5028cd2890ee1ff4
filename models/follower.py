"""Who follows a report that somebody else sent: sealed like an anonymous reporter, whoever it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class Follower(Base):
    """One person who is told of what becomes of a report: by choice, or because the own report was merged into it.

    `mark` stands for the person, `sealed` is the person encrypted (`bot.services.identity`). `via_id` is the duplicate
    that brought the follower, and takes it along when the merging is undone.
    """

    __tablename__ = "follower"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"))
    mark: Mapped[str] = mapped_column(String(64), index=True)
    sealed: Mapped[str] = mapped_column(Text)
    via_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime]

    __table_args__ = (UniqueConstraint("complaint_id", "mark"),)
