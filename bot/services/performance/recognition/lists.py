"""Which nominations somebody finds, what was announced, and why a rule was not fulfilled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.recognition import awards, evidence, rules
from bot.services.performance.recognition.announcing import names_of
from models.errors import Refusal
from models.performance.recognition import Nomination, NominationStatus, RecognitionFor, RecognitionRule
from models.rules.performance.evaluation_period import EvaluationPeriod, over_before
from models.rules.performance.recognition import RecognitionFacts, RecognitionVerdict, judge, read_criteria
from models.rules.permissions import Role

PAGE = 8
MOST_ANNOUNCED = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A nomination with the title of its rule and who it is about."""

    row: Nomination
    title: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """How a rule stands in a period: nominations by state."""

    rule_id: int
    title: str
    period: str
    states: dict[NominationStatus, int]


@dataclass(frozen=True, slots=True)
class Reasons:
    """A rule held against the own facts, or those of `unit`. `beyond`: fulfilled, but only the best are nominated."""

    rule: RecognitionRule
    period: EvaluationPeriod
    verdict: RecognitionVerdict
    nominated: bool
    unit: str | None = None

    @property
    def beyond(self) -> bool:
        """Whether others were better where only some are nominated."""
        return self.verdict.fulfilled and not self.nominated


async def own(by: Judging) -> list[Listed]:
    """The own recognitions and those of units that one heads, once they are approved; the newest first."""
    mine = Nomination.employee_id == by.presser.employee_id
    headed = Nomination.unit_id.in_(by.presser.units(Role.HEAD))
    return await _listed(by, and_(or_(mine, headed), Nomination.status.in_(awards.AWARDED)), PAGE)


async def announced(by: Judging) -> list[Listed]:
    """What was announced, the newest first: a consent taken back takes the name away."""
    return await _listed(by, Nomination.status == NominationStatus.ANNOUNCED, MOST_ANNOUNCED)


async def _listed(by: Judging, which: ColumnElement[bool], most: int) -> list[Listed]:
    found = await by.session.execute(
        select(Nomination, RecognitionRule.title)
        .join(RecognitionRule, RecognitionRule.id == Nomination.rule_id)
        .where(which)
        .order_by(Nomination.period.desc(), RecognitionRule.title, Nomination.score.desc(), Nomination.id)
        .limit(most)
    )
    rows = [(row, title) for row, title in found]
    names = await names_of(by.session, [row for row, _ in rows])
    return [Listed(row, title, names[row.id]) for row, title in rows]


async def groups(by: Judging) -> list[Group]:
    """Every rule and period with nominations, the newest period first, for those who propose and approve."""
    _require_reader(by)
    hidden = () if by.sees_everyone else (NominationStatus.NOMINATED,)
    found = await by.session.execute(
        select(Nomination.rule_id, RecognitionRule.title, Nomination.period, Nomination.status, func.count())
        .join(RecognitionRule, RecognitionRule.id == Nomination.rule_id)
        .where(Nomination.status.not_in(hidden))
        .group_by(Nomination.rule_id, RecognitionRule.title, Nomination.period, Nomination.status)
        .order_by(Nomination.period.desc(), RecognitionRule.title)
    )
    kept: dict[tuple[int, str], Group] = {}
    for rule_id, title, period, status, n in found:
        group = kept.setdefault((rule_id, period), Group(rule_id, title, period, {}))
        group.states[status] = n
    return list(kept.values())


async def of_group(by: Judging, rule_id: int, period: str) -> list[Listed]:
    """The nominations of a rule and period: those who fulfil it, and nobody else."""
    _require_reader(by)
    which = and_(Nomination.rule_id == rule_id, Nomination.period == period)
    if not by.sees_everyone:
        which = and_(which, Nomination.status != NominationStatus.NOMINATED)
    return await _listed(by, which, MOST_ANNOUNCED)


def _require_reader(by: Judging) -> None:
    if not (by.sees_everyone or awards.approves(by)):
        raise Refusal("not_your_role")


async def why(by: Judging) -> list[Reasons]:
    """Every rule of the last periods held against the own facts, and those of units that one heads."""
    found: list[Reasons] = []
    for period in over_before(by.today):
        counting = await rules.counting(by, period)
        own_rules = [rule for rule in counting if rule.award_to is RecognitionFor.EMPLOYEE]
        unit_rules = [rule for rule in counting if rule.award_to is RecognitionFor.UNIT]
        if own_rules:
            facts = await evidence.of_employees(by, period, [by.employee_id])
            found += await _held(by, own_rules, period, facts)
        headed = by.presser.units(Role.HEAD)
        if unit_rules and headed:
            units = await evidence.of_units(by, period)
            found += await _held(by, unit_rules, period, {one: units[one] for one in headed if one in units})
    return found


async def _held(
    by: Judging, counting: Sequence[RecognitionRule], period: EvaluationPeriod, facts: dict[int, RecognitionFacts]
) -> list[Reasons]:
    means = await evidence.means(by, counting[0].award_to, period)
    of_units = counting[0].award_to is RecognitionFor.UNIT
    column = Nomination.unit_id if of_units else Nomination.employee_id
    rows = await by.session.execute(
        select(Nomination.rule_id, column).where(column.in_(facts), Nomination.period == period.code)
    )
    nominated = {(rule_id, who) for rule_id, who in rows}
    return [
        Reasons(
            rule,
            period,
            judge(read_criteria(rule.criteria), held, means),
            (rule.id, who) in nominated,
            by.city.units[who].short_name if of_units else None,
        )
        for rule in counting
        for who, held in facts.items()
    ]
