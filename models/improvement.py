"""What a unit does about a weak spot, and for whom: an action with an owner and a date, and whom to tell when done."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from models.base import Base, Key, text_of
from models.complaint import ReportClass
from models.rules.improvements import Step, Term, require_step
from models.rules.skm import Element


class Improvement(Base):
    """One line of a follow-up plan. Its status changes only in `move`, which writes the event in the same breath.

    The weak spot is an `element` of the SKM or a class of reports; the service is None when it is the whole unit's.
    `reminded_on` is the last day on which the owner was reminded. `version` lets the second of two presses fail.
    """

    __tablename__ = "improvement"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"), index=True)
    element: Mapped[Element | None] = mapped_column(text_of(Element))
    report_class: Mapped[ReportClass | None] = mapped_column(text_of(ReportClass))
    owner_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    due_on: Mapped[date]
    term: Mapped[Term] = mapped_column(text_of(Term))
    status: Mapped[Step] = mapped_column(text_of(Step), default=Step.PLANNED)
    result: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    reminded_on: Mapped[date | None]
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    events: WriteOnlyMapped[ImprovementEvent] = relationship(
        back_populates="improvement", order_by="ImprovementEvent.id", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        Index("ix_improvement_unit_id_status", "unit_id", "status", "due_on"),
        Index("ix_improvement_status_due_on", "status", "due_on"),
    )

    def move(self, following: Step, now: datetime, **event: Any) -> ImprovementEvent:
        """Go on to another state; refused with `improvement_is_over`. `event` takes the columns of ImprovementEvent."""
        require_step(self.status, following)
        row = self.note(now, status_after=following, **event)
        self.status = following
        if following is Step.DONE:
            self.done_at = now
        return row

    def note(self, now: datetime, **event: Any) -> ImprovementEvent:
        """Write down that something else of it changed; the status stays."""
        row = ImprovementEvent(**{"status_before": self.status, "status_after": self.status, "at": now, **event})
        self.events.add(row)
        return row


class ImprovementEvent(Base):
    """One step of an improvement: who did what when; `values` holds what changed, old and new."""

    __tablename__ = "improvement_event"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    status_before: Mapped[Step | None] = mapped_column(text_of(Step))
    status_after: Mapped[Step] = mapped_column(text_of(Step))
    text: Mapped[str | None] = mapped_column(Text)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)

    improvement: Mapped[Improvement] = relationship(lazy="raise", back_populates="events")


class ImprovementReport(Base):
    """A report that an improvement answers; its reporter is told when it is done."""

    __tablename__ = "improvement_report"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"))
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"), index=True)

    __table_args__ = (UniqueConstraint("improvement_id", "complaint_id"),)


class ImprovementFinding(Base):
    """The figure an improvement answers: an element's NRR in a period (`total` / `n`), as it was when planned."""

    __tablename__ = "improvement_finding"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    improvement_id: Mapped[int] = mapped_column(ForeignKey("improvement.id", ondelete="CASCADE"))
    element: Mapped[Element] = mapped_column(text_of(Element))
    period: Mapped[str] = mapped_column(String(10))
    n: Mapped[int]
    total: Mapped[int]

    __table_args__ = (UniqueConstraint("improvement_id", "element", "period"),)
