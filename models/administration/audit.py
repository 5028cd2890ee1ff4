"""What was done by whom, when, from what to what: rows that are only ever added, and chained by their hashes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class AuditRow(Base):
    """One act. `old` and `new` hold named facts, never a resident's words or name; triggers refuse any change.

    `actor_id` is a person's number or None (the clock, or a reporter who is not to be named); it refers to nothing, so
    that forgetting a person changes no row. `position`, `previous` and `hash` are filled in once, when the row is
    chained.
    """

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    role: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    old: Mapped[dict[str, Any]]
    new: Mapped[dict[str, Any]]
    position: Mapped[int | None] = mapped_column(BigInteger)
    previous: Mapped[str | None] = mapped_column(String(64))
    hash: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        UniqueConstraint("position"),
        Index("ix_audit_subject_subject_id", "subject", "subject_id", "id"),
    )
