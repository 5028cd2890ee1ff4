"""What a city makes of a unit's needs of training: which courses answer them, and what was decided about them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of
from models.rules.training.needs import NeedKind
from models.training.course import CourseKind


class NeedTopic(Base):
    """Which topics of courses answer a weak spot; the city's data.

    `what` is an element (U7), the code of an indicator or the source of its values, or a class of reports; "*" stands
    for all others of the kind. `course_kind` None: of any kind.
    """

    __tablename__ = "need_topic"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    need: Mapped[NeedKind] = mapped_column(text_of(NeedKind))
    what: Mapped[str] = mapped_column(String(40))
    topics: Mapped[list[str]] = mapped_column(default=list)
    course_kind: Mapped[CourseKind | None] = mapped_column(text_of(CourseKind))

    __table_args__ = (UniqueConstraint("need", "what"),)


class NeedOutcome(StrEnum):
    """What human resources decided: it was seen to, it waits until a day, or it counts again."""

    HANDLED = "handled"
    PUT_OFF = "put_off"
    REOPENED = "reopened"


class NeedDecision(Base):
    """One decision about a need of a unit; the newest holds.

    `what` is that of the need, `period` the one in which it was seen: what was handled counts again when the next
    period shows it. `until` is the day on which what was put off comes back.
    """

    __tablename__ = "need_decision"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    need: Mapped[NeedKind] = mapped_column(text_of(NeedKind))
    what: Mapped[str] = mapped_column(String(40))
    period: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[NeedOutcome] = mapped_column(text_of(NeedOutcome))
    until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    decided_at: Mapped[datetime]
    demo: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_need_decision_unit_id", "unit_id", "need", "what"),)

    def quiets(self, period: str, today: date) -> bool:
        """Whether a need that `period` shows is out of the way today."""
        if self.outcome is NeedOutcome.PUT_OFF:
            return self.until is not None and today < self.until
        return self.outcome is NeedOutcome.HANDLED and self.period == period
