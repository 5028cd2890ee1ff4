"""What tests of the survey's services share: a small city, one person, and how many answers are stored."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.city import City, know
from models.person import Person
from models.survey import MicroAnswer, SurveyResponse
from tests.driver import START
from tests.factories import small_city

#: The id of the service "KTP elektronik".
KTP = 3


async def setting(session: AsyncSession) -> tuple[City, Person]:
    """A small city and one person."""
    await small_city(session)
    person = Person(telegram_id=1, name="Siti", language="id", created_at=START)
    session.add(person)
    await session.flush()
    return await know(session, START), person


async def count(session: AsyncSession, table: type[SurveyResponse] | type[MicroAnswer] = SurveyResponse) -> int:
    return await session.scalar(select(func.count()).select_from(table)) or 0
