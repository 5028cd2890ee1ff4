"""What is kept apart about restricted and anonymous reports: who looked at them, and who sent them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of


class Viewed(StrEnum):
    """Which part of a restricted report was looked at."""

    CARD = "card"
    HISTORY = "history"
    FILES = "files"


class TicketView(Base):
    """One look of a civil servant at a restricted report (confidential, or about a unit or civil servant)."""

    __tablename__ = "ticket_view"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"))
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", ondelete="SET NULL"), index=True)
    what: Mapped[Viewed] = mapped_column(text_of(Viewed))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_ticket_view_complaint_id_at", "complaint_id", "at"),)


class SealedIdentity(Base):
    """The person behind an anonymous report, encrypted with the city's key; read by `bot.services.identity` alone."""

    __tablename__ = "sealed_identity"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
