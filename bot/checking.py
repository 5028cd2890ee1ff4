"""`gurindam check`: one line for every fault that would keep the product from working."""

from __future__ import annotations

from telegram import Bot, User
from telegram.error import InvalidToken, TelegramError

from bot.config import PREFIX, ConfigurationError, Settings, load_settings
from bot.http import AiohttpRequest
from bot.revision import is_current
from bot.sealing import prepare


async def find_faults() -> list[str]:
    """The faults of settings, database, migrations and token, each as a line that says what to do."""
    try:
        settings = load_settings()
    except ConfigurationError as error:
        return [str(error)]
    return [*await _database_faults(settings), *await _telegram_faults(settings)]


async def _database_faults(settings: Settings) -> list[str]:
    try:
        if not is_current(settings.database_url):
            return ["Migrations are pending: run `gurindam migrate`"]
        await prepare(settings, seal=False)
    except ConfigurationError as error:
        return [str(error)]
    return []


async def _telegram_faults(settings: Settings) -> list[str]:
    try:
        await meet_bot(settings)
    except ConfigurationError as error:
        return [str(error)]
    return []


async def meet_bot(settings: Settings) -> User:
    """Who the bot is by Telegram; a ConfigurationError that says what to set when it does not tell."""
    base_url = f"{settings.telegram_api_url}/bot"
    try:
        async with Bot(settings.require_token(), base_url=base_url, request=AiohttpRequest()) as bot:
            return bot.bot
    except InvalidToken:
        fault = f"Telegram refuses {PREFIX}BOT_TOKEN: copy it again from @BotFather"
    except TelegramError as error:
        fault = f"Telegram does not answer ({type(error).__name__}) at {PREFIX}TELEGRAM_API_URL"
    raise ConfigurationError(fault)
