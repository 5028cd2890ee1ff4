"""What a person may say: one file per conversation, registered in one ordered list (first match wins)."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application

from bot.conversation import Talk, enlist
from bot.delivery.making import Maker
from bot.delivery.sender import Encloser
from handlers import (
    addition,
    complaint,
    followed,
    home,
    incidents,
    my_reports,
    pacing,
    privacy,
    rating,
    routing,
    staff,
    tickets,
    verdict,
)
from handlers.administration import audit, bans, revisions
from handlers.broadcasts import changing as broadcast_changing
from handlers.broadcasts import desk as broadcast_desk
from handlers.broadcasts import made as broadcast_made
from handlers.broadcasts import reading as broadcast_reading
from handlers.broadcasts import talk as broadcast_talk
from handlers.desk import (
    accusing,
    cards,
    figures,
    groups,
    hands,
    lists,
    merging,
    occurrences,
    on_behalf,
    search,
    sharing,
)
from handlers.desk import made as desk_made
from handlers.desk import talks as desk_talks
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
from handlers.performance.team import answering as team_answering
from handlers.performance.team import asking as team_asking
from handlers.performance.team import desk as team_desk
from handlers.performance.team import drawn
from handlers.performance.team import finding as team_finding
from handlers.performance.team import made as team_made
from handlers.performance.weekly import reports as weekly_reports
from handlers.performance.weekly import returning as weekly_returning
from handlers.performance.weekly import talk as weekly_talk
from handlers.satisfaction import improvements, linking, made, micro, planning, population, results, survey
from handlers.training import attending as training_attending
from handlers.training import deciding as training_deciding
from handlers.training import desk as training_desk
from handlers.training import ledger as training_ledger
from handlers.training import ledger_refusing as training_ledger_refusing
from handlers.training import made as training_made
from handlers.training import managing as training_managing
from handlers.training import requests as training_requests
from handlers.training import selecting as training_selecting
from handlers.training import sheets as training_sheets
from handlers.training import writing as training_writing
from handlers.words import move_words


def talks() -> list[Talk]:
    """Every conversation. The one that takes any first message comes last."""
    return [
        desk_talks.talk(),
        accusing.talk(),
        search.talk(),
        sharing.talk(),
        occurrences.talk(),
        rating.talk(),
        survey.talk(),
        planning.talk(),
        population.talk(),
        staff.talk(),
        verdict.talk(),
        plan_talk.talk(),
        plan_review.talk(),
        weekly_talk.talk(),
        weekly_returning.talk(),
        *(one.talk() for one in (team_asking, team_answering, team_finding)),
        addition.talk(),
        revisions.talk(),
        evaluation_talk.talk(),
        feedback.talk(),
        recognition_talk.talk(),
        indicator_changing.talk(),
        records_talk.talk(),
        training_deciding.talk(),
        training_attending.talk(),
        training_selecting.talk(),
        training_writing.talk(),
        training_ledger.talk(),
        training_ledger_refusing.talk(),
        training_sheets.talk(),
        *(one.talk() for one in (broadcast_talk, broadcast_changing)),
        complaint.talk(),
    ]


def makers() -> dict[str, Maker]:
    """What is made after the commit, by the kind of its order."""
    performance = (plan_sheets, evaluation_made, recognition_made, indicator_made, team_made)
    rooms = (made, desk_made, *performance, broadcast_made, training_made)
    return {kind: maker for room in rooms for kind, maker in room.MAKERS.items()}


def enclosers() -> dict[str, Encloser]:
    """What makes the pictures of a notice, by its kind."""
    return dict(drawn.ENCLOSED)


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Hang every handler on the application, in order."""
    conversations = talks()
    enlist(conversations)
    application.add_handlers(pacing.handlers(), pacing.GROUP)
    application.add_handlers([*groups.press_handlers(), *routing.handlers()], routing.GROUP)
    application.add_handlers(groups.handlers())
    application.add_handlers(home.first_handlers())
    application.add_handlers(privacy.handlers())
    application.add_handlers(staff.code_handlers())
    application.add_handlers(on_behalf.claim_handlers())
    application.add_handlers(tickets.handlers(cards.show_card, my_reports.show_own))
    application.add_handlers([*lists.handlers(), *cards.handlers(), *hands.handlers()])
    application.add_handlers([*merging.handlers(), *occurrences.handlers()])
    application.add_handlers(followed.handlers())
    application.add_handlers(figures.handlers())
    application.add_handlers([*revisions.handlers(), *audit.handlers(), *bans.handlers()])
    application.add_handlers([*plan_browsing.handlers(), *weekly_reports.handlers(), *team_desk.handlers()])
    application.add_handlers([*evaluation_desk.handlers(), *handover.handlers()])
    application.add_handlers(
        [
            *recognition_desk.handlers(),
            *indicator_browsing.handlers(),
            *records_desk.handlers(),
            *records_files.handlers(),
        ]
    )
    application.add_handlers(training_ledger.handlers())
    application.add_handlers([*training_desk.handlers(), *training_requests.handlers()])
    application.add_handlers(
        [*training_attending.handlers(), *training_managing.handlers(), *training_sheets.handlers()]
    )
    application.add_handlers([*broadcast_desk.handlers(), *broadcast_reading.handlers(), *results.handlers()])
    application.add_handlers([*improvements.handlers(), *linking.handlers()])
    application.add_handlers(my_reports.handlers())
    application.add_handlers(verdict.handlers())
    application.add_handlers(incidents.handlers())
    application.add_handlers(micro.handlers())
    application.add_handlers([talk.handler(move_words) for talk in conversations])
    application.add_handlers(home.last_handlers())
