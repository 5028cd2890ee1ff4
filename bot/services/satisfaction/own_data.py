"""What the survey keeps about a person, for the export, the end of a consent and being forgotten."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.organisation import Service
from models.person import Person
from models.survey import MicroAnswer, SurveyResponse

#: The columns that describe a respondent.
DESCRIBING = ("sex", "age_band", "education", "occupation", "hour_band")


async def responses_of(session: AsyncSession, person: Person) -> list[tuple[SurveyResponse, str]]:
    """The person's full answers and the code of the service, the oldest first."""
    return await _with_service(session, SurveyResponse, person)


async def micro_answers_of(session: AsyncSession, person: Person) -> list[tuple[MicroAnswer, str]]:
    """The person's taps at counters and the code of the service, the oldest first."""
    return await _with_service(session, MicroAnswer, person)


async def _with_service(session: AsyncSession, table: Any, person: Person) -> list[tuple[Any, str]]:
    statement = select(table, Service.code).join(Service, Service.id == table.service_id)
    rows = await session.execute(statement.where(table.person_id == person.id).order_by(table.id))
    return [(row[0], row[1]) for row in rows]


async def forget_profiles(session: AsyncSession, person: Person) -> None:
    """The consent ended: the answers stay, who gave them is no longer described."""
    await session.execute(_of(SurveyResponse, person).values(**dict.fromkeys(DESCRIBING)))


async def let_go(session: AsyncSession, person: Person) -> None:
    """The person is forgotten: the answers stay without anybody, a profile or a report behind them."""
    nobody = dict.fromkeys((*DESCRIBING, "person_id", "complaint_id"))
    await session.execute(_of(SurveyResponse, person).values(**nobody))
    await session.execute(_of(MicroAnswer, person).values(person_id=None))


def _of(table: type[SurveyResponse] | type[MicroAnswer], person: Person) -> Any:
    return update(table).where(table.person_id == person.id).execution_options(synchronize_session=False)
