"""Where a civil servant was before: the roster row tells the present, these rows the past."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class Placement(Base):
    """An earlier unit, position and superior of an employee, until `last_day`; `first_day` None: since the beginning.

    A transfer writes one; a day that none covers is the roster row's.
    """

    __tablename__ = "placement"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    position: Mapped[str] = mapped_column(String(130), default="")
    first_day: Mapped[date | None]
    last_day: Mapped[date]

    __table_args__ = (
        UniqueConstraint("employee_id", "last_day"),
        Index("ix_placement_supervisor_id_last_day", "supervisor_id", "last_day"),
    )
