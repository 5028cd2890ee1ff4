"""The sandbox as tests and the demo hold it."""

import time
from collections.abc import Callable
from typing import Any

from bot.sandbox.calls import Calls
from bot.sandbox.phones.actions import Actions
from bot.sandbox.phones.groups import Groups
from bot.sandbox.phones.transcript import write_transcript
from bot.sandbox.state.people import Chat, Person


class Sandbox(Actions):
    """Bot, people and chats; `calls` is the Bot API's door, `groups` the groups' doings."""

    def __init__(self, username: str, limits: bool, now: Callable[[], float]) -> None:
        super().__init__(username, limits, now)
        self.groups = Groups(self)
        self.calls = Calls(self)

    def history(self, person_id: int, chat_id: int | None = None) -> list[dict[str, Any]]:
        """The chat's messages, oldest first, as Telegram JSON with whatever keyboard came with each."""
        return [message.for_people() for message in self.chat_of(person_id, chat_id).messages.values()]

    def transcript(self, person_id: int, chat_id: int | None = None) -> str:
        return write_transcript(self.chat_of(person_id, chat_id).messages.values())

    def chats_of(self, person_id: int) -> list[Chat]:
        """The private chat first, then the person's groups."""
        person = self.person(person_id)
        groups = [each for each in self.chats.values() if person.id in each.members and not each.migrated_to]
        return [self.chats[person.id], *groups]

    def commands_for(self, person_id: int, chat_id: int | None = None) -> list[dict[str, str]]:
        """Commands the person sees in the menu, by scope and language."""
        person: Person = self.person(person_id)
        return self.commands.visible(self.chat_of(person_id, chat_id), person_id, person.language_code)

    def pending_updates(self) -> int:
        """Updates the bot has not confirmed yet."""
        return len(self.updates.pending())

    def redeliver(self, update_id: int) -> bool:
        """Give the bot an update again under its old id; False when it is no longer remembered."""
        return self.updates.repeat(update_id)

    def revoke(self, token: str) -> None:
        """From now on the token answers 401."""
        self.revoked.add(token)

    async def close(self) -> None:
        """End event streams, waiting polls and webhook posts."""
        self.events.close()
        self.updates.end_poll("Conflict: terminated by the end of the sandbox")
        await self.calls.close()


def create_sandbox(
    username: str = "GurindamDemoBot", limits: bool = True, now: Callable[[], float] = time.time
) -> Sandbox:
    """A fresh sandbox without people; `now` gives seconds since 1970, `limits` switches the flood limits."""
    return Sandbox(username, limits, now)
