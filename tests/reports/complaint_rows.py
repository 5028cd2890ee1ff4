"""Reports in every state, made by dice: what the reports of the desk are tested with."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from models.complaint import Complaint, ReportClass
from models.rules.complaint_flow import Status, Verdict

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def a_report(number: int, dice: random.Random) -> Complaint:
    """A report as the desk leaves it, in any state."""
    status = dice.choice(list(Status))
    received = NOW - timedelta(hours=dice.randint(1, 24 * 90))
    report = Complaint(
        code=f"TPI-{number}",
        filing_key=f"k{number}",
        report_class=dice.choice(list(ReportClass)),
        text="x",
        unit_id=dice.choice([1, 2, None]),
        area_id=dice.choice([1, 2, 3, None]),
        status=status,
        received_at=received,
        verify_due_at=received + timedelta(days=3),
        settle_due_at=received + timedelta(days=dice.choice([5, 14])),
        statutory_due_on=(received + timedelta(days=60)).date(),
    )
    if status in (Status.IN_PROGRESS, Status.FOLLOWED_UP, Status.CLOSED, Status.REOPENED):
        report.first_response_at = received + timedelta(minutes=dice.randint(10, 9000))
    if status in (Status.FOLLOWED_UP, Status.CLOSED):
        report.followed_up_at = received + timedelta(minutes=dice.randint(9001, 30000))
    if status is Status.CLOSED:
        report.closed_at = report.followed_up_at + timedelta(hours=dice.randint(1, 200))
        report.verdict = dice.choice(list(Verdict))
        report.score = dice.choice([None, 1, 2, 3, 4])
        report.reopened = dice.choice([0, 0, 1])
    return report
