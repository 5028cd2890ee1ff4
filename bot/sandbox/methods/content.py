"""What a sending or editing method puts into a message: text, caption, keyboard, reply."""

from typing import Any

from bot.sandbox.methods.entities import format_text, utf16_length
from bot.sandbox.methods.markup import check_markup
from bot.sandbox.methods.parameters import Parameters, Upload
from bot.sandbox.state.errors import bad_request
from bot.sandbox.state.files import UPLOAD_LIMIT, StoredFile
from bot.sandbox.state.people import Chat, Message
from bot.sandbox.state.world import World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


def read_text(parameters: Parameters) -> dict[str, Any]:
    """`text` and `entities` of a text message; raises ApiError 400."""
    raw = parameters.text("text")
    given = parameters.tree("entities", "message entities")
    text, entities = format_text(raw, parameters.text("parse_mode"), given)
    if not text:
        raise bad_request("message text is empty" if not raw else "text must be non-empty")
    if utf16_length(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def read_caption(parameters: Parameters) -> dict[str, Any]:
    """`caption` and `caption_entities`, both absent where there is none; raises ApiError 400."""
    given = parameters.tree("caption_entities", "message entities")
    caption, entities = format_text(parameters.text("caption"), parameters.text("parse_mode"), given)
    if utf16_length(caption) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    fields = {"caption": caption, "caption_entities": entities}
    return {name: value for name, value in fields.items() if value}


def read_markup(parameters: Parameters, chat: Chat) -> dict[str, Any] | None:
    return check_markup(parameters.tree("reply_markup", "reply keyboard markup"), chat.private)


def read_message_id(parameters: Parameters) -> int:
    if "message_id" not in parameters:
        raise bad_request("message identifier is not specified")
    return parameters.integer("message_id")


def read_reply(parameters: Parameters, chat: Chat) -> dict[str, Any]:
    """`reply_to_message`, absent where the call replies to nothing; raises ApiError 400."""
    reply = parameters.tree("reply_parameters", "reply parameters") or {}
    wanted = reply.get("message_id") or parameters.integer("reply_to_message_id")
    if not wanted:
        return {}
    target = chat.messages.get(int(wanted))
    if target:
        return {"reply_to_message": quoted(target)}
    if reply.get("allow_sending_without_reply") or parameters.flag("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def quoted(target: Message) -> dict[str, Any]:
    """A message as it appears inside its reply: without what it itself replied to."""
    return {name: value for name, value in target.for_bot().items() if name != "reply_to_message"}


def read_file(
    world: World, parameters: Parameters, name: str, kind: str, value: str | None = None
) -> StoredFile | Upload:
    """The file of a parameter, uploaded or named by file_id; raises ApiError 400 or 413."""
    reference = parameters.text(name) if value is None else value
    upload = parameters.files.get(reference.removeprefix("attach://") if reference else name)
    if upload:
        return check_upload(upload)
    if not reference:
        raise bad_request(f"there is no {kind} in the request")
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = world.files.find(reference)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def check_upload(upload: Upload) -> Upload:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > UPLOAD_LIMIT:
        raise bad_request("file is too big")
    return upload


def publish(world: World, parameters: Parameters, chat: Chat, body: dict[str, Any]) -> Message:
    """Send one message of the bot with the call's keyboard and reply, within the limits."""
    markup = read_markup(parameters, chat)
    reply = read_reply(parameters, chat)
    world.limits.charge(chat.id, world.clock.ticks())
    protected = {"has_protected_content": True} if parameters.flag("protect_content") else {}
    return world.post(chat, world.bot.user(), {**reply, **body, **protected}, markup)
