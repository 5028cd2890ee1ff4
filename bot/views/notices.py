"""What other people are told: outbox kind → Screen, rendered in the reader's language when it is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.i18n import say
from bot.views import clock_notices, followed, staff
from bot.views.administration import bans, revisions
from bot.views.broadcasts import message as broadcast_message
from bot.views.broadcasts import notices as broadcast_notices
from bot.views.broadcasts import progress as broadcast_progress
from bot.views.desk import groups, hands, inspection, occurrences
from bot.views.desk import notices as desk_notices
from bot.views.forums import notices as forum_notices
from bot.views.parts import to_staff
from bot.views.performance import week_reports
from bot.views.performance.evaluation import notices as evaluation_notices
from bot.views.performance.plans import notices as plan_notices
from bot.views.performance.recognition import notices as recognition_notices
from bot.views.performance.records import files as record_files
from bot.views.performance.team import digest as team_digest
from bot.views.performance.team import talks as team_talks
from bot.views.satisfaction import notices as improvement_notices
from bot.views.screen import Screen
from bot.views.training import attendance as training_attendance
from bot.views.training import effects as training_effects
from bot.views.training import hours_standing as training_hours
from bot.views.training import ledger as training_ledger
from bot.views.training import notices as training_notices

Values = dict[str, Any]


def render(kind: str, values: Values, question: str | None) -> Screen:
    """The notice, with a reminder of the question that is still open so that the next answer is not lost."""
    screen = KINDS[kind](values)
    if question is None:
        return screen
    reminder = say("💬 Pertanyaan yang belum dijawab: <i>{question}</i>", question=question)
    return replace(screen, text=f"{screen.text}\n\n{reminder}")


def report_filed(values: Values) -> Screen:
    """To verifiers: a new report."""
    return to_staff(say("📥 Laporan baru <code>{code}</code> menunggu diperiksa.", code=values["code"]), values)


def information_added(values: Values) -> Screen:
    """To whoever works on it: the reporter added something."""
    return to_staff(say("📎 Pelapor menambah keterangan pada <code>{code}</code>.", code=values["code"]), values)


def report_withdrawn(values: Values) -> Screen:
    """To whoever worked on it: taken back."""
    return to_staff(say("↩️ Laporan <code>{code}</code> ditarik oleh pelapor.", code=values["code"]), values)


def verdict_solved(values: Values) -> Screen:
    """To the officer: solved, with the score."""
    text = say(
        "🎉 Pelapor menyatakan <code>{code}</code> selesai, dengan nilai {score} dari 4.",
        code=values["code"],
        score=values["score"],
    )
    return to_staff(text, values)


def verdict_not_solved(values: Values) -> Screen:
    """To the officer and the head: not solved."""
    return to_staff(say("⚠️ Pelapor menyatakan <code>{code}</code> belum selesai.", code=values["code"]), values)


def incident(values: Values) -> Screen:
    """To administrators: an update failed for good."""
    return Screen(say("🛠 Gangguan {incident}: satu pesan warga gagal diproses.", incident=values["incident"]))


KINDS: dict[str, Callable[[Values], Screen]] = {
    "report_filed": report_filed,
    "information_added": information_added,
    "report_withdrawn": report_withdrawn,
    "verdict_solved": verdict_solved,
    "verdict_not_solved": verdict_not_solved,
    "incident": incident,
    **desk_notices.KINDS,
    **inspection.KINDS,
    **hands.KINDS,
    **clock_notices.KINDS,
    **improvement_notices.KINDS,
    **evaluation_notices.KINDS,
    **recognition_notices.KINDS,
    **record_files.KINDS,
    **plan_notices.KINDS,
    **week_reports.KINDS,
    **team_digest.KINDS,
    **team_talks.KINDS,
    **followed.KINDS,
    **occurrences.KINDS,
    **bans.KINDS,
    **groups.KINDS,
    **training_notices.KINDS,
    **training_ledger.KINDS,
    **training_hours.KINDS,
    **training_attendance.KINDS,
    **training_effects.KINDS,
    **forum_notices.KINDS,
    **broadcast_message.KINDS,
    **broadcast_progress.KINDS,
    **broadcast_notices.KINDS,
    **revisions.KINDS,
    **staff.KINDS,
}
