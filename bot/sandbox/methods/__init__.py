"""The methods of the Bot API, one table: name in lower case → function of world and parameters.

A method is plain state change: it returns the `result` or raises ApiError. getUpdates waits and
therefore lives in `bot.sandbox.polling`.
"""

from collections.abc import Callable
from typing import Any

from bot.sandbox.methods import callbacks, chats, editing, media, profile, sending, webhooks
from bot.sandbox.methods.parameters import Parameters
from bot.sandbox.state.world import World

Method = Callable[[World, Parameters], Any]

_BY_NAME: dict[str, Method] = {
    "getMe": profile.get_me,
    "setWebhook": webhooks.set_webhook,
    "deleteWebhook": webhooks.delete_webhook,
    "getWebhookInfo": webhooks.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": media.sender("photo"),
    "sendDocument": media.sender("document"),
    "sendVoice": media.sender("voice"),
    "sendVideo": media.sender("video"),
    "sendAudio": media.sender("audio"),
    "sendMediaGroup": media.send_media_group,
    "sendLocation": sending.send_location,
    "sendContact": sending.send_contact,
    "sendChatAction": sending.send_chat_action,
    "copyMessage": sending.copy_message,
    "forwardMessage": sending.forward_message,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "pinChatMessage": editing.pin_chat_message,
    "setMessageReaction": editing.set_message_reaction,
    "answerCallbackQuery": callbacks.answer_callback_query,
    "getFile": media.get_file,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.text_setter("name", "names", 64),
    "setMyDescription": profile.text_setter("description", "descriptions", 512),
    "setMyShortDescription": profile.text_setter("short_description", "short_descriptions", 120),
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "leaveChat": chats.leave_chat,
}

METHODS: dict[str, Method] = {name.lower(): method for name, method in _BY_NAME.items()}
