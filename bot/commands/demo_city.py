"""Where the demo's city lives."""

from __future__ import annotations

from pathlib import Path

from bot.config import Secret, Settings

DATABASE = Path("var/demo.sqlite")
TOKEN = "100000001:demo-token-of-the-local-sandbox-0000000"  # noqa: S105 - opens nothing but the sandbox


def demo_settings(telegram_api_url: str) -> Settings:
    """The demo's settings: nothing of the environment's .env file counts."""
    return Settings(
        env_file=None,
        bot_token=Secret(TOKEN),
        telegram_api_url=telegram_api_url,
        database_url=f"sqlite:///{DATABASE}",
        storage=DATABASE.parent / "demo-files",
    )
