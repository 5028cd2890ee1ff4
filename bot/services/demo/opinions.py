"""A year of survey answers: good and better at the civil registry, weak at one unit, slow everywhere."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City
from bot.services.privacy import NOTICE_VERSION
from bot.services.satisfaction.responses import choices_for, present_period
from models.organisation import Service
from models.person import Consent, Person, Purpose
from models.rules.respondents import AgeBand, Sex, hour_band
from models.rules.skm import HIGHEST, LOWEST, Element
from models.rules.survey_period import earlier, first_day, following
from models.survey import COLUMNS, Channel, MicroAnswer, SurveyResponse

SEED = 1417
PERIODS = 4
#: Service → its usual score, and the fewest and most answers of a period.
SERVICES = {
    "ktp-rekam": (3.45, 55, 95),
    "kk": (3.4, 50, 90),
    "akta-lahir": (3.5, 35, 60),
    "berobat": (3.25, 50, 80),
    "imunisasi": (3.5, 25, 45),
    "nib": (3.35, 20, 40),
    "kir": (3.1, 20, 35),
    "sampah": (3.05, 25, 45),
    "pju": (2.6, 30, 50),
    "pelantar": (2.5, 12, 25),
    "sktm": (3.3, 25, 45),
    "ambulans": (3.4, 3, 4),
}
#: Services that people pay for; the others are free, and rated so.
PAID = frozenset({"nib", "kir", "sampah"})
#: What is better or worse than the rest, everywhere.
LEANING = {Element.U3: -0.55, Element.U7: 0.2, Element.U8: -0.15, Element.U9: -0.1}
#: How much better each period was than the one before.
PROGRESS = 0.06
MICRO_SERVICES = ("ktp-rekam", "kk", "berobat", "pju")
MICRO_DAYS = 45


async def tell_opinions(session: AsyncSession, city: City, residents: list[Person], now: datetime) -> None:
    """Insert consents, full responses and taps at counters, each table at once."""
    dice = random.Random(SEED)
    services = {service.code: service for service in city.services.values()}
    profiles = {person.id: _profile(city, dice) for person in residents if dice.random() < 0.6}
    consents = [
        {"person_id": person, "purpose": Purpose.SURVEY_PROFILE, "version": NOTICE_VERSION, "given_at": now}
        for person in profiles
    ]
    tales = _Tales(city, dice, [person.id for person in residents], profiles, now)
    await session.execute(insert(Consent), consents)
    known = {code: services[code] for code in SERVICES if code in services}
    await session.execute(insert(SurveyResponse), list(tales.responses(known)))
    await session.execute(insert(MicroAnswer), list(tales.taps([known[code] for code in MICRO_SERVICES])))


def _profile(city: City, dice: random.Random) -> dict[str, Any]:
    return {
        "sex": dice.choice(list(Sex)),
        "age_band": dice.choices(list(AgeBand), weights=[18, 28, 24, 16, 10, 4])[0],
        "education": dice.choice(choices_for(city, "education")),
        "occupation": dice.choice(choices_for(city, "occupation")),
    }


class _Tales:
    """Who says what, and when."""

    def __init__(
        self, city: City, dice: random.Random, people: list[int], profiles: dict[int, dict[str, Any]], now: datetime
    ) -> None:
        self.city, self.dice, self.people, self.profiles, self.now = city, dice, people, profiles, now
        self.today = city.today(now)

    def responses(self, services: dict[str, Service]) -> Iterator[dict[str, Any]]:
        """Full responses of each service in each of the last periods."""
        present = present_period(self.city, self.now)
        for ago in range(PERIODS - 1, -1, -1):
            period = earlier(present, ago)
            for code, service in services.items():
                usual, fewest, most = SERVICES[code]
                people = self.dice.sample(self.people, min(self.dice.randint(fewest, most), len(self.people)))
                for person in people:
                    yield self._response(service, period, person, usual - ago * PROGRESS)

    def _response(self, service: Service, period: str, person: int, usual: float) -> dict[str, Any]:
        at = self._moment(first_day(period), min(self.today, first_day(following(period)) - timedelta(days=1)))
        profile = self.profiles.get(person)
        return {
            "person_id": person,
            "service_id": service.id,
            "unit_id": self.city.successor(service.unit_id).id,
            "period": period,
            "day": self.city.today(at),
            **dict(zip(COLUMNS, self._scores(service, usual), strict=True)),
            **(profile or dict.fromkeys(("sex", "age_band", "education", "occupation"))),
            "hour_band": hour_band(at, self.city.calendar.zone) if profile else None,
            "channel": self.dice.choices([Channel.QR, Channel.MENU, Channel.LINK], weights=[6, 2, 1])[0],
            "demo": True,
            "created_at": at,
        }

    def _scores(self, service: Service, usual: float) -> list[int]:
        mood = self.dice.gauss(0, 0.25)
        return [self._score(service, element, usual + mood) for element in Element]

    def _score(self, service: Service, element: Element, usual: float) -> int:
        if element is Element.U4 and service.code not in PAID:
            return HIGHEST
        drawn = round(self.dice.gauss(usual + LEANING.get(element, 0.0), 0.5))
        return max(LOWEST, min(HIGHEST, drawn))

    def taps(self, services: list[Service]) -> Iterator[dict[str, Any]]:
        """One tap of a few people a day at some counters, the elements in turn."""
        for service in services:
            usual, turn = SERVICES[service.code][0], 0
            for ago in range(MICRO_DAYS, -1, -1):
                day = self.today - timedelta(days=ago)
                for person in self.dice.sample(self.people, self.dice.randint(1, 5)) if day.weekday() < 5 else ():
                    element = list(Element)[turn % len(Element)]
                    turn += 1
                    yield {
                        "person_id": person,
                        "service_id": service.id,
                        "unit_id": self.city.successor(service.unit_id).id,
                        "day": day,
                        "element": element,
                        "score": self._score(service, element, usual),
                        "channel": Channel.QR,
                        "demo": True,
                        "created_at": self._moment(day, day),
                    }

    def _moment(self, first: date, last: date) -> datetime:
        """Some moment of office hours between two days, never in the future."""
        day = first + timedelta(days=self.dice.randint(0, (last - first).days))
        clock = time(self.dice.randint(8, 15), self.dice.randint(0, 59), tzinfo=self.city.calendar.zone)
        return min(datetime.combine(day, clock), self.now)
