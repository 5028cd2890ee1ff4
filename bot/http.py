"""The HTTP backend of python-telegram-bot, on aiohttp: faster than its HTTPX one (docs/decisions/0003).

The token is part of every URL, and aiohttp quotes URLs in its errors. Therefore errors leave this file only
as python-telegram-bot's own, worded here and without the original attached.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass
from uuid import uuid4

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.delivery.outcomes import NOT_SENT

CHUNK = 64 * 1024
"""Bytes handed to the socket at a time; a smaller body fits the transport's buffer and cannot stall."""

UNSET = BaseRequest.DEFAULT_NONE

_NEVER_CONNECTED = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)


class AiohttpRequest(BaseRequest):
    """One pool of kept-alive connections to a Bot API server.

    Timeouts are seconds or None for no limit: `pool_timeout` for a free place among `connection_pool_size`,
    `connect_timeout` for name, TCP and TLS together, `write_timeout` for each 64 KiB of a body
    (`media_write_timeout` where files are uploaded), `read_timeout` for each pause while the answer arrives.
    A proxy is taken from the environment (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY) at `initialize`.

    Raises telegram.error.TimedOut and NetworkError; the text ends with `NOT_SENT` where nothing had left yet.
    """

    def __init__(
        self,
        connection_pool_size: int = 256,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
        media_write_timeout: float | None = 20.0,
    ) -> None:
        self._pool_size = connection_pool_size
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._connect_timeout = connect_timeout
        self._pool_timeout = pool_timeout
        self._media_write_timeout = media_write_timeout
        self._session: aiohttp.ClientSession | None = None
        self._places = asyncio.Semaphore(connection_pool_size)
        self._proxies: dict[str, str] = {}

    @property
    def read_timeout(self) -> float | None:
        """The default read timeout in seconds; python-telegram-bot adds the length of a long poll to it."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool; without effect when it is open."""
        if self._session is not None:
            return
        self._proxies = getproxies()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
        )

    async def shutdown(self) -> None:
        """Close the pool and what is under way in it; without effect when it is closed."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The server's answer as a mapping; anything else is a NetworkError, and its text is not logged."""
        try:
            answer = json.loads(payload.decode(errors="replace"))
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise NetworkError("The server's answer is not a JSON object")
        return _Answer(answer)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = UNSET,
        write_timeout: ODVInput[float] = UNSET,
        connect_timeout: ODVInput[float] = UNSET,
        pool_timeout: ODVInput[float] = UNSET,
    ) -> tuple[int, bytes]:
        """Status and body of one exchange. Errors: see the class."""
        with_files = request_data is not None and request_data.contains_files
        timeout = aiohttp.ClientTimeout(
            connect=_chosen(connect_timeout, self._connect_timeout),
            sock_read=_chosen(read_timeout, self._read_timeout),
        )
        write = _chosen(write_timeout, self._media_write_timeout if with_files else self._write_timeout)
        await self._take_place(_chosen(pool_timeout, self._pool_timeout))
        try:
            return await self._exchange(method, url, request_data, timeout, write)
        except (aiohttp.ClientError, OSError) as error:  # OSError: TimeoutError is one
            failure = _failure(error)
        finally:
            self._places.release()
        raise failure  # outside the handler, so that it does not carry the original and its URL

    async def _take_place(self, seconds: float | None) -> None:
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(seconds):
                await self._places.acquire()
        except TimeoutError:
            raise TimedOut(f"All {self._pool_size} connections are busy: {NOT_SENT}") from None

    async def _exchange(
        self,
        method: str,
        url: str,
        request_data: RequestData | None,
        timeout: aiohttp.ClientTimeout,
        write_timeout: float | None,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError(f"The HTTP backend is not open: {NOT_SENT}")
        parts, headers = _encode(request_data)
        small = int(headers.get("Content-Length", 0)) <= CHUNK
        async with (
            asyncio.timeout(None) as stall,
            self._session.request(
                method,
                url,
                data=b"".join(parts) if small else _trickle(parts, stall, write_timeout),
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
                proxy=self._proxy(url),
            ) as response,
        ):
            payload = await response.read()
        if response.status >= 300 and not payload.lstrip().startswith(b"{"):
            payload = b""  # a proxy's page: it may quote the URL, and would end up in the exception's text
        return response.status, payload

    def _proxy(self, url: str) -> str | None:
        if not self._proxies:
            return None
        target = urlsplit(url)
        proxy = self._proxies.get(target.scheme) or self._proxies.get("all")
        return None if proxy is None or proxy_bypass(target.hostname or "") else proxy


class _Answer(dict[str, Any]):
    """A server's answer in which a missing "result" is a network fault like any other nonsense."""

    def __missing__(self, key: str) -> Any:
        raise NetworkError(f"The server's answer has no {key}")


def _chosen(given: ODVInput[float], default: float | None) -> float | None:
    return default if isinstance(given, DefaultValue) else given


def _failure(error: Exception) -> NetworkError:
    """The error worded without the URL: only its class, and what the system said about host and port."""
    name = type(error).__name__
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return TimedOut(f"No connection in time: {NOT_SENT}")
    if isinstance(error, TimeoutError):
        return TimedOut(f"Timed out ({name})")
    if isinstance(error, aiohttp.ClientConnectorError):
        return NetworkError(f"{name} {error.host}:{error.port} ({error.strerror}): {NOT_SENT}")
    if isinstance(error, _NEVER_CONNECTED):
        return NetworkError(f"{name}: {NOT_SENT}")
    return NetworkError(f"Connection lost ({name})")


def _encode(request_data: RequestData | None) -> tuple[list[bytes], dict[str, str]]:
    """Body in parts, and its headers: multipart where there are files, else JSON (quicker than a form)."""
    if request_data is None:
        return [], {}
    if request_data.contains_files:
        boundary = uuid4().hex
        parts = list(_multipart(request_data, boundary))
        kind = f"multipart/form-data; boundary={boundary}"
    else:
        parts = [json.dumps(request_data.parameters).encode()]
        kind = "application/json"
    return parts, {"Content-Type": kind, "Content-Length": str(sum(map(len, parts)))}


def _multipart(request_data: RequestData, boundary: str) -> Iterator[bytes]:
    start = f"--{boundary}\r\nContent-Disposition: form-data; name="
    for name, value in request_data.json_parameters.items():
        yield f"{start}{_quoted(name)}\r\n\r\n{value}\r\n".encode()
    for name, (filename, content, kind) in request_data.multipart_data.items():
        yield f"{start}{_quoted(name)}; filename={_quoted(filename)}\r\nContent-Type: {kind}\r\n\r\n".encode()
        if isinstance(content, bytes):
            yield content
        else:
            content.seek(0)  # the limiter may repeat the request
            yield content.read()
        yield b"\r\n"
    yield f"--{boundary}--\r\n".encode()


def _quoted(name: str) -> str:
    """A name in a multipart header, quoted as browsers do (HTML standard, multipart/form-data)."""
    escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    return f'"{escaped}"'


async def _trickle(parts: list[bytes], stall: asyncio.Timeout, seconds: float | None) -> AsyncIterator[memoryview]:
    """The body in pieces; each piece may take so many seconds before `stall` expires."""
    loop = asyncio.get_running_loop()
    for part in parts:
        view = memoryview(part)
        for start in range(0, len(view), CHUNK):
            if seconds is not None:
                stall.reschedule(loop.time() + seconds)
            yield view[start : start + CHUNK]
    stall.reschedule(None)
