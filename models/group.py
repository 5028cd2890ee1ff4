"""A unit's Telegram group, where cards of its new reports appear."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class StaffGroup(Base):
    """A group bound to one unit by an administrator; `ended_at` once it was let go or the bot was put out.

    `chat_id` is Telegram's, negative; it changes when the group becomes a supergroup.
    """

    __tablename__ = "staff_group"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(8))
    bound_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", ondelete="SET NULL"), index=True)
    bound_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
