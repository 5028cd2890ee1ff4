"""Methods that send files, alone or as an album, and the one that fetches them."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.methods.content import publish, read_caption, read_file
from bot.sandbox.methods.parameters import Parameters, Upload
from bot.sandbox.state.errors import bad_request
from bot.sandbox.state.files import (
    DOWNLOAD_LIMIT,
    PHOTO_LIMIT,
    NotAPictureError,
    StoredFile,
    describe,
    describe_photo,
)
from bot.sandbox.state.world import World

_ALBUM_KINDS = {"photo": "visual", "video": "visual", "document": "document", "audio": "audio"}
_LARGEST_ALBUM = 10


def sender(kind: str) -> Callable[[World, Parameters], dict[str, Any]]:
    """The method that sends one file of this kind."""

    def send(world: World, parameters: Parameters) -> dict[str, Any]:
        body = {**_media(world, parameters, kind), **read_caption(parameters)}
        chat = world.chat_for_bot(parameters.text("chat_id"))
        return publish(world, parameters, chat, body).for_bot()

    return send


def send_media_group(world: World, parameters: Parameters) -> list[dict[str, Any]]:
    items = parameters.tree("media", "media")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise bad_request("expected an Array of InputMedia")
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > _LARGEST_ALBUM:
        raise bad_request("too many messages to send as an album")
    if len({_ALBUM_KINDS.get(item.get("type"), "none") for item in items} | {"none"}) > 2:
        raise bad_request("can't use the media of the specified type in the album")
    bodies = [read_item(world, parameters, item) for item in items]
    chat = world.chat_for_bot(parameters.text("chat_id"))
    world.limits.charge(chat.id, world.clock.ticks(), len(bodies))
    group = {"media_group_id": str(world.serial())}
    return [world.post(chat, world.bot.user(), {**group, **body}).for_bot() for body in bodies]


def read_item(world: World, parameters: Parameters, item: dict[str, Any]) -> dict[str, Any]:
    """What an InputMedia puts into a message: the file and its caption; raises ApiError 400."""
    kind = item.get("type", "")
    if kind not in _ALBUM_KINDS:
        raise bad_request("can't parse InputMedia: type must be one of photo, video, document, audio")
    one = Parameters(item, parameters.files)
    return {**_media(world, one, kind, item.get("media", "")), **read_caption(one)}


def _media(world: World, parameters: Parameters, kind: str, value: str | None = None) -> dict[str, Any]:
    """The message field that carries the file."""
    source = read_file(world, parameters, kind, kind, value)
    if kind == "photo":
        return {"photo": _photo(world, source)}
    if isinstance(source, Upload):
        source = world.files.add(kind, source.data, source.name, source.mime)
    described = describe(source, parameters.integer("duration"))
    return {kind: described}


def _photo(world: World, source: StoredFile | Upload) -> list[dict[str, Any]]:
    data = source.data
    if len(data) > PHOTO_LIMIT:
        raise bad_request("file is too big")
    try:
        return describe_photo(world.files.add_photo(data))
    except NotAPictureError as reason:
        raise bad_request(str(reason)) from None


def get_file(world: World, parameters: Parameters) -> dict[str, Any]:
    file_id = parameters.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = world.files.find(file_id)
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**file.reference(), "file_path": file.path}
