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
from handlers.forums import made as forum_made
from handlers.forums import room as forums
from handlers.performance import room as performance
from handlers.performance.team import drawn
from handlers.satisfaction import improvements, linking, made, micro, planning, population, results, survey
from handlers.training import made as training_made
from handlers.training import room as training
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
        addition.talk(),
        revisions.talk(),
        *performance.talks(),
        *training.talks(),
        *forums.talks(),
        broadcast_talk.talk(),
        broadcast_changing.talk(),
        complaint.talk(),
    ]


def makers() -> dict[str, Maker]:
    """What is made after the commit, by the kind of its order."""
    rooms = (made, desk_made, broadcast_made, training_made, forum_made)
    return {kind: maker for room in rooms for kind, maker in room.MAKERS.items()} | performance.makers()


def enclosers() -> dict[str, Encloser]:
    """What makes the pictures of a notice, by its kind."""
    return dict(drawn.ENCLOSED)


def pictured() -> dict[str, Maker]:
    """What draws a notice that is one picture, by its kind."""
    return dict(training_made.PICTURED)


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
    application.add_handlers([*performance.handlers(), *training.handlers(), *forums.handlers()])
    application.add_handlers([*broadcast_desk.handlers(), *broadcast_reading.handlers(), *results.handlers()])
    application.add_handlers([*improvements.handlers(), *linking.handlers()])
    application.add_handlers(my_reports.handlers())
    application.add_handlers(verdict.handlers())
    application.add_handlers(incidents.handlers())
    application.add_handlers(micro.handlers())
    application.add_handlers([talk.handler(move_words) for talk in conversations])
    application.add_handlers(home.last_handlers())
