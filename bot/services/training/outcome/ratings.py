"""What participants think of a course: once per person and course, changeable for the city's days.

Whoever has hours of the course was there often enough, and only these rate it. Human resources see figures and
comments without names; of fewer than five people only how many there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import func, select

from bot.services.training.desk import Doing
from models.errors import Refusal
from models.rules.redaction import mask_numbers
from models.rules.small_cells import is_publishable
from models.training.hours import TrainingHours
from models.training.rating import CourseRating, RatedPart

LONGEST = 1000
PAGE = 8
#: For so many days after the hours were counted one may rate and change it, where the city's data says nothing.
DAYS = "14"
LOWEST, HIGHEST = 1, 4


@dataclass(frozen=True, slots=True)
class Attended:
    """A course that somebody attended: until when it may be rated, and how it was rated."""

    course_id: int
    title: str
    until: datetime
    is_open: bool
    rating: CourseRating | None


@dataclass(frozen=True, slots=True)
class Figures:
    """How a course was rated: `means` by part and `comments` (how many) are None where too few rated."""

    n: int
    means: Mapping[RatedPart, Decimal] | None
    comments: int | None


@dataclass(frozen=True, slots=True)
class Comments:
    """A page of comments, of `pages`; nobody's name."""

    lines: Sequence[str]
    page: int
    pages: int


async def attended(by: Doing, course_id: int, employee_id: int | None) -> Attended | None:
    """The course as its participant may rate it; None for whoever was not there often enough. One query."""
    own = (CourseRating.course_id == TrainingHours.course_id) & (CourseRating.employee_id == TrainingHours.employee_id)
    statement = (
        select(TrainingHours.title, TrainingHours.created_at, CourseRating)
        .outerjoin(CourseRating, own)
        .where(TrainingHours.course_id == course_id, TrainingHours.employee_id == (employee_id or 0))
        .execution_options(populate_existing=True)
    )
    found = (await by.session.execute(statement)).one_or_none()
    if found is None:
        return None
    title, counted_at, rating = found
    until = counted_at + timedelta(days=int(by.city.fact("training.rating_days", DAYS)))
    return Attended(course_id, title, until, by.now <= until, rating)


async def to_rate(by: Doing, course_id: int, employee_id: int | None) -> Attended:
    """The same, now; refused with `rating_not_attended` and `rating_is_over`."""
    found = await attended(by, course_id, employee_id)
    if found is None:
        raise Refusal("rating_not_attended")
    if not found.is_open:
        raise Refusal("rating_is_over")
    return found


async def rate(by: Doing, course_id: int, employee_id: int | None, scores: Mapping[str, int]) -> CourseRating:
    """All four parts, for the first time or again; a comment given before stays."""
    if set(scores) != set(RatedPart) or not all(LOWEST <= score <= HIGHEST for score in scores.values()):
        raise Refusal("score_out_of_range")
    hours = select(TrainingHours).where(
        TrainingHours.course_id == course_id, TrainingHours.employee_id == (employee_id or 0)
    )
    counted = await by.session.scalar(hours.with_for_update())
    found = await to_rate(by, course_id, employee_id)
    row = found.rating
    if row is None:
        row = CourseRating(course_id=course_id, employee_id=employee_id, demo=counted is not None and counted.demo)
        by.session.add(row)
    for part, score in scores.items():
        setattr(row, part, score)
    row.rated_at = by.now
    await by.session.flush()
    return row


async def comment(by: Doing, course_id: int, employee_id: int | None, words: str | None) -> CourseRating:
    """Words for a rating that is there, or none any more (None); refused with `words_missing` and `text_too_long`."""
    row = (await to_rate(by, course_id, employee_id)).rating
    if row is None:
        raise Refusal("rating_not_attended")
    if words is not None:
        words = mask_numbers(words.strip())[0]
        if not words:
            raise Refusal("words_missing")
        if len(words) > LONGEST:
            raise Refusal("text_too_long", most=LONGEST)
    row.comment = words
    await by.session.flush()
    return row


# --- human resources ---


async def figures(by: Doing, course_id: int) -> Figures:
    """How many rated it; the rest only where they are enough. One query."""
    sums = [func.coalesce(func.sum(getattr(CourseRating, part.value)), 0) for part in RatedPart]
    statement = select(func.count(), func.count(CourseRating.comment), *sums).where(CourseRating.course_id == course_id)
    n, comments_, *totals = (await by.session.execute(statement)).one()
    if not is_publishable(n):
        return Figures(n, None, None)
    return Figures(n, {part: _mean(total, n) for part, total in zip(RatedPart, totals, strict=True)}, comments_)


def _mean(total: int, n: int) -> Decimal:
    return (Decimal(int(total)) / n).quantize(Decimal("0.01"), ROUND_HALF_UP)


async def comments(by: Doing, course_id: int) -> Sequence[str]:
    """All of them in the order of their words, which tells nobody who came first; none where too few rated."""
    if (await figures(by, course_id)).comments is None:
        return []
    statement = select(CourseRating.comment).where(
        CourseRating.course_id == course_id, CourseRating.comment.is_not(None)
    )
    return sorted((words or "" for words in await by.session.scalars(statement)), key=str.casefold)


async def comments_page(by: Doing, course_id: int, number: int) -> Comments:
    """A page of them."""
    found = await comments(by, course_id)
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(number, 0), pages - 1)
    return Comments(found[PAGE * page : PAGE * (page + 1)], page, pages)
