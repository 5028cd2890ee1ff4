"""The code of a room on somebody's screen: a message whose picture is renewed until it is stopped."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class CodeShow(Base):
    """One such message, until it is taken away.

    `step` is the half minute whose code was put last (`models.rules.training.attendance_code`), `message_id` the
    message in the person's chat once it is known, `ended_at` when it was stopped before it could be taken away.
    """

    __tablename__ = "code_show"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("course_session.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime]
    until: Mapped[datetime]
    step: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    ended_at: Mapped[datetime | None]
