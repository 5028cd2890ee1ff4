"""One thing that many people reported, and what was told to all of them at once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of


class UpdateKind(StrEnum):
    """What an update of an occurrence is: news, or "it is done"."""

    NEWS = "news"
    DONE = "done"


class Occurrence(Base):
    """A flood, a broken pipe: several reports of it are answered together, and each keeps its own tracking ID."""

    __tablename__ = "occurrence"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(24))
    title: Mapped[str] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(Text)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", ondelete="SET NULL"), index=True)
    opened_at: Mapped[datetime]
    demo: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (UniqueConstraint("code"),)


class OccurrenceUpdate(Base):
    """One thing that was told to everybody who reported it; `reports` is how many reports it reached."""

    __tablename__ = "occurrence_update"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id", ondelete="CASCADE"), index=True)
    kind: Mapped[UpdateKind] = mapped_column(text_of(UpdateKind))
    at: Mapped[datetime]
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id", ondelete="SET NULL"), index=True)
    text: Mapped[str] = mapped_column(Text)
    reports: Mapped[int] = mapped_column(default=0)
