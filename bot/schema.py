"""The database's schema: bring it up to date, with Alembic."""

from __future__ import annotations

from alembic import command
from alembic.config import Config

from bot.revision import MIGRATIONS


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
