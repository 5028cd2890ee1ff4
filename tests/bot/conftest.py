"""What holds for every test of the machine room, and its command line."""

import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.config import PREFIX, Settings
from tests.bot.command_line import Run
from tests.bot.servers import TOKEN


@pytest.fixture(autouse=True)
def token_is_not_logged(caplog):
    caplog.set_level("DEBUG")
    yield
    assert TOKEN not in caplog.text


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """`run("seed", "--demo", DATABASE_URL=…)` → exit code and everything that was written."""

    def run(*words: str, **settings: str) -> tuple[int, str]:
        for name in Settings.names():
            monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
        for name, value in settings.items():
            monkeypatch.setenv(f"{PREFIX}{name}", value)
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["gurindam", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        return int(ended.value.code or 0), written.out + written.err

    return run
