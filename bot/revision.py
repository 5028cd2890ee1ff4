"""Which release a database's tables are of. Alembic, which is large, is needed only to move them (`bot.schema`)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from bot.config import PREFIX, ConfigurationError
from bot.db import sync_url

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def newest() -> str:
    """The newest migration's number: they form one chain, and their files begin with it."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def is_current(database_url: str) -> bool:
    """Whether no migration is pending; a ConfigurationError when the database does not answer."""
    try:
        engine = create_engine(sync_url(database_url))
        with engine.connect() as connection:
            known = inspect(connection).has_table("alembic_version")
            found = connection.scalar(text("SELECT version_num FROM alembic_version")) if known else None
        engine.dispose()
    except (SQLAlchemyError, OSError) as error:
        fault = f"The database does not answer ({type(error).__name__}): set {PREFIX}DATABASE_URL right"
        raise ConfigurationError(fault) from None
    return found == newest()
