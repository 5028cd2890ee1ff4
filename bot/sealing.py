"""Before the work begins: the keys open what is sealed, and nothing of an earlier release is left unsealed."""

from __future__ import annotations

from bot import keys
from bot.config import ConfigurationError, Settings
from bot.db import Database, name_of
from bot.keys import SETTING
from bot.services import followers, identity


async def prepare(settings: Settings, *, seal: bool = True) -> None:
    """Make sure of the keys, then seal what is left; a ConfigurationError that says what to set."""
    keys.use(settings)
    db = Database(settings.database_url)
    try:
        await require_keys(db)
        if seal:
            await seal_all(db)
            async with db.begin() as session:
                await followers.adopt(session)
    finally:
        await db.close()


async def require_keys(db: Database) -> None:
    """A ConfigurationError unless there are keys and they open the sealed identities."""
    keys.of(name_of(db.url))
    async with db.read() as session:
        if not await identity.opens_all(session):
            file = keys.file_of(db.url)
            way = f", or put {file} back" if file is not None else ""
            raise ConfigurationError(
                f"Set {SETTING} to the key that sealed this database's anonymous reports{way}: this one does not fit"
            )


async def seal_all(db: Database) -> int:
    """Seal anonymous reports of earlier releases, a batch a transaction; how many. Run again it finds none."""
    number = 0
    while True:
        async with db.read() as session:
            if not await identity.is_any_open(session):
                return number
        async with db.begin() as session:
            number += await identity.seal_left_open(session)
