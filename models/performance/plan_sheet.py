"""A work plan that its owner sent as a filled-in form, and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of
from models.errors import Refusal


class SheetStatus(StrEnum):
    """Life of a form: received, then faulty or ready; ready, then applied or discarded."""

    RECEIVED = "received"
    FAULTY = "faulty"
    READY = "ready"
    APPLIED = "applied"
    DISCARDED = "discarded"


#: Status → those that may follow it.
_NEXT: dict[SheetStatus, tuple[SheetStatus, ...]] = {
    SheetStatus.RECEIVED: (SheetStatus.READY, SheetStatus.FAULTY),
    SheetStatus.READY: (SheetStatus.APPLIED, SheetStatus.DISCARDED),
}


class PlanSheet(Base):
    """A form for one plan. `content` is what the plan would become, `faults` what is wrong with it, by cell.

    `before` is a mark of the plan as it was when the form was checked: another plan is not written over.
    """

    __tablename__ = "plan_sheet"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("work_plan.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    file_id: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(200))
    status: Mapped[SheetStatus] = mapped_column(text_of(SheetStatus), default=SheetStatus.RECEIVED)
    faults: Mapped[list[Any]] = mapped_column(default=list)
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    before: Mapped[str] = mapped_column(String(64), default="")
    received_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (Index("ix_plan_sheet_status_id", "status", "id"),)

    def become(self, status: SheetStatus, now: datetime) -> None:
        """Move on; refused with `no_such_sheet` where this step is not the next."""
        if status not in _NEXT.get(self.status, ()):
            raise Refusal("no_such_sheet")
        self.status = status
        self.decided_at = now
