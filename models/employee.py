"""The roster: civil servants, their roles, who stands in for whom, and the codes that bind an account."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Key, text_of
from models.organisation import Unit
from models.rules.permissions import Role


class Employee(Base):
    """A civil servant of the imported roster. The NIP identifies a row; it never opens an account."""

    __tablename__ = "employee"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    nip: Mapped[str] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(130))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    position: Mapped[str] = mapped_column(String(130), default="")
    grade: Mapped[str] = mapped_column(String(20), default="")
    kind: Mapped[str] = mapped_column(String(20))
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), unique=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    unit: Mapped[Unit] = relationship(lazy="raise")


class RoleGrant(Base):
    """A role given to an employee between two dates, for one unit or (null) the whole city."""

    __tablename__ = "role_grant"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(text_of(Role))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class ActingSuperior(Base):
    """Between two dates, `acting_id` does what `employee_id` would do (Plt./Plh.)."""

    __tablename__ = "acting_superior"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), index=True)
    acting_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date]


class Leave(Base):
    """Days on which an employee is away: no reminders, no assignments."""

    __tablename__ = "leave"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]

    __table_args__ = (UniqueConstraint("employee_id", "first_day"),)


class Invitation(Base):
    """A one-time code that binds a Telegram account to a roster row. Only its hash is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    employee: Mapped[Employee] = relationship(lazy="raise")


class InvitationAttempt(Base):
    """A wrong code typed by a person; too many within an hour and the door stays shut for a while."""

    __tablename__ = "invitation_attempt"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_invitation_attempt_person_id_at", "person_id", "at"),)
