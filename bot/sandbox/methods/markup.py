"""Keyboards: what Telegram accepts, and in which words it refuses the rest."""

import re
from typing import Any

from bot.sandbox.state.errors import ApiError, bad_request

MOST_BUTTONS = 100
LONGEST_DATA = 64
_ACTIONS = (
    "url", "callback_data", "copy_text", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "pay",
)  # fmt: skip
_PRIVATE_ONLY = {
    "request_contact": "phone number can be requested in private chats only",
    "request_location": "location can be requested in private chats only",
    "web_app": "Web App buttons can be used in private chats only",
}
_STYLES = ("primary", "success", "danger")
_HOST = re.compile(r"[^/?#:@\s]+\.[^/?#:@\s.]{2,}")


def check_markup(value: Any, private: bool) -> dict[str, Any] | None:
    """The keyboard to keep, None where there is none; raises ApiError 400."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        return _inline(value["inline_keyboard"])
    if "keyboard" in value:
        return {**value, "keyboard": _reply_rows(value["keyboard"], private)}
    if value.get("remove_keyboard") or value.get("force_reply"):
        _check_placeholder(value)
        return value
    return None


def check_inline(value: Any) -> dict[str, Any] | None:
    """As check_markup, for calls that take an inline keyboard only."""
    markup = check_markup(value, private=True)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def is_inline(markup: dict[str, Any] | None) -> bool:
    return bool(markup and "inline_keyboard" in markup)


def _inline(rows: Any) -> dict[str, Any] | None:
    if not _is_grid(rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [[_inline_button(button) for button in row] for row in rows]
    kept = [row for row in kept if row]
    if sum(len(row) for row in kept) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _inline_button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise _unreadable("inline keyboard button", "InlineKeyboardButton must be an Object")
    text = _button_text(button, "inline keyboard button")
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not any(action in button for action in _ACTIONS):
        raise _unreadable("inline keyboard button", "Text buttons are unallowed in the inline keyboard")
    _check_style(button)
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= LONGEST_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in button and not 1 <= len(button["copy_text"].get("text", "")) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {**button, "url": _web_address(button["url"])} if "url" in button else button


def _web_address(url: Any) -> str:
    text = str(url).strip()
    if text.startswith("tg://"):
        return text
    if not text:
        raise bad_request("inline keyboard button URL '' is invalid: URL is empty")
    full = text if re.match(r"https?://", text, re.IGNORECASE) else f"http://{text}"
    host = full.split("://", 1)[1]
    if re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE) and full != text:
        raise bad_request(f"inline keyboard button URL '{text}' is invalid: Unsupported URL protocol")
    if not _HOST.match(host):
        raise bad_request(f"inline keyboard button URL '{text}' is invalid: Wrong HTTP URL")
    return full if "/" in host or "?" in host else f"{full}/"


def _reply_rows(rows: Any, private: bool) -> list[list[dict[str, Any]]]:
    if not _is_grid(rows):
        raise bad_request('field "keyboard" must be an Array of Arrays')
    return [[_reply_button(button, private) for button in row] for row in rows if row]


def _reply_button(button: Any, private: bool) -> dict[str, Any]:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise _unreadable("keyboard button", "KeyboardButton must be a String or an Object")
    if not _button_text(button, "keyboard button").strip():
        raise bad_request("keyboard button text must be non-empty")
    _check_style(button)
    for field, reason in _PRIVATE_ONLY.items():
        if button.get(field) and not private:
            raise bad_request(reason)
    return dict(button)


def _button_text(button: dict[str, Any], what: str) -> str:
    if "text" not in button:
        raise _unreadable(what, 'Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise _unreadable(what, 'Field "text" must be of type String')
    return button["text"]


def _check_style(button: dict[str, Any]) -> None:
    if button.get("style", "primary") not in _STYLES:
        raise bad_request("invalid button style specified")


def _check_placeholder(markup: dict[str, Any]) -> None:
    if len(markup.get("input_field_placeholder", "")) > 64:
        raise bad_request("input field placeholder is too long")


def _is_grid(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, list) for row in rows)


def _unreadable(what: str, reason: str) -> ApiError:
    return bad_request(f"can't parse {what}: {reason}")
