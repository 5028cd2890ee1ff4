"""`gurindam check`: one line for every fault that would keep the product from working."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.config import ConfigurationError, Settings, load_settings
from bot.db import Database
from bot.http import AiohttpRequest
from bot.schema import is_current


async def find_faults() -> list[str]:
    """The faults of settings, database, migrations and token, each as a line that says what to do."""
    try:
        settings = load_settings()
    except ConfigurationError as error:
        return [str(error)]
    return [*await _database_faults(settings), *await _telegram_faults(settings)]


async def _database_faults(settings: Settings) -> list[str]:
    db = Database(settings.database_url)
    try:
        async with db.read() as session:
            await session.execute(text("SELECT 1"))
        if not is_current(settings.database_url):
            return ["Migrations are pending: run `gurindam migrate`"]
    except (SQLAlchemyError, OSError) as error:
        return [f"The database does not answer ({type(error).__name__}): set GURINDAM_DATABASE_URL right"]
    finally:
        await db.close()
    return []


async def _telegram_faults(settings: Settings) -> list[str]:
    try:
        token = settings.require_token()
        settings.listen_address  # noqa: B018 - it raises when it is malformed
    except ConfigurationError as error:
        return [str(error)]
    try:
        async with Bot(token, base_url=f"{settings.telegram_api_url}/bot", request=AiohttpRequest()):
            return []
    except InvalidToken:
        return ["Telegram refuses GURINDAM_BOT_TOKEN: copy it again from @BotFather"]
    except TelegramError as error:
        return [f"Telegram does not answer at {settings.telegram_api_url} ({type(error).__name__})"]
