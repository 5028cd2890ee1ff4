"""What residents say of a service: in one tap, in nine answers (SKM), or to one element at a counter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of
from models.rules.respondents import AgeBand, HourBand, Sex
from models.rules.skm import Element

#: The columns of the nine answers, in the order of the elements.
COLUMNS = tuple(f"u{number}" for number in range(1, len(Element) + 1))


class Pulse(Base):
    """A one-tap rating 1-4 with the standard labels. Never part of the IKM (domain rule 7).

    One per person, service and day; `day` is the city's date, not UTC's.
    """

    __tablename__ = "pulse"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    day: Mapped[date]
    score: Mapped[int]
    comment: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(20), default="menu")
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("person_id", "service_id", "day"),
        CheckConstraint("score BETWEEN 1 AND 4", name="score_range"),
        Index("ix_pulse_service_id_day", "service_id", "day"),
    )


class Channel(StrEnum):
    """How a person came to a survey."""

    MENU = "menu"
    QR = "qr"
    LINK = "link"
    TICKET = "ticket"


class SurveyResponse(Base):
    """Nine answers 1-4 to the elements of the SKM, in the questionnaire's order; never fewer (domain rule 1).

    One per person, service and period (`2026-Q4`). `unit_id` is the service's unit on the day of answering. The
    profile is there only with a recorded consent. `replaced_at` is when the person answered anew; `created_at` stays.
    """

    __tablename__ = "survey_response"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    period: Mapped[str] = mapped_column(String(10))
    day: Mapped[date]
    u1: Mapped[int] = mapped_column(SmallInteger)
    u2: Mapped[int] = mapped_column(SmallInteger)
    u3: Mapped[int] = mapped_column(SmallInteger)
    u4: Mapped[int] = mapped_column(SmallInteger)
    u5: Mapped[int] = mapped_column(SmallInteger)
    u6: Mapped[int] = mapped_column(SmallInteger)
    u7: Mapped[int] = mapped_column(SmallInteger)
    u8: Mapped[int] = mapped_column(SmallInteger)
    u9: Mapped[int] = mapped_column(SmallInteger)
    sex: Mapped[Sex | None] = mapped_column(text_of(Sex))
    age_band: Mapped[AgeBand | None] = mapped_column(text_of(AgeBand))
    education: Mapped[str | None] = mapped_column(String(40))
    occupation: Mapped[str | None] = mapped_column(String(40))
    hour_band: Mapped[HourBand | None] = mapped_column(text_of(HourBand))
    channel: Mapped[Channel] = mapped_column(text_of(Channel), default=Channel.MENU)
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id", ondelete="SET NULL"))
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("person_id", "service_id", "period"),
        *(CheckConstraint(f"{name} BETWEEN 1 AND 4", name=f"{name}_range") for name in COLUMNS),
        # Reports read these two instead of the table (docs/performance.md).
        Index("ix_survey_response_tally", "period", "unit_id", "service_id", *COLUMNS),
        Index("ix_survey_response_profile", "period", "sex", "age_band", "education", "occupation", "hour_band"),
        Index("ix_survey_response_service_id_period", "service_id", "period"),
        Index("ix_survey_response_unit_id_period", "unit_id", "period"),
    )

    @property
    def scores(self) -> dict[Element, int]:
        """The answers by element."""
        return {element: getattr(self, column) for element, column in zip(Element, COLUMNS, strict=True)}

    def answer(self, scores: Mapping[Element, int]) -> None:
        """Write the nine answers down."""
        for element, column in zip(Element, COLUMNS, strict=True):
            setattr(self, column, scores[element])


class MicroAnswer(Base):
    """One tap on one element at a counter. Kept apart from full responses; one per person, service and day."""

    __tablename__ = "micro_answer"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[date]
    element: Mapped[Element] = mapped_column(text_of(Element))
    score: Mapped[int] = mapped_column(SmallInteger)
    channel: Mapped[Channel] = mapped_column(text_of(Channel), default=Channel.QR)
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("person_id", "service_id", "day"),
        CheckConstraint("score BETWEEN 1 AND 4", name="score_range"),
        Index("ix_micro_answer_service_id_day", "service_id", "day"),
        Index("ix_micro_answer_unit_id_day", "unit_id", "day"),
    )
