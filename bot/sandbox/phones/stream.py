"""The event stream of the page: server-sent events, one connection for all phones on it."""

import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import StreamingResponse

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state.events import Event

_HEARTBEAT = 15.0


async def stream_events(request: Request) -> StreamingResponse:
    """Changes after `?after=` or Last-Event-ID, only those `?person=` may see where it is given.

    Each event is `{"kind", "data", "people"}` (`people` null = everybody); the kind "reset" tells a
    reader that was away too long to load everything anew.
    """
    sandbox: Sandbox = request.app.state.sandbox
    last = request.headers.get("last-event-id") or request.query_params.get("after")
    number = int(last) if last and last.isdigit() else sandbox.events.last
    wanted = frozenset(int(each) for each in request.query_params.getlist("person"))
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_lines(sandbox, number, wanted), media_type="text/event-stream", headers=headers)


async def _lines(sandbox: Sandbox, number: int, wanted: frozenset[int]) -> AsyncIterator[str]:
    yield "retry: 1000\n\n"
    async for batch in sandbox.events.follow(number, _HEARTBEAT):
        if batch is None:
            yield _line(Event(sandbox.events.last, "reset", {}, None))
        elif not batch:
            yield ": still here\n\n"
        for event in batch or []:
            if not wanted or event.people is None or event.people & wanted:
                yield _line(event)


def _line(event: Event) -> str:
    people = None if event.people is None else sorted(event.people)
    body = {"kind": event.kind, "data": event.data, "people": people}
    return f"id: {event.number}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n"
