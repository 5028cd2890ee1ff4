"""A digest as plain values: what fits a phone of it. They are stored until it is sent, and shown by `digest.screen`."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from bot.reports.performance.standing import Standing
from bot.reports.performance.states import Digest, UnitRoll
from bot.services.city import City
from bot.views.parts import cut
from models.rules.performance.pace import PaceStatus

#: So many names, lines and codes are written out; of the rest the number is told.
NAMES, LINES, ONE, UNITS = 4, 2, 1, 3
LONGEST_WORDS = 90
LONGEST_LINE = 60
Values = dict[str, Any]


def values_of(digest: Digest, city: City, *, weekly: bool = False, leads_leaders: bool = False) -> Values:
    """What a message says of it; `weekly`: a picture goes with it."""
    return {
        "leader": digest.leader.id,
        "day": digest.day.isoformat(),
        "week": digest.week.isoformat(),
        "weekly": weekly,
        "people": len(digest.people),
        "owing": len(digest.owing),
        "late": len(digest.late),
        "missing": _few([one.member.name for one in digest.missing], NAMES),
        "paces": {status.value: len(digest.having(status)) for status in PaceStatus},
        "worst": _worst(digest),
        "good": sum(one.status is PaceStatus.ON_TRACK for one in digest.people),
        "obstacles": _few(
            [[digest.name_of(one.employee_id), cut(one.words, LONGEST_WORDS)] for one in digest.obstacles], ONE
        ),
        "waiting": sum(one.waiting for one in digest.people),
        "plans": len(digest.plans),
        "evaluations": len(digest.evaluations),
        "overdue": _few([one.code for one in digest.overdue], ONE),
        "low": digest.low,
        "low_since": digest.low_since.isoformat(),
        "deadlines": _few(
            [[one.kind, one.day.isoformat(), one.count, cut(one.what, LONGEST_LINE)] for one in digest.deadlines], ONE
        ),
        "differing": _few(
            [
                [digest.name_of(one.standing.employee_id), *_line(one.standing), _text(one.fact.value)]
                for one in digest.differing
            ],
            ONE,
        ),
        "units": _few([_unit(one, city) for one in digest.units], UNITS),
        "leads_leaders": leads_leaders or bool(digest.units),
    }


def _worst(digest: Digest) -> Values:
    lines = [*digest.having(PaceStatus.BEHIND), *digest.having(PaceStatus.AT_RISK)]
    return _few([[digest.name_of(one.employee_id), *_line(one), _text(one.pace)] for one in lines], LINES)


def _line(one: Standing) -> list[str | None]:
    return [cut(one.name, LONGEST_LINE), _text(one.value), one.measure_unit]


def _unit(one: UnitRoll, city: City) -> list[Any]:
    missing = one.owed - one.reported
    share = None if one.share is None else round(one.share)
    return [city.units[one.unit_id].short_name, share, missing, one.behind, one.overdue]


def _few(found: Iterable[Any], most: int) -> Values:
    """The first ones, and how many there are."""
    every = list(found)
    return {"first": every[:most], "n": len(every)}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
