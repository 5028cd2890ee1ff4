"""The periodic evaluation of a civil servant, and what is said between the evaluations."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from models.base import Base, Key, text_of
from models.rules.performance.evaluation_rules import EvaluationStatus, require_evaluation_step
from models.rules.performance.predicate import OrganisationPredicate, Predicate, Rating


class Evaluation(Base):
    """The evaluation of one employee for a quarter (1-4) or the year (0). Its status changes only in `move`.

    `facts` is what stood on the card when it was rated: lines with target, value and achievement, weeks, feedback.
    The predicate is the appraiser's judgement with a `reason`; `suggestion` is only what the figures suggest. The
    employee objects until the end of `objection_until`; `decider_id` is who decides then.
    """

    __tablename__ = "evaluation"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"))
    year: Mapped[int]
    quarter: Mapped[int]
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("work_plan.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    appraiser_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"), index=True)
    status: Mapped[EvaluationStatus] = mapped_column(text_of(EvaluationStatus), default=EvaluationStatus.OPEN)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    average: Mapped[Decimal | None]
    suggestion: Mapped[Rating | None] = mapped_column(text_of(Rating))
    results: Mapped[Rating | None] = mapped_column(text_of(Rating))
    behaviour: Mapped[Rating | None] = mapped_column(text_of(Rating))
    predicate: Mapped[Predicate | None] = mapped_column(text_of(Predicate))
    reason: Mapped[str | None] = mapped_column(Text)
    advice: Mapped[str | None] = mapped_column(Text)
    objection: Mapped[str | None] = mapped_column(Text)
    decision: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    rated_at: Mapped[datetime | None]
    objection_until: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    events: WriteOnlyMapped[EvaluationEvent] = relationship(
        back_populates="evaluation", order_by="EvaluationEvent.id", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        UniqueConstraint("employee_id", "year", "quarter"),
        CheckConstraint("quarter BETWEEN 0 AND 4", name="quarter_range"),
        Index("ix_evaluation_appraiser_id_status", "appraiser_id", "status"),
        Index("ix_evaluation_year_quarter_unit_id", "year", "quarter", "unit_id"),
    )

    def move(self, following: EvaluationStatus, now: datetime, **event: Any) -> EvaluationEvent:
        """Go on to another state; refused with `evaluation_not_now`. `event` takes the columns of EvaluationEvent."""
        require_evaluation_step(self.status, following)
        row = EvaluationEvent(status_before=self.status, status_after=following, at=now, **event)
        self.events.add(row)
        self.status = following
        return row


class EvaluationEvent(Base):
    """One step of an evaluation: who did what when; `values` holds old and new ratings."""

    __tablename__ = "evaluation_event"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    status_before: Mapped[EvaluationStatus] = mapped_column(text_of(EvaluationStatus))
    status_after: Mapped[EvaluationStatus] = mapped_column(text_of(EvaluationStatus))
    text: Mapped[str | None] = mapped_column(Text)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)

    evaluation: Mapped[Evaluation] = relationship(lazy="raise", back_populates="events")


class UnitPredicate(Base):
    """The predicate of a unit's own performance for a period: it bounds how ratings spread (SE MenPANRB)."""

    __tablename__ = "unit_predicate"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    quarter: Mapped[int]
    predicate: Mapped[OrganisationPredicate] = mapped_column(text_of(OrganisationPredicate))

    __table_args__ = (UniqueConstraint("unit_id", "year", "quarter"),)


class FeedbackKind(StrEnum):
    """What a note between two evaluations is."""

    PRAISE = "praise"
    ADVICE = "advice"


class Feedback(Base):
    """A note of praise or advice about an employee, which both read; part of the next evaluation's card."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    kind: Mapped[FeedbackKind] = mapped_column(text_of(FeedbackKind))
    text: Mapped[str] = mapped_column(Text)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id"))
    at: Mapped[datetime]
    demo: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_feedback_employee_id_at", "employee_id", "at"),)
