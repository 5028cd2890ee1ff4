"""What became of a course at work: the superior's answer some months later."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of
from models.errors import Refusal


class Effect(StrEnum):
    """Whether what was learnt is used at work."""

    APPLIED = "applied"
    PARTLY = "partly"
    NOT_YET = "not_yet"


class EffectCheck(Base):
    """The superior is asked once about each participant who was there; `effect` is the answer, given once.

    `superior_id` is who answered; `note` a sentence of this one, if any.
    """

    __tablename__ = "effect_check"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime]
    effect: Mapped[Effect | None] = mapped_column(text_of(Effect))
    note: Mapped[str | None] = mapped_column(Text)
    superior_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    answered_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (UniqueConstraint("registration_id"), Index("ix_effect_check_effect", "effect"))

    def answer(self, effect: Effect, superior_id: int, now: datetime) -> None:
        """The superior's answer; once, refused with `effect_answered`."""
        if self.effect is not None:
            raise Refusal("effect_answered")
        self.effect, self.superior_id, self.answered_at = effect, superior_id, now
