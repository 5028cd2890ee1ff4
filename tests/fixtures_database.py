"""Fixtures with a real database; `tests/conftest.py` names this module in `pytest_plugins`."""

from collections.abc import Iterator

import pytest

from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL that lives as long as the test run."""
    server = PostgresServer()
    server.start()
    yield server
    server.stop()
