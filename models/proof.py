"""Proofs that look used before: what a picture looks like, and what the inspectorate decides about it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of


class Suspicion(StrEnum):
    """Why a proof is doubted."""

    SAME_FILE = "same_file"
    SAME_LOOK = "same_look"
    TOO_OLD = "too_old"


class Finding(StrEnum):
    """What the inspectorate found."""

    RELEASED = "released"
    RETURNED = "returned"


class PictureBand(Base):
    """One of the parts of a picture's look: two pictures that look alike share at least one of theirs."""

    __tablename__ = "picture_band"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    attachment_id: Mapped[int] = mapped_column(
        ForeignKey("attachment.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )


class ProofAlarm(Base):
    """One doubted proof of a complaint: why, and (for a picture used before) with which other report.

    The closing is held until `finding` is set.
    """

    __tablename__ = "proof_alarm"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id", ondelete="SET NULL"), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id", ondelete="SET NULL"), index=True)
    suspicion: Mapped[Suspicion] = mapped_column(text_of(Suspicion))
    taken_at: Mapped[datetime | None]
    at: Mapped[datetime]
    finding: Mapped[Finding | None] = mapped_column(text_of(Finding))
    found_at: Mapped[datetime | None]
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", ondelete="SET NULL"), index=True)
    reason: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("attachment_id", "suspicion"),
        Index("ix_proof_alarm_complaint_id_finding", "complaint_id", "finding"),
    )
