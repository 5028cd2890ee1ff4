"""Settings: every `GURINDAM_*` variable, typed and validated once at the start."""

from __future__ import annotations

import logging
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from cryptography.fernet import Fernet
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "GURINDAM_"
LANGUAGES = ("id", "ms", "en")
HIGHEST_PORT = 65535


class ConfigurationError(Exception):
    """A setting that is missing or wrong; the text is one line that says what to set."""


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


def _secret(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
        raise ValueError("must be 1 to 256 letters, digits, _ or - (Telegram's rule)")
    return secret


def _address(address: str) -> str:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > HIGHEST_PORT:
        raise ValueError("must be host:port, for example 127.0.0.1:8080")
    return address


def _keys(secret: SecretStr) -> SecretStr:
    for key in secret.get_secret_value().split(","):
        try:
            Fernet(key)
        except ValueError as error:
            raise ValueError("must be keys as `gurindam new-key` prints them, the newest first, with commas") from error
    return secret


def _level(name: str) -> str:
    if name.upper() not in logging.getLevelNamesMapping():
        raise ValueError("must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL")
    return name


class Settings(BaseSettings):
    """What the environment (or a `.env` file) says. Secrets are never printed."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    bot_token: SecretStr | None = None
    telegram_api_url: Annotated[str, AfterValidator(_http_url)] = "https://api.telegram.org"
    database_url: Annotated[str, AfterValidator(_database_url)] = "sqlite:///var/gurindam.sqlite"
    mode: Mode = Mode.POLLING
    webhook_url: Annotated[str, AfterValidator(_http_url)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = None
    listen: Annotated[str, AfterValidator(_address)] = "127.0.0.1:8080"
    identity_key: Annotated[SecretStr, AfterValidator(_keys)] | None = None
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Jakarta"
    default_language: Annotated[str, AfterValidator(_language)] = "id"
    storage: Path = Path("var/files")
    sends_per_second: int = Field(default=30, gt=0)
    sends_per_chat: float = Field(default=1, gt=0)
    log_level: Annotated[str, AfterValidator(_level)] = "INFO"

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Settings:
        if self.mode is Mode.WEBHOOK and (self.webhook_url is None or self.webhook_secret is None):
            raise ValueError(f"{PREFIX}MODE=webhook needs {PREFIX}WEBHOOK_URL and {PREFIX}WEBHOOK_SECRET: set both")
        return self

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
    """Read the environment; on the first fault raise ConfigurationError with one line."""
    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        message = str(fault["msg"]).removeprefix("Value error, ")
        if fault["loc"]:
            message = f"Set {PREFIX}{str(fault['loc'][0]).upper()} right: {message}"
        raise ConfigurationError(message) from None
