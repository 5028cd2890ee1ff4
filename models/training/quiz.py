"""The quiz of a course: its questions, and what each participant answered before and after it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key, text_of
from models.errors import Refusal


class Phase(StrEnum):
    """Before the first meeting, or after the last one."""

    BEFORE = "before"
    AFTER = "after"


class QuizQuestion(Base):
    """One question of a course; `correct` is the place of the right one in `choices`, from 0."""

    __tablename__ = "quiz_question"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(500))
    choices: Mapped[list[Any]] = mapped_column(default=list)
    correct: Mapped[int]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    created_at: Mapped[datetime]
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class QuizSitting(Base):
    """One participant and one phase, once. It is made when the participant is invited, or begins without that.

    `begun_at` is when the first question was shown; `points` how many answers are right so far.
    """

    __tablename__ = "quiz_sitting"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"))
    phase: Mapped[Phase] = mapped_column(text_of(Phase))
    invited_at: Mapped[datetime | None]
    begun_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    points: Mapped[int] = mapped_column(default=0)
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (UniqueConstraint("registration_id", "phase"),)

    def count(self, now: datetime, *, is_right: bool, is_last: bool) -> None:
        """One more answer; refused with `quiz_finished` after the last one."""
        if self.finished_at is not None:
            raise Refusal("quiz_finished")
        self.points += 1 if is_right else 0
        if is_last:
            self.finished_at = now


class QuizAnswer(Base):
    """An answer, given once: `choice` is the place in the question's own order, whatever order was shown."""

    __tablename__ = "quiz_answer"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("quiz_sitting.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("quiz_question.id"), index=True)
    choice: Mapped[int]
    is_right: Mapped[bool]
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("sitting_id", "question_id"),)
