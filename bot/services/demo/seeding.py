"""The demo's data, once: people, history, and a city whose notices arrive at any hour."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import city as cities
from bot.services.demo.broadcasts import tell_broadcasts
from bot.services.demo.crowds import tell_crowds
from bot.services.demo.forums import tell_forums
from bot.services.demo.history import RATINGS, REPORTS, History, is_told
from bot.services.demo.hours import tell_hours
from bot.services.demo.improving import tell_improvements
from bot.services.demo.inspection import tell_inspection
from bot.services.demo.opinions import tell_opinions
from bot.services.demo.own_work import tell_own_work
from bot.services.demo.people import create_people
from bot.services.demo.performance.evaluations import tell_evaluations
from bot.services.demo.performance.indicators import tell_indicators
from bot.services.demo.performance.plans import tell_plans
from bot.services.demo.performance.records import tell_records
from bot.services.demo.performance.weeks import tell_weeks
from bot.services.demo.training import tell_trainings
from models.organisation import CityFact

WORDS = Path(__file__).parent / "words.toml"
SEED = 2026
#: The demo's city works at any hour, opens quizzes ten days ahead so that one can be tried, and shares new reports
#: out by itself once its past is told.
FACTS = {"notices.quiet_hours": "off", "training.quiz_before_hours": "240"}
FACTS_AT_LAST = {"desk.auto_assign": "on"}
#: How often `step` is called.
STEPS = RATINGS + REPORTS


async def seed_demo(session: AsyncSession, now: datetime, step: Callable[[], object]) -> bool:
    """Add the invented people and their months; the same seed tells the same story. False if it is there already."""
    if await is_told(session):
        return False
    await _set(session, FACTS)
    city = await cities.know(session, now)
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    dice = random.Random(SEED)
    residents, officers = await create_people(session, words, dice, now)
    await tell_plans(session, city, now)
    await History(session, city, words, dice, residents, officers, now).tell(step)
    await tell_own_work(session, city, words, residents[1:], officers, now)
    await tell_inspection(session, city, residents[1:], now)
    await tell_crowds(session, city, residents[1:], now)
    await tell_opinions(session, city, residents[1:], now)
    await tell_improvements(session, city, now)
    await tell_records(session, city, now)
    await tell_indicators(session)
    await tell_weeks(session, city, now)  # of the plans in force: after them
    await tell_evaluations(session, city, now)  # of the weeks
    await tell_broadcasts(session, city, residents[1:], now)
    await tell_trainings(session, city, now)
    await tell_forums(session, city, residents, now)
    await tell_hours(session, city, now)
    await _set(session, FACTS_AT_LAST)
    return True


async def _set(session: AsyncSession, facts: dict[str, str]) -> None:
    for key, value in facts.items():
        await session.merge(CityFact(key=key, value=value))
    await session.flush()
    cities.forget(session)
