"""Days and limits that the city edits: holiday overrides and service limits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class HolidayOverride(Base):
    """A day that differs from the published calendar: off (`working` false) or worked after all (true)."""

    __tablename__ = "holiday_override"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    working: Mapped[bool] = mapped_column(default=False)


class ServiceLimit(Base):
    """A named limit in days, working or calendar: the SP4N table of limits as data."""

    __tablename__ = "service_limit"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    days: Mapped[int]
    working: Mapped[bool] = mapped_column(default=True)


class DutyRun(Base):
    """One firing of a timed duty, claimed by whoever inserts the row: two processes never fire twice."""

    __tablename__ = "duty_run"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    duty: Mapped[str] = mapped_column(String(60))
    period: Mapped[str] = mapped_column(String(40))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any] | None]

    __table_args__ = (UniqueConstraint("duty", "period"),)
