"""One call of the Bot API, however it arrived: token, fault script, method, answer."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from bot.sandbox.methods import METHODS
from bot.sandbox.methods.parameters import Parameters
from bot.sandbox.polling import get_updates
from bot.sandbox.state.errors import ApiError, DroppedConnectionError
from bot.sandbox.state.faults import Fault
from bot.sandbox.state.world import World
from bot.sandbox.webhook import WebhookSender

_FROM_THE_PROXY = (502, 503, 504)
"""Statuses that Telegram's front servers answer with an HTML page instead of JSON."""


@dataclass(frozen=True)
class Reply:
    """What goes over the wire."""

    status: int
    body: bytes
    content_type: str = "application/json"


class Calls:
    """The door of the Bot API; owns the task that posts to the webhook."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.webhook = WebhookSender(world)

    async def call(self, token: str, method: str, parameters: Parameters) -> Reply:
        """Serve one call; raises DroppedConnectionError where the script cuts it."""
        world, name = self._world, method.lower()
        try:
            world.admit(token)
            world.counters.calls[name] += 1
            fault = world.faults.take(name, parameters.chat_id())
            if fault:
                await _disturb(fault)
            result = await self._serve(name, parameters)
            if fault and fault.drop:
                raise DroppedConnectionError
        except ApiError as error:
            world.counters.refused += error.status == 429
            return _refusal(error)
        return Reply(200, _json({"ok": True, "result": result}))

    async def download(self, token: str, path: str) -> Reply:
        """A file's bytes; raises DroppedConnectionError where the script cuts it (method "file")."""
        try:
            self._world.admit(token)
            fault = self._world.faults.take("file", None)
            if fault:
                await _disturb(fault)
            file = self._world.files.at_path(path)
            if file is None:
                raise ApiError(404, "Not Found")
        except ApiError as error:
            return _refusal(error)
        return Reply(200, file.data, "application/octet-stream")

    async def close(self) -> None:
        await self.webhook.close()

    async def _serve(self, name: str, parameters: Parameters) -> Any:
        if name == "getupdates":
            return await get_updates(self._world, parameters)
        if name not in METHODS:
            raise ApiError(404, "Not Found: method not found")
        result = METHODS[name](self._world, parameters)
        if name == "setwebhook":
            self.webhook.start()
        return result


async def _disturb(fault: Fault) -> None:
    """Play the part of a fault that comes before serving: the delay, the cut, the refusal."""
    await asyncio.sleep(fault.delay)
    if fault.drop == "before":
        raise DroppedConnectionError
    error = fault.error()
    if error:
        raise error


def _refusal(error: ApiError) -> Reply:
    if error.status in _FROM_THE_PROXY:
        page = f"<html><head><title>{error.status} {error.description}</title></head></html>"
        return Reply(error.status, page.encode(), "text/html")
    return Reply(error.status, _json(error.body()))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
