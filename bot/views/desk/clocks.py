"""Time at the desk, in words: how old a report is, when it is due, how late it is."""

from __future__ import annotations

from datetime import datetime

from bot.i18n import Markup, say, say_many, show_moment, show_short_day
from bot.services.complaints import is_late
from models.complaint import Complaint
from models.rules.working_time import WorkCalendar


def age(received_at: datetime, calendar: WorkCalendar, now: datetime) -> Markup:
    """How long it has been here, in working days."""
    days = calendar.working_days_between(calendar.local_day(received_at), calendar.local_day(now))
    return say_many("umur {n} hari kerja", "umur {n} hari kerja", days) if days > 0 else say("masuk hari ini")


def clock_words(complaint: Complaint, calendar: WorkCalendar, now: datetime) -> Markup:
    """The running promise in a few words: late, waiting, or how long still; empty when nothing is promised."""
    if complaint.paused_at is not None:
        return say("menunggu pelapor sejak {day}", day=show_short_day(calendar.local_day(complaint.paused_at)))
    if complaint.due_at is None:
        return Markup("")
    today, day = calendar.local_day(now), calendar.local_day(complaint.due_at)
    if is_late(complaint, now):
        days = calendar.working_days_between(day, today)
        if days > 0:
            return say_many("<b>terlambat {n} hari kerja</b>", "<b>terlambat {n} hari kerja</b>", days)
        return say("<b>terlambat sejak {moment}</b>", moment=show_moment(complaint.due_at))
    days = calendar.working_days_between(today, day)
    if days > 0:
        return say_many("sisa {n} hari kerja", "sisa {n} hari kerja", days)
    return say("batas hari ini")
