"""Applications for a service and how long they took; never who applied."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of


class RecordSource(StrEnum):
    """How a service record came in."""

    COUNTER = "counter"
    IMPORT = "import"


class ServiceRecord(Base):
    """One application, by its number in the service's own register.

    The clock runs in working hours from `complete_at`, when the file was complete, to `finished_at`: `minutes` and
    `on_time` (None: the service has no standard) are written when it is finished; `finished_on` is the city's date.
    `touched_at` is when somebody last recorded something of it: on that day it can be undone.
    """

    __tablename__ = "service_record"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[str] = mapped_column(String(60))
    received_at: Mapped[datetime]
    complete_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    finished_on: Mapped[date | None]
    minutes: Mapped[int | None]
    on_time: Mapped[bool | None]
    source: Mapped[RecordSource] = mapped_column(text_of(RecordSource))
    touched_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"), index=True)
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def hours(self) -> Decimal:
        """Working hours it took; 0 while it is not finished."""
        return Decimal(self.minutes or 0) / 60

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        UniqueConstraint("service_id", "number"),
        Index("ix_service_record_figures", "service_id", "finished_on", "minutes", "on_time"),
        Index("ix_service_record_unit_id_finished_on", "unit_id", "finished_on"),
    )
