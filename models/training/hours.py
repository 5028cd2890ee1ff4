"""The ledger of training hours (JP) of a year."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of
from models.errors import Refusal


class HoursStatus(StrEnum):
    """Whether hours count: those of the city's own courses at once, others when HR has seen the certificate."""

    PENDING = "pending"
    COUNTED = "counted"
    REFUSED = "refused"


class TrainingHours(Base):
    """Hours of one employee in one year; of a course of ours (`course_id`), or of a certificate from elsewhere."""

    __tablename__ = "training_hours"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"))
    year: Mapped[int]
    hours: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    provider: Mapped[str] = mapped_column(String(200), default="")
    ended_on: Mapped[date]
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"), index=True)
    status: Mapped[HoursStatus] = mapped_column(text_of(HoursStatus))
    file_kind: Mapped[str | None] = mapped_column(String(20))
    file_id: Mapped[str | None] = mapped_column(String(200))
    file_unique_id: Mapped[str | None] = mapped_column(String(80), index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        UniqueConstraint("employee_id", "course_id"),
        CheckConstraint("hours > 0", name="some_hours"),
        Index("ix_training_hours_year_status", "year", "status", "employee_id", "hours"),
    )

    def decide(self, following: HoursStatus, by_id: int, now: datetime, reason: str | None) -> None:
        """Human resources counted or refused it; once, refused with `hours_decided`."""
        if self.status is not HoursStatus.PENDING:
            raise Refusal("hours_decided")
        self.status = following
        self.decided_by_id, self.decided_at, self.reason = by_id, now, reason
