"""What a participant thinks of a course that is over."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Key


class RatedPart(StrEnum):
    """What is rated, in the order in which it is asked; each is a column of `CourseRating`."""

    MATERIAL = "material"
    TEACHING = "teaching"
    ORGANISATION = "organisation"
    BENEFIT = "benefit"


class CourseRating(Base):
    """One participant and one course: each part from 1 (not good) to 4 (very good), and a comment if any."""

    __tablename__ = "course_rating"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id", ondelete="CASCADE"), index=True)
    material: Mapped[int] = mapped_column(SmallInteger)
    teaching: Mapped[int] = mapped_column(SmallInteger)
    organisation: Mapped[int] = mapped_column(SmallInteger)
    benefit: Mapped[int] = mapped_column(SmallInteger)
    comment: Mapped[str | None] = mapped_column(Text)
    rated_at: Mapped[datetime]
    demo: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        UniqueConstraint("course_id", "employee_id"),
        CheckConstraint(" AND ".join(f"{part} BETWEEN 1 AND 4" for part in RatedPart), name="one_to_four"),
    )

    @property
    def scores(self) -> dict[RatedPart, int]:
        """The score of each part."""
        return {part: int(getattr(self, part.value)) for part in RatedPart}
