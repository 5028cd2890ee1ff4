"""The migrations lead to exactly the models' tables, and back, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from bot.db import sync_url
from bot.revision import is_current, newest
from bot.schema import alembic_config, migrate
from models.tables import metadata
from tests.migrations.landed import shape


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    server = request.getfixturevalue("postgres_server")
    url = server.create_database()
    yield url
    server.drop_database(url)


def test_up_down_up(empty_url: str) -> None:
    migrate(empty_url)
    assert is_current(empty_url)
    command.downgrade(alembic_config(empty_url), "base")
    engine = create_engine(sync_url(empty_url))
    assert inspect(engine).get_table_names() in ([], ["alembic_version"])
    engine.dispose()
    assert not is_current(empty_url)
    migrate(empty_url)
    assert is_current(empty_url)


def test_the_migrations_lead_to_the_models(empty_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    migrate(empty_url)
    migrated = create_engine(sync_url(empty_url))
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    if empty_url.startswith("sqlite"):
        other = f"sqlite:///{tmp_path / 'models.sqlite'}"
    else:
        other = request.getfixturevalue("postgres_server").create_database()
    created = create_engine(sync_url(other))
    metadata.create_all(created)
    assert shape(migrated) == shape(created)
    migrated.dispose()
    created.dispose()


def test_the_newest_migration_is_the_one_that_alembic_would_go_to() -> None:
    assert newest() == ScriptDirectory.from_config(alembic_config("sqlite://")).get_current_head()
