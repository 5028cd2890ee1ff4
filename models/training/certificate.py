"""Certificates of courses: numbered without a gap in each year, verified by anybody who has the code."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key
from models.errors import Refusal


class CertificateSeries(Base):
    """The last number given in a year. Whoever gives numbers holds this row, so that they follow one another."""

    __tablename__ = "certificate_series"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Certificate(Base):
    """Of one registration, once. `signer` is who stood for the city on that day: name and title.

    `number` is written in the city's form; `serial` counts within the year, and each names the one before it
    (`previous`), so that the database itself lets no number be left out. `code` is what the QR holds.
    """

    __tablename__ = "certificate"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), unique=True)
    year: Mapped[int]
    serial: Mapped[int]
    previous: Mapped[int | None]
    number: Mapped[str] = mapped_column(String(120), unique=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    signer: Mapped[dict[str, Any]] = mapped_column(default=dict)
    issued_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        UniqueConstraint("year", "serial"),
        CheckConstraint("serial > 0 AND coalesce(previous, 0) = serial - 1", name="follows_the_one_before"),
        ForeignKeyConstraint(["year", "previous"], ["certificate.year", "certificate.serial"]),
    )

    def withdraw(self, by_id: int, now: datetime, reason: str) -> None:
        """It counts no more; once, refused with `certificate_withdrawn`."""
        if self.withdrawn_at is not None:
            raise Refusal("certificate_withdrawn")
        self.withdrawn_at, self.withdrawn_by_id, self.reason = now, by_id, reason


class CertificateMiss(Base):
    """Somebody asked for a code that no certificate has; too many within an hour and nothing is answered for a while.

    Older ones of a person go with the next.
    """

    __tablename__ = "certificate_miss"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_certificate_miss_person_id_at", "person_id", "at"),)
