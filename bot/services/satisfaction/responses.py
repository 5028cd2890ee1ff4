"""Answers to the SKM: nine or nothing, once in a period, with a profile only where there is consent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import privacy, surveys
from bot.services.administration import bans
from bot.services.city import City
from bot.services.satisfaction.own_data import DESCRIBING
from models.complaint import Complaint
from models.errors import Refusal
from models.person import Person, Purpose
from models.rules import skm
from models.rules.respondents import AgeBand, Sex, hour_band, listed
from models.rules.survey_period import PeriodKind, period_of
from models.survey import Channel, SurveyResponse

#: What is asked of a respondent who consents, in this order.
PROFILE = ("sex", "age_band", "education", "occupation")
_BANDS: dict[str, type[Sex] | type[AgeBand]] = {"sex": Sex, "age_band": AgeBand}


def period_kind(city: City) -> PeriodKind:
    """How long a period is in this city (`skm.period`)."""
    kind = city.fact("skm.period", PeriodKind.QUARTER)
    return PeriodKind(kind) if kind in set(PeriodKind) else PeriodKind.QUARTER


def present_period(city: City, now: datetime) -> str:
    """The name of the period of this moment, by the city's date."""
    return period_of(city.today(now), period_kind(city))


async def earlier_answer(
    session: AsyncSession, city: City, person: Person, service_id: int, now: datetime
) -> SurveyResponse | None:
    """The person's answer about this service in the present period, if there is one."""
    statement = select(SurveyResponse).where(
        SurveyResponse.person_id == person.id,
        SurveyResponse.service_id == service_id,
        SurveyResponse.period == present_period(city, now),
    )
    return (await session.scalars(statement)).one_or_none()


async def answer(
    session: AsyncSession,
    city: City,
    person: Person,
    service_id: int,
    scores: Mapping[str, object],
    now: datetime,
    *,
    channel: Channel = Channel.MENU,
    complaint_id: int | None = None,
    replace: bool = False,
) -> SurveyResponse:
    """Store nine answers; the earlier ones of the period are replaced only if the person agreed to it.

    Refused with `survey_incomplete`, `score_out_of_range`, `no_such_service` or `survey_answered`.
    """
    checked = skm.validate(scores)
    service = surveys.require_service(city, service_id, now)
    await bans.require_free(session, city, person.id, now)
    linked = await _linked(session, person, complaint_id)
    response = await earlier_answer(session, city, person, service_id, now)
    if response is None:
        response = SurveyResponse(
            person_id=person.id, service_id=service_id, period=present_period(city, now), created_at=now
        )
        session.add(response)
    elif not replace:
        raise Refusal("survey_answered")
    else:
        _forget_profile(response)
        response.replaced_at = now
    response.day, response.unit_id = city.today(now), city.successor(service.unit_id).id
    response.channel = channel
    response.complaint_id = linked
    response.answer(checked)
    await session.flush()
    return response


async def _linked(session: AsyncSession, person: Person, complaint_id: int | None) -> int | None:
    """The report after which it was answered: only an own one, and never one that hides who reported."""
    if not complaint_id:
        return None
    own = select(Complaint.id).where(Complaint.reporter_id == person.id, ~Complaint.anonymous, ~Complaint.confidential)
    return complaint_id if complaint_id in (await session.scalars(own)).all() else None


async def own_response(session: AsyncSession, person: Person, response_id: int) -> SurveyResponse:
    """An answer of this very person; refused with `not_your_record` otherwise."""
    response = await session.get(SurveyResponse, response_id)
    if response is None or response.person_id != person.id:
        raise Refusal("not_your_record")
    return response


# --- the profile ---


async def allow_profile(session: AsyncSession, city: City, person: Person, response_id: int, now: datetime) -> None:
    """A recorded yes to being asked; the half of the day comes from the clock."""
    response = await own_response(session, person, response_id)
    await privacy.consent(session, person, Purpose.SURVEY_PROFILE, now)
    response.hour_band = hour_band(response.replaced_at or response.created_at, city.calendar.zone)
    await session.flush()


async def allows_profile(session: AsyncSession, person: Person) -> bool:
    """Whether a yes to the present notice is in force."""
    held = (await privacy.consents(session, person)).get(Purpose.SURVEY_PROFILE)
    return held is not None and held.version == privacy.NOTICE_VERSION


def choices_for(city: City, field: str) -> list[str]:
    """What can be answered to a field of the profile; the city's own lists may be empty, and are not asked then."""
    if field in _BANDS:
        return [member.value for member in _BANDS[field]]
    return listed(city.fact(f"skm.{field}"))


async def describe(session: AsyncSession, city: City, person: Person, response_id: int, field: str, value: str) -> None:
    """One field of the profile; refused with `profile_needs_consent` without a yes in force."""
    response = await own_response(session, person, response_id)
    if not await allows_profile(session, person):
        raise Refusal("profile_needs_consent")
    if field not in PROFILE or value not in choices_for(city, field):
        raise Refusal("no_such_choice")
    setattr(response, field, _BANDS[field](value) if field in _BANDS else value)
    await session.flush()


def _forget_profile(response: SurveyResponse) -> None:
    for field in DESCRIBING:
        setattr(response, field, None)
