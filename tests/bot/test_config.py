"""Settings: each bad value is one line that names its variable, exit code 2, and no secret is ever shown."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from bot.config import PREFIX, ConfigurationError, Mode, Settings, load_settings
from tests.bot.command_line import ROOT, gurindam
from tests.bot.servers import TOKEN

SECRET = "webhook-secret-of-this-test"
PASSWORD = "database-password-of-this-test"

BAD = [
    ("TELEGRAM_API_URL", "ftp://api.telegram.org", "http://"),
    ("TELEGRAM_API_URL", "https://", "http://"),
    ("DATABASE_URL", "mysql://u:p@h/db", "sqlite:///"),
    ("DATABASE_URL", "sqlite:///", "sqlite:///file"),
    ("DATABASE_URL", f"postgresql://u:{PASSWORD}@h:port/db", "postgresql://"),
    ("DATABASE_URL", f"postgresql://u:{PASSWORD}@h", "database"),
    ("MODE", "pigeon", "'polling' or 'webhook'"),
    ("WEBHOOK_URL", "bot.example.go.id", "https://"),
    ("WEBHOOK_SECRET", "", "letters"),
    ("WEBHOOK_SECRET", f"{SECRET} with spaces", "letters"),
    ("WEBHOOK_SECRET", "x" * 257, "letters"),
    ("IDENTITY_KEY", SECRET, "gurindam new-key"),
    ("IDENTITY_KEY", "", "gurindam new-key"),
    ("LISTEN", "8080", "host:port"),
    ("LISTEN", "127.0.0.1:http", "host:port"),
    ("LISTEN", "127.0.0.1:99999", "host:port"),
    ("TIMEZONE", "Asia/Tanjungpinang", "no such time zone"),
    ("TIMEZONE", "Asia", "no such time zone"),
    ("TIMEZONE", "", "no such time zone"),
    ("DEFAULT_LANGUAGE", "jv", "id, ms, en"),
    ("SENDS_PER_SECOND", "many", "integer"),
    ("SENDS_PER_SECOND", "0", "greater than 0"),
    ("SENDS_PER_CHAT", "fast", "number"),
    ("SENDS_PER_CHAT", "-1", "greater than 0"),
    ("LOG_LEVEL", "LOUD", "INFO"),
]


@pytest.fixture(autouse=True)
def no_settings_around(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither this machine's environment nor its `.env`."""
    for name in Settings.names():
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("name", "value", "advice"), BAD)
def test_a_bad_value_is_one_line_that_names_its_variable(
    name: str, value: str, advice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}{name}", value)
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    line = str(caught.value)
    assert f"Set {PREFIX}{name} " in line
    assert advice in line
    assert "\n" not in line
    assert PASSWORD not in line
    assert SECRET not in line


def test_every_variable_is_tried_or_takes_any_value() -> None:
    tried = {name.lower() for name, _, _ in BAD}
    assert Settings.names() - tried == {"bot_token", "storage"}


@pytest.mark.parametrize(
    "given", [{}, {"WEBHOOK_URL": "https://bot.example.go.id"}, {"WEBHOOK_SECRET": SECRET}], ids=str
)
def test_a_webhook_needs_both_its_settings(given: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"MODE": "webhook", **given}.items():
        monkeypatch.setenv(f"{PREFIX}{name}", value)
    with pytest.raises(ConfigurationError, match="GURINDAM_WEBHOOK_URL and GURINDAM_WEBHOOK_SECRET: set both"):
        load_settings()


def test_without_anything_the_defaults_stand() -> None:
    settings = load_settings()
    assert (settings.mode, settings.listen_address) == (Mode.POLLING, ("127.0.0.1", 8080))
    assert (settings.zone.key, settings.default_language) == ("Asia/Jakarta", "id")
    assert (settings.sends_per_second, settings.sends_per_chat) == (30, 1)


@pytest.mark.parametrize("token", [None, ""])
def test_a_missing_token_says_who_gives_one(token: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if token is not None:
        monkeypatch.setenv(f"{PREFIX}BOT_TOKEN", token)
    with pytest.raises(ConfigurationError, match="Set GURINDAM_BOT_TOKEN to the token that @BotFather"):
        load_settings().require_token()


def test_the_env_file_is_read_and_the_environment_outweighs_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        f"# a comment\nGURINDAM_BOT_TOKEN={TOKEN}\nGURINDAM_TIMEZONE=Asia/Makassar\nGURINDAM_LISTEN=0.0.0.0:80\n"
    )
    monkeypatch.setenv(f"{PREFIX}TIMEZONE", "Asia/Jayapura")
    settings = load_settings()
    assert settings.require_token() == TOKEN
    assert (settings.timezone, settings.listen_address) == ("Asia/Jayapura", ("0.0.0.0", 80))


def test_the_example_names_every_setting_and_no_other() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = {line.lstrip("#").partition("=")[0] for line in lines if line.lstrip("#").startswith(PREFIX)}
    known = {f"{PREFIX}{name.upper()}" for name in Settings.names()}
    assert named == known


def test_secrets_are_in_no_text_of_the_settings() -> None:
    settings = Settings(bot_token=TOKEN, webhook_secret=SECRET)
    for text in (str(settings), repr(settings), f"{asdict(settings)}", f"{vars(settings)}"):
        assert TOKEN not in text
        assert SECRET not in text


@pytest.mark.parametrize("command", [["run"], ["check"], ["migrate"], ["inbox", "list"]], ids=" ".join)
def test_every_command_ends_with_one_line_and_exit_code_2(command: list[str], tmp_path: Path) -> None:
    ended = gurindam(tmp_path, *command, BOT_TOKEN=TOKEN, WEBHOOK_SECRET=f"{SECRET}!", LOG_LEVEL="DEBUG")
    assert_refused(ended, "GURINDAM_WEBHOOK_SECRET")


@pytest.mark.parametrize("command", ["run", "check", "migrate"])
def test_a_database_that_does_not_answer_is_one_line_and_exit_code_2(command: str, tmp_path: Path) -> None:
    url = f"postgresql://gurindam:{PASSWORD}@127.0.0.1:1/gurindam"
    ended = gurindam(tmp_path, command, BOT_TOKEN=TOKEN, DATABASE_URL=url, TELEGRAM_API_URL="http://127.0.0.1:1")
    first, *rest = ended.stderr.splitlines()
    assert "The database does not answer (OperationalError): set GURINDAM_DATABASE_URL right" in first
    assert len(rest) == (1 if command == "check" else 0)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert TOKEN not in ended.stderr
    assert PASSWORD not in ended.stderr


def test_running_without_a_token_or_tables_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    assert_refused(gurindam(tmp_path, "run"), "GURINDAM_BOT_TOKEN")
    assert_refused(gurindam(tmp_path, "run", BOT_TOKEN=TOKEN), "run `gurindam migrate` first")


def assert_refused(ended: Any, named: str) -> None:
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1
    assert named in ended.stderr
    assert TOKEN not in ended.stderr
    assert SECRET not in ended.stderr
