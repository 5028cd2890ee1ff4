"""What a person writes and sends."""

import re
from typing import Any

from bot.sandbox.methods.content import LONGEST_TEXT, quoted
from bot.sandbox.methods.detection import detect
from bot.sandbox.methods.entities import utf16_length
from bot.sandbox.state.errors import PersonError
from bot.sandbox.state.files import NotAPictureError, describe, describe_photo
from bot.sandbox.state.people import ANONYMOUS_ADMIN, Chat, Person
from bot.sandbox.state.world import World


class Writing(World):
    """`chat_id` is always the private chat with the bot unless a group is named.

    Every `send_…` returns the message as Telegram JSON; PersonError tells what a real client would refuse.
    """

    def add_person(
        self,
        first_name: str,
        person_id: int | None = None,
        language_code: str = "id",
        last_name: str = "",
        username: str = "",
        label: str = "",
        colour: str = "",
        phone_number: str = "",
    ) -> Person:
        """Add a persona with an empty private chat; `label` and `colour` are for the page."""
        person_id = person_id or 1001 + len(self.people)
        if person_id in self.people:
            raise PersonError(f"person {person_id} exists already")
        person = Person(person_id, first_name, language_code, last_name, username, label, colour, phone_number)
        self.people[person.id] = person
        self.add_chat(Chat(person.id, "private", person=person))
        self.events.publish("people", {})
        return person

    def set_language(self, person_id: int, language_code: str) -> None:
        """What the person's next updates carry as language_code."""
        self.person(person_id).language_code = language_code
        self.events.publish("commands", {})

    def send_text(
        self,
        person_id: int,
        text: str,
        reply_to: int | None = None,
        chat_id: int | None = None,
        anonymous: bool = False,
    ) -> dict[str, Any]:
        """Write; a text over 4096 goes out in pieces as from a real client, and the last one is returned.

        `anonymous` posts as the group itself, as its administrators may.
        """
        text = text.strip()
        if not text:
            raise PersonError("nothing to send")
        message: dict[str, Any] = {}
        for piece in _pieces(text):
            entities = detect(piece, [])
            body = {"text": piece, "entities": entities} if entities else {"text": piece}
            message = self._say(person_id, body, chat_id, reply_to, anonymous)
        return message

    def send_photo(
        self,
        person_id: int,
        data: bytes,
        caption: str | None = None,
        media_group: str | None = None,
        chat_id: int | None = None,
        reply_to: int | None = None,
    ) -> dict[str, Any]:
        """Send a picture any image library can read; photos of one album share a `media_group`."""
        try:
            sizes = self.files.add_photo(data)
        except NotAPictureError as reason:
            raise PersonError(f"not a picture: {reason}") from None
        body = {"photo": describe_photo(sizes), **captioned(caption), **_grouped(media_group)}
        return self._say(person_id, body, chat_id, reply_to)

    def send_album(self, person_id: int, photos: list[bytes], caption: str | None = None) -> list[dict[str, Any]]:
        """Send 2 to 10 photos at once; they arrive as separate updates, the caption on the first."""
        group = str(self.serial())
        first = self.send_photo(person_id, photos[0], caption, group)
        return [first, *(self.send_photo(person_id, each, None, group) for each in photos[1:])]

    def send_file(
        self,
        person_id: int,
        kind: str,
        data: bytes,
        name: str,
        mime: str | None = None,
        caption: str | None = None,
        duration: int = 0,
        size: int | None = None,
        media_group: str | None = None,
        chat_id: int | None = None,
        reply_to: int | None = None,
    ) -> dict[str, Any]:
        """Send a document, voice, audio or video; `size` declares more bytes than there are."""
        file = self.files.add(kind, data, name, mime, size)
        body = {kind: describe(file, duration), **captioned(caption), **_grouped(media_group)}
        return self._say(person_id, body, chat_id, reply_to)

    def send_document(self, person_id: int, data: bytes, name: str = "berkas.pdf", **options: Any) -> dict[str, Any]:
        return self.send_file(person_id, "document", data, name, **options)

    def send_voice(self, person_id: int, data: bytes, duration: int = 3, **options: Any) -> dict[str, Any]:
        return self.send_file(person_id, "voice", data, "suara.ogg", mime="audio/ogg", duration=duration, **options)

    def send_video(self, person_id: int, data: bytes, duration: int = 5, **options: Any) -> dict[str, Any]:
        return self.send_file(person_id, "video", data, "video.mp4", mime="video/mp4", duration=duration, **options)

    def send_sticker(self, person_id: int, emoji: str = "👍", chat_id: int | None = None) -> dict[str, Any]:
        file = self.files.add("sticker", emoji.encode(), "sticker.webp", "image/webp")
        return self._say(person_id, {"sticker": {**describe(file), "emoji": emoji}}, chat_id)

    def send_location(
        self,
        person_id: int,
        latitude: float,
        longitude: float,
        reply_to: int | None = None,
        chat_id: int | None = None,
    ) -> dict[str, Any]:
        body = {"location": {"latitude": latitude, "longitude": longitude}}
        return self._say(person_id, body, chat_id, reply_to)

    def send_contact(
        self, person_id: int, other: dict[str, Any] | None = None, reply_to: int | None = None
    ) -> dict[str, Any]:
        """Send one's own contact, or `other` (phone_number, first_name, optionally user_id)."""
        person = self.person(person_id)
        own = {"phone_number": person.phone_number, "first_name": person.first_name, "user_id": person.id}
        return self._say(person_id, {"contact": other or own}, None, reply_to)

    def chat_of(self, person_id: int, chat_id: int | None = None) -> Chat:
        """The chat a person names; raises PersonError where they are not in it."""
        person = self.person(person_id)
        chat = self.chats.get(chat_id or person.id)
        if chat is None or person.id not in self.watchers(chat):
            raise PersonError("not a member of this chat")
        return chat

    def _say(
        self,
        person_id: int,
        body: dict[str, Any],
        chat_id: int | None = None,
        reply_to: int | None = None,
        anonymous: bool = False,
    ) -> dict[str, Any]:
        chat = self.chat_of(person_id, chat_id)
        if chat.private and chat.bot_status == "kicked":
            raise PersonError("the bot is blocked")
        if chat.private and chat.bot_status == "left":
            chat.bot_status = "member"
            self.events.publish("bot_status", {"chat_id": chat.id, "status": "member"}, [person_id])
        author = {**ANONYMOUS_ADMIN} if anonymous else self.person(person_id).user()
        target = chat.messages.get(reply_to or 0)
        reply = {"reply_to_message": quoted(target)} if target else {}
        sender = {"sender_chat": chat.card(), "author_signature": ""} if anonymous else {}
        message = self.post(chat, author, {**sender, **reply, **body})
        if chat.private or self._heard_in_group(chat, message.content):
            self.tell_bot("message", message.for_bot(), str(chat.id))
        return message.for_people()

    def _heard_in_group(self, chat: Chat, content: dict[str, Any]) -> bool:
        """Privacy mode: a bot that is no administrator gets commands, mentions of it and replies to it."""
        if chat.bot_status != "member":
            return chat.bot_status == "administrator"
        text = content.get("text", content.get("caption", ""))
        replied = content.get("reply_to_message", {}).get("from", {}).get("id")
        command = re.match(r"/\w+(@\w+)?", text)
        name = f"@{self.bot.username}".lower()
        addressed = command is not None and (command[1] or name).lower() == name
        return addressed or name in text.lower() or replied == self.bot.id


def captioned(caption: str | None) -> dict[str, Any]:
    return {"caption": caption} if caption else {}


def _grouped(media_group: str | None) -> dict[str, Any]:
    return {"media_group_id": media_group} if media_group else {}


def _pieces(text: str) -> list[str]:
    """The text in pieces a message can hold, cut at line ends or spaces where there are any."""
    pieces = []
    while utf16_length(text) > LONGEST_TEXT:
        end = LONGEST_TEXT
        while utf16_length(text[:end]) > LONGEST_TEXT:
            end -= 1
        cut = max(text.rfind("\n", 0, end), text.rfind(" ", 0, end))
        end = cut if cut > 0 else end
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [*pieces, text]
