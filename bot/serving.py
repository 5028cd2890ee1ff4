"""Running the product as a process: wait for the lead, start, serve, and stop within five seconds of SIGTERM."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import TelegramError

from bot.app import Product, build
from bot.config import ConfigurationError, Mode, Settings
from bot.inbox.polling import ALLOWED_UPDATES
from bot.jobs.timetable import Timetable
from bot.lead import lead_of, wait_for, watch
from bot.log import get_logger
from bot.revision import is_current
from bot.sealing import prepare
from bot.web.health import Health, examine
from bot.web.server import WEBHOOK_PATH, create_app, create_server

log = get_logger(__name__)

Ready = Callable[[], Awaitable[None]]


async def serve(settings: Settings, *, ready: Ready | None = None) -> None:
    """Work until SIGTERM or SIGINT, or until the lead is lost."""
    settings.require_token()
    if not is_current(settings.database_url):
        raise ConfigurationError("The database is not up to date: run `gurindam migrate` first")
    await prepare(settings)
    listening = _bind(settings)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    product = build(settings)
    server = _server(settings, product)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    working = asyncio.create_task(_work(settings, product, ready))
    await _first(stop.wait(), working, serving)
    log.info("stopping")
    server.should_exit = True
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await product.stop()
    await serving
    if not stop.is_set() and not working.cancelled() and (error := working.exception()) is not None:
        raise error


async def _work(settings: Settings, product: Product, ready: Ready | None) -> None:
    """The lead's work; ends when the lead is lost."""
    lead = lead_of(settings.database_url)
    await wait_for(lead)
    timetable = Timetable(product.runtime)
    try:
        await product.start(polling=settings.mode is Mode.POLLING)
        await _choose_intake(settings, product)
        timetable.start()
        log.info("working", mode=settings.mode.value)
        if ready is not None:
            await ready()
        await watch(lead)
        log.error("lead_lost")
    finally:
        await timetable.stop()
        await lead.release()


async def _choose_intake(settings: Settings, product: Product) -> None:
    """Tell Telegram where updates go. It may be away just now: polling tries again by itself."""
    bot = product.runtime.bot
    try:
        if settings.mode is Mode.POLLING:
            await bot.delete_webhook()
        else:
            secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None
            await bot.set_webhook(
                f"{settings.webhook_url}{WEBHOOK_PATH}", secret_token=secret, allowed_updates=ALLOWED_UPDATES
            )
    except TelegramError as error:
        log.warning("intake_not_set", fault=type(error).__name__)


def _server(settings: Settings, product: Product) -> Any:
    host, port = settings.listen_address
    polling = settings.mode is Mode.POLLING

    async def look() -> Health:
        return await examine(product.runtime.db, product.runtime.clock(), product.poller.age(), polling=polling)

    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret and not polling else None
    return create_server(create_app(product.take, look, secret), host, port)


def _bind(settings: Settings) -> socket.socket:
    """The socket to listen on; an address that cannot be had is a setting to change."""
    host, port = settings.listen_address
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise ConfigurationError(
            f"Set GURINDAM_LISTEN to an address that is free: {host}:{port} is not ({error.strerror})"
        ) from None
    return listening


async def _first(*works: Any) -> None:
    tasks = [asyncio.ensure_future(work) for work in works]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
