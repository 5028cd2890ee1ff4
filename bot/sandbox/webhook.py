"""Posting updates to the bot's webhook as Telegram does: in order per lane, again until a 2xx."""

import asyncio
import contextlib
import logging
from http import HTTPStatus

import aiohttp

from bot.sandbox.state.updates import Queued
from bot.sandbox.state.world import World

_log = logging.getLogger(__name__)
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0
_LONGEST_RETRY_AFTER = 3600.0
_POST_TIMEOUT = aiohttp.ClientTimeout(total=60)


class WebhookSender:
    """One post in flight per lane, at most `max_connections` at once, doubling pauses after a failure.

    `pace` scales the pauses, so that tests need not wait.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._wake = asyncio.Event()
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._runner: asyncio.Task[None] | None = None
        self.pace = 1.0
        world.updates.on_new.append(self._wake.set)

    def start(self) -> None:
        """Begin posting while a webhook is set; needs a running loop."""
        self._wake.set()
        if self._runner is None or self._runner.done():
            self._runner = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        tasks = [task for task in (self._runner, *self._lanes.values()) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        async with aiohttp.ClientSession(timeout=_POST_TIMEOUT) as http:
            while self._world.webhook.url:
                self._wake.clear()
                self._open_lanes(http)
                await self._wake.wait()

    def _open_lanes(self, http: aiohttp.ClientSession) -> None:
        for queued in self._world.updates.pending():
            if len(self._lanes) >= self._world.webhook.max_connections:
                return
            if queued.lane not in self._lanes:
                self._lanes[queued.lane] = asyncio.create_task(self._drain(http, queued.lane))

    async def _drain(self, http: aiohttp.ClientSession, lane: str) -> None:
        """Post the lane's updates one after another until none is left."""
        pause = _FIRST_PAUSE
        try:
            while queued := self._next(lane):
                wait = await self._post(http, queued)
                if wait is None:
                    self._world.updates.remove(queued.id)
                    pause = _FIRST_PAUSE
                    continue
                await asyncio.sleep((wait or pause) * self.pace)
                pause = min(_LONGEST_PAUSE, pause * 2)
        finally:
            self._lanes.pop(lane, None)
            self._wake.set()

    def _next(self, lane: str) -> Queued | None:
        if not self._world.webhook.url:
            return None
        return next((queued for queued in self._world.updates.pending() if queued.lane == lane), None)

    async def _post(self, http: aiohttp.ClientSession, queued: Queued) -> float | None:
        """Post once: None = taken; else the seconds the receiver asked to wait, 0.0 where it named none."""
        settings = self._world.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": settings.secret} if settings.secret else {}
        queued.again = False
        try:
            async with http.post(settings.url, json=queued.update, headers=headers) as response:
                if HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
                    return None
                self._note(f"Wrong response from the webhook: {response.status} {response.reason}")
                asked = 0.0
                with contextlib.suppress(ValueError):
                    asked = float(response.headers.get("Retry-After", 0))
                return min(_LONGEST_RETRY_AFTER, max(0.0, asked))
        except (aiohttp.ClientError, TimeoutError) as error:
            self._note(f"Connection failed: {type(error).__name__}")
            return 0.0

    def _note(self, reason: str) -> None:
        self._world.webhook.last_error = (int(self._world.clock.now()), reason)
        _log.info("webhook: %s", reason)
