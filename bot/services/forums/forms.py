"""What a host writes of an event, as plain values kept in the draft of a talk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from models.errors import Refusal
from models.forum import Forum
from models.rules.redaction import mask_numbers

LONGEST_TITLE, LONGEST_ABOUT, LONGEST_PLACE, LONGEST_LINK = 120, 1000, 200, 500
MOST_SEATS = 5000


@dataclass(frozen=True, slots=True)
class ForumForm:
    """Everything that is written of an event; `seats` None: not counted, `closes_at` None: until it begins."""

    title: str
    unit_id: int
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    about: str = ""
    link: str | None = None
    seats: int | None = None
    closes_at: datetime | None = None
    poster: tuple[str, ...] = ()

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Self:
        """From the draft of a talk: `times` holds beginning and end."""
        values = {name: value for name, value in stored.items() if name not in ("times", "closes_at", "poster")}
        starts, ends = stored["times"]
        closes = stored.get("closes_at")
        return cls(
            **values,
            starts_at=datetime.fromisoformat(starts),
            ends_at=datetime.fromisoformat(ends),
            closes_at=datetime.fromisoformat(closes) if closes else None,
            poster=tuple(stored.get("poster") or ()),
        )

    def clean(self) -> ForumForm:
        """Without what may not be kept: long numbers are masked, words cut to their longest."""
        return replace(
            self,
            title=mask_numbers(self.title.strip())[0][:LONGEST_TITLE],
            about=mask_numbers(self.about.strip())[0][:LONGEST_ABOUT],
            place=mask_numbers(self.place.strip())[0][:LONGEST_PLACE],
            link=self.link.strip()[:LONGEST_LINK] if self.link else None,
        )

    def facts(self) -> dict[str, Any]:
        """The columns of the event."""
        return {
            **{name: getattr(self, name) for name in ("title", "unit_id", "starts_at", "ends_at", "place", "about")},
            "link": self.link,
            "seats": self.seats,
            "closes_at": self.closes_at or self.starts_at,
            "poster": list(self.poster),
        }


def of(forum: Forum) -> dict[str, Any]:
    """An event as the draft of a talk."""
    return {
        **{name: getattr(forum, name) for name in ("title", "unit_id", "place", "about", "link", "seats")},
        "times": [forum.starts_at.isoformat(), forum.ends_at.isoformat()],
        "closes_at": forum.closes_at.isoformat(),
        "poster": list(forum.poster),
    }


def require_valid(form: ForumForm) -> None:
    """Refused with `forum_number`, and `forum_closes_late` when one could register after the beginning."""
    if form.seats is not None and not 0 < form.seats <= MOST_SEATS:
        raise Refusal("forum_number")
    if form.closes_at is not None and form.closes_at > form.starts_at:
        raise Refusal("forum_closes_late")
