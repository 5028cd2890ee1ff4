"""Answers to the survey, written straight into the tables: for whatever reads them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.db import Database
from models.population import ServiceUsers
from models.rules.skm import Element
from models.rules.survey_period import first_day
from models.survey import Channel, MicroAnswer, SurveyResponse

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
THIS, BEFORE = "2026-Q4", "2026-Q3"
#: The published example of 29 respondents: the sums of U1 to U9 (domain rule 2).
PUBLISHED = (105, 101, 100, 116, 102, 105, 106, 105, 115)
#: The units of the services of the small city.
UNIT_OF = {1: 1, 2: 1, 3: 2}


def columns_with_sums(n: int, sums: Sequence[int]) -> list[tuple[int, ...]]:
    """So many respondents whose scores have these sums: as many fours as possible, then the rest."""
    columns = []
    for total in sums:
        base, more = divmod(total, n)
        columns.append([base + 1] * more + [base] * (n - more))
    return list(zip(*columns, strict=True))


def response(scores: Iterable[int], service_id: int = 3, period: str = THIS, **more: Any) -> SurveyResponse:
    row = SurveyResponse(
        service_id=service_id,
        unit_id=UNIT_OF[service_id],
        period=period,
        day=first_day(period),
        channel=Channel.QR,
        created_at=NOW,
    )
    row.answer(dict(zip(Element, scores, strict=True)))
    for name, value in more.items():
        setattr(row, name, value)
    return row


def published(service_id: int = 3, period: str = THIS) -> list[SurveyResponse]:
    """The 29 of the published example."""
    return [response(scores, service_id, period) for scores in columns_with_sums(29, PUBLISHED)]


def some(n: int, service_id: int = 3, period: str = THIS, seed: int = 1) -> list[SurveyResponse]:
    """So many respondents by dice, some of them with a profile."""
    dice = random.Random(seed)
    rows = []
    for _ in range(n):
        scores = dice.choices([1, 2, 3, 4], weights=[1, 2, 5, 6], k=9)
        row = response(scores, service_id, period)
        if dice.random() < 0.7:
            row.sex = dice.choice("LP")
            row.age_band = dice.choice(["18-25", "26-35", "36-45"])
            row.education = dice.choice(["SMA", "S1"])
            row.occupation = dice.choice(["PNS", "Swasta"])
            row.hour_band = "08-12"
        rows.append(row)
    return rows


def taps(
    element: Element, scores: Iterable[int], service_id: int = 3, day: date = date(2026, 11, 3)
) -> list[MicroAnswer]:
    return [
        MicroAnswer(
            service_id=service_id,
            unit_id=UNIT_OF[service_id],
            day=day,
            element=element,
            score=score,
            channel=Channel.QR,
            created_at=NOW,
        )
        for score in scores
    ]


def users(service_id: int, count: int, period: str = BEFORE) -> ServiceUsers:
    return ServiceUsers(service_id=service_id, period=period, users=count, recorded_at=NOW)


async def store(database: Database, *rows: Any) -> None:
    async with database.begin() as session:
        session.add_all(rows)
