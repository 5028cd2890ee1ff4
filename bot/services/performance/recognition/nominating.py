"""Computes who fulfils a rule once its period is over: each rule and period once, by whichever process is first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from bot.services import duties
from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.evaluation.telling import human_resources, tell
from bot.services.performance.recognition import evidence, rules
from models.performance.recognition import Nomination, NominationStatus, RecognitionFor, RecognitionRule
from models.rules.performance.evaluation_period import EvaluationPeriod, over_before
from models.rules.performance.recognition import (
    CriterionFinding,
    Nominee,
    RecognitionFacts,
    judge,
    nominees,
    read_criteria,
)

#: Days after a period in which late reports and closings still come in, where the city's data says nothing.
WAIT_DAYS = 7
#: A period that ended longer ago is not computed any more: who begins late does not award the past.
GRACE_DAYS = 90


async def nominate_due(by: Judging) -> dict[str, int]:
    """Compute what is due; how many nominations, for how many rules."""
    made = computed = 0
    wait = by.city.limits.working_days.get("recognition_wait", WAIT_DAYS)
    for period in over_before(by.today):
        age = by.today - period.last
        if not timedelta(days=wait) < age <= timedelta(days=GRACE_DAYS):
            continue
        for rule in await rules.counting(by, period):
            if await duties.claim(by.session, duty_of(rule), period.code, by.now):
                made += await nominate(by, rule, period)
                computed += 1
    if made:
        await _tell_human_resources(by, made)
    return {"nominated": made, "rules": computed}


def duty_of(rule: RecognitionRule) -> str:
    """Under which name the computing of a rule is claimed."""
    return f"recognition {rule.code}"[:60]


async def nominate(by: Judging, rule: RecognitionRule, period: EvaluationPeriod, **more: Any) -> int:
    """Store whoever fulfils the rule in the period; `more` are columns of the nominations. Others leave no trace."""
    found = await fulfilling(by, rule, period)
    by.session.add_all(
        Nomination(
            rule_id=rule.id,
            period=period.code,
            employee_id=nominee.who if rule.award_to is RecognitionFor.EMPLOYEE else None,
            unit_id=nominee.who if rule.award_to is RecognitionFor.UNIT else None,
            score=nominee.verdict.score,
            evidence={"findings": [plain(finding) for finding in nominee.verdict.findings], "place": nominee.place},
            status=NominationStatus.NOMINATED,
            created_at=by.now,
            **more,
        )
        for nominee in found
    )
    await by.session.flush()
    return len(found)


async def fulfilling(by: Judging, rule: RecognitionRule, period: EvaluationPeriod) -> list[Nominee[int]]:
    """Who fulfils the rule, best first. Only those: there is no list of the others."""
    criteria = read_criteria(rule.criteria)
    facts = await _facts(by, rule, period)
    mean = await evidence.means(by, rule.award_to, period)
    return nominees([(one, judge(criteria, held, mean)) for one, held in facts.items()], criteria.most)


async def _facts(by: Judging, rule: RecognitionRule, period: EvaluationPeriod) -> Mapping[int, RecognitionFacts]:
    if rule.award_to is RecognitionFor.UNIT:
        return await evidence.of_units(by, period)
    people = await evidence.everybody(by.session, period.last)
    return await evidence.of_employees(by, period, list(people))


def plain(finding: CriterionFinding) -> dict[str, Any]:
    """A finding as JSON; numbers as text, exact."""
    criterion = finding.criterion
    return {
        "kind": criterion.kind.value,
        "limit": str(criterion.limit),
        "smallest": criterion.smallest,
        "value": None if finding.value is None else str(finding.value),
        "n": finding.n,
        "shortfall": None if finding.shortfall is None else finding.shortfall.value,
    }


def number_of(text: str | None) -> Decimal | None:
    """A number of the evidence."""
    return None if text is None else Decimal(text)


async def _tell_human_resources(by: Judging, count: int) -> None:
    told = {one: {"count": count} for one in await human_resources(by)}
    await tell(by, told, "nominations_made", f"{by.today}")
