"""Human resources decide about a need: it was seen to, it waits until a day, or it counts again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.services.training.desk import Doing
from models.errors import Refusal
from models.rules.redaction import mask_numbers
from models.rules.training.needs import NeedKind
from models.training.need import NeedDecision, NeedOutcome

LONGEST_REASON = 300
#: So far ahead something can be put off.
FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Spot:
    """Which need is meant: of which unit, of which kind, what, and the period that shows it."""

    unit_id: int
    kind: NeedKind
    what: str
    period: str


async def handled(by: Doing, hr_id: int, spot: Spot, reason: str) -> NeedDecision:
    """It was seen to in this period; refused with `reason_missing` and `text_too_long`."""
    return await _decide(by, hr_id, spot, NeedOutcome.HANDLED, reason)


async def put_off(by: Doing, hr_id: int, spot: Spot, until: date, reason: str) -> NeedDecision:
    """It waits until a day; refused with `need_until` for one that is not ahead, or too far."""
    require_until(by, until)
    return await _decide(by, hr_id, spot, NeedOutcome.PUT_OFF, reason, until)


async def reopen(by: Doing, hr_id: int, spot: Spot) -> NeedDecision:
    """It counts again."""
    return await _write(by, hr_id, spot, NeedOutcome.REOPENED, "", None)


def require_until(by: Doing, until: date) -> None:
    """Refused with `need_until` unless the day is ahead and within a year."""
    if not by.today < until <= by.today + FARTHEST:
        raise Refusal("need_until")


async def _decide(
    by: Doing, hr_id: int, spot: Spot, outcome: NeedOutcome, reason: str, until: date | None = None
) -> NeedDecision:
    words = mask_numbers(" ".join(reason.split()))[0]
    if not words:
        raise Refusal("reason_missing")
    if len(words) > LONGEST_REASON:
        raise Refusal("text_too_long", most=LONGEST_REASON)
    return await _write(by, hr_id, spot, outcome, words, until)


async def _write(
    by: Doing, hr_id: int, spot: Spot, outcome: NeedOutcome, words: str, until: date | None
) -> NeedDecision:
    row = NeedDecision(
        unit_id=spot.unit_id,
        need=spot.kind,
        what=spot.what,
        period=spot.period,
        outcome=outcome,
        until=until,
        reason=words,
        decided_by_id=hr_id,
        decided_at=by.now,
    )
    by.session.add(row)
    await by.session.flush()
    return row
