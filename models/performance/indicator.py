"""Indicators from the city down to one person, their targets, and the values that facts give them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation

#: The quarter of a yearly target.
YEAR = 0


class Level(StrEnum):
    """Whose indicator it is in the cascade (PermenPANRB 89/2021)."""

    CITY = "city"
    UNIT = "unit"
    INDIVIDUAL = "individual"


class Source(StrEnum):
    """Where its values come from: typed in the weekly reports of its owner, or counted from the city's own records."""

    MANUAL = "manual"
    SATISFACTION_INDEX = "satisfaction_index"
    SETTLED_IN_TIME = "settled_in_time"
    CONFIRMED_SHARE = "confirmed_share"
    CLOSING_TIME = "closing_time"
    COMPLETION_TIME = "completion_time"
    COMPLETED_ON_TIME = "completed_on_time"
    IMPROVEMENTS_DONE = "improvements_done"


#: What the value of a fact is given in.
FACT_UNITS = {
    Source.SATISFACTION_INDEX: "nilai",
    Source.SETTLED_IN_TIME: "%",
    Source.CONFIRMED_SHARE: "%",
    Source.CLOSING_TIME: "hari kerja",
    Source.COMPLETION_TIME: "jam kerja",
    Source.COMPLETED_ON_TIME: "%",
    Source.IMPROVEMENTS_DONE: "%",
}


class Indicator(Base):
    """A key indicator (IKU): what is measured, how, in which direction, by whom.

    `formula` says in words how the value comes about, `measure_unit` in what it is given. A fact is counted over
    `unit_id` (None: the city) and, where `service_id` is given, that service alone.
    """

    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    definition: Mapped[str] = mapped_column(Text, default="")
    formula: Mapped[str] = mapped_column(Text, default="")
    measure_unit: Mapped[str] = mapped_column(String(40))
    polarity: Mapped[Polarity] = mapped_column(text_of(Polarity))
    aggregation: Mapped[Aggregation] = mapped_column(text_of(Aggregation))
    level: Mapped[Level] = mapped_column(text_of(Level))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"), index=True)
    baseline: Mapped[Decimal | None]
    source: Mapped[Source] = mapped_column(text_of(Source), default=Source.MANUAL)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class IndicatorTarget(Base):
    """What an indicator must reach by the end of a quarter (1-4) or of YEAR: `low` to `high`, mostly equal."""

    __tablename__ = "indicator_target"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"))
    year: Mapped[int]
    quarter: Mapped[int]
    low: Mapped[Decimal]
    high: Mapped[Decimal]

    __table_args__ = (
        UniqueConstraint("indicator_id", "year", "quarter"),
        CheckConstraint("quarter BETWEEN 0 AND 4", name="quarter_range"),
        CheckConstraint("low <= high", name="low_high"),
    )


class IndicatorFact(Base):
    """What the records gave for a period (`2026`, `2026-Q4`) as they stood at the end of `as_of`.

    `value` is None without a single record; `numerator` of `denominator` where it is a share; `n` counts the records.
    """

    __tablename__ = "indicator_fact"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"))
    period: Mapped[str] = mapped_column(String(10))
    as_of: Mapped[date]
    value: Mapped[Decimal | None]
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    n: Mapped[int]
    computed_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("indicator_id", "period", "as_of"),)
