"""Recognitions: rules fixed before the period, who fulfilled them, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of


class RecognitionFor(StrEnum):
    """Who is recognised by a rule."""

    EMPLOYEE = "employee"
    UNIT = "unit"


class NominationStatus(StrEnum):
    """Life of a nomination: proposed to the leader, who approves; the person consents; announced. Or one declines."""

    NOMINATED = "nominated"
    PROPOSED = "proposed"
    DECLINED = "declined"
    APPROVED = "approved"
    NOT_WANTED = "not_wanted"
    CONSENTED = "consented"
    ANNOUNCED = "announced"


class RecognitionRule(Base):
    """What must be reached for a recognition, as `criteria` (docs/glossary.md), from `valid_from` on.

    A rule counts only for periods that begin after it was fixed (`fixed_at`); a changed rule is a new row.
    """

    __tablename__ = "recognition_rule"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    award_to: Mapped[RecognitionFor] = mapped_column(text_of(RecognitionFor))
    period: Mapped[str] = mapped_column(String(10))
    criteria: Mapped[dict[str, Any]] = mapped_column(default=dict)
    fixed_at: Mapped[datetime]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Nomination(Base):
    """An employee or a unit that fulfilled a rule in a period (`2026-Q4`, `2026`); `evidence` says by what.

    Its status changes only in `move`. `certificate` numbers the document, `token` is what its QR opens.
    """

    __tablename__ = "nomination"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("recognition_rule.id"))
    period: Mapped[str] = mapped_column(String(10))
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    score: Mapped[Decimal | None]
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)
    status: Mapped[NominationStatus] = mapped_column(text_of(NominationStatus), default=NominationStatus.NOMINATED)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    certificate: Mapped[str | None] = mapped_column(String(60), unique=True)
    token: Mapped[str | None] = mapped_column(String(40), unique=True)
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        UniqueConstraint("rule_id", "period", "employee_id"),
        UniqueConstraint("rule_id", "period", "unit_id"),
        CheckConstraint("(employee_id IS NULL) <> (unit_id IS NULL)", name="one_awarded"),
        Index("ix_nomination_status", "status", "period"),
    )

    def move(self, following: NominationStatus, now: datetime) -> None:
        """Go on to another state; who may, and from where, is the service's to ask."""
        self.status = following
        if following in (NominationStatus.APPROVED, NominationStatus.DECLINED):
            self.decided_at = now
        if following in (NominationStatus.CONSENTED, NominationStatus.NOT_WANTED):
            self.answered_at = now
        if following is NominationStatus.ANNOUNCED:
            self.announced_at = now
