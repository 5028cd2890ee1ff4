"""A register's file of service records that a civil servant sent, and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of
from models.errors import Refusal


class RecordFileStatus(StrEnum):
    """Life of a file: received, then ready or faulty (nothing in it can be used); ready, then applied or discarded."""

    RECEIVED = "received"
    FAULTY = "faulty"
    READY = "ready"
    APPLIED = "applied"
    DISCARDED = "discarded"


#: Status → those that may follow it.
_NEXT: dict[RecordFileStatus, tuple[RecordFileStatus, ...]] = {
    RecordFileStatus.RECEIVED: (RecordFileStatus.READY, RecordFileStatus.FAULTY),
    RecordFileStatus.READY: (RecordFileStatus.APPLIED, RecordFileStatus.DISCARDED),
}


class RecordFile(Base):
    """A file of applications. `rows` are those that can be used (service, number, three moments); nobody's name.

    `faults` tell by row what cannot be used.
    """

    __tablename__ = "record_file"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    file_id: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(200))
    status: Mapped[RecordFileStatus] = mapped_column(text_of(RecordFileStatus), default=RecordFileStatus.RECEIVED)
    faults: Mapped[list[Any]] = mapped_column(default=list)
    rows: Mapped[list[Any]] = mapped_column(default=list)
    received_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (Index("ix_record_file_status_id", "status", "id"),)

    def become(self, status: RecordFileStatus, now: datetime) -> None:
        """Move on; refused with `record_file_is_over` where this step is not the next."""
        if status not in _NEXT.get(self.status, ()):
            raise Refusal("record_file_is_over")
        self.status = status
        self.decided_at = now
