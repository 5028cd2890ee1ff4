"""One row per refusal: what Telegram refuses, the sandbox refuses in the same words."""

from typing import Any

import pytest

from tests.sandbox.samples import BUDI, Call, inline

BUTTON = {"text": "Ya", "callback_data": "ya"}
ALBUM_PHOTO = {"type": "photo", "media": "attach://p"}


def message(**values: Any) -> dict[str, Any]:
    return {"chat_id": BUDI, "text": "Halo", **values}


REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    # text
    ("sendMessage", message(text=""), "message text is empty"),
    ("sendMessage", {"chat_id": BUDI}, "message text is empty"),
    ("sendMessage", message(text=" \n "), "text must be non-empty"),
    ("sendMessage", message(text="<b></b>", parse_mode="HTML"), "text must be non-empty"),
    ("sendMessage", message(text="a" * 4097), "message is too long"),
    ("sendMessage", message(text="😀" * 2049), "message is too long"),
    ("sendMessage", message(parse_mode="Wiki"), "unsupported parse_mode"),
    # chats
    ("sendMessage", {"text": "Halo"}, "chat_id is empty"),
    ("sendMessage", message(chat_id=404), "chat not found"),
    ("sendMessage", message(chat_id="@nobody"), "chat not found"),
    ("sendMessage", message(reply_parameters={"message_id": 1}), "message to be replied not found"),
    # keyboards
    ("sendMessage", message(reply_markup="{"), "can't parse reply keyboard markup JSON object"),
    ("sendMessage", message(reply_markup=[]), "object expected as reply markup"),
    (
        "sendMessage",
        message(reply_markup={"inline_keyboard": [BUTTON]}),
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    (
        "sendMessage",
        message(reply_markup={"keyboard": "x"}),
        'field "keyboard" must be an Array of Arrays',
    ),
    ("sendMessage", message(reply_markup=inline({**BUTTON, "callback_data": ""})), "BUTTON_DATA_INVALID"),
    (
        "sendMessage",
        message(reply_markup=inline({**BUTTON, "callback_data": "é" * 33})),
        "BUTTON_DATA_INVALID",
    ),
    ("sendMessage", message(reply_markup=inline(*[BUTTON] * 101)), "reply markup is too long"),
    (
        "sendMessage",
        message(reply_markup=inline({"text": "Ya"})),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        message(reply_markup=inline({"callback_data": "x"})),
        "can't parse inline keyboard button: Can't find field \"text\"",
    ),
    (
        "sendMessage",
        message(reply_markup=inline({"text": 5, "callback_data": "x"})),
        'can\'t parse inline keyboard button: Field "text" must be of type String',
    ),
    (
        "sendMessage",
        message(reply_markup=inline("Ya")),
        "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
    ),
    (
        "sendMessage",
        message(reply_markup=inline({**BUTTON, "text": " "})),
        "inline keyboard button text must be non-empty",
    ),
    (
        "sendMessage",
        message(reply_markup=inline({"text": "Peta", "url": "http://localhost:8080/x"})),
        "inline keyboard button URL 'http://localhost:8080/x' is invalid: Wrong HTTP URL",
    ),
    (
        "sendMessage",
        message(reply_markup=inline({"text": "Peta", "url": "ftp://peta.id"})),
        "inline keyboard button URL 'ftp://peta.id' is invalid: Unsupported URL protocol",
    ),
    (
        "sendMessage",
        message(reply_markup=inline({"text": "Salin", "copy_text": {"text": ""}})),
        "BUTTON_COPY_TEXT_INVALID",
    ),
    (
        "sendMessage",
        message(reply_markup={"keyboard": [[{"text": ""}]]}),
        "keyboard button text must be non-empty",
    ),
    (
        "sendMessage",
        message(reply_markup={"keyboard": [[7]]}),
        "can't parse keyboard button: KeyboardButton must be a String or an Object",
    ),
    (
        "sendMessage",
        message(reply_markup={"keyboard": [[{"text": "Ya", "style": "pink"}]]}),
        "invalid button style specified",
    ),
    (
        "sendMessage",
        message(reply_markup=inline({"text": "Peta", "url": ""})),
        "inline keyboard button URL '' is invalid: URL is empty",
    ),
    (
        "sendMessage",
        message(reply_markup={"force_reply": True, "input_field_placeholder": "a" * 65}),
        "input field placeholder is too long",
    ),
    # places, contacts, actions
    ("sendLocation", {"chat_id": BUDI, "longitude": 1}, "latitude is empty"),
    ("sendLocation", {"chat_id": BUDI, "latitude": 91, "longitude": 1}, "invalid location specified"),
    ("sendContact", {"chat_id": BUDI, "first_name": "A"}, "phone number is empty"),
    ("sendContact", {"chat_id": BUDI, "phone_number": "1"}, "first name is empty"),
    ("sendChatAction", {"chat_id": BUDI, "action": "dance"}, "wrong parameter action in request"),
    # files
    ("sendPhoto", {"chat_id": BUDI}, "there is no photo in the request"),
    ("sendPhoto", {"chat_id": BUDI, "photo": "nonsense"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {"chat_id": BUDI, "photo": "https://x.id/a.jpg"}, "failed to get HTTP URL content"),
    ("sendMediaGroup", {"chat_id": BUDI, "media": []}, "there are no messages to send"),
    (
        "sendMediaGroup",
        {"chat_id": BUDI, "media": [ALBUM_PHOTO] * 11},
        "too many messages to send as an album",
    ),
    (
        "sendMediaGroup",
        {"chat_id": BUDI, "media": [ALBUM_PHOTO, {"type": "document", "media": "x"}]},
        "can't use the media of the specified type in the album",
    ),
    ("sendMediaGroup", {"chat_id": BUDI, "media": "5"}, "expected an Array of InputMedia"),
    (
        "sendMediaGroup",
        {"chat_id": BUDI, "media": [{"type": "voice", "media": "x"}]},
        "can't parse InputMedia: type must be one of photo, video, document, audio",
    ),
    ("getFile", {}, "file_id not specified"),
    ("getFile", {"file_id": "nonsense"}, "invalid file_id"),
    # messages that are not there
    ("editMessageText", message(), "message identifier is not specified"),
    ("editMessageText", message(message_id=1), "message to edit not found"),
    ("deleteMessage", {"chat_id": BUDI, "message_id": 1}, "message to delete not found"),
    ("pinChatMessage", {"chat_id": BUDI, "message_id": 1}, "message to pin not found"),
    ("copyMessage", {"chat_id": BUDI, "from_chat_id": BUDI, "message_id": 1}, "message to copy not found"),
    (
        "forwardMessage",
        {"chat_id": BUDI, "from_chat_id": BUDI, "message_id": 1},
        "message to forward not found",
    ),
    # answers
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}, "MESSAGE_TOO_LONG"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    # profile
    ("setMyCommands", {"commands": "x"}, "can't parse commands JSON object"),
    ("setMyCommands", {"commands": {"lapor": "x"}}, "expected an Array of BotCommand"),
    ("setMyCommands", {"commands": ["lapor"]}, "can't parse BotCommand: expected an Object"),
    ("setMyCommands", {"commands": [{"command": "/", "description": "x"}]}, "command must be non-empty"),
    ("setMyCommands", {"commands": [{"command": "Lapor", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    (
        "setMyCommands",
        {"commands": [], "scope": "[]"},
        "can't parse BotCommandScope: BotCommandScope must be an Object",
    ),
    (
        "setMyCommands",
        {"commands": [], "scope": {"type": "chat_member", "chat_id": BUDI}},
        "can't parse BotCommandScope: Invalid user_id specified",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "lapor", "description": ""}]},
        "command description must be non-empty",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "x" * 33, "description": "x"}]},
        "command length must not exceed 32",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "x", "description": "x" * 257}]},
        "command description length must not exceed 256",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": f"c{n}", "description": "x"} for n in range(101)]},
        "BOT_COMMANDS_TOO_MUCH",
    ),
    ("setMyCommands", {"commands": [], "language_code": "ind"}, "invalid language code specified"),
    (
        "setMyCommands",
        {"commands": [], "scope": {"type": "town"}},
        "can't parse BotCommandScope: Unsupported type specified",
    ),
    (
        "setMyCommands",
        {"commands": [], "scope": {"type": "chat"}},
        "can't parse BotCommandScope: Empty chat_id specified",
    ),
    ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 404}}, "chat not found"),
    ("setMyDescription", {"description": "x" * 513}, "bot description is too long"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "bot short description is too long"),
    (
        "setChatMenuButton",
        {"menu_button": {"type": "door"}},
        "can't parse menu button: MenuButton has unsupported type",
    ),
    # chats
    (
        "getChatAdministrators",
        {"chat_id": BUDI},
        "there are no administrators in the private chat",
    ),
    ("getChatMember", {"chat_id": BUDI, "user_id": 404}, "PARTICIPANT_ID_INVALID"),
    ("leaveChat", {"chat_id": BUDI}, "chat member status can't be changed in private chats"),
    # webhook
    ("setWebhook", {"url": "ftp://x"}, "invalid webhook URL specified"),
    (
        "setWebhook",
        {"url": "https://x.id", "secret_token": "a b"},
        "secret token contains unallowed characters",
    ),
    ("setWebhook", {"url": "https://x.id", "secret_token": "a" * 257}, "secret token is too long"),
]


@pytest.mark.parametrize(("method", "values", "reason"), REFUSALS, ids=lambda value: str(value)[:40])
async def test_refused_in_telegrams_words(call: Call, method: str, values: dict[str, Any], reason: str) -> None:
    answer = await call(method, **values)
    assert (answer["error_code"], answer["description"]) == (400, f"Bad Request: {reason}")


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("é<x>", 'Unsupported start tag "x" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b ", "Unclosed start tag at byte offset 0"),
        ("1 <2", "Unclosed start tag at byte offset 2"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ('<a href="x>a</a>', "Unclosed start tag at byte offset 0"),
        (
            "<a href>a</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ('<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_broken_markup_is_refused_with_its_place(call: Call, markup: str, reason: str) -> None:
    answer = await call("sendMessage", chat_id=BUDI, text=markup, parse_mode="HTML")
    assert answer["description"] == f"Bad Request: can't parse entities: {reason}"
