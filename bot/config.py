"""Settings: every `GURINDAM_*` variable, typed and validated once at the start."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cryptography.fernet import Fernet
from dotenv import dotenv_values
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "GURINDAM_"
LANGUAGES = ("id", "ms", "en")
HIGHEST_PORT = 65535
INFINITY = float("inf")


class ConfigurationError(Exception):
    """A setting that is missing or wrong; the text is one line that says what to set."""


class Secret:
    """A text that no log, traceback or dump shows."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "Secret('**********')"

    def get_secret_value(self) -> str:
        """The text itself."""
        return self._text


class Mode(StrEnum):
    """How updates reach the bot."""

    POLLING = "polling"
    WEBHOOK = "webhook"


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"no such time zone: {name}") from error
    return name


def _language(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError(f"must be one of {', '.join(LANGUAGES)}")
    return code


def _http_url(url: str) -> str:
    if not re.match(r"https?://[^/\s]+", url):
        raise ValueError("must be an address that starts with http:// or https://")
    return url.rstrip("/")


def _database_url(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise ValueError("must start with sqlite:/// or postgresql://")
    try:
        named = make_url(url).database
    except (ArgumentError, ValueError):
        named = None
    if not named:
        raise ValueError("must be sqlite:///file or postgresql://user:password@host:port/database")
    return url


def _mode(name: str) -> Mode:
    try:
        return Mode(name)
    except ValueError:
        raise ValueError(f"must be {' or '.join(repr(mode.value) for mode in Mode)}") from None


def _secret(text: str) -> Secret:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", text):
        raise ValueError("must be 1 to 256 letters, digits, _ or - (Telegram's rule)")
    return Secret(text)


def _address(address: str) -> str:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > HIGHEST_PORT:
        raise ValueError("must be host:port, for example 127.0.0.1:8080")
    return address


def _keys(text: str) -> Secret:
    for key in text.split(","):
        try:
            Fernet(key)
        except ValueError as error:
            raise ValueError("must be keys as `gurindam new-key` prints them, the newest first, with commas") from error
    return Secret(text)


def _above_zero(kind: type[int] | type[float], name: str) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            number = kind(text)
        except ValueError:
            raise ValueError(f"must be {name}") from None
        if not 0 < number < INFINITY:
            raise ValueError("must be greater than 0")
        return number

    return read


def _level(name: str) -> str:
    if name.upper() not in logging.getLevelNamesMapping():
        raise ValueError("must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL")
    return name


def _by(read: Callable[[str], Any]) -> dict[str, Callable[[str], Any]]:
    """Says how a setting's text becomes its value; a ValueError of `read` says what the text must be."""
    return {"read": read}


@dataclass(frozen=True, init=False)
class Settings:
    """What is given, else what the environment or a `.env` file says, else the default. Secrets are never printed.

    A ConfigurationError names the first variable that is wrong, and what it must be.
    """

    bot_token: Secret | None = field(default=None, metadata=_by(Secret))
    telegram_api_url: str = field(default="https://api.telegram.org", metadata=_by(_http_url))
    database_url: str = field(default="sqlite:///var/gurindam.sqlite", metadata=_by(_database_url))
    mode: Mode = field(default=Mode.POLLING, metadata=_by(_mode))
    webhook_url: str | None = field(default=None, metadata=_by(_http_url))
    webhook_secret: Secret | None = field(default=None, metadata=_by(_secret))
    listen: str = field(default="127.0.0.1:8080", metadata=_by(_address))
    identity_key: Secret | None = field(default=None, metadata=_by(_keys))
    timezone: str = field(default="Asia/Jakarta", metadata=_by(_zone))
    default_language: str = field(default="id", metadata=_by(_language))
    storage: Path = field(default=Path("var/files"), metadata=_by(Path))
    sends_per_second: int = field(default=30, metadata=_by(_above_zero(int, "a valid integer")))
    sends_per_chat: float = field(default=1, metadata=_by(_above_zero(float, "a valid number")))
    log_level: str = field(default="INFO", metadata=_by(_level))

    def __init__(self, *, env_file: Path | None = Path(".env"), **given: Any) -> None:
        around = {**(dotenv_values(env_file) if env_file is not None else {}), **os.environ}
        for one in fields(self):
            variable = f"{PREFIX}{one.name.upper()}"
            value = given.pop(one.name) if one.name in given else around.get(variable)
            if value is None:
                value = one.default
            if isinstance(value, str):
                try:
                    value = one.metadata["read"](value)
                except ValueError as error:
                    raise ConfigurationError(f"Set {variable} right: {error}") from None
            object.__setattr__(self, one.name, value)
        if given:
            raise TypeError(f"no such setting: {', '.join(given)}")
        if self.mode is Mode.WEBHOOK and (self.webhook_url is None or self.webhook_secret is None):
            raise ConfigurationError(
                f"{PREFIX}MODE=webhook needs {PREFIX}WEBHOOK_URL and {PREFIX}WEBHOOK_SECRET: set both"
            )

    @classmethod
    def names(cls) -> set[str]:
        """Every setting; its variable is the prefix and this name in capitals."""
        return {one.name for one in fields(cls)}

    @property
    def zone(self) -> ZoneInfo:
        """The city's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def listen_address(self) -> tuple[str, int]:
        """Host and port of `listen`."""
        host, _, port = self.listen.rpartition(":")
        return host, int(port)

    def require_token(self) -> str:
        """The bot's token; without one a ConfigurationError that says what to set."""
        if self.bot_token is None or not self.bot_token.get_secret_value():
            raise ConfigurationError(
                f"Set {PREFIX}BOT_TOKEN to the token that @BotFather gave you (or run `make demo`, which needs none)"
            )
        return self.bot_token.get_secret_value()


def load_settings() -> Settings:
    """The settings of the environment; on the first fault a ConfigurationError with one line."""
    return Settings()
