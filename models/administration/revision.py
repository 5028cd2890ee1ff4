"""A workbook of the city's data that an administrator sent back, and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of
from models.errors import Refusal


class RevisionStatus(StrEnum):
    """Life of a revision: received → ready or faulty; ready → applied or discarded; applied → taken back."""

    RECEIVED = "received"
    FAULTY = "faulty"
    READY = "ready"
    APPLIED = "applied"
    DISCARDED = "discarded"
    TAKEN_BACK = "taken_back"


#: Status → those that may follow it.
_NEXT: dict[RevisionStatus, tuple[RevisionStatus, ...]] = {
    RevisionStatus.RECEIVED: (RevisionStatus.READY, RevisionStatus.FAULTY),
    RevisionStatus.READY: (RevisionStatus.APPLIED, RevisionStatus.DISCARDED),
    RevisionStatus.APPLIED: (RevisionStatus.TAKEN_BACK,),
}


class Revision(Base):
    """One set of changes to the city's data, proposed as a workbook, applied in one go, and taken back in one go.

    `changes` and `faults` are what the check found; `changes` hold old and new values, so that they can be undone.
    """

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    file_id: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(200))
    status: Mapped[RevisionStatus] = mapped_column(text_of(RevisionStatus), default=RevisionStatus.RECEIVED)
    tries: Mapped[int] = mapped_column(default=0)
    faults: Mapped[list[Any]] = mapped_column(default=list)
    changes: Mapped[list[Any]] = mapped_column(default=list)
    received_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (Index("ix_revision_status_id", "status", "id"),)

    def become(self, status: RevisionStatus, now: datetime) -> None:
        """Move on; refused with `revision_is_over` where this step is not the next."""
        if status not in _NEXT.get(self.status, ()):
            raise Refusal("revision_is_over")
        self.status = status
        self.decided_at = now
