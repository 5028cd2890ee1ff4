"""A city that runs the first release keeps its rows when it moves to the newest, and the models read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, select
from sqlalchemy.orm import Session

from bot.db import sync_url
from bot.schema import migrate
from models.complaint import Complaint
from models.organisation import ReplyTemplate, Unit
from models.outbox import OutboxMessage
from models.rules.complaint_flow import Status

NOW = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def landed_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of the first release with a unit, a template, a person, a report and a notice."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'landed.sqlite'}"
        _fill(url)
        yield url
        return
    server = request.getfixturevalue("postgres_server")
    url = server.create_database()
    _fill(url)
    yield url
    server.drop_database(url)


def _fill(url: str) -> None:
    migrate(url, "0001")
    engine = create_engine(sync_url(url))
    old = MetaData()
    old.reflect(engine)
    table = old.tables
    with engine.begin() as connection:
        unit = {"code": "pu", "name": "Dinas PU", "short_name": "PU", "kind": "dinas", "aliases": [], "keywords": []}
        connection.execute(table["unit"].insert().values(id=1, **unit, address="", hours=""))
        connection.execute(
            table["reply_template"].insert().values(id=1, code="cek", state="in_progress", title="Cek", text="Dicek.")
        )
        person = {"telegram_id": 1, "name": "Siti", "language": "id", "language_chosen": False, "reachable": True}
        connection.execute(table["person"].insert().values(id=1, **person, demo=False, created_at=NOW))
        report = {"code": "TPI-1", "report_class": "complaint", "source": "bot", "filing_key": "k", "reporter_id": 1}
        report |= {"unit_id": 1, "text": "Lampu mati", "anonymous": False, "confidential": False}
        report |= {"status": "received", "needs_inspection": False, "escalation": 0, "reopened": 0, "demo": False}
        report |= {"received_at": NOW, "verify_due_at": NOW, "settle_due_at": NOW, "version": 1}
        connection.execute(table["complaint"].insert().values(id=1, **report, statutory_due_on=date(2026, 12, 31)))
        notice = {"key": "n", "person_id": 1, "kind": "report_disposed", "values": {"code": "TPI-1"}, "lane": "notice"}
        notice |= {"promise": "at_least_once", "status": "sent", "complaint_id": 1, "tries": 1}
        connection.execute(table["outbox"].insert().values(id=1, **notice, created_at=NOW, not_before=NOW))
    engine.dispose()


def test_the_rows_of_the_first_release_live_on(landed_url: str) -> None:
    migrate(landed_url)
    engine = create_engine(sync_url(landed_url))
    with Session(engine) as session:
        report = session.scalars(select(Complaint)).one()
        notice = session.scalars(select(OutboxMessage)).one()
        template = session.scalars(select(ReplyTemplate)).one()
        unit = session.scalars(select(Unit)).one()
    engine.dispose()
    assert (report.code, report.text, report.status, report.reporter_id) == ("TPI-1", "Lampu mati", Status.RECEIVED, 1)
    assert (report.conflict, report.held_at, report.merged_into_id, report.recorded_by_id) == (False, None, None, None)
    assert (notice.person_id, notice.group_id, notice.values) == (1, None, {"code": "TPI-1"})
    assert (template.kind, unit.auto_assign) == ("reply", None)
