"""A city that runs an earlier release keeps its rows when it moves to the newest, and the models read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, MetaData, create_engine, inspect, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from bot.db import sync_url
from bot.schema import alembic_config, migrate
from models.base import Base
from models.complaint import Complaint
from models.organisation import ReplyTemplate, Unit
from models.outbox import OutboxMessage
from models.rules.complaint_flow import Status
from tests.migrations.landed import rows, settle, shape

NOW = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
#: The release that cities run.
LANDED = "0004"


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


@pytest.fixture(params=["sqlite", "postgresql"])
def landed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of the release that cities run, with a row in every table."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'landed.sqlite'}"
    else:
        url = request.getfixturevalue("postgres_server").create_database()
    migrate(url, LANDED)
    engine = create_engine(sync_url(url))
    settle(engine)
    yield engine
    engine.dispose()
    if request.param == "postgresql":
        request.getfixturevalue("postgres_server").drop_database(url)


def _url(engine: Engine) -> str:
    return engine.url.set(drivername=engine.url.get_backend_name()).render_as_string(hide_password=False)


def test_a_row_of_every_table_lives_on(landed: Engine) -> None:
    before = rows(landed)
    assert len(before) > 40
    assert all(len(found) == 1 for found in before.values())
    migrate(_url(landed))
    assert rows(landed, before) == before


def test_the_models_read_the_rows_of_the_release_that_cities_run(landed: Engine) -> None:
    before = rows(landed)
    migrate(_url(landed))
    kinds = [mapper.class_ for mapper in Base.registry.mappers if inspect(mapper).local_table.name in before]
    assert len(kinds) == len(before)
    with Session(landed) as session:
        found = {kind.__tablename__: session.scalars(select(kind)).one() for kind in kinds}
        new = {
            (name, column.key): getattr(row, column.key)
            for name, row in found.items()
            for column in inspect(type(row)).column_attrs
            if column.columns[0].name not in before[name][0] and not column.columns[0].nullable
        }
    assert None not in new.values()


def test_up_down_up_with_a_row_in_every_table(landed: Engine) -> None:
    before, told = rows(landed), shape(landed)
    migrate(_url(landed))
    newest = shape(landed)
    command.downgrade(alembic_config(_url(landed)), LANDED)
    assert shape(landed) == told
    assert rows(landed) == before
    migrate(_url(landed))
    assert shape(landed) == newest
    assert rows(landed, before) == before


@pytest.mark.parametrize("act", ["DELETE FROM audit", "UPDATE audit SET action = 'another'"])
def test_the_audit_is_guarded_after_the_move(landed: Engine, act: str) -> None:
    migrate(_url(landed))
    with landed.connect() as connection, pytest.raises(DatabaseError, match="the audit only grows"):
        connection.execute(text(act))
