"""The city's units, services and areas: all of it data that an administrator replaces by import."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Json, Key, text_of


class CityFact(Base):
    """A named fact of the city as a whole: its name, ticket prefix, office address, contacts."""

    __tablename__ = "city_fact"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Unit(Base):
    """An office (OPD, bagian, kecamatan, kelurahan). A merged one stays readable and names its successor.

    `auto_assign`: whether new reports are given to the officer with the lightest load; None: as the city does.
    """

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(40))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    aliases: Mapped[list[str]] = mapped_column(default=list)
    keywords: Mapped[list[str]] = mapped_column(default=list)
    address: Mapped[str] = mapped_column(Text, default="")
    hours: Mapped[str] = mapped_column(Text, default="")
    auto_assign: Mapped[bool | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    def is_active(self, day: date) -> bool:
        """Whether the unit exists on that day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


class Service(Base):
    """A public service of a unit; its standard is `standard_value` of `standard_unit` (days or hours)."""

    __tablename__ = "service"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    aliases: Mapped[list[str]] = mapped_column(default=list)
    keywords: Mapped[list[str]] = mapped_column(default=list)
    standard_value: Mapped[int | None]
    standard_unit: Mapped[str | None] = mapped_column(String(20))
    cost: Mapped[str] = mapped_column(String(200), default="")
    requirements: Mapped[str] = mapped_column(Text, default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    unit: Mapped[Unit] = relationship(lazy="raise")


class Area(Base):
    """A kelurahan, keyed together with its kecamatan (two of the names occur on both levels)."""

    __tablename__ = "area"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    kecamatan: Mapped[str] = mapped_column(String(80))
    kelurahan: Mapped[str] = mapped_column(String(80))
    latitude: Mapped[float] = mapped_column(Numeric(9, 6, asdecimal=False))
    longitude: Mapped[float] = mapped_column(Numeric(9, 6, asdecimal=False))
    aliases: Mapped[list[str]] = mapped_column(default=list)
    boundary: Mapped[dict[str, Any] | None] = mapped_column(Json)

    __table_args__ = (UniqueConstraint("kecamatan", "kelurahan"),)


class EmergencyNumber(Base):
    """A number to call first in danger, and the words that announce that danger."""

    __tablename__ = "emergency_number"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), unique=True)
    label: Mapped[str] = mapped_column(String(120))
    number: Mapped[str] = mapped_column(String(40))
    keywords: Mapped[list[str]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)


class Addressee(Base):
    """Who is competent when the city is not: named to the resident with every "not our authority"."""

    __tablename__ = "addressee"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str] = mapped_column(Text, default="")
    keywords: Mapped[list[str]] = mapped_column(default=list)


class TemplateKind(StrEnum):
    """What a prepared text is for: an answer, a question, the result of the work, or why it goes no further."""

    REPLY = "reply"
    QUESTION = "question"
    RESULT = "result"
    REFUSAL = "refusal"


class ReplyTemplate(Base):
    """A prepared text that an officer picks and edits, offered in one state of a complaint for one kind of message."""

    __tablename__ = "reply_template"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[str] = mapped_column(String(40))
    kind: Mapped[TemplateKind] = mapped_column(
        text_of(TemplateKind), default=TemplateKind.REPLY, server_default=TemplateKind.REPLY.value
    )
    title: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
