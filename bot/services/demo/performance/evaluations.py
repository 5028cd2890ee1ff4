"""How the demo's civil servants are judged: two quarters in every state, notes in between, recognitions.

Of the newest quarter one waits at the head of Perkim, one of Dewi's waits for her answer, and one objection waits for
the head, made by somebody whom a coordinator led until the quarter's end. Everything goes by the services.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import duties
from bot.services.city import City
from bot.services.demo.people import PERSONAS
from bot.services.performance import in_force
from bot.services.performance.evaluation import feedback, opening, rating
from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.evaluation.rating import Judgement
from bot.services.performance.recognition import announcing, awards, nominating, rules
from bot.services.performance.recognition.announcing import Reach
from models.employee import Employee
from models.outbox import OutboxMessage, OutboxStatus
from models.performance.evaluation import Evaluation, FeedbackKind, UnitPredicate
from models.performance.placement import Placement
from models.performance.recognition import NominationStatus, RecognitionRule
from models.person import Person
from models.rules.performance.evaluation_period import EvaluationPeriod, over_before
from models.rules.performance.predicate import OrganisationPredicate, Rating
from models.rules.permissions import Grant, Presser, Role

UNIT = "perkim"
#: So many of it are needed to tell the newest quarter.
TEAM = 3
REASONS = {
    Rating.ABOVE: "Target terlampaui dan laporannya selalu lengkap.",
    Rating.MEETS: "Target utama tercapai; laporan mingguan teratur.",
    Rating.BELOW: "Sebagian target belum tercapai dan sebabnya belum dibicarakan.",
}
ADVICE = "Lanjutkan, dan lampirkan foto sesudah pekerjaan selesai."
OBJECTION = "Dua minggu saya ditugaskan ke kelurahan lain, jadi target triwulan ini mohon dihitung ulang."
NOTES = (
    (FeedbackKind.PRAISE, "Terima kasih, lampu jalan di Kampung Bugis menyala lagi dalam satu hari."),
    (FeedbackKind.ADVICE, "Mohon foto sesudah perbaikan selalu dilampirkan."),
    (FeedbackKind.PRAISE, "Jawaban kepada warga sudah jelas dan ramah."),
)
#: Days after a quarter when it was rated, and when somebody answered.
RATED_AFTER, ANSWERED_AFTER = 6, 9


async def tell_evaluations(session: AsyncSession, city: City, now: datetime) -> None:
    """Insert them, where there are plans in force. Nobody is told: what the demo invents sends no notices."""
    newest = over_before(city.today(now))[0]
    before = _before(newest)
    team = await _team(session, newest)
    if len(team) < TEAM:
        return
    await _coordinated(session, team, newest)
    await _notes(session, city, team, now)
    unit = next(one.id for one in city.units.values() if one.code == UNIT)
    session.add(
        UnitPredicate(unit_id=unit, year=newest.year, quarter=newest.quarter, predicate=OrganisationPredicate.GOOD)
    )
    for period in (before, newest):
        await opening.open_period(_acts(session, city, None, _after(period, 1)), period, demo=True)
    await _answered(session, city, before, [])
    await _answered(session, city, newest, [one.id for one in team])
    await _of_the_team(session, city, team, newest, now)
    await _recognised(session, city, (before, newest))
    await _nobody_is_told(session)


def _before(period: EvaluationPeriod) -> EvaluationPeriod:
    return (
        EvaluationPeriod(period.year, period.quarter - 1)
        if period.quarter > 1
        else EvaluationPeriod(period.year - 1, 4)
    )


def _after(period: EvaluationPeriod, days: int) -> datetime:
    """So many days after the period, in the morning."""
    return datetime.combine(period.last + timedelta(days=days), time(2), UTC)


def _acts(session: AsyncSession, city: City, employee: Employee | None, now: datetime, *grants: Grant) -> Judging:
    person_id = (employee.person_id or 0) if employee is not None else 0
    employee_id = employee.id if employee is not None else None
    return Judging(session, city, Presser(person_id, employee_id, grants), now)


async def _team(session: AsyncSession, newest: EvaluationPeriod) -> list[Employee]:
    """The people of the unit with a plan in force, Dewi first, without the head."""
    head = await _persona(session, Role.HEAD)
    statement = select(Employee).where(Employee.supervisor_id == head.id).order_by(Employee.id)
    people = (await session.scalars(statement)).all()
    plans = await in_force.on(session, [one.id for one in people], newest.last)
    return [one for one in people if one.id in plans]


async def _persona(session: AsyncSession, role: Role) -> Employee:
    number = next(one.telegram_id for one in PERSONAS if one.role is role)
    statement = select(Employee).join(Person, Person.id == Employee.person_id).where(Person.telegram_id == number)
    return (await session.scalars(statement)).one()


async def _coordinated(session: AsyncSession, team: Sequence[Employee], newest: EvaluationPeriod) -> None:
    """Until the quarter's end the third was led by the second."""
    session.add(
        Placement(
            employee_id=team[2].id,
            unit_id=team[2].unit_id,
            supervisor_id=team[1].id,
            position=team[2].position,
            last_day=newest.last,
        )
    )
    await session.flush()


async def _notes(session: AsyncSession, city: City, team: Sequence[Employee], now: datetime) -> None:
    head = await _persona(session, Role.HEAD)
    for number, (kind, words) in enumerate(NOTES):
        by = _acts(session, city, head, now - timedelta(days=75 - 30 * number))
        row = await feedback.give(by, team[number % 2].id, kind, words)
        row.demo = True


async def _answered(session: AsyncSession, city: City, period: EvaluationPeriod, without: Sequence[int]) -> None:
    """Everybody of a period but these is rated and has accepted it."""
    statement = (
        select(Evaluation)
        .where(
            Evaluation.year == period.year,
            Evaluation.quarter == period.quarter,
            Evaluation.appraiser_id.is_not(None),
            Evaluation.employee_id.not_in(without),
        )
        .order_by(Evaluation.id)
    )
    for number, row in enumerate((await session.scalars(statement)).all()):
        results = (Rating.MEETS, Rating.MEETS, Rating.ABOVE, Rating.MEETS, Rating.BELOW)[number % 5]
        await _rate(session, city, row, results, _after(period, RATED_AFTER))
        employee = await session.get_one(Employee, row.employee_id)
        await rating.acknowledge(_acts(session, city, employee, _after(period, ANSWERED_AFTER)), row.id)


async def _rate(session: AsyncSession, city: City, row: Evaluation, results: Rating, at: datetime) -> None:
    appraiser = await session.get_one(Employee, row.appraiser_id)
    behaviour = Rating.ABOVE if results is Rating.ABOVE else Rating.MEETS
    judgement = Judgement(results, behaviour, REASONS[results], ADVICE)
    await rating.rate(_acts(session, city, appraiser, at), row.id, judgement)


async def _of_the_team(
    session: AsyncSession, city: City, team: Sequence[Employee], period: EvaluationPeriod, now: datetime
) -> None:
    """Dewi's waits for her answer, the second's for the head, the third objects to the coordinator's."""
    found = await session.scalars(
        select(Evaluation).where(
            Evaluation.year == period.year,
            Evaluation.quarter == period.quarter,
            Evaluation.employee_id.in_([one.id for one in team]),
        )
    )
    rows = {row.employee_id: row for row in found}
    recent = now - timedelta(days=3)
    dewi, _waiting, third = team[:TEAM]
    await _rate(session, city, rows[dewi.id], Rating.MEETS, recent)
    await _rate(session, city, rows[third.id], Rating.BELOW, recent)
    by = _acts(session, city, third, recent + timedelta(days=1))
    await rating.object_to(by, rows[third.id].id, OBJECTION)
    for other in team[TEAM:]:
        await _rate(session, city, rows[other.id], Rating.ABOVE, recent)


async def _recognised(session: AsyncSession, city: City, periods: Sequence[EvaluationPeriod]) -> None:
    """Of the earlier quarter the best is announced, of the newest the list waits for the leader."""
    hr = Grant(Role.HR), await _persona(session, Role.HR)
    fixed = datetime.combine(periods[0].first - timedelta(days=30), time(2), UTC)
    for rule in await session.scalars(select(RecognitionRule).order_by(RecognitionRule.id)):
        rule.fixed_at = fixed
    await session.flush()
    for period in periods:
        by = _acts(session, city, hr[1], _after(period, RATED_AFTER + 2), hr[0])
        for rule in await rules.counting(by, period):
            await _computed(by, rule, period, announced=period is periods[0])


async def _computed(by: Judging, rule: RecognitionRule, period: EvaluationPeriod, *, announced: bool) -> None:
    """Nominated and proposed, so that the duty of the morning finds it done."""
    await duties.claim(by.session, nominating.duty_of(rule), period.code, by.now)
    if not await nominating.nominate(by, rule, period, demo=True):
        return
    await awards.propose(by, rule.id, period.code)
    if announced:
        await _announced(by, rule, period)


async def _announced(by: Judging, rule: RecognitionRule, period: EvaluationPeriod) -> None:
    """All are approved; one consents and is announced (the verifier if recognised), the others have not answered."""
    leader = await _persona(by.session, Role.INSPECTOR)
    rows = await awards.of_rule(by, rule.id, period.code, NominationStatus.PROPOSED)
    leading = _acts(by.session, by.city, leader, by.now + timedelta(days=1), Grant(Role.INSPECTOR))
    for row in rows:
        await awards.approve(leading, row.id)
    verifier = await _persona(by.session, Role.VERIFIER)
    first = next((row for row in rows if row.employee_id == verifier.id), rows[0])
    employee = await by.session.get(Employee, first.employee_id) if first.employee_id is not None else None
    grants = [Grant(Role.HEAD, first.unit_id)] if first.unit_id is not None else []
    awarded = _acts(by.session, by.city, employee, by.now + timedelta(days=2), *grants)
    await awards.answer(awarded, first.id, yes=True)
    await announcing.announce(by, rule.id, period.code, Reach.CITY)


async def _nobody_is_told(session: AsyncSession) -> None:
    queued = select(OutboxMessage).where(OutboxMessage.status == OutboxStatus.QUEUED).order_by(OutboxMessage.id)
    for message in await session.scalars(queued):
        message.status, message.sent_at = OutboxStatus.SENT, message.created_at
