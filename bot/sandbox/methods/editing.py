"""Methods that change or remove what was sent: edits, deletion, pins, reactions."""

from typing import Any

from bot.sandbox.methods.content import read_caption, read_message_id, read_text
from bot.sandbox.methods.markup import check_inline, is_inline
from bot.sandbox.methods.media import read_item
from bot.sandbox.methods.parameters import Parameters
from bot.sandbox.state.errors import bad_request
from bot.sandbox.state.people import Chat, Message
from bot.sandbox.state.updates import DAY
from bot.sandbox.state.world import World

_DELETABLE_FOR = 2 * DAY
_CAPTIONED = ("photo", "document", "video", "voice", "audio")
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


def edit_message_text(world: World, parameters: Parameters) -> dict[str, Any]:
    body = read_text(parameters)
    chat, message = _editable(world, parameters)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _replace(world, parameters, chat, message, body, ("text", "entities"))


def edit_message_caption(world: World, parameters: Parameters) -> dict[str, Any]:
    body = read_caption(parameters)
    chat, message = _editable(world, parameters)
    if not any(kind in message.content for kind in _CAPTIONED):
        raise bad_request("there is no caption in the message to edit")
    return _replace(world, parameters, chat, message, body, ("caption", "caption_entities"))


def edit_message_media(world: World, parameters: Parameters) -> dict[str, Any]:
    item = parameters.tree("media", "media")
    if not isinstance(item, dict):
        raise bad_request("expected an InputMedia")
    body = read_item(world, parameters, item)
    chat, message = _editable(world, parameters)
    if not any(kind in message.content for kind in _CAPTIONED):
        raise bad_request("there is no media in the message to edit")
    return _replace(world, parameters, chat, message, body, (*_CAPTIONED, "caption", "caption_entities"))


def edit_message_reply_markup(world: World, parameters: Parameters) -> dict[str, Any]:
    chat, message = _editable(world, parameters)
    return _replace(world, parameters, chat, message, {}, ())


def _editable(world: World, parameters: Parameters) -> tuple[Chat, Message]:
    """The bot's own message the call names; raises ApiError where it may not be edited."""
    chat = world.chat_for_bot(parameters.text("chat_id"))
    message = world.message_for_bot(chat, read_message_id(parameters), "message to edit")
    if not message.from_bot or (message.markup and not is_inline(message.markup)):
        raise bad_request("message can't be edited")
    return chat, message


def _replace(
    world: World,
    parameters: Parameters,
    chat: Chat,
    message: Message,
    body: dict[str, Any],
    replaced: tuple[str, ...],
) -> dict[str, Any]:
    markup = check_inline(parameters.tree("reply_markup", "reply keyboard markup"))
    kept = {name: value for name, value in message.content.items() if name not in replaced}
    content = {**kept, **body}
    if content == message.content and markup == message.markup:
        raise bad_request(_NOT_MODIFIED)
    world.limits.charge(chat.id, world.clock.ticks(), edit=True)
    content["edit_date"] = int(world.clock.now())
    world.change(chat, message, content, markup)
    return message.for_bot()


def delete_message(world: World, parameters: Parameters) -> bool:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    message = world.message_for_bot(chat, read_message_id(parameters), "message to delete")
    if world.clock.now() - message.content["date"] > _DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    if not (chat.private or message.from_bot or chat.bot_status == "administrator"):
        raise bad_request("message can't be deleted")
    world.drop(chat, message.id)
    return True


def pin_chat_message(world: World, parameters: Parameters) -> bool:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    message = world.message_for_bot(chat, read_message_id(parameters), "message to pin")
    if not chat.private and chat.bot_status != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    chat.pinned = message.id
    world.post(chat, world.bot.user(), {"pinned_message": message.for_bot()})
    return True


def set_message_reaction(world: World, parameters: Parameters) -> bool:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    message = world.message_for_bot(chat, read_message_id(parameters), "message to react")
    reactions = parameters.tree("reaction", "reaction types") or []
    if not isinstance(reactions, list):
        raise bad_request("expected an Array of ReactionType")
    if any(each.get("type") != "emoji" or not each.get("emoji") for each in reactions):
        raise bad_request("REACTION_INVALID")
    message.reactions = [each["emoji"] for each in reactions]
    world.change(chat, message, message.content, message.markup)
    return True
