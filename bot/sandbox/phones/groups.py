"""Groups: making them, letting the bot in and out, and the upgrade to a supergroup."""

from bot.sandbox.methods.chats import member_update
from bot.sandbox.phones.actions import Actions
from bot.sandbox.state.errors import PersonError
from bot.sandbox.state.people import Chat


class Groups:
    """What members do with a group; ids are Telegram's: negative, a supergroup's begins with -100."""

    def __init__(self, world: Actions) -> None:
        self._world = world

    def create(self, title: str, members: list[int], chat_id: int | None = None) -> Chat:
        """A new group; the first member owns it."""
        if not members:
            raise PersonError("a group needs a member")
        roles = {self._world.person(person_id).id: "member" for person_id in members}
        roles[members[0]] = "creator"
        chat = Chat(chat_id or -self._world.serial(), "group", title, members=roles)
        self._world.add_chat(chat)
        self._world.events.publish("chats", {}, members)
        return chat

    def set_bot(self, chat_id: int, status: str, by: int) -> None:
        """Add, promote, remove or ban the bot: status "member", "administrator", "left" or "kicked"."""
        world, chat = self._world, self._world.chat_of(by, chat_id)
        actor = world.person(by).user()
        old, chat.bot_status = chat.bot_status, status
        present, was = status in ("member", "administrator"), old in ("member", "administrator")
        change = member_update(world, chat, actor, old, status)
        world.tell_bot("my_chat_member", change, f"member:{chat.id}")
        if present and not was:
            message = world.post(chat, actor, {"new_chat_members": [world.bot.user()]})
            world.tell_bot("message", message.for_bot(), str(chat.id))
        elif was and not present:
            world.post(chat, actor, {"left_chat_member": world.bot.user()})

    def promote(self, chat_id: int, person_id: int) -> None:
        """Make a member an administrator."""
        self._world.chat_of(person_id, chat_id).members[person_id] = "administrator"

    def migrate(self, chat_id: int) -> Chat:
        """Upgrade to a supergroup: a new chat, service messages in both, the old id names the new one."""
        world, old = self._world, self._world.chats[chat_id]
        new_id = int(f"-100{abs(chat_id)}")
        new = Chat(new_id, "supergroup", old.title, members=dict(old.members), bot_status=old.bot_status)
        world.add_chat(new)
        owner = world.person(next(iter(old.members))).user()
        for chat, body in ((old, {"migrate_to_chat_id": new_id}), (new, {"migrate_from_chat_id": chat_id})):
            message = world.post(chat, owner, body)
            world.tell_bot("message", message.for_bot(), str(chat.id))
        old.migrated_to = new_id
        world.events.publish("chats", {}, old.members)
        return new
