"""python-telegram-bot's HTTP layer replaced by a call into the sandbox: no sockets."""

import asyncio
import re
from typing import Any
from urllib.parse import unquote

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.sandbox.calls import Reply
from bot.sandbox.methods.parameters import Parameters, Upload
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state.errors import DroppedConnectionError

_METHOD = re.compile(r".*?/bot([^/]+)/(\w+)$")
_FILE = re.compile(r".*?/file/bot([^/]+)/(.+)$")
_READ_TIMEOUT = 5.0


class SandboxRequest(BaseRequest):
    """Give one to `Application.builder().request(…)` and one to `.get_updates_request(…)`; any token will do.

    A scripted cut becomes NetworkError, an answer later than the read timeout TimedOut.
    """

    __slots__ = ("_sandbox",)

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    @property
    def read_timeout(self) -> float | None:
        return _READ_TIMEOUT

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close: the sandbox belongs to whoever made it."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body, as over HTTP."""
        seconds = self.read_timeout if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        try:
            reply = await asyncio.wait_for(self._serve(url, request_data), seconds)
        except DroppedConnectionError:
            raise NetworkError("Server disconnected without sending a response.") from None
        except TimeoutError:
            raise TimedOut from None
        return reply.status, reply.body

    async def _serve(self, url: str, request_data: RequestData | None) -> Reply:
        url = unquote(url)
        file = _FILE.match(url)
        if file:
            return await self._sandbox.calls.download(file[1], file[2])
        call = _METHOD.match(url)
        if not call:
            raise NetworkError(f"not an address of the Bot API: {url.rsplit('/', 1)[-1]}")
        return await self._sandbox.calls.call(call[1], call[2], _parameters(request_data))


def _parameters(data: RequestData | None) -> Parameters:
    if data is None:
        return Parameters({})
    uploads = {}
    for name, (filename, content, mime) in data.multipart_data.items():
        uploads[name] = Upload(filename, content if isinstance(content, bytes) else content.read(), mime)
    return Parameters(data.json_parameters, uploads)
