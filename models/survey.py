"""What residents say of a service in one tap; the nine-element survey joins it later."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class Pulse(Base):
    """A one-tap rating 1-4 with the standard labels. Never part of the IKM (domain rule 7).

    One per person, service and day; `day` is the city's date, not UTC's.
    """

    __tablename__ = "pulse"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    day: Mapped[date]
    score: Mapped[int]
    comment: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(20), default="menu")
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("person_id", "service_id", "day"),
        CheckConstraint("score BETWEEN 1 AND 4", name="score_range"),
        Index("ix_pulse_service_id_day", "service_id", "day"),
    )
