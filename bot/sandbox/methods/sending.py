"""Methods that send: text, places, contacts, copies and forwards, the "typing" sign."""

from typing import Any

from bot.sandbox.methods.content import publish, read_caption, read_message_id, read_text
from bot.sandbox.methods.parameters import Parameters
from bot.sandbox.state.errors import bad_request
from bot.sandbox.state.world import World

_ACTIONS = (
    "cancel", "typing", "record_video", "upload_video", "record_voice", "upload_voice", "upload_photo",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    "record_audio", "upload_audio",
)  # fmt: skip
_HEAD = (
    "message_id",
    "from",
    "chat",
    "date",
    "edit_date",
    "reply_to_message",
    "forward_origin",
    "media_group_id",
)
_SERVICE = ("new_chat_members", "left_chat_member", "group_chat_created", "migrate_to_chat_id",
            "migrate_from_chat_id", "pinned_message")  # fmt: skip


def send_message(world: World, parameters: Parameters) -> dict[str, Any]:
    body = read_text(parameters)
    chat = world.chat_for_bot(parameters.text("chat_id"))
    return publish(world, parameters, chat, body).for_bot()


def send_location(world: World, parameters: Parameters) -> dict[str, Any]:
    body = {"location": read_point(parameters)}
    chat = world.chat_for_bot(parameters.text("chat_id"))
    return publish(world, parameters, chat, body).for_bot()


def read_point(parameters: Parameters) -> dict[str, float]:
    """Latitude and longitude; raises ApiError 400."""
    point = {}
    for name, most in (("latitude", 90), ("longitude", 180)):
        value = parameters.number(name)
        if value is None:
            raise bad_request(f"{name} is empty")
        if not -most <= value <= most:
            raise bad_request("invalid location specified")
        point[name] = value
    return point


def send_contact(world: World, parameters: Parameters) -> dict[str, Any]:
    phone, name = parameters.text("phone_number").strip(), parameters.text("first_name").strip()
    if not phone:
        raise bad_request("phone number is empty")
    if not name:
        raise bad_request("first name is empty")
    contact = {"phone_number": phone, "first_name": name}
    if parameters.text("last_name"):
        contact["last_name"] = parameters.text("last_name")
    chat = world.chat_for_bot(parameters.text("chat_id"))
    return publish(world, parameters, chat, {"contact": contact}).for_bot()


def send_chat_action(world: World, parameters: Parameters) -> bool:
    action = parameters.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = world.chat_for_bot(parameters.text("chat_id"))
    world.events.publish("action", {"chat_id": chat.id, "action": action}, world.watchers(chat))
    return True


def copy_message(world: World, parameters: Parameters) -> dict[str, int]:
    body = _source_body(world, parameters, "message to copy")
    chat = world.chat_for_bot(parameters.text("chat_id"))
    if "caption" in parameters and "text" not in body:
        body = {key: value for key, value in body.items() if key not in ("caption", "caption_entities")}
        body.update(read_caption(parameters))
    return {"message_id": publish(world, parameters, chat, body).id}


def forward_message(world: World, parameters: Parameters) -> dict[str, Any]:
    body = _source_body(world, parameters, "message to forward")
    source = world.chats[parameters.integer("from_chat_id")].messages[parameters.integer("message_id")]
    chat = world.chat_for_bot(parameters.text("chat_id"))
    origin = {"type": "user", "date": source.content["date"], "sender_user": source.content["from"]}
    return publish(world, parameters, chat, {"forward_origin": origin, **body}).for_bot()


def _source_body(world: World, parameters: Parameters, purpose: str) -> dict[str, Any]:
    """What the message to repeat shows, without who sent it where and when."""
    source = world.chat_for_bot(parameters.text("from_chat_id"), write=False)
    message = world.message_for_bot(source, read_message_id(parameters), purpose)
    if any(name in message.content for name in _SERVICE):
        raise bad_request(f"message can't be {'copied' if 'copy' in purpose else 'forwarded'}")
    if message.content.get("has_protected_content"):
        raise bad_request(f"message can't be {'copied' if 'copy' in purpose else 'forwarded'}")
    return {name: value for name, value in message.content.items() if name not in _HEAD}
