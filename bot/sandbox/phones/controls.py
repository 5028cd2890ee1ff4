"""HTTP API of the tests: faults, limits, clock, tokens, redelivery, groups, counters."""

import dataclasses

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.phones.bodies import read_body, sandbox_of


async def list_faults(request: Request) -> Response:
    return JSONResponse([dataclasses.asdict(fault) for fault in sandbox_of(request).faults.script])


async def add_fault(request: Request) -> Response:
    """{method, times?, status?, description?, retry_after?, migrate_to?, drop?, delay?, chat_id?}"""
    body = await read_body(request)
    try:
        fault = sandbox_of(request).faults.add(**body.values)
    except TypeError as error:
        raise HTTPException(400, str(error)) from None
    return JSONResponse(dataclasses.asdict(fault), status_code=201)


async def clear_faults(request: Request) -> Response:
    sandbox_of(request).faults.clear()
    return JSONResponse({"ok": True})


async def switch_limits(request: Request) -> Response:
    """{enabled}"""
    body = await read_body(request)
    sandbox_of(request).limits.enabled = bool(body.optional("enabled"))
    return JSONResponse({"ok": True})


async def shift_clock(request: Request) -> Response:
    """{offset}: seconds ahead of the machine's clock."""
    body = await read_body(request)
    sandbox_of(request).clock.offset = body.number("offset")
    return JSONResponse({"now": sandbox_of(request).clock.now()})


async def revoke_token(request: Request) -> Response:
    """{token}"""
    body = await read_body(request)
    sandbox_of(request).revoke(body.text("token"))
    return JSONResponse({"ok": True})


async def redeliver_update(request: Request) -> Response:
    """{update_id}"""
    body = await read_body(request)
    if not sandbox_of(request).redeliver(body.integer("update_id")):
        raise HTTPException(404, "update not remembered")
    return JSONResponse({"ok": True})


async def show_counters(request: Request) -> Response:
    sandbox = sandbox_of(request)
    counters = sandbox.counters
    return JSONResponse(
        {
            "calls": counters.calls,
            "refused": counters.refused,
            "deliveries": {str(chat): len(moments) for chat, moments in counters.deliveries.items()},
            "pending_updates": sandbox.pending_updates(),
        }
    )


async def create_group(request: Request) -> Response:
    """{title, members, id?}"""
    body = await read_body(request)
    chat = sandbox_of(request).groups.create(body.text("title"), body.optional("members") or [], body.optional("id"))
    return JSONResponse(chat.card(), status_code=201)


async def set_group_bot(request: Request) -> Response:
    """{status, by}: see Groups.set_bot."""
    body = await read_body(request)
    sandbox_of(request).groups.set_bot(_group(request), body.text("status"), body.integer("by"))
    return JSONResponse({"ok": True})


async def migrate_group(request: Request) -> Response:
    return JSONResponse(sandbox_of(request).groups.migrate(_group(request)).card())


def _group(request: Request) -> int:
    chat_id = -int(request.path_params["number"])
    if chat_id not in sandbox_of(request).chats:
        raise HTTPException(404, "no such group")
    return chat_id


CONTROL_ROUTES = [
    Route("/faults", list_faults),
    Route("/faults", add_fault, methods=["POST"]),
    Route("/faults", clear_faults, methods=["DELETE"]),
    Route("/limits", switch_limits, methods=["POST"]),
    Route("/clock", shift_clock, methods=["POST"]),
    Route("/tokens/revoke", revoke_token, methods=["POST"]),
    Route("/updates/redeliver", redeliver_update, methods=["POST"]),
    Route("/counters", show_counters),
    Route("/groups", create_group, methods=["POST"]),
    Route("/groups/-{number:int}/bot", set_group_bot, methods=["POST"]),
    Route("/groups/-{number:int}/migrate", migrate_group, methods=["POST"]),
]
