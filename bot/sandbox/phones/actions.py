"""What a person does on the phone besides writing: open, tap, press, edit, block."""

import re
from typing import Any

from bot.sandbox.methods.chats import member_update
from bot.sandbox.methods.detection import detect
from bot.sandbox.phones.writing import Writing, captioned
from bot.sandbox.state.errors import PersonError
from bot.sandbox.state.people import Press
from bot.sandbox.state.updates import CALLBACK_LIFETIME

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Actions(Writing):
    """Everything a person can do; see Writing for what all calls share."""

    def start(self, person_id: int, payload: str | None = None) -> dict[str, Any]:
        """Open the bot, or a deep link to it; unblocks it first, as the client's button does."""
        if payload is not None and not _PAYLOAD.fullmatch(payload):
            raise PersonError("a start payload is 1 to 64 of A-Z a-z 0-9 _ -")
        if self.chats[self.person(person_id).id].bot_status == "kicked":
            self.unblock(person_id)
        return self.send_text(person_id, f"/start {payload}" if payload else "/start")

    def tap_keyboard(
        self, person_id: int, label: str, latitude: float | None = None, longitude: float | None = None
    ) -> dict[str, Any]:
        """Tap a button of the reply keyboard: sends its text, the own contact, or the place given."""
        button = next((each for each in self.reply_keyboard(person_id) if each["text"] == label), None)
        if button is None:
            raise PersonError(f"no such button: {label}")
        if button.get("request_contact"):
            return self.send_contact(person_id)
        if button.get("request_location"):
            if latitude is None or longitude is None:
                raise PersonError("this button sends a place: give latitude and longitude")
            return self.send_location(person_id, latitude, longitude)
        return self.send_text(person_id, label)

    def reply_keyboard(self, person_id: int) -> list[dict[str, Any]]:
        """Buttons of the reply keyboard the person has before them, row by row in one list."""
        for message in reversed(self.chats[self.person(person_id).id].messages.values()):
            if message.markup and "keyboard" in message.markup:
                return [button for row in message.markup["keyboard"] for button in row]
            if message.markup and "remove_keyboard" in message.markup:
                return []
        return []

    def edit_text(self, person_id: int, message_id: int, text: str, chat_id: int | None = None) -> dict[str, Any]:
        """Change one's own text, or the caption where the message has a file."""
        chat = self.chat_of(person_id, chat_id)
        message = chat.messages.get(message_id)
        if message is None or message.content["from"]["id"] != person_id:
            raise PersonError("only one's own message can be edited")
        old = ("text", "entities", "caption", "caption_entities")
        field = "text" if "text" in message.content else "caption"
        content = {name: value for name, value in message.content.items() if name not in old}
        content["edit_date"] = int(self.clock.now())
        content |= {"text": text} if field == "text" else captioned(text)
        entities = detect(text, [])
        if entities:
            content["entities" if field == "text" else "caption_entities"] = entities
        self.change(chat, message, content, message.markup)
        self.tell_bot("edited_message", message.for_bot(), str(chat.id))
        return message.for_people()

    def press(self, person_id: int, message_id: int, data: str, chat_id: int | None = None) -> Press:
        """Press an inline button, or forge one: any data of 1 to 64 bytes on any message.

        Pressing twice gives two presses with update ids of their own, as when a client sends again.
        A message deleted meanwhile reaches the bot as inaccessible.
        """
        chat = self.chat_of(person_id, chat_id)
        if not 1 <= len(data.encode()) <= 64:
            raise PersonError("callback data is 1 to 64 bytes")
        message = chat.messages.get(message_id)
        shown = message.for_bot() if message else {"chat": chat.card(), "message_id": message_id, "date": 0}
        expires_at = self.clock.now() + CALLBACK_LIFETIME
        press_id = f"{abs(chat.id)}{self.serial()}"
        press = Press(press_id, person_id, chat.id, message_id, data, expires_at)
        self.presses[press.id] = press
        query = {"id": press.id, "from": self.person(person_id).user(), "message": shown}
        query |= {"chat_instance": str(chat.id), "data": data}
        press.update_id = self.tell_bot("callback_query", query, f"callback:{person_id}", CALLBACK_LIFETIME)
        return press

    def block(self, person_id: int) -> None:
        self._set_bot_status(person_id, "kicked")

    def unblock(self, person_id: int) -> None:
        self._set_bot_status(person_id, "member")

    def deactivate(self, person_id: int) -> None:
        """Delete the person's account."""
        self.person(person_id).deactivated = True

    def _set_bot_status(self, person_id: int, status: str) -> None:
        chat = self.chats[self.person(person_id).id]
        if chat.bot_status == status:
            return
        old, chat.bot_status = chat.bot_status, status
        change = member_update(self, chat, self.person(person_id).user(), old, status)
        self.tell_bot("my_chat_member", change, f"member:{chat.id}")
        self.events.publish("bot_status", {"chat_id": chat.id, "status": status}, [person_id])
