"""A person is a Telegram account; consent and the privacy life cycle hang on it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of


class Purpose(StrEnum):
    """What a person can consent to; complaint handling itself is a public duty and needs none."""

    BROADCASTS = "broadcasts"
    SURVEY_PROFILE = "survey_profile"


class Person(Base):
    """One Telegram account. `telegram_id` is also its private chat's id; null once erased.

    `area_id` is the kelurahan from which somebody wants news, if they said so. `reachable` turns false when Telegram
    says blocked or gone, true again with the next message. `menu` stands for the list of commands that the chat was
    given as a civil servant's.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    name: Mapped[str | None] = mapped_column(String(130))
    language: Mapped[str] = mapped_column(String(5))
    language_chosen: Mapped[bool] = mapped_column(default=False)
    reachable: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    menu: Mapped[str | None] = mapped_column(String(16))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]

    def erase(self, now: datetime) -> None:
        """Forget who this was: no Telegram id, no name. Reports stay, without a reporter behind them."""
        self.telegram_id = None
        self.name = None
        self.area_id = None
        self.menu = None
        self.reachable = False
        self.erased_at = now


class Consent(Base):
    """A recorded yes (and later no), with the version of the text that was shown (UU 27/2022)."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose] = mapped_column(text_of(Purpose))
    version: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("person_id", "purpose", "given_at"),
        Index("ix_consent_person_id_purpose", "person_id", "purpose"),
    )
