"""Health and metrics: what makes the product unwell, and the figures as Prometheus reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.db import Database
from bot.services import outbox
from bot.web.health import LONGEST_LAG, OLDEST_POLL, Health, examine
from bot.web.server import create_app
from models.inbox import InboxStatus, InboxUpdate
from models.person import Person

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
JUST_NOW = NOW - timedelta(seconds=2)
LONG_AGO = NOW - timedelta(seconds=LONGEST_LAG + 1)


async def get(db: Database, path: str, poll_age: float | None = 1.0, *, polling: bool = True) -> httpx.Response:
    async def look() -> Health:
        return await examine(db, NOW, poll_age, polling=polling)

    async def take(_: Any) -> None:
        raise AssertionError

    app = create_app(take, look, None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        return await client.get(path)


async def arrive(
    db: Database, update_id: int, received_at: datetime, status: InboxStatus = InboxStatus.PENDING
) -> None:
    async with db.begin() as session:
        session.add(InboxUpdate(update_id=update_id, lane=1, payload="{}", status=status, received_at=received_at))


async def notify(db: Database, not_before: datetime) -> None:
    async with db.begin() as session:
        person = Person(telegram_id=1, name="Siti", language="id", created_at=NOW)
        session.add(person)
        await session.flush()
        await outbox.put(session, key="k", person_id=person.id, kind="x", now=NOW, not_before=not_before)


async def test_all_is_well_with_nothing_waiting(database: Database) -> None:
    reply = await get(database, "/healthz")
    assert reply.status_code == 200
    facts = reply.json()
    assert (facts["well"], facts["database"], facts["inbox_waiting"], facts["outbox_waiting"]) == (True, True, 0, 0)


@pytest.mark.parametrize(
    ("poll_age", "polling", "status"),
    [
        (OLDEST_POLL - 1, True, 200),
        (OLDEST_POLL + 1, True, 503),
        (None, True, 503),  # no poll has succeeded since the start
        (None, False, 200),  # a webhook: nobody polls
    ],
)
async def test_polls_must_be_young_where_the_bot_polls(
    poll_age: float | None, polling: bool, status: int, database: Database
) -> None:
    reply = await get(database, "/healthz", poll_age, polling=polling)
    assert (reply.status_code, reply.json()["poll_age"]) == (status, poll_age)


@pytest.mark.parametrize(("received_at", "status"), [(JUST_NOW, 200), (LONG_AGO, 503)])
async def test_an_update_that_waits_too_long_is_unwell(received_at: datetime, status: int, database: Database) -> None:
    await arrive(database, 1, received_at)
    await arrive(database, 2, NOW)
    reply = await get(database, "/healthz")
    assert reply.status_code == status
    assert reply.json()["inbox_waiting"] == 2
    assert reply.json()["inbox_lag"] == (NOW - received_at).total_seconds()


async def test_what_is_done_or_dead_does_not_lag_but_faults_are_counted(database: Database) -> None:
    await arrive(database, 1, LONG_AGO, InboxStatus.DONE)
    await arrive(database, 2, LONG_AGO, InboxStatus.DEAD)
    await arrive(database, 3, LONG_AGO, InboxStatus.QUARANTINED)
    reply = await get(database, "/healthz")
    assert (reply.status_code, reply.json()["inbox_waiting"], reply.json()["inbox_faults"]) == (200, 0, 2)


@pytest.mark.parametrize(
    ("not_before", "status", "waiting"),
    [(JUST_NOW, 200, 1), (LONG_AGO, 503, 1), (NOW + timedelta(hours=8), 200, 0)],
    ids=["due", "overdue", "for the morning"],
)
async def test_a_notice_that_is_due_too_long_is_unwell(
    not_before: datetime, status: int, waiting: int, database: Database
) -> None:
    await notify(database, not_before)
    reply = await get(database, "/healthz")
    assert (reply.status_code, reply.json()["outbox_waiting"]) == (status, waiting)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_database_that_is_away_is_unwell_and_still_measured(kind: str, tmp_path: Path) -> None:
    away = Database(f"sqlite:///{tmp_path}" if kind == "sqlite" else "postgresql://nobody@127.0.0.1:1/nothing")
    reply = await get(away, "/healthz")
    assert (reply.status_code, reply.json()["database"], reply.json()["well"]) == (503, False, False)
    metrics = await get(away, "/metrics")
    assert metrics.status_code == 200
    assert figures(metrics)["gurindam_database"] == 0
    await away.close()


async def test_metrics_are_read_by_prometheus(database: Database) -> None:
    await arrive(database, 1, JUST_NOW)
    await arrive(database, 2, LONG_AGO, InboxStatus.DEAD)
    reply = await get(database, "/metrics", 12.5)
    assert reply.headers["content-type"].startswith("text/plain; version=")
    assert figures(reply) == {
        "gurindam_well": 1,
        "gurindam_database": 1,
        "gurindam_polling": 1,
        "gurindam_poll_age": 12.5,
        "gurindam_inbox_lag": 2,
        "gurindam_inbox_waiting": 1,
        "gurindam_inbox_faults": 1,
        "gurindam_outbox_lag": 0,
        "gurindam_outbox_waiting": 0,
    }


async def test_what_is_not_known_is_no_figure(database: Database) -> None:
    assert "gurindam_poll_age" not in figures(await get(database, "/metrics", None))


def figures(reply: httpx.Response) -> dict[str, float]:
    """Name → value, read by Prometheus' own parser."""
    return {s.name: s.value for family in text_string_to_metric_families(reply.text) for s in family.samples}
