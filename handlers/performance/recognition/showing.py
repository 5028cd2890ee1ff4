"""One nomination as this reader may see it."""

from __future__ import annotations

from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.recognition import awards
from bot.services.performance.recognition.announcing import names_of
from bot.services.performance.recognition.lists import Listed
from bot.views.performance.recognition.nominations import May
from models.performance.recognition import Nomination, NominationStatus


async def shown(by: Judging, nomination_id: int) -> tuple[Listed, May]:
    """The nomination with its names, and what can be done with it."""
    row = await awards.reach(by, nomination_id)
    name = (await names_of(by.session, [row]))[row.id]
    return Listed(row, await awards.title_of(by, row.rule_id), name), _may(by, row)


def _may(by: Judging, row: Nomination) -> May:
    leads, own = awards.approves(by), awards.is_awarded(by, row)
    decides = leads and not own and row.status is NominationStatus.PROPOSED
    return May(
        approve=decides,
        decline=decides or (by.sees_everyone and row.status is NominationStatus.NOMINATED),
        answer=own and row.status in awards.AWARDED,
        paper=row.status in awards.AWARDED and (own or by.sees_everyone),
        back=by.sees_everyone or leads,
    )
