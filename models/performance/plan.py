"""The yearly work plan (SKP): results, what measures them, and the behaviour expected."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from models.base import Base, Key, text_of
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from models.rules.performance.plan_rules import PlanStatus, ResultKind, require_plan_step


class Aspect(StrEnum):
    """Which side of a result an item measures (PermenPANRB 6/2022)."""

    QUANTITY = "quantity"
    QUALITY = "quality"
    TIME = "time"
    COST = "cost"


class CoreValue(StrEnum):
    """BerAKHLAK, the seven core values of civil servants."""

    SERVICE_ORIENTED = "service_oriented"
    ACCOUNTABLE = "accountable"
    COMPETENT = "competent"
    HARMONIOUS = "harmonious"
    LOYAL = "loyal"
    ADAPTIVE = "adaptive"
    COLLABORATIVE = "collaborative"


class WorkPlan(Base):
    """One version of an employee's plan for a year. Its status changes only in `move`, which writes the event.

    Approval freezes it; a later change is the next `number`, with its `reason`, and the former is superseded when the
    new one is approved. `superior_id` is who approves or approved it. `version` lets the second of two presses fail.
    """

    __tablename__ = "work_plan"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"))
    year: Mapped[int]
    number: Mapped[int] = mapped_column(default=1)
    status: Mapped[PlanStatus] = mapped_column(text_of(PlanStatus), default=PlanStatus.DRAFT)
    superior_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    events: WriteOnlyMapped[PlanEvent] = relationship(
        back_populates="plan", order_by="PlanEvent.id", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        UniqueConstraint("employee_id", "year", "number"),
        Index("ix_work_plan_year_status", "year", "status", "employee_id"),
        Index("ix_work_plan_superior_id_status", "superior_id", "status"),
    )

    def move(self, following: PlanStatus, now: datetime, **event: Any) -> PlanEvent:
        """Go on to another state; refused with `plan_not_now`. `event` takes the columns of PlanEvent."""
        require_plan_step(self.status, following)
        row = PlanEvent(status_before=self.status, status_after=following, at=now, **event)
        self.events.add(row)
        self.status = following
        if following is PlanStatus.SUBMITTED:
            self.submitted_at = now
        if following is PlanStatus.APPROVED:
            self.approved_at = now
        return row


class PlanResult(Base):
    """A result of work (RHK), main or additional; `superior_result_id` is the superior's result that it serves.

    `note` is what the superior asked for when giving the plan back.
    """

    __tablename__ = "plan_result"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("work_plan.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[ResultKind] = mapped_column(text_of(ResultKind))
    title: Mapped[str] = mapped_column(String(400))
    superior_result_id: Mapped[int | None] = mapped_column(
        ForeignKey("plan_result.id", ondelete="SET NULL"), index=True
    )
    note: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("plan_id", "position"),)


class PlanItem(Base):
    """What measures a result: an indicator with its target for the year, `low` to `high`, mostly equal.

    `q1`-`q4` is what must be reached by the end of each quarter (for a sum: in each quarter). `origin_id` is the item
    of the first version of the plan on which the weekly values hang: None for itself. `position` is its number in the
    plan, by which the weekly report names it.
    """

    __tablename__ = "plan_item"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("work_plan.id", ondelete="CASCADE"))
    result_id: Mapped[int] = mapped_column(ForeignKey("plan_result.id", ondelete="CASCADE"), index=True)
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    indicator_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"), index=True)
    aspect: Mapped[Aspect] = mapped_column(text_of(Aspect))
    polarity: Mapped[Polarity] = mapped_column(text_of(Polarity))
    aggregation: Mapped[Aggregation] = mapped_column(text_of(Aggregation))
    measure_unit: Mapped[str] = mapped_column(String(40))
    low: Mapped[Decimal]
    high: Mapped[Decimal]
    q1: Mapped[Decimal | None]
    q2: Mapped[Decimal | None]
    q3: Mapped[Decimal | None]
    q4: Mapped[Decimal | None]
    note: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("plan_id", "position"),
        CheckConstraint("low <= high", name="low_high"),
    )

    @property
    def line_id(self) -> int:
        """What the weekly values of this item hang on, through all versions of the plan."""
        return self.id if self.origin_id is None else self.origin_id

    @property
    def quarters(self) -> tuple[Decimal | None, ...]:
        """The quarterly split."""
        return (self.q1, self.q2, self.q3, self.q4)


class PlanBehaviour(Base):
    """What the superior expects of one core value, in words."""

    __tablename__ = "plan_behaviour"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("work_plan.id", ondelete="CASCADE"))
    core_value: Mapped[CoreValue] = mapped_column(text_of(CoreValue))
    expectation: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("plan_id", "core_value"),)


class PlanEvent(Base):
    """One step of a plan: who did what when."""

    __tablename__ = "plan_event"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("work_plan.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    status_before: Mapped[PlanStatus] = mapped_column(text_of(PlanStatus))
    status_after: Mapped[PlanStatus] = mapped_column(text_of(PlanStatus))
    text: Mapped[str | None] = mapped_column(Text)

    plan: Mapped[WorkPlan] = relationship(lazy="raise", back_populates="events")
