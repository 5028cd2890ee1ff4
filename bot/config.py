"""Settings: every `GURINDAM_*` variable, typed and validated once at the start."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "GURINDAM_"
LANGUAGES = ("id", "ms", "en")


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
    if not url.startswith(("http://", "https://")):
        raise ValueError("must start with http:// or https://")
    return url.rstrip("/")


def _database_url(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise ValueError("must start with sqlite:/// or postgresql://")
    return url


class Settings(BaseSettings):
    """What the environment (or a `.env` file) says. Secrets are never printed."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    bot_token: SecretStr | None = None
    telegram_api_url: Annotated[str, AfterValidator(_http_url)] = "https://api.telegram.org"
    database_url: Annotated[str, AfterValidator(_database_url)] = "sqlite:///var/gurindam.sqlite"
    mode: Mode = Mode.POLLING
    webhook_url: Annotated[str, AfterValidator(_http_url)] | None = None
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8080"
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Jakarta"
    default_language: Annotated[str, AfterValidator(_language)] = "id"
    storage: Path = Path("var/files")
    sends_per_second: int = Field(default=30, gt=0)
    sends_per_chat: float = Field(default=1, gt=0)
    log_level: str = "INFO"

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Settings:
        if self.mode is Mode.WEBHOOK and (self.webhook_url is None or self.webhook_secret is None):
            raise ValueError("MODE=webhook needs GURINDAM_WEBHOOK_URL and GURINDAM_WEBHOOK_SECRET")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The city's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def listen_address(self) -> tuple[str, int]:
        """Host and port of `listen`."""
        host, _, port = self.listen.rpartition(":")
        if not host or not port.isdigit():
            raise ConfigurationError(f"Set {PREFIX}LISTEN to host:port, for example 127.0.0.1:8080")
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
        name = f"{PREFIX}{'_'.join(str(part) for part in fault['loc']).upper()}" if fault["loc"] else "the settings"
        message = str(fault["msg"]).removeprefix("Value error, ")
        raise ConfigurationError(f"Set {name} right: {message}") from None
