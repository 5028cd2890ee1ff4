"""Command lists per scope and language, and which of them a person sees."""

from typing import Any

from bot.sandbox.state.errors import bad_request
from bot.sandbox.state.people import Chat

Scope = tuple[str, int, int]
"""Type, chat id and user id; 0 where the type has none."""

DEFAULT: Scope = ("default", 0, 0)
_PLAIN = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")


class CommandLists:
    """What the bot registered."""

    def __init__(self) -> None:
        self._lists: dict[tuple[Scope, str], list[dict[str, str]]] = {}

    def set(self, scope: Scope, language: str, commands: list[dict[str, str]]) -> None:
        """Replace a list; an empty one removes it."""
        self._lists.pop((scope, language), None)
        if commands:
            self._lists[scope, language] = commands

    def get(self, scope: Scope, language: str) -> list[dict[str, str]]:
        return self._lists.get((scope, language), [])

    def visible(self, chat: Chat, user_id: int, language: str) -> list[dict[str, str]]:
        """The most specific list: scope first, in each the person's language before none."""
        for scope in _scopes_seen(chat, user_id):
            for code in (language[:2], ""):
                if (scope, code) in self._lists:
                    return self._lists[scope, code]
        return []


def read_scope(value: Any) -> Scope:
    """A BotCommandScope object as a key; None means the default scope. Raises ApiError 400."""
    if value is None:
        return DEFAULT
    if not isinstance(value, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = value.get("type")
    if kind in _PLAIN:
        return (str(kind), 0, 0)
    if kind not in ("chat", "chat_administrators", "chat_member"):
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if not value.get("chat_id"):
        raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
    user_id = int(value.get("user_id") or 0)
    if kind == "chat_member" and not user_id:
        raise bad_request("can't parse BotCommandScope: Invalid user_id specified")
    return (str(kind), int(value["chat_id"]), user_id if kind == "chat_member" else 0)


def _scopes_seen(chat: Chat, user_id: int) -> list[Scope]:
    if chat.private:
        return [("chat", chat.id, 0), ("all_private_chats", 0, 0), DEFAULT]
    scopes: list[Scope] = [("chat_member", chat.id, user_id)]
    leads = chat.members.get(user_id) in ("creator", "administrator")
    if leads:
        scopes.append(("chat_administrators", chat.id, 0))
    scopes.append(("chat", chat.id, 0))
    if leads:
        scopes.append(("all_chat_administrators", 0, 0))
    return [*scopes, ("all_group_chats", 0, 0), DEFAULT]
