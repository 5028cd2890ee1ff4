"""The demo as a resident of the house starts it: `python -m bot demo`, a process with a folder of its own."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.commands.sandboxing import HOST, any_port

ROOT = Path(__file__).parents[2]
READY_WITHIN = 240
GONE_WITHIN = 60


@asynccontextmanager
async def running_demo(folder: Path) -> AsyncIterator[str]:
    """The page's address as the demo prints it; the demo's database lies in `folder`."""
    log = folder / "errors.log"
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", "--port", str(any_port())),
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
    assert process.stdout
    rest: asyncio.Task[bytes] | None = None
    try:
        address = await asyncio.wait_for(_address(process.stdout, log), READY_WITHIN)
        # A pipe that nobody empties holds up who writes into it.
        rest = asyncio.create_task(process.stdout.read())
        yield address
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        try:
            await asyncio.wait_for(process.wait(), GONE_WITHIN)
        except TimeoutError:
            process.kill()
            await process.wait()
        if rest is not None:
            rest.cancel()


async def _address(output: asyncio.StreamReader, log: Path) -> str:
    said = []
    async for line in output:
        said.append(line.decode())
        if found := re.search(rf"http://{HOST}:\d+/", said[-1]):
            return found.group()
    raise AssertionError("the demo ended before it was ready:\n" + "".join(said) + log.read_text())  # noqa: ASYNC240 - nothing else runs any more
