"""What human resources write of a course, as plain values: in the draft of a talk, or read from a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from models.errors import Refusal
from models.rules.audience import Audience
from models.rules.redaction import mask_numbers
from models.training.course import Course, CourseKind, CoursePath, CourseSession, Selection

LONGEST_TITLE, LONGEST_WORDS, LONGEST_FORM, LONGEST_PLACE, LONGEST_LINK = 200, 1500, 60, 200, 500
MOST_HOURS, MOST_SEATS, MOST_SESSIONS, MOST_FILES = 1000, 5000, 40, 10


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and where they meet."""

    starts_at: datetime
    ends_at: datetime
    place: str = ""


@dataclass(frozen=True, slots=True)
class CourseForm:
    """Everything that is written of a course; `code` only where a workbook gives one."""

    title: str
    kind: CourseKind
    path: CoursePath
    hours: int
    quota: int
    closes_at: datetime
    sessions: tuple[Meeting, ...] = ()
    description: str = ""
    form: str = ""
    place: str = ""
    link: str | None = None
    unit_quota: int | None = None
    selection: Selection = Selection.FIRST_COME
    needs_approval: bool = True
    audience: Audience = field(default_factory=Audience)
    topics: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    code: str = ""

    def stored(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "title": self.title,
            "kind": self.kind.value,
            "path": self.path.value,
            "hours": self.hours,
            "quota": self.quota,
            "closes_at": self.closes_at.isoformat(),
            "sessions": [[one.starts_at.isoformat(), one.ends_at.isoformat(), one.place] for one in self.sessions],
            "description": self.description,
            "form": self.form,
            "place": self.place,
            "link": self.link,
            "unit_quota": self.unit_quota,
            "selection": self.selection.value,
            "needs_approval": self.needs_approval,
            "audience": self.audience.stored(),
            "topics": list(self.topics),
            "files": [list(one) for one in self.files],
            "code": self.code,
        }

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Self:
        """Back from its JSON object."""
        values = {
            **stored,
            "kind": CourseKind(stored["kind"]),
            "path": CoursePath(stored["path"]),
            "closes_at": datetime.fromisoformat(stored["closes_at"]),
            "sessions": meetings(stored.get("sessions", [])),
            "selection": Selection(stored.get("selection", Selection.FIRST_COME.value)),
            "audience": Audience.read(stored.get("audience", {})),
            "topics": tuple(stored.get("topics", ())),
            "files": tuple((kind, file_id) for kind, file_id in stored.get("files", ())),
        }
        return cls(**values)

    def clean(self) -> CourseForm:
        """Without what may not be kept: long numbers are masked, words cut to their longest."""
        return replace(
            self,
            title=mask_numbers(self.title.strip())[0][:LONGEST_TITLE],
            description=mask_numbers(self.description.strip())[0][:LONGEST_WORDS],
            form=self.form.strip()[:LONGEST_FORM],
            place=self.place.strip()[:LONGEST_PLACE],
            link=self.link.strip()[:LONGEST_LINK] if self.link else None,
        )


def meetings(stored: Sequence[Sequence[str]]) -> tuple[Meeting, ...]:
    """Meetings back from JSON, in order, each beginning once."""
    found = {
        begin: Meeting(datetime.fromisoformat(begin), datetime.fromisoformat(end), place)
        for begin, end, place in stored
    }
    return tuple(sorted(found.values(), key=lambda one: one.starts_at))


def of(course: Course, sessions: Sequence[CourseSession], *, again: bool = False) -> dict[str, Any]:
    """A course as the draft of a talk; `again`: for another time, so without meetings and deadline."""
    form = CourseForm(
        **{
            name: getattr(course, name)
            for name in (
                *("title", "kind", "path", "hours", "quota", "closes_at", "description", "form", "place", "link"),
                *("unit_quota", "selection", "needs_approval"),
            )
        },
        sessions=() if again else tuple(Meeting(one.starts_at, one.ends_at, one.place) for one in sessions),
        audience=Audience.read(course.audience),
        topics=tuple(course.topics),
        files=tuple((kind, file_id) for kind, file_id in course.files),
    )
    stored = form.stored()
    if again:
        del stored["closes_at"], stored["sessions"]
    return stored


def require_valid(form: CourseForm) -> None:
    """Refused with `course_number` for hours and seats that cannot be, `too_many_sessions`, `deadline_after_start`."""
    numbers = ((form.hours, MOST_HOURS), (form.quota, MOST_SEATS))
    if any(not 0 < number <= most for number, most in numbers):
        raise Refusal("course_number")
    if form.unit_quota is not None and not 0 < form.unit_quota <= form.quota:
        raise Refusal("course_number")
    if len(form.sessions) > MOST_SESSIONS:
        raise Refusal("too_many_sessions", most=MOST_SESSIONS)
    if form.sessions and form.closes_at > form.sessions[0].starts_at:
        raise Refusal("deadline_after_start")
