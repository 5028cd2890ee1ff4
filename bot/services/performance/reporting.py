"""A week is reported, completed and corrected by its owner; a correction keeps what stood there before (rule 28)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from bot.services.complaints import SentFile
from bot.services.performance import own_week, weekly
from bot.services.performance.own_week import Asked, OwnWeek, Reporting
from models.attachment import Attachment, FilePurpose
from models.errors import Refusal
from models.performance.progress import WeeklyEntry, WeeklyReport
from models.rules.performance.reporting import WeekStatus, require_value
from models.rules.performance.weeks import due_at, is_late

LONGEST_WORDS = 1000
LONGEST_LINK = 500
MOST_FILES = 10
#: What of an entry a correction may change.
_WORDS = ("note", "obstacle", "link")


@dataclass(frozen=True, slots=True)
class Given:
    """What was reported for one line; `same`: taken over from the last time by the button.

    Of `note`, `obstacle` and `link` None leaves what is there, an empty text takes it away.
    """

    value: Decimal
    same: bool = False
    note: str | None = None
    obstacle: str | None = None
    link: str | None = None
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending: the week as it stands now, and whether something was corrected, or nothing was new."""

    week: OwnWeek
    corrected: bool = False
    unchanged: bool = False


async def send(by: Reporting, week: date, given: Mapping[int, Given], reason: str | None = None) -> Sent:
    """Store the values of these lines (by line id) as the own report of the week, or complete or correct it.

    Refused: `no_plan_in_force`, `week_closed`, `week_without_work`, `no_such_line`, `nothing_to_report`, a value that
    cannot be, `reason_needed` for a change of what the superior accepted.
    """
    own = await own_week.of(by, week)
    if not given:
        raise Refusal("nothing_to_report")
    asked = {line_id: _line(own, line_id, one) for line_id, one in given.items()}
    report = own.report or await _begin(by, own)
    changes = {
        line_id: change
        for line_id, one in given.items()
        if (change := _change(asked[line_id].entry, one)) is not None or one.files
    }
    if not changes and report.status is not WeekStatus.RETURNED:
        return Sent(own, unchanged=True)
    if report.status is WeekStatus.VERIFIED and not (reason or "").strip():
        raise Refusal("reason_needed")
    for line_id in changes:
        await _write(by, report, asked[line_id], given[line_id])
    corrected = any(change is not None and change["old"] is not None for change in changes.values())
    kept = {str(line_id): change for line_id, change in changes.items() if change is not None}
    _note(by, report, kept, corrected, _words(reason))
    await by.session.flush()
    return Sent(await own_week.of(by, week), corrected=corrected)


def _line(own: OwnWeek, line_id: int, given: Given) -> Asked:
    asked = own.of(line_id)
    if asked is None:
        raise Refusal("no_such_line")
    require_value(asked.line.item.polarity, given.value)
    if given.link is not None and not is_link(given.link):
        raise Refusal("link_unreadable")
    return asked


def is_link(text: str) -> bool:
    """Whether a text is one address of the web."""
    return text.startswith(("https://", "http://")) and len(text) <= LONGEST_LINK and not any(map(str.isspace, text))


async def _begin(by: Reporting, own: OwnWeek) -> WeeklyReport:
    due = own.due_at or due_at(own.week, by.city.calendar, weekly.due_hour(by.city))
    if due is None:
        raise Refusal("week_without_work")
    report = WeeklyReport(
        employee_id=own.employee_id,
        week=own.week,
        due_at=due,
        status=WeekStatus.REPORTED,
        late=is_late(by.now, own.due_at),
        reported_at=by.now,
    )
    by.session.add(report)
    await by.session.flush()
    return report


def _change(entry: WeeklyEntry | None, given: Given) -> dict[str, Any] | None:
    """Old and new of a line, None where nothing changed."""
    if entry is None:
        return {"old": None, "new": _plain(given)}
    new = {name: _kept(getattr(entry, name), getattr(given, name)) for name in _WORDS}
    old = {name: getattr(entry, name) for name in _WORDS}
    if entry.value == given.value and new == old:
        return None
    return {"old": {"value": _number(entry.value), **old}, "new": {"value": _number(given.value), **new}}


def _plain(given: Given) -> dict[str, Any]:
    return {"value": _number(given.value), **{name: _words(getattr(given, name)) for name in _WORDS}}


def _kept(old: str | None, new: str | None) -> str | None:
    return old if new is None else _words(new)


def _number(value: Decimal) -> str:
    """Exact and without idle zeros: what the history keeps."""
    return f"{value.normalize():f}"


def _words(text: str | None) -> str | None:
    words = " ".join((text or "").split())[:LONGEST_WORDS]
    return words or None


async def _write(by: Reporting, report: WeeklyReport, asked: Asked, given: Given) -> None:
    entry = asked.entry
    if entry is None:
        entry = WeeklyEntry(report_id=report.id, line_id=asked.line.id, value=given.value, entered_at=by.now)
        by.session.add(entry)
    if entry.id is None or entry.value != given.value or given.same != entry.same_as_last:
        entry.same_as_last = given.same and given.value == asked.last
        entry.streak = asked.streak + 1 if entry.same_as_last else 0
    entry.value, entry.system_value, entry.entered_at = given.value, asked.system, by.now
    for name in _WORDS:
        setattr(entry, name, _kept(getattr(entry, name), getattr(given, name)))
    await by.session.flush()
    if asked.files + len(given.files) > MOST_FILES:
        raise Refusal("too_many_files", most=MOST_FILES)
    by.session.add_all(_attachment(entry, file, by.now) for file in given.files)


def _attachment(entry: WeeklyEntry, file: SentFile, now: datetime) -> Attachment:
    return Attachment(
        entry_id=entry.id,
        kind=file.kind,
        purpose=FilePurpose.EVIDENCE,
        file_id=file.file_id,
        file_unique_id=file.unique_id,
        media_group=file.group,
        caption=file.caption,
        size=file.size,
        created_at=now,
        next_try_at=now,
    )


def _note(by: Reporting, report: WeeklyReport, changes: dict[str, Any], corrected: bool, reason: str | None) -> None:
    """The step in the history; whoever looks at an older state of the report presses in vain (its version)."""
    report.move(WeekStatus.REPORTED, by.now, actor_id=by.presser.person_id, text=reason, values=changes)
    flag_modified(report, "status")
    report.decided_by_id = report.decided_at = None
    if corrected:
        report.corrected_at = by.now
