"""Tells Telegram which commands the bot has and who it is, per scope and language."""

from __future__ import annotations

from typing import Any

from telegram import BotCommandScopeAllChatAdministrators, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.config import LANGUAGES
from bot.i18n import SOURCE_LANGUAGE, speaking
from bot.log import get_logger
from bot.views import commands

log = get_logger(__name__)


async def register_commands(bot: ExtBot[Any], emergency: str) -> None:
    """Register everything; a failure is logged and stops nobody (the next start tries again).

    `emergency`: the number that the profile names, "" for none.
    """
    for language in LANGUAGES:
        try:
            with speaking(language):
                await _introduce(bot, None if language == SOURCE_LANGUAGE else language, emergency)
        except TelegramError as error:
            log.warning("commands_not_registered", language=language, fault=type(error).__name__)


async def _introduce(bot: ExtBot[Any], code: str | None, emergency: str) -> None:
    """In the language spoken; without a code it is what every other language sees."""
    everybody = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands(commands.of(()), scope=everybody, language_code=code)
    await bot.set_my_commands(commands.of_groups(), scope=BotCommandScopeAllGroupChats(), language_code=code)
    admins = BotCommandScopeAllChatAdministrators()
    await bot.set_my_commands(commands.of_group_admins(), scope=admins, language_code=code)
    await bot.set_my_description(commands.description(), language_code=code)
    await bot.set_my_short_description(commands.short_description(emergency), language_code=code)
