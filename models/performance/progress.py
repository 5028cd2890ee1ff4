"""What was reached week by week, and what stood in the way."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from models.base import Base, Key, text_of
from models.rules.performance.reporting import WeekStatus, require_week_step

#: What counts for figures: a returned report waits for its correction.
COUNTED = (WeekStatus.REPORTED, WeekStatus.VERIFIED)


class WeeklyReport(Base):
    """One employee's report of one week (`week` is its Monday). Its status changes only in `move`.

    `late`: the first report came after `due_at`. `corrected_at`: a value was changed after that. A row appears with
    the first value; an employee without a row has not reported.
    """

    __tablename__ = "weekly_report"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"))
    week: Mapped[date]
    due_at: Mapped[datetime]
    status: Mapped[WeekStatus] = mapped_column(text_of(WeekStatus), default=WeekStatus.REPORTED)
    late: Mapped[bool] = mapped_column(default=False)
    reported_at: Mapped[datetime]
    corrected_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    decided_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    events: WriteOnlyMapped[WeeklyEvent] = relationship(
        back_populates="report", order_by="WeeklyEvent.id", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        UniqueConstraint("employee_id", "week"),
        Index("ix_weekly_report_week_status", "week", "status", "employee_id"),
    )

    def move(self, following: WeekStatus, now: datetime, **event: Any) -> WeeklyEvent:
        """Go on to another state, with its event; refused with `week_not_now`. Who may is the service's to ask."""
        require_week_step(self.status, following)
        row = WeeklyEvent(status_before=self.status, status_after=following, at=now, **event)
        self.events.add(row)
        self.status = following
        return row


class WeeklyEntry(Base):
    """The value of one line of the plan in one week.

    `line_id` is the line through all versions of the plan. `same_as_last`: taken over by the button; `streak` counts
    such weeks in a row. `system_value` is what the records gave when it was reported.
    """

    __tablename__ = "weekly_entry"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("weekly_report.id", ondelete="CASCADE"))
    line_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"))
    value: Mapped[Decimal]
    system_value: Mapped[Decimal | None]
    note: Mapped[str | None] = mapped_column(Text)
    obstacle: Mapped[str | None] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(String(500))
    same_as_last: Mapped[bool] = mapped_column(default=False)
    streak: Mapped[int] = mapped_column(default=0)
    entered_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("report_id", "line_id"),
        Index("ix_weekly_entry_line_id", "line_id", "report_id", "value"),
    )


class WeeklyEvent(Base):
    """One step of a weekly report; a correction keeps what stood there before: `values` by line, old and new."""

    __tablename__ = "weekly_event"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("weekly_report.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    status_before: Mapped[WeekStatus] = mapped_column(text_of(WeekStatus))
    status_after: Mapped[WeekStatus] = mapped_column(text_of(WeekStatus))
    text: Mapped[str | None] = mapped_column(Text)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)

    report: Mapped[WeeklyReport] = relationship(lazy="raise", back_populates="events")


class DigestChoice(Base):
    """When an employee wants the digest of the own team; without a row: both, at the city's hour."""

    __tablename__ = "digest_choice"

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), primary_key=True)
    daily: Mapped[bool] = mapped_column(default=True)
    weekly: Mapped[bool] = mapped_column(default=True)
    hour: Mapped[int | None]


class TeamDigest(Base):
    """That an employee's digest of a day was made, once; `told`: it was sent, for something in it was new.

    `keys` is what it said, as facts: the next one is new where it says something else.
    """

    __tablename__ = "team_digest"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"))
    day: Mapped[date]
    at: Mapped[datetime]
    told: Mapped[bool]
    keys: Mapped[list[str]] = mapped_column(default=list)

    __table_args__ = (UniqueConstraint("employee_id", "day"),)
