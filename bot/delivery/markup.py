"""A Screen as Telegram wants it."""

from __future__ import annotations

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.views.screen import Button, Screen

#: Telegram's longest message, after entities are parsed; tags only make our text longer than that.
LONGEST_TEXT = 4096


def inline_keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """The buttons under the message, or None."""
    if not screen.rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in screen.rows])


def keyboard(screen: Screen) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    """The inline buttons, or where the screen asks for the phone's location its reply keyboard."""
    if screen.ask == "location":
        ask = KeyboardButton(screen.ask_label or "", request_location=True)
        return ReplyKeyboardMarkup([[ask]], resize_keyboard=True, one_time_keyboard=True)
    return inline_keyboard(screen)


def pieces(text: str, longest: int = LONGEST_TEXT) -> list[str]:
    """The text split at line ends into messages Telegram accepts."""
    if len(text) <= longest:
        return [text]
    found: list[str] = []
    piece = ""
    for line in text.splitlines(keepends=True):
        for part in (line[i : i + longest] for i in range(0, len(line), longest)):
            if len(piece) + len(part) > longest:
                found.append(piece.rstrip("\n"))
                piece = ""
            piece += part
    return [*found, piece] if piece.strip() else found


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    if button.copies:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copies))
    return InlineKeyboardButton(button.label, callback_data=button.data)
