"""HTTP API of the people: what the page does, and tests that run the bot as a process of its own."""

import asyncio
import io
from typing import Any

import segno
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox.phones.bodies import chat_in_query, person_of, read_body, sandbox_of
from bot.sandbox.phones.stream import stream_events
from bot.sandbox.phones.uploads import send_files
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state.people import Chat, Press

_SHOWN_IN_PLACE = ("image/jpeg", "image/png", "image/gif", "image/webp", "audio/", "video/")
_LONGEST_PRESS_WAIT = 60.0
_PERSON_FIELDS = ("last_name", "username", "label", "colour", "phone_number", "language_code")


def person_error(_: Request, error: Exception) -> Response:
    """What a client would refuse: 409 with the sentence."""
    return JSONResponse({"error": str(error)}, status_code=409)


async def list_people(request: Request) -> Response:
    """Everything the page starts from, and the event number to follow on from."""
    sandbox = sandbox_of(request)
    people = [
        {**person.card(), "chats": [_chat(sandbox, each) for each in sandbox.chats_of(person.id)]}
        for person in sandbox.people.values()
    ]
    return JSONResponse({"bot": _bot(sandbox), "people": people, "last_event": sandbox.events.last})


def _bot(sandbox: Sandbox) -> dict[str, Any]:
    bot = sandbox.bot
    return {**bot.user(), "names": bot.names, "descriptions": bot.descriptions}


def _chat(sandbox: Sandbox, chat: Chat) -> dict[str, Any]:
    button = chat.menu_button or sandbox.menu_button
    return {**chat.card(), "bot_status": chat.bot_status, "menu_button": button}


async def add_person(request: Request) -> Response:
    body = await read_body(request)
    fields = {name: body.text(name) for name in _PERSON_FIELDS if name in body.values}
    person = sandbox_of(request).add_person(body.text("first_name"), body.optional("id"), **fields)
    return JSONResponse(person.card(), status_code=201)


async def set_language(request: Request) -> Response:
    body = await read_body(request)
    sandbox_of(request).set_language(person_of(request), body.text("language_code"))
    return JSONResponse({"ok": True})


async def show_history(request: Request) -> Response:
    return JSONResponse(sandbox_of(request).history(person_of(request), chat_in_query(request)))


async def show_transcript(request: Request) -> Response:
    return PlainTextResponse(sandbox_of(request).transcript(person_of(request), chat_in_query(request)))


async def show_commands(request: Request) -> Response:
    return JSONResponse(sandbox_of(request).commands_for(person_of(request), chat_in_query(request)))


async def send_text(request: Request) -> Response:
    """{text, reply_to?, chat_id?, anonymous?}"""
    body = await read_body(request)
    message = sandbox_of(request).send_text(
        person_of(request),
        body.text("text"),
        body.optional("reply_to"),
        body.optional("chat_id"),
        bool(body.optional("anonymous")),
    )
    return JSONResponse(message)


async def start_bot(request: Request) -> Response:
    """{payload?}"""
    body = await read_body(request)
    return JSONResponse(sandbox_of(request).start(person_of(request), body.optional("payload")))


async def press_button(request: Request) -> Response:
    """{message_id, data, chat_id?, wait?}: the press, and the answer if it came within `wait` seconds."""
    body = await read_body(request)
    press = sandbox_of(request).press(
        person_of(request), body.integer("message_id"), body.text("data"), body.optional("chat_id")
    )
    if body.optional("wait"):
        await _wait_for_answer(press, min(body.number("wait"), _LONGEST_PRESS_WAIT))
    return JSONResponse({"press_id": press.id, "update_id": press.update_id, "answer": press.answer})


async def _wait_for_answer(press: Press, seconds: float) -> None:
    try:
        await asyncio.wait_for(press.answered.wait(), seconds)
    except TimeoutError:
        return


async def tap_keyboard(request: Request) -> Response:
    """{label, latitude?, longitude?}"""
    body = await read_body(request)
    message = sandbox_of(request).tap_keyboard(
        person_of(request), body.text("label"), body.optional("latitude"), body.optional("longitude")
    )
    return JSONResponse(message)


async def send_location(request: Request) -> Response:
    """{latitude, longitude, reply_to?, chat_id?}"""
    body = await read_body(request)
    point = (body.number("latitude"), body.number("longitude"))
    message = sandbox_of(request).send_location(
        person_of(request), *point, reply_to=body.optional("reply_to"), chat_id=body.optional("chat_id")
    )
    return JSONResponse(message)


async def send_contact(request: Request) -> Response:
    """{contact?}: without it one's own."""
    body = await read_body(request)
    return JSONResponse(sandbox_of(request).send_contact(person_of(request), body.optional("contact")))


async def send_sticker(request: Request) -> Response:
    """{emoji}"""
    body = await read_body(request)
    return JSONResponse(sandbox_of(request).send_sticker(person_of(request), body.text("emoji")))


async def edit_message(request: Request) -> Response:
    """{message_id, text, chat_id?}"""
    body = await read_body(request)
    message = sandbox_of(request).edit_text(
        person_of(request), body.integer("message_id"), body.text("text"), body.optional("chat_id")
    )
    return JSONResponse(message)


async def block_bot(request: Request) -> Response:
    sandbox_of(request).block(person_of(request))
    return JSONResponse({"ok": True})


async def unblock_bot(request: Request) -> Response:
    sandbox_of(request).unblock(person_of(request))
    return JSONResponse({"ok": True})


async def list_places(request: Request) -> Response:
    """Named points for the location picker: [{name, latitude, longitude}]."""
    return JSONResponse(sandbox_of(request).places)


async def show_file(request: Request) -> Response:
    """A file's bytes; kinds a browser might run as a program are only ever saved."""
    file = sandbox_of(request).files.find(request.path_params["file_id"])
    if file is None:
        raise HTTPException(404, "no such file")
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "max-age=31536000, immutable"}
    if not file.mime.startswith(_SHOWN_IN_PLACE):
        headers["Content-Disposition"] = "attachment"
    return Response(file.data, media_type=file.mime, headers=headers)


async def draw_qr(request: Request) -> Response:
    """The query's `text` as an SVG picture of a QR code."""
    target = io.BytesIO()
    code = segno.make(request.query_params.get("text", "")[:300], micro=False, error="m")
    code.save(target, kind="svg", scale=8, border=2, dark="#111111", light="#ffffff")
    return Response(target.getvalue(), media_type="image/svg+xml")


PEOPLE_ROUTES = [
    Route("/", list_people),
    Route("/", add_person, methods=["POST"]),
    Route("/events", stream_events),
    Route("/places", list_places),
    Route("/qr", draw_qr),
    Route("/files/{file_id}", show_file),
    Route("/{person_id:int}/language", set_language, methods=["POST"]),
    Route("/{person_id:int}/history", show_history),
    Route("/{person_id:int}/transcript", show_transcript),
    Route("/{person_id:int}/commands", show_commands),
    Route("/{person_id:int}/text", send_text, methods=["POST"]),
    Route("/{person_id:int}/start", start_bot, methods=["POST"]),
    Route("/{person_id:int}/press", press_button, methods=["POST"]),
    Route("/{person_id:int}/tap", tap_keyboard, methods=["POST"]),
    Route("/{person_id:int}/location", send_location, methods=["POST"]),
    Route("/{person_id:int}/contact", send_contact, methods=["POST"]),
    Route("/{person_id:int}/sticker", send_sticker, methods=["POST"]),
    Route("/{person_id:int}/files", send_files, methods=["POST"]),
    Route("/{person_id:int}/edit", edit_message, methods=["POST"]),
    Route("/{person_id:int}/block", block_bot, methods=["POST"]),
    Route("/{person_id:int}/unblock", unblock_bot, methods=["POST"]),
]
