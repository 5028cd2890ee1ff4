"""What a civil servant may say about plans, weeks, evaluations and the own team, in order (first match wins)."""

from __future__ import annotations

from bot.conversation import Handler, Talk
from bot.delivery.making import Maker
from handlers.performance.evaluation import desk as evaluation_desk
from handlers.performance.evaluation import feedback, handover
from handlers.performance.evaluation import made as evaluation_made
from handlers.performance.evaluation import talk as evaluation_talk
from handlers.performance.indicators import browsing as indicator_browsing
from handlers.performance.indicators import changing as indicator_changing
from handlers.performance.indicators import made as indicator_made
from handlers.performance.plans import browsing as plan_browsing
from handlers.performance.plans import review as plan_review
from handlers.performance.plans import sheets as plan_sheets
from handlers.performance.plans import talk as plan_talk
from handlers.performance.recognition import desk as recognition_desk
from handlers.performance.recognition import made as recognition_made
from handlers.performance.recognition import talk as recognition_talk
from handlers.performance.records import desk as records_desk
from handlers.performance.records import files as records_files
from handlers.performance.records import talk as records_talk
from handlers.performance.team import answering, asking, finding
from handlers.performance.team import desk as team_desk
from handlers.performance.team import made as team_made
from handlers.performance.weekly import reports as weekly_reports
from handlers.performance.weekly import returning as weekly_returning
from handlers.performance.weekly import talk as weekly_talk


def talks() -> list[Talk]:
    """Every conversation of the room."""
    return [
        plan_talk.talk(),
        plan_review.talk(),
        weekly_talk.talk(),
        weekly_returning.talk(),
        asking.talk(),
        answering.talk(),
        finding.talk(),
        evaluation_talk.talk(),
        feedback.talk(),
        recognition_talk.talk(),
        indicator_changing.talk(),
        records_talk.talk(),
    ]


def handlers() -> list[Handler]:
    """What is said outside a conversation."""
    return [
        *plan_browsing.handlers(),
        *weekly_reports.handlers(),
        *team_desk.handlers(),
        *evaluation_desk.handlers(),
        *handover.handlers(),
        *recognition_desk.handlers(),
        *indicator_browsing.handlers(),
        *records_desk.handlers(),
        *records_files.handlers(),
    ]


def makers() -> dict[str, Maker]:
    """What is made after the commit, by the kind of its order."""
    rooms = (plan_sheets, evaluation_made, recognition_made, indicator_made, team_made)
    return {kind: maker for room in rooms for kind, maker in room.MAKERS.items()}
