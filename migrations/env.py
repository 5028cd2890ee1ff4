"""Alembic's environment: the URL comes from whoever runs it (`bot.migrations` or the settings)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import context
from sqlalchemy import create_engine, pool

from bot.config import load_settings
from bot.db import sync_url
from models.base import Moment, Quantity
from models.tables import metadata


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """Our own types by what the database sees of them, so that a migration outlives the models."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Quantity):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, sa.JSON):
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def run() -> None:
    """Migrate the database whose plain URL is given, or the settings' one."""
    plain = context.config.attributes.get("database_url") or load_settings().database_url
    engine = create_engine(sync_url(plain), poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=engine.dialect.name == "sqlite",
            compare_type=True,
            render_item=render_item,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
