"""How the bot presents itself: commands, names and descriptions per language, menu button."""

import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.methods.parameters import Parameters
from bot.sandbox.state.commands import read_scope
from bot.sandbox.state.errors import bad_request
from bot.sandbox.state.world import World

MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MENU_BUTTONS = ("commands", "web_app", "default")


def get_me(world: World, _: Parameters) -> dict[str, Any]:
    return {
        **world.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def set_my_commands(world: World, parameters: Parameters) -> bool:
    commands = parameters.tree("commands", "commands") or []
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    checked = [_command(each) for each in commands]
    if len(checked) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    scope = read_scope(parameters.tree("scope", "BotCommandScope"))
    if scope[1]:
        world.chat_for_bot(str(scope[1]), write=False)
    world.commands.set(scope, _language(parameters), checked)
    world.events.publish("commands", {})
    return True


def delete_my_commands(world: World, parameters: Parameters) -> bool:
    scope = read_scope(parameters.tree("scope", "BotCommandScope"))
    world.commands.set(scope, _language(parameters), [])
    world.events.publish("commands", {})
    return True


def get_my_commands(world: World, parameters: Parameters) -> list[dict[str, str]]:
    scope = read_scope(parameters.tree("scope", "BotCommandScope"))
    return world.commands.get(scope, _language(parameters))


def _command(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(value.get("command", "")).strip().removeprefix("/")
    description = str(value.get("description", "")).strip()
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > 32:
        raise bad_request("command length must not exceed 32")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > 256:
        raise bad_request("command description length must not exceed 256")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


def _language(parameters: Parameters) -> str:
    code = parameters.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def text_setter(field: str, table: str, longest: int) -> Callable[[World, Parameters], bool]:
    """The method that stores one of the bot's texts per language."""

    def set_text(world: World, parameters: Parameters) -> bool:
        text = parameters.text(field)
        if len(text) > longest:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        texts: dict[str, str] = getattr(world.bot, table)
        texts[_language(parameters)] = text
        world.events.publish("bot", {})
        return True

    return set_text


def set_chat_menu_button(world: World, parameters: Parameters) -> bool:
    button = parameters.tree("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in _MENU_BUTTONS:
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    if parameters.text("chat_id"):
        chat = world.chat_for_bot(parameters.text("chat_id"))
        chat.menu_button = None if button["type"] == "default" else button
    else:
        world.menu_button = {"type": "commands"} if button["type"] == "default" else button
    world.events.publish("commands", {})
    return True
