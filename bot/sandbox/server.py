"""The sandbox over HTTP: the Bot API for the bot, `/people` for people and tests, the page at `/`."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from bot.sandbox.calls import Reply
from bot.sandbox.methods.parameters import Parameters, Upload
from bot.sandbox.phones.controls import CONTROL_ROUTES
from bot.sandbox.phones.routes import PEOPLE_ROUTES, person_error
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state.errors import ApiError, DroppedConnectionError, PersonError, bad_request
from bot.sandbox.state.files import UPLOAD_LIMIT

_PAGE = Path(__file__).parent / "page"
_FORM_OVERHEAD = 1 << 20
_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none';"
    " base-uri 'none'; frame-ancestors 'self'"
)


class _Cut(Response):
    """Begins an answer and leaves it unfinished: the server then closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"64")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


class _Page(StaticFiles):
    """The page's files; it may load nothing from elsewhere."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Cache-Control"] = "no-cache"
        return response


class _Server(uvicorn.Server):
    """Ends streams and polls first; uvicorn alone would wait for them."""

    def __init__(self, config: uvicorn.Config, sandbox: Sandbox) -> None:
        super().__init__(config)
        self._sandbox = sandbox

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._sandbox.close()
        await super().shutdown(sockets)


def create_app(sandbox: Sandbox) -> Starlette:
    """The ASGI app; the sandbox is closed with it."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await sandbox.close()

    routes = [
        Route("/file/bot{token}/{path:path}", _download, methods=["GET"]),
        Route("/bot{token}/{method}", _call, methods=["GET", "POST"]),
        Mount("/people", routes=[*CONTROL_ROUTES, *PEOPLE_ROUTES]),
        Mount("/", app=_Page(directory=_PAGE, html=True)),
    ]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={PersonError: person_error})
    app.state.sandbox = sandbox
    return app


def create_server(sandbox: Sandbox, host: str, port: int) -> uvicorn.Server:
    """A server for the app: `await server.serve()`, stop by `server.should_exit = True` or a signal."""
    config = uvicorn.Config(create_app(sandbox), host=host, port=port, log_level="warning", access_log=False)
    return _Server(config, sandbox)


async def _call(request: Request) -> Response:
    sandbox: Sandbox = request.app.state.sandbox
    method = request.path_params["method"]
    try:
        parameters = await _read(request)
    except ApiError as error:
        return _wire(Reply(error.status, json.dumps(error.body()).encode()))
    work = sandbox.calls.call(request.path_params["token"], method, parameters)
    try:
        reply = await (_while_connected(request, work) if method.lower() == "getupdates" else work)
    except DroppedConnectionError:
        return _Cut()
    return _wire(reply) if reply else Response(status_code=499)


async def _download(request: Request) -> Response:
    sandbox: Sandbox = request.app.state.sandbox
    try:
        reply = await sandbox.calls.download(request.path_params["token"], request.path_params["path"])
    except DroppedConnectionError:
        return _Cut()
    return _wire(reply)


async def _while_connected(request: Request, work: Coroutine[Any, Any, Reply]) -> Reply | None:
    """Serve a waiting call; None when the client went away meanwhile, and then nothing counts as given."""
    serving = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait({serving, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return await serving if serving.done() else None
    finally:
        for task in (serving, leaving):
            task.cancel()


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _read(request: Request) -> Parameters:
    """Parameters from the query and the body; raises ApiError 400 or 413."""
    if int(request.headers.get("content-length", 0)) > UPLOAD_LIMIT + _FORM_OVERHEAD:
        raise ApiError(413, "Request Entity Too Large")
    values: dict[str, Any] = dict(request.query_params)
    files: dict[str, Upload] = {}
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("application/json"):
        values |= await _read_json(request)
    elif content_type:
        files = await _read_form(request, values)
    return Parameters(values, files)


async def _read_form(request: Request, values: dict[str, Any]) -> dict[str, Upload]:
    """The files of a form; its plain fields go into `values`."""
    files = {}
    async with request.form(max_part_size=_FORM_OVERHEAD) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[name] = Upload(value.filename or name, await value.read(), value.content_type)
            else:
                values[name] = value
    return files


async def _read_json(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("can't parse request JSON object")
    return body


def _wire(reply: Reply) -> Response:
    return Response(reply.body, reply.status, media_type=reply.content_type)
