"""Heavy work in a program of its own that ends with it: pictures, documents, workbooks (docs/decisions/0011).

The libraries for them would double the memory of the bot, and their work would hold up everybody's answers.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator, Iterable
from typing import Any

#: The program that writes workbooks.
SHEETS = "bot.reports.sheets"
#: So many of these programs run at once; the others wait.
PLACES = 2
SECONDS = 30.0
#: What a worker inherits of the environment: no token, no key, no database.
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "MPLCONFIGDIR", "PYTHONPATH", "SYSTEMROOT")

_places = asyncio.Semaphore(PLACES)


class WorkerError(Exception):
    """The program failed, or took too long; its last line is in the text."""


async def run(module: str, request: AsyncIterator[bytes], seconds: float = SECONDS) -> bytes:
    """Start `python -m module`, give it the request, return what it writes. Call it outside any transaction."""
    async with _places:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
        )
        try:
            async with asyncio.timeout(seconds):
                _, made, words = await asyncio.gather(
                    _feed(process, request), _all_of(process.stdout), _all_of(process.stderr)
                )
                await process.wait()
        except TimeoutError as error:
            raise WorkerError(f"{module}: longer than {seconds:.0f} s") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    if process.returncode or not made:
        last = words.decode(errors="replace").strip().splitlines()[-1:]
        raise WorkerError(f"{module}: {' '.join(last)[:500]}")
    return made


async def whole(request: bytes) -> AsyncIterator[bytes]:
    """A request that is there in one piece."""
    yield request


def packed(lines: Iterable[Any]) -> bytes:
    """Values as lines of JSON: a part of a request, or all of it."""
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


async def _feed(process: asyncio.subprocess.Process, request: AsyncIterator[bytes]) -> None:
    assert process.stdin is not None  # noqa: S101 - it was asked for
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it died: its exit code says so
        async for part in request:
            process.stdin.write(part)
            await process.stdin.drain()
    process.stdin.close()


async def _all_of(stream: asyncio.StreamReader | None) -> bytes:
    return await stream.read() if stream is not None else b""
