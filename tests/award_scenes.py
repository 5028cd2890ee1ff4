"""Scenes of recognitions: rules, a team that works well or not, somebody who proposes and one who approves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.complaint import Complaint, ReportClass
from models.performance.recognition import RecognitionFor, RecognitionRule
from models.rules.complaint_flow import Status, Verdict
from models.rules.performance.evaluation_period import EvaluationPeriod
from models.rules.permissions import Role
from tests import performance_scenes as scenes
from tests.performance_scenes import Team

Q3 = EvaluationPeriod(2026, 3)
#: Before the third quarter began.
FIXED = datetime(2026, 6, 1, 3, tzinfo=UTC)
#: A week and a day after the third quarter.
OCTOBER = datetime(2026, 10, 9, 3, tzinfo=UTC)
DILIGENT: dict[str, Any] = {
    "conditions": [
        {"kind": "main_indicators", "limit": "100", "weight": "1"},
        {"kind": "weeks_reported", "limit": "90", "smallest": 8},
        {"kind": "no_upheld_complaint", "limit": "0"},
    ],
    "most": 5,
}
LIKED: dict[str, Any] = {
    "conditions": [{"kind": "rating", "limit": "3.5", "smallest": 3, "prior": 5, "weight": "1"}],
    "deduction": "0.5",
}
PROMPT: dict[str, Any] = {"conditions": [{"kind": "settled_in_time", "limit": "80", "smallest": 3, "weight": "1"}]}


async def rule(session: AsyncSession, code: str, criteria: dict[str, Any], **more: Any) -> RecognitionRule:
    """A rule for employees and quarters since the beginning of the year, fixed before the third quarter."""
    held = {
        "award_to": RecognitionFor.EMPLOYEE,
        "period": "quarter",
        "fixed_at": FIXED,
        "valid_from": date(2026, 1, 1),
        "title": code.title(),
    }
    row = RecognitionRule(code=code, criteria=criteria, **(held | more))
    session.add(row)
    await session.flush()
    return row


async def people(session: AsyncSession) -> Team:
    """`good` and `lazy` have plans; only good's weeks are there. `hr` proposes, `leader` (inspector) approves."""
    found = await scenes.team(session, boss=None, good="boss", lazy="boss", hr=None, leader=None)
    await scenes.granted(session, found.ids["hr"], Role.HR)
    await scenes.granted(session, found.ids["leader"], Role.INSPECTOR)
    await scenes.granted(session, found.ids["boss"], Role.HEAD, 1)
    found.line = await scenes.plan(session, found.ids["good"])
    await scenes.plan(session, found.ids["lazy"])
    await scenes.quarter_of_weeks(session, found.ids["good"], found.line)
    return found


async def settled(session: AsyncSession, officer_id: int | None, count: int, **more: Any) -> None:
    """So many reports closed in August, in time, as solved with a score of 4."""
    closed = datetime(2026, 8, 10, 3, tzinfo=UTC)
    held: dict[str, Any] = {
        "status": Status.CLOSED,
        "verdict": Verdict.SOLVED,
        "score": 4,
        "unit_id": 1,
        "officer_id": officer_id,
        "closed_at": closed,
        "followed_up_at": closed,
        "settle_due_at": closed + timedelta(days=1),
    } | more
    base = session.info.setdefault("settled", 0)
    session.info["settled"] = base + count
    session.add_all(
        Complaint(
            code=f"A{base + number}",
            filing_key=f"a{base + number}",
            report_class=ReportClass.COMPLAINT,
            text="Lampu mati",
            received_at=closed - timedelta(days=5),
            verify_due_at=closed,
            statutory_due_on=date(2026, 12, 1),
            **held,
        )
        for number in range(count)
    )
    await session.flush()
