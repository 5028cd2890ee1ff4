"""SQLAlchemy as it is after an hour of service: what was compiled for one test's engine, the next one's finds again.

The product has one engine for months and compiles a statement once. Here every test has engines of its own, and
compiling everything for each took a fifth of the time. So our dialects of one kind count as one and the same, and
their engines share the cache that each would have alone.
"""

from __future__ import annotations

from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg, PGDialectAsync_psycopg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

#: Room for the statements of the whole product.
STATEMENTS = 4_000


class Warm:
    """A dialect whose engines share what they compiled."""

    compiled: ClassVar[LRUCache[Any, Any]]

    def __init_subclass__(cls) -> None:
        cls.compiled = LRUCache(STATEMENTS)
        cls._type_memos = WeakKeyDictionary()

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine._compiled_cache = engine.dialect.compiled


class WarmSQLite(Warm, SQLiteDialect_pysqlite):
    supports_statement_cache = True


class WarmAiosqlite(Warm, SQLiteDialect_aiosqlite):
    supports_statement_cache = True


class WarmAsyncPsycopg(Warm, PGDialectAsync_psycopg):
    supports_statement_cache = True


class WarmPsycopg(Warm, PGDialect_psycopg):
    supports_statement_cache = True

    @classmethod
    def get_async_dialect_cls(cls, url: Any) -> type[WarmAsyncPsycopg]:
        return WarmAsyncPsycopg


def register() -> None:
    """From now on the product's engines get these."""
    for name, dialect in (
        ("sqlite", WarmSQLite),
        ("sqlite.aiosqlite", WarmAiosqlite),
        ("postgresql.psycopg", WarmPsycopg),
    ):
        registry.register(name, __name__, dialect.__name__)
