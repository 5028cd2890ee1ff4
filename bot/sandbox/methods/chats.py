"""What the bot may know about chats and their members."""

from typing import Any

from bot.sandbox.methods.parameters import Parameters
from bot.sandbox.state.errors import bad_request
from bot.sandbox.state.people import Chat
from bot.sandbox.state.world import World

_ADMINISTRATOR_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_pin_messages", "can_manage_topics",
)  # fmt: skip


def get_chat(world: World, parameters: Parameters) -> dict[str, Any]:
    chat = world.chat_for_bot(parameters.text("chat_id"), write=False)
    gifts = dict.fromkeys(
        (
            "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels",
        ),
        False,
    )  # fmt: skip
    full = {
        **chat.card(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": gifts,
    }
    if chat.pinned in chat.messages:
        full["pinned_message"] = chat.messages[chat.pinned].for_bot()
    return full


def get_chat_member(world: World, parameters: Parameters) -> dict[str, Any]:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    user_id = parameters.integer("user_id")
    if user_id == world.bot.id:
        return member(world.bot.user(), chat.bot_status)
    if user_id not in world.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    status = "member" if chat.id == user_id else chat.members.get(user_id, "left")
    return member(world.people[user_id].user(), status)


def get_chat_administrators(world: World, parameters: Parameters) -> list[dict[str, Any]]:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    leads = [
        member(world.people[person_id].user(), status)
        for person_id, status in chat.members.items()
        if status in ("creator", "administrator")
    ]
    if chat.bot_status == "administrator":
        leads.append(member(world.bot.user(), chat.bot_status))
    return leads


def member(user: dict[str, Any], status: str) -> dict[str, Any]:
    """Telegram's ChatMember with every field its status requires."""
    fields: dict[str, Any] = {"user": user, "status": status}
    if status == "creator":
        fields["is_anonymous"] = False
    if status == "administrator":
        fields.update({right: right not in ("is_anonymous", "can_be_edited") for right in _ADMINISTRATOR_RIGHTS})
    if status == "kicked":
        fields["until_date"] = 0
    return fields


def member_update(world: World, chat: Chat, actor: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """Telegram's ChatMemberUpdated about the bot itself."""
    return {
        "chat": chat.card(),
        "from": actor,
        "date": int(world.clock.now()),
        "old_chat_member": member(world.bot.user(), old),
        "new_chat_member": member(world.bot.user(), new),
    }


def leave_chat(world: World, parameters: Parameters) -> bool:
    chat = world.chat_for_bot(parameters.text("chat_id"))
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    old, chat.bot_status = chat.bot_status, "left"
    world.post(chat, world.bot.user(), {"left_chat_member": world.bot.user()})
    change = member_update(world, chat, world.bot.user(), old, "left")
    world.tell_bot("my_chat_member", change, f"member:{chat.id}")
    return True
