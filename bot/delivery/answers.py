"""Answers to the person who is talking: stored with the effects, sent after the commit, at least once."""

from __future__ import annotations

import warnings
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Self

from telegram import BotCommandScopeChat, InputFile, InputMediaPhoto, InputMediaVideo
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.delivery.markup import LONGEST_CAPTION, inline_keyboard, keyboard, pieces
from bot.delivery.outcomes import Harmless, outcome_of
from bot.views.screen import Enclosure, File, Screen
from models.outbox import Lane

Bot = ExtBot[Any]

#: The library's own methods build a Message with everything in it from each result; we need its id.
warnings.filterwarnings("ignore", message="Please use 'Bot.")
_STYLE: dict[str, Any] = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


@dataclass(slots=True)
class Answer:
    """One thing to do in a chat: acknowledge a press, show a screen, take an old keyboard away, list the commands.

    `edit` is the message that turns into the screen; `strip` the one that loses its buttons;
    `remember` asks for the id of the message that was shown. `commands` (name, description) become the chat's own
    list of commands; an empty list gives it up. `refresh` only ever edits: where the message is not known, nothing
    is shown. `order` names what is still to be made after the commit (`bot.delivery.making`); `enclosure` is a file
    that was made.
    """

    chat_id: int
    screen: Screen | None = None
    edit: int | None = None
    strip: int | None = None
    remember: bool = False
    refresh: bool = False
    callback_id: str | None = None
    toast: str | None = None
    commands: list[tuple[str, str]] | None = None
    order: dict[str, Any] | None = None
    enclosure: Enclosure | None = None

    def to_json(self) -> dict[str, Any]:
        """The answer as a JSON object."""
        stored = {name: value for name, value in _plain(self).items() if value not in (None, False)}
        if self.screen is not None:
            stored["screen"] = self.screen.to_json()
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The answer back from its JSON object."""
        screen = Screen.from_json(stored["screen"]) if "screen" in stored else None
        return cls(**{**stored, "screen": screen})


def _plain(answer: Answer) -> dict[str, Any]:
    return {name: getattr(answer, name) for name in Answer.__slots__ if name not in ("screen", "enclosure")}


async def deliver(bot: Bot, answer: Answer) -> int | None:
    """Send one answer; the id of the message that now shows the screen. Raises what Telegram says.

    The courtesies around it, `acknowledge_press` before and `tidy` after, need nobody to wait for them.
    """
    shown = await _show(bot, answer)
    if answer.commands is not None:
        await list_commands(bot, answer.chat_id, answer.commands)
    if answer.enclosure is not None:
        await send_enclosure(bot, answer.chat_id, answer.enclosure)
    return shown


async def acknowledge_press(bot: Bot, answer: Answer) -> None:
    """The pressed button stops turning; where the answer has a short notice over the chat, it appears."""
    await _harmless(_call(bot, "answerCallbackQuery", callback_query_id=answer.callback_id, text=_toast(answer)))


async def tidy(bot: Bot, answer: Answer) -> None:
    """Take the buttons away from the message before; the limiter keeps it ahead of what the chat gets next."""
    await _harmless(_call(bot, "editMessageReplyMarkup", chat_id=answer.chat_id, message_id=answer.strip))


async def acknowledge(bot: Bot, answer: Answer, action: str) -> None:
    """Say at once that the press arrived and that something is being made."""
    if answer.callback_id is not None:
        await _harmless(_call(bot, "answerCallbackQuery", callback_query_id=answer.callback_id, text=answer.toast))
    await _harmless(_call(bot, "sendChatAction", chat_id=answer.chat_id, action=action))


async def send_enclosure(bot: Bot, chat_id: int, file: Enclosure, lane: Lane = Lane.ANSWER) -> None:
    """Send a file of our own making."""
    caption = file.caption or None
    if file.is_picture:
        await bot.send_photo(chat_id, file.content, caption, filename=file.name, rate_limit_args=lane.value)
    else:
        await bot.send_document(chat_id, file.content, caption, filename=file.name, rate_limit_args=lane.value)


async def list_commands(bot: Bot, chat_id: int, commands: list[tuple[str, str]]) -> None:
    """Give the chat its own list of commands; only a courtesy, so a failure is of no account."""
    scope = BotCommandScopeChat(chat_id)
    if commands:
        await _harmless(bot.set_my_commands([(name, text) for name, text in commands], scope=scope))
    else:
        await _harmless(bot.delete_my_commands(scope=scope))


async def send_screen(bot: Bot, chat_id: int, screen: Screen, lane: Lane = Lane.ANSWER) -> int:
    """Send a screen as new message(s), its files first; the id of the message that carries the buttons."""
    if is_captioned(screen):
        return await _send_captioned(bot, chat_id, screen, lane)
    message_id = 0
    if screen.files:
        await _or_without(send_files(bot, chat_id, screen.files, lane))
    texts = pieces(screen.text)
    for number, text in enumerate(texts, start=1):
        markup = keyboard(screen) if number == len(texts) else None
        sent = await _call(bot, "sendMessage", lane, chat_id=chat_id, text=text, reply_markup=markup, **_STYLE)
        message_id = int(sent["message_id"])
    if screen.document is not None:
        name, content = screen.document
        await bot.send_document(chat_id, content.encode(), filename=name, rate_limit_args=lane.value)
    return message_id


def is_captioned(screen: Screen) -> bool:
    """Whether the text stands below its file."""
    return screen.captioned and len(screen.files) == 1 and len(pieces(screen.text, LONGEST_CAPTION)) == 1


async def _send_captioned(bot: Bot, chat_id: int, screen: Screen, lane: Lane) -> int:
    kind, file_id = screen.files[0].kind, screen.files[0].file_id
    sent = await _call(
        bot,
        _CAPTIONED[kind],
        lane,
        chat_id=chat_id,
        caption=screen.text,
        parse_mode="HTML",
        reply_markup=inline_keyboard(screen),
        **{kind: file_id},
    )
    return int(sent["message_id"])


async def change_screen(bot: Bot, chat_id: int, message_id: int, screen: Screen, lane: Lane) -> None:
    """Turn a message that was sent earlier into this screen; the file it may have stays. Raises what Telegram says."""
    captioned = is_captioned(screen)
    words = {"caption": screen.text, "parse_mode": "HTML"} if captioned else {"text": screen.text, **_STYLE}
    method = "editMessageCaption" if captioned else "editMessageText"
    keys = {"chat_id": chat_id, "message_id": message_id, "reply_markup": inline_keyboard(screen)}
    await _call(bot, method, lane, **keys, **words)


async def send_pictured(bot: Bot, chat_id: int, screen: Screen, picture: Enclosure, lane: Lane) -> int:
    """Send a picture of our own making with the screen's words below it, in one message; its id."""
    words = {"caption": screen.text, "parse_mode": "HTML", "reply_markup": inline_keyboard(screen)}
    file = InputFile(picture.content, filename=picture.name)
    sent = await _call(bot, "sendPhoto", lane, chat_id=chat_id, photo=file, **words)
    return int(sent["message_id"])


async def change_picture(
    bot: Bot, chat_id: int, message_id: int, screen: Screen, picture: Enclosure, lane: Lane
) -> None:
    """Put another picture and its words in place of those of such a message. Raises what Telegram says."""
    media = InputMediaPhoto(picture.content, screen.text, parse_mode="HTML", filename=picture.name)
    keys = {"chat_id": chat_id, "message_id": message_id, "reply_markup": inline_keyboard(screen)}
    await _call(bot, "editMessageMedia", lane, media=media, **keys)


async def take_away(bot: Bot, chat_id: int, message_id: int, lane: Lane) -> None:
    """Delete a message that was sent earlier; raises what Telegram says."""
    await _call(bot, "deleteMessage", lane, chat_id=chat_id, message_id=message_id)


async def send_files(bot: Bot, chat_id: int, files: tuple[File, ...], lane: Lane) -> None:
    """Send files by their ids: pictures and videos as albums of at most ten, the rest one by one."""
    pictures = [file for file in files if file.kind in _MEDIA]
    for start in range(0, len(pictures), 10):
        album = [_MEDIA[file.kind](file.file_id) for file in pictures[start : start + 10]]
        if len(album) == 1:
            await _send_one(bot, chat_id, pictures[start], lane)
        else:
            await bot.send_media_group(chat_id, album, rate_limit_args=lane.value)
    for file in files:
        if file.kind not in _MEDIA:
            await _send_one(bot, chat_id, file, lane)


_CAPTIONED = {
    "photo": "sendPhoto",
    "video": "sendVideo",
    "voice": "sendVoice",
    "audio": "sendAudio",
    "document": "sendDocument",
}
_MEDIA: dict[str, Any] = {"photo": InputMediaPhoto, "video": InputMediaVideo}
_ALONE: dict[str, str] = {
    "photo": "send_photo",
    "video": "send_video",
    "voice": "send_voice",
    "audio": "send_audio",
    "document": "send_document",
}


async def _send_one(bot: Bot, chat_id: int, file: File, lane: Lane) -> None:
    await getattr(bot, _ALONE[file.kind])(chat_id, file.file_id, rate_limit_args=lane.value)


async def _show(bot: Bot, answer: Answer) -> int | None:
    if answer.screen is None or (answer.refresh and answer.edit is None):
        return None
    if answer.edit is None or answer.screen.ask is not None or len(pieces(answer.screen.text)) > 1:
        return await send_screen(bot, answer.chat_id, answer.screen)
    try:
        await _call(
            bot,
            "editMessageText",
            chat_id=answer.chat_id,
            message_id=answer.edit,
            text=answer.screen.text,
            reply_markup=inline_keyboard(answer.screen),
            **_STYLE,
        )
    except BadRequest as error:
        if "not modified" in str(error).lower():
            return answer.edit
        if not isinstance(outcome_of(error), Harmless):
            raise
        return await send_screen(bot, answer.chat_id, answer.screen)
    return answer.edit


async def _call(bot: Bot, method: str, lane: Lane = Lane.ANSWER, **values: Any) -> Any:
    """Call a method of the Bot API through the limiter; its result as it came."""
    return await bot.do_api_request(method, api_kwargs=values, rate_limit_args=lane.value)


def _toast(answer: Answer) -> str | None:
    return answer.toast or (answer.screen.toast if answer.screen is not None else None)


async def _or_without(files: Awaitable[None]) -> None:
    """A file that Telegram no longer knows does not hold back the words."""
    try:
        await files
    except BadRequest:
        return


async def _harmless(call: Awaitable[Any]) -> None:
    """What is only a courtesy may fail: an old query, a message that is gone."""
    try:
        await call
    except TelegramError:
        return
