"""A workbook of courses that human resources sent, and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of
from models.errors import Refusal


class CourseSheetStatus(StrEnum):
    """Life of a workbook: received, then faulty or ready; ready, then applied or discarded."""

    RECEIVED = "received"
    FAULTY = "faulty"
    READY = "ready"
    APPLIED = "applied"
    DISCARDED = "discarded"


#: Status → those that may follow it.
_NEXT: dict[CourseSheetStatus, tuple[CourseSheetStatus, ...]] = {
    CourseSheetStatus.RECEIVED: (CourseSheetStatus.READY, CourseSheetStatus.FAULTY),
    CourseSheetStatus.READY: (CourseSheetStatus.APPLIED, CourseSheetStatus.DISCARDED),
}


class CourseSheet(Base):
    """Courses as a workbook, or the quiz of the course `course_id`.

    `content` is what would be written, `faults` what is wrong with it, by cell.
    """

    __tablename__ = "course_sheet"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(200))
    status: Mapped[CourseSheetStatus] = mapped_column(text_of(CourseSheetStatus), default=CourseSheetStatus.RECEIVED)
    faults: Mapped[list[Any]] = mapped_column(default=list)
    content: Mapped[list[Any]] = mapped_column(default=list)
    received_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (Index("ix_course_sheet_status_id", "status", "id"),)

    def become(self, status: CourseSheetStatus, now: datetime) -> None:
        """Move on; refused with `sheet_is_over` where this step is not the next."""
        if status not in _NEXT.get(self.status, ()):
            raise Refusal("sheet_is_over")
        self.status = status
        self.decided_at = now
