"""The calendar file, read back by a plain parser of RFC 5545."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.views.training.calendar_file import Event, write

WIB = ZoneInfo("Asia/Jakarta")
TITLE = "Pelayanan Prima; untuk petugas loket, verifikator \\ pengawas di seluruh kelurahan – angkatan ke-2 “Berbenah”"


def unfolded(content: str) -> list[str]:
    """Content lines: every line ends with CRLF and is at most 75 octets; a line that begins with a space goes on."""
    assert content.endswith("\r\n")
    assert "\n" not in content.replace("\r\n", "")
    lines: list[str] = []
    for line in content.split("\r\n")[:-1]:
        assert len(line.encode()) <= 75
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return lines


def plain(text: str) -> str:
    """A TEXT value as it was meant."""
    found, letters = "", iter(text)
    for letter in letters:
        if letter == "\\":
            following = next(letters)
            found += "\n" if following in "nN" else following
        else:
            assert letter not in ",;"
            found += letter
    return found


def blocks(lines: list[str], name: str) -> list[dict[str, str]]:
    """The properties of every component of that name."""
    found: list[dict[str, str]] = []
    inside = False
    for line in lines:
        if line == f"BEGIN:{name}":
            inside = True
            found.append({})
        elif line == f"END:{name}":
            inside = False
        elif inside:
            key, _, value = line.partition(":")
            found[-1][key] = value
    return found


def test_the_file_says_what_was_meant() -> None:
    starts = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    events = [
        Event(
            "course-1-session-1@gurindam", TITLE, "Aula, lantai 2", starts, starts + timedelta(hours=3), "baris\nlain"
        ),
        Event("course-1-session-2@gurindam", "Hari kedua", "", starts + timedelta(days=1), starts + timedelta(days=2)),
    ]
    lines = unfolded(write(events, WIB, datetime(2026, 11, 24, 3, tzinfo=UTC)))
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    assert any(line.startswith("PRODID:") for line in lines)
    first, second = blocks(lines, "VEVENT")
    assert plain(first["SUMMARY"]) == TITLE
    assert plain(first["LOCATION"]) == "Aula, lantai 2"
    assert plain(first["DESCRIPTION"]) == "baris\nlain"
    assert first["DTSTART;TZID=Asia/Jakarta"] == "20261201T080000"
    assert first["DTEND;TZID=Asia/Jakarta"] == "20261201T110000"
    assert first["DTSTAMP"] == "20261124T030000Z"
    assert first["UID"] != second["UID"]
    assert "LOCATION" not in second
    (zone,) = blocks(lines, "STANDARD")
    assert (zone["TZOFFSETTO"], zone["TZNAME"]) == ("+0700", "WIB")
