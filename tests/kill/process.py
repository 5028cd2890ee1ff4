"""A real bot process that talks to a sandbox over sockets, to be killed at will."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from bot.commands.sandboxing import HOST, any_port
from bot.sandbox import Sandbox
from bot.sandbox.server import create_server
from tests.driver import IDENTITY_KEY, TOKEN

ROOT = Path(__file__).parents[2]


@dataclass
class City:
    """A sandbox on a port, a database, and the bot process between them."""

    sandbox: Sandbox
    database_url: str
    folder: Path
    port: int = field(default_factory=any_port)
    process: asyncio.subprocess.Process | None = None
    sends_per_second: int = 1000
    sends_per_chat: int = 1000
    _server: uvicorn.Server | None = None
    _serving: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Serve the sandbox and start the bot."""
        self._server = create_server(self.sandbox, HOST, self.port)
        self._serving = asyncio.create_task(self._server.serve())
        while not self._server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
            await asyncio.sleep(0.01)
        await self.start_bot()

    async def start_bot(self) -> None:
        """Start a bot process; it takes up whatever is unfinished."""
        log = (self.folder / "bot.log").open("ab")
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=ROOT, env=self._environment(), stdout=log, stderr=log
        )
        log.close()

    async def kill_bot(self) -> None:
        """SIGKILL: no goodbye."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stop_bot(self) -> int:
        """SIGTERM; the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return await self.process.wait()

    async def close(self) -> None:
        """End everything."""
        if self.process is not None and self.process.returncode is None:
            await self.kill_bot()
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await self._serving

    def log(self) -> str:
        """What the bot wrote."""
        return (self.folder / "bot.log").read_text(encoding="utf-8")

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GURINDAM_")}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        return kept | {
            "GURINDAM_BOT_TOKEN": TOKEN,
            "GURINDAM_TELEGRAM_API_URL": f"http://{HOST}:{self.port}",
            "GURINDAM_DATABASE_URL": self.database_url,
            "GURINDAM_IDENTITY_KEY": IDENTITY_KEY,
            "GURINDAM_LISTEN": f"{HOST}:{any_port()}",
            "GURINDAM_STORAGE": str(self.folder / "files"),
            "GURINDAM_SENDS_PER_SECOND": str(self.sends_per_second),
            "GURINDAM_SENDS_PER_CHAT": str(self.sends_per_chat),
        }
