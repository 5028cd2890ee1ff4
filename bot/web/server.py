"""The ASGI app of the product and the server that runs it inside the product's own event loop."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.db import is_away
from bot.web.health import Health

Take = Callable[[list[dict[str, Any]]], Awaitable[None]]
Examine = Callable[[], Awaitable[Health]]
LARGEST_BODY = 1_000_000
WEBHOOK_PATH = "/telegram"


def create_app(take: Take, examine: Examine, secret: str | None) -> Starlette:
    """`take` stores updates; `secret` null means that no webhook is served."""

    async def telegram(request: Request) -> Response:
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if secret is None or not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("forbidden", 403)
        body = await _read(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        try:
            update = json.loads(body)
            int(update["update_id"])
        except (ValueError, KeyError, TypeError, RecursionError):
            return PlainTextResponse("not an update", 400)
        try:
            await take([update])
        except Exception as error:
            if not is_away(error):
                raise
            return PlainTextResponse("try again", 503, {"Retry-After": "5"})
        return PlainTextResponse("stored")

    async def healthz(_: Request) -> Response:
        health = await examine()
        return JSONResponse(health.facts(), 200 if health.is_well() else 503)

    async def metrics(_: Request) -> Response:
        return Response(_exposition(await examine()), media_type=CONTENT_TYPE_LATEST)

    return Starlette(
        routes=[
            Route(WEBHOOK_PATH, telegram, methods=["POST"]),
            Route("/healthz", healthz),
            Route("/metrics", metrics),
        ]
    )


async def _read(request: Request) -> bytes | None:
    """The body, whether its length was announced or not; None as soon as it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def create_server(app: Starlette, host: str, port: int) -> uvicorn.Server:
    """A server to `await server.serve()`; it leaves the signals to the product."""
    server = uvicorn.Server(uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False))
    server.capture_signals = _no_signals  # type: ignore[method-assign, assignment]
    return server


class _no_signals:  # noqa: N801 - stands in for a context manager function
    def __enter__(self) -> None:
        """The product handles SIGTERM itself."""

    def __exit__(self, *_: object) -> None:
        """Nothing was captured."""


def _exposition(health: Health) -> bytes:
    registry = CollectorRegistry()
    for name, value in health.facts().items():
        if isinstance(value, int | float):
            Gauge(f"gurindam_{name}", name.replace("_", " "), registry=registry).set(value)
    return generate_latest(registry)
