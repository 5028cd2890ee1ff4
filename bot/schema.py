"""The database's schema: bring it up to date, or say how far behind it is."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from bot.config import PREFIX, ConfigurationError
from bot.db import sync_url

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def alembic_config(database_url: str) -> Config:
    """Alembic's configuration for one database, without any file."""
    config = Config(attributes={"database_url": database_url})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def migrate(database_url: str, revision: str = "head") -> None:
    """Upgrade to a revision, by default the newest."""
    config = alembic_config(database_url)
    command.upgrade(config, revision)


def is_current(database_url: str) -> bool:
    """Whether no migration is pending; a ConfigurationError when the database does not answer."""
    newest = ScriptDirectory.from_config(alembic_config(database_url)).get_current_head()
    try:
        engine = create_engine(sync_url(database_url))
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
        engine.dispose()
    except (SQLAlchemyError, OSError) as error:
        fault = f"The database does not answer ({type(error).__name__}): set {PREFIX}DATABASE_URL right"
        raise ConfigurationError(fault) from None
    return current == newest
