"""A fake Bot API server that costs little: `python -m tests.bench.server --people 50 --delay 0.05`.

It prints its port once it listens. The network between bot and server takes `delay` seconds per call, half on
the way there and half on the way back. `/bench/begin` starts the crowd, `/bench/mark` returns the figures
since the last mark as JSON, `/bench/state` how far it is. The rest is `/bot<token>/<method>`.
"""

import argparse
import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import httptools
import uvloop

from tests.bench.bodies import decoded, parameters
from tests.bench.crowd import BOT, Crowd
from tests.bench.scripts import SCRIPTS, Script

Respond = Callable[[Any], None]
TRUE = b'{"ok":true,"result":true}'
LISTS = {"getmycommands": [], "getchatadministrators": []}
EDITS = {"editmessagetext", "editmessagecaption"}


class Server:
    """The Bot API, with one update queue and one crowd."""

    def __init__(self, script: Script, people: int, delay: float) -> None:
        self.delay = delay
        self.crowd = Crowd(script, people, self._take)
        self._updates: deque[dict[str, Any]] = deque()
        self._handed_to = 0
        self._poll: tuple[Respond, int] | None = None

    def call(self, method: str, given: dict[str, Any], respond: Respond) -> None:
        """One call of the bot; `respond` gets the result, at once or when there is one."""
        self.crowd.figures.calls[method] += 1
        if method == "getupdates":
            self._get_updates(given, respond)
        elif method in EDITS or (method.startswith("send") and method != "sendchataction"):
            respond(self._show(method, given))
        elif method == "getme":
            respond({**BOT, "can_join_groups": True, "can_read_all_group_messages": False})
        else:
            respond(LISTS.get(method, True))

    def control(self, name: str) -> dict[str, Any]:
        """One call of whoever measures."""
        if name == "begin":
            self.crowd.begin()
        if name == "mark":
            return _summary(self.crowd)
        crowd = self.crowd
        return {
            "first_answer_at": crowd.first_answer_at,
            "updates": crowd.figures.answered,
            "unwanted": crowd.unwanted,
        }

    def _show(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        edited = int(given["message_id"]) if method in EDITS else None
        text = given.get("text") or given.get("caption") or ""
        markup = decoded(given.get("reply_markup") or "{}")
        message = self.crowd.new_message(int(given["chat_id"]), text, markup, edited)
        # The person answers only after the bot has its own response under way.
        asyncio.get_running_loop().call_soon(self.crowd.shown, message)
        return message

    def _get_updates(self, given: dict[str, Any], respond: Respond) -> None:
        offset = int(given.get("offset") or 0)
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        if self._poll is not None:
            self._poll[0]([])
        self._poll = poll = (respond, int(given.get("limit") or 100))
        timeout = float(given.get("timeout") or 0)
        if self._updates or not timeout:
            self._hand_out()
        else:
            asyncio.get_running_loop().call_later(timeout, lambda: self._poll is poll and self._hand_out())

    def _take(self, update: dict[str, Any]) -> None:
        if not self._updates and self._poll is not None:
            asyncio.get_running_loop().call_soon(self._hand_out)
        self._updates.append(update)

    def _hand_out(self) -> None:
        """Answer the waiting poll with what there is, even if that is nothing."""
        if self._poll is None:
            return
        (respond, limit), self._poll = self._poll, None
        batch = [self._updates[place] for place in range(min(limit, len(self._updates)))]
        for update in batch:
            if update["update_id"] > self._handed_to:
                self._handed_to = update["update_id"]
                self.crowd.handed_out(update)
        respond(batch)


def _summary(crowd: Crowd) -> dict[str, Any]:
    figures = crowd.mark()
    return {
        "seconds": time.monotonic() - figures.started,
        "updates": figures.answered,
        "reactions": figures.reactions,
        "waits": figures.waits,
        "calls": dict(figures.calls),
        "server_cpu": time.process_time(),
    }


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, one request at a time."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._parser = httptools.HttpRequestParser(self)
        self.on_message_begin()

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_begin(self) -> None:
        self._url, self._type, self._body = b"", "", []

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"content-type":
            self._type = value.decode()

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        path, _, query = self._url.decode().partition("?")
        _, owner, name = path.split("/", 2)
        if owner == "bench":
            self._write(json.dumps(self._server.control(name)).encode())
            return
        given = parameters(self._type, b"".join(self._body), query)
        self._later(self._server.call, name.lower(), given, self._respond)

    def _respond(self, result: Any) -> None:
        body = TRUE if result is True else b'{"ok":true,"result":%b}' % json.dumps(result).encode()
        self._later(self._write, body)

    def _later(self, act: Callable[..., None], *given: Any) -> None:
        if self._server.delay:
            self._loop.call_later(self._server.delay / 2, act, *given)
        else:
            act(*given)

    def _write(self, body: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        if not self._transport.is_closing():
            self._transport.write(head % len(body) + body)


async def serve(script: Script, people: int, delay: float) -> None:
    """Listen until killed."""
    server = Server(script, people, delay)
    listening = await asyncio.get_running_loop().create_server(lambda: Connection(server), "127.0.0.1", 0)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await listening.serve_forever()


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--script", choices=SCRIPTS, default="rival")
    options.add_argument("--people", type=int, default=50)
    options.add_argument("--delay", type=float, default=0.0)
    chosen = options.parse_args()
    uvloop.run(serve(SCRIPTS[chosen.script], chosen.people, chosen.delay))
