"""Commands that talk to a Bot API server: a sandbox, as a process of its own."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import httpx
import pytest
import segno
from PIL import Image
from sqlalchemy import text

from bot.commands.sandboxing import HOST, any_port
from bot.db import Database
from bot.schema import migrate
from tests.bot.command_line import Run, environment
from tests.bot.servers import TOKEN
from tests.driver import START
from tests.factories import small_city, staff

STOP_SECONDS = 5
WELL = "✓ Settings, database, migrations and token are in order.\n"
LINK = "https://t.me/GurindamDemoBot?start=n_ktp"


class Process:
    """A command that runs until it is told to stop."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "bot", *words],
            cwd=folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: SimpleQueue[str | None] = SimpleQueue()
        self.reader = Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        """Take at once what it writes: a pipe that nobody empties holds up who writes into it."""
        assert self.process.stdout is not None
        with self.process.stdout:
            for line in self.process.stdout:
                self.lines.put(line)
        self.lines.put(None)

    def line_with(self, part: str) -> str:
        """Wait for a line that contains this."""
        seen = []
        while (line := self.lines.get()) is not None:
            seen.append(line)
            if part in line:
                return line
        raise AssertionError("".join(seen))

    def stop(self) -> int:
        """SIGTERM; the exit code. Fails when it takes too long."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_SECONDS)

    def end(self) -> None:
        """Whatever happened, it does not outlive the test."""
        self.process.kill()
        self.process.wait()
        self.reader.join()


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `gurindam sandbox`."""
    sandbox = Process(tmp_path_factory.mktemp("sandbox"), "sandbox", "--port", str(any_port()))
    port = sandbox.line_with(f"http://{HOST}:").split(f"{HOST}:")[1].split("/")[0]
    yield f"http://{HOST}:{port}"
    sandbox.end()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the small city; nobody changes it here."""
    url = f"sqlite:///{tmp_path_factory.mktemp('city') / 'city.sqlite'}"
    migrate(url)

    async def settle() -> None:
        db = Database(url)
        async with db.begin() as session:
            await small_city(session)
            await staff(session, START)
        await db.close()

    asyncio.run(settle())
    return url


# --- check ---


def test_where_all_is_well_check_says_so(run: Run, api: str, city: str) -> None:
    assert run("check", BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api, DATABASE_URL=city) == (0, WELL)


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"BOT_TOKEN": ""}, "✗ Set GURINDAM_BOT_TOKEN to the token that @BotFather gave you"),
        ({"BOT_TOKEN": "not-a-token"}, "✗ Telegram refuses GURINDAM_BOT_TOKEN: copy it again from @BotFather"),
        (
            {"TELEGRAM_API_URL": "http://127.0.0.1:1"},
            "✗ Telegram does not answer (NetworkError) at GURINDAM_TELEGRAM_API_URL",
        ),
        ({"DATABASE_URL": "sqlite:///new.sqlite"}, "✗ Migrations are pending: run `gurindam migrate`"),
        ({"DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}, "✗ The database does not answer (OperationalError): set"),
        ({"DATABASE_URL": "sqlite:///text"}, "✗ The database does not answer (DatabaseError): set"),
        ({"DATABASE_URL": "sqlite:///text/x.sqlite"}, "✗ The database does not answer (FileExistsError): set"),
        ({"LISTEN": "nowhere"}, "✗ Set GURINDAM_LISTEN right: must be host:port"),
    ],
    ids=str,
)
def test_each_fault_is_one_line_and_exit_code_2(
    settings: dict[str, str], line: str, api: str, city: str, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "text").write_text("no database, but a text that is long enough to be read as one" * 20)
    whole = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api, "DATABASE_URL": city} | settings
    code, written = run("check", **whole)
    assert code == 2
    assert written.startswith(line)
    assert len(written.splitlines()) == 1
    assert TOKEN not in written


def test_two_faults_are_two_lines(run: Run) -> None:
    code, written = run("check", DATABASE_URL="sqlite:///new.sqlite")
    assert [line.split(":")[0] for line in written.splitlines()] == [
        "✗ Migrations are pending",
        "✗ Set GURINDAM_BOT_TOKEN to the token that @BotFather gave you (or run `make demo`, which needs none)",
    ]
    assert code == 2


# --- qr ---


@pytest.mark.parametrize("suffix", [".png", ".svg", ".PNG"])
def test_the_code_of_a_counter_is_written_as_a_picture(
    suffix: str, api: str, city: str, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / f"ktp{suffix}"
    settings = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api, "DATABASE_URL": city}
    code, written = run("qr", "ktp", "--out", str(out), **settings)
    assert (code, written) == (0, f"KTP elektronik: {LINK}\n")
    modules = segno.make_qr(LINK, error="q").symbol_size()[0]
    if suffix == ".svg":
        assert int(ET.parse(out).getroot().attrib["width"]) >= 4 * modules
        return
    with Image.open(out) as picture:
        pixel = picture.width // modules
        dark = [
            [picture.convert("L").getpixel((x, y)) == 0 for x in middles(picture.width, pixel)]
            for y in middles(picture.width, pixel)
        ]
    expected = segno.make_qr(LINK, error="q").matrix_iter(border=4)
    assert dark == [[bool(module) for module in row] for row in expected]


@pytest.mark.parametrize(("kind", "prefix"), [("rating", "n_"), ("survey", "s_"), ("micro", "m_")])
def test_the_code_opens_what_was_asked_for(kind: str, prefix: str, api: str, city: str, run: Run) -> None:
    code, written = run("qr", "ktp", "--kind", kind, BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api, DATABASE_URL=city)
    assert code == 0
    assert f"KTP elektronik: {LINK.replace('n_', prefix)}\n" in written
    assert ("?start=l_ktp" in written) == (kind == "survey")


def middles(width: int, pixel: int) -> range:
    return range(pixel // 2, width, pixel)


def test_without_a_file_the_code_is_shown(api: str, city: str, tmp_path: Path, run: Run) -> None:
    code, written = run("qr", "ktp", BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api, DATABASE_URL=city)
    assert code == 0
    assert len(written.splitlines()) > 10
    assert written.endswith(f"KTP elektronik: {LINK}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "settings", "line"),
    [
        (["nothing"], {}, "Refused: no such service"),
        (["ktp", "--out", "ktp.gif"], {}, "Give --out a name that ends in .png or .svg"),
        (["ktp", "--out", "no/such/folder/ktp.png"], {}, "no/such/folder/ktp.png cannot be written"),
        (["ktp"], {"BOT_TOKEN": ""}, "Set GURINDAM_BOT_TOKEN"),
        (["ktp"], {"TELEGRAM_API_URL": "http://127.0.0.1:1"}, "Telegram does not answer"),
    ],
    ids=str,
)
def test_what_has_no_code_is_one_line_and_exit_code_2(
    words: list[str], settings: dict[str, str], line: str, api: str, city: str, tmp_path: Path, run: Run
) -> None:
    whole = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api, "DATABASE_URL": city} | settings
    code, written = run("qr", *words, **whole)
    assert code == 2
    assert written.startswith(line)
    assert len(written.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


# --- demo ---


@pytest.mark.timeout(600)
def test_the_demo_names_its_page_serves_it_and_stops_when_told(tmp_path: Path) -> None:
    port = any_port()
    demo = Process(tmp_path, "demo", "--port", str(port))
    try:
        assert f"http://{HOST}:{port}/" in demo.line_with("Gurindam is ready")
        page = httpx.get(f"http://{HOST}:{port}/")
        assert page.status_code == 200
        assert "<html" in page.text
        assert demo.stop() == 0
    finally:
        demo.end()

    async def count() -> int:
        db = Database(f"sqlite:///{tmp_path / 'var' / 'demo.sqlite'}")
        async with db.read() as session:
            found = int((await session.execute(text("SELECT count(*) FROM complaint"))).scalar_one())
        await db.close()
        return found

    assert asyncio.run(count()) > 50
