"""The meetings of a course as an iCalendar file (RFC 5545), in the city's own zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

#: Octets of a line, its end not counted.
LONGEST_LINE = 75
STAMP = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class Event:
    """One meeting: its own id, which stays the same when it is told again, its title, place and time."""

    uid: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    about: str = ""


def write(events: Sequence[Event], zone: ZoneInfo, now: datetime) -> str:
    """The file's content; lines end as the standard wants."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gurindam//Pelatihan//ID", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", *_zone(zone, min((one.starts_at for one in events), default=now))]
    for event in events:
        lines += _event(event, zone, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _zone(zone: ZoneInfo, moment: datetime) -> list[str]:
    """A zone of one offset all year, as those of Indonesia are."""
    local = moment.astimezone(zone)
    return [
        "BEGIN:VTIMEZONE",
        f"TZID:{zone.key}",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        f"TZOFFSETFROM:{local:%z}",
        f"TZOFFSETTO:{local:%z}",
        f"TZNAME:{local:%Z}",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def _event(event: Event, zone: ZoneInfo, now: datetime) -> list[str]:
    place = [f"LOCATION:{escaped(event.place)}"] if event.place else []
    about = [f"DESCRIPTION:{escaped(event.about)}"] if event.about else []
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{now.astimezone(UTC):{STAMP}}Z",
        f"DTSTART;TZID={zone.key}:{event.starts_at.astimezone(zone):{STAMP}}",
        f"DTEND;TZID={zone.key}:{event.ends_at.astimezone(zone):{STAMP}}",
        f"SUMMARY:{escaped(event.title)}",
        *place,
        *about,
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line ends are written out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> list[str]:
    """The line in pieces of at most 75 octets, never within a letter; those after the first begin with a space."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > LONGEST_LINE:
            pieces.append(piece)
            piece = " "
        piece += letter
    return [*pieces, piece]


def of(told: dict[str, Any]) -> tuple[str, str]:
    """The file (name, content) from plain values."""
    events = [
        Event(
            **{
                **one,
                "starts_at": datetime.fromisoformat(one["starts_at"]),
                "ends_at": datetime.fromisoformat(one["ends_at"]),
            }
        )
        for one in told["events"]
    ]
    return "pelatihan.ics", write(events, ZoneInfo(told["zone"]), datetime.fromisoformat(told["now"]))
