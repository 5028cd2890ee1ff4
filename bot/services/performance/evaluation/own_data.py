"""What `/datasaya` gives back of evaluations, notes and recognitions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.performance.recognition.awards import AWARDED
from models.performance.evaluation import Evaluation, Feedback
from models.performance.recognition import Nomination, RecognitionRule
from models.rules.performance.evaluation_period import EvaluationPeriod


async def exported(session: AsyncSession, employee_id: int) -> dict[str, Any]:
    """Everything that was said of the employee, in plain values; what was never decided is not told."""
    evaluations = await session.scalars(
        select(Evaluation).where(Evaluation.employee_id == employee_id).order_by(Evaluation.id)
    )
    notes = await session.scalars(select(Feedback).where(Feedback.employee_id == employee_id).order_by(Feedback.id))
    awards = await session.execute(
        select(Nomination, RecognitionRule.title)
        .join(RecognitionRule, RecognitionRule.id == Nomination.rule_id)
        .where(Nomination.employee_id == employee_id, Nomination.status.in_(AWARDED))
        .order_by(Nomination.id)
    )
    return {
        "evaluations": [_evaluation(row) for row in evaluations],
        "feedback": [{"at": row.at.isoformat(), "kind": row.kind.value, "text": row.text} for row in notes],
        "recognitions": [
            {"title": title, "period": row.period, "number": row.certificate, "status": row.status.value}
            for row, title in awards
        ],
    }


def _evaluation(row: Evaluation) -> dict[str, Any]:
    words = {name: getattr(row, name) for name in ("reason", "advice", "objection", "decision")}
    ratings = {
        name: None if (held := getattr(row, name)) is None else held.value
        for name in ("results", "behaviour", "predicate")
    }
    period = EvaluationPeriod(row.year, row.quarter).code
    return {"period": period, "status": row.status.value, **ratings, **words, "facts": row.facts}
