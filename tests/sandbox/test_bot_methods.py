"""python-telegram-bot's own Bot parses every answer of every method."""

import io
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    MenuButtonCommands,
    MenuButtonDefault,
    Message,
    MessageOriginUser,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest

from bot.sandbox import Sandbox
from tests.sandbox.samples import BUDI, picture

YES = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="ya")]])


async def test_who_am_i(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (123456, True, "GurindamDemoBot")


async def test_text_with_entities_keyboard_and_reply(sandbox: Sandbox, bot: Bot) -> None:
    asked = sandbox.send_text(BUDI, "Apa kabar?")
    sent = await bot.send_message(
        BUDI,
        "<b>Baik</b>",
        parse_mode="HTML",
        reply_markup=YES,
        reply_parameters=ReplyParameters(asked["message_id"]),
    )
    assert sent.text_html == "<b>Baik</b>"
    assert sent.reply_markup == YES
    assert sent.reply_to_message
    assert sent.reply_to_message.text == "Apa kabar?"
    assert sent.date.tzinfo
    assert sandbox.history(BUDI)[-1]["text"] == "Baik"


@pytest.mark.parametrize(
    "markup",
    [
        ReplyKeyboardMarkup([[KeyboardButton("Lokasi", request_location=True)]], input_field_placeholder="x"),
        ReplyKeyboardRemove(),
        ForceReply(input_field_placeholder="Tulis"),
    ],
)
async def test_only_inline_keyboards_are_echoed(sandbox: Sandbox, bot: Bot, markup: Any) -> None:
    sent = await bot.send_message(BUDI, "x", reply_markup=markup)
    assert sent.reply_markup is None
    assert sandbox.history(BUDI)[-1]["reply_markup"] == markup.to_dict()


async def test_a_photo_comes_in_sizes_and_can_be_fetched(bot: Bot, jpeg: bytes) -> None:
    sent = await bot.send_photo(BUDI, jpeg, caption="<i>Jalan</i>", parse_mode="HTML")
    assert [(size.width, size.height) for size in sent.photo] == [(90, 68), (320, 240), (640, 480)]
    assert sent.caption_html == "<i>Jalan</i>"
    file = await bot.get_file(sent.photo[-1].file_id)
    content = await file.download_as_bytearray()
    assert len(content) == file.file_size == sent.photo[-1].file_size
    again = await bot.send_photo(BUDI, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id


@pytest.mark.parametrize("kind", ["document", "voice", "video", "audio"])
async def test_files_go_and_come_back(bot: Bot, kind: str) -> None:
    data = b"content of the file"
    options = {} if kind == "document" else {"duration": 7}
    sent = await getattr(bot, f"send_{kind}")(BUDI, data, filename=f"isi.{kind}", caption="berkas", **options)
    attached = getattr(sent, kind)
    assert sent.caption == "berkas"
    assert attached.file_size == len(data)
    assert bytes(await (await attached.get_file()).download_as_bytearray()) == data
    assert attached.to_dict().get("duration") == options.get("duration")


async def test_a_file_handle_is_read(bot: Bot) -> None:
    handle = InputFile(io.BytesIO(b"abc"), filename="a.txt", read_file_handle=False)
    sent = await bot.send_document(BUDI, handle)
    assert sent.document
    assert (sent.document.file_size, sent.document.mime_type) == (3, "text/plain")


async def test_albums_share_a_group(bot: Bot, jpeg: bytes) -> None:
    photos = await bot.send_media_group(
        BUDI, [InputMediaPhoto(jpeg, caption="dua foto"), InputMediaPhoto(picture(100, 100))]
    )
    assert len({message.media_group_id for message in photos}) == 1
    assert [message.caption for message in photos] == ["dua foto", None]
    documents = await bot.send_media_group(BUDI, [InputMediaDocument(b"a"), InputMediaDocument(b"b")])
    assert documents[0].media_group_id != photos[0].media_group_id


async def test_places_and_contacts(bot: Bot) -> None:
    place = await bot.send_location(BUDI, 0.9167, 104.45)
    assert place.location
    assert (place.location.latitude, place.location.longitude) == (0.9167, 104.45)
    contact = await bot.send_contact(BUDI, "+62811", "Kantor", last_name="Camat")
    assert contact.contact
    assert contact.contact.last_name == "Camat"


async def test_edits(sandbox: Sandbox, bot: Bot, jpeg: bytes) -> None:
    sent = await bot.send_message(BUDI, "satu", reply_markup=YES)
    edited = await bot.edit_message_text("dua", BUDI, sent.message_id)
    assert edited.text == "dua"
    assert edited.edit_date
    assert edited.reply_markup is None
    marked = await bot.edit_message_reply_markup(BUDI, sent.message_id, reply_markup=YES)
    assert marked.reply_markup == YES
    photo = await bot.send_photo(BUDI, jpeg, caption="lama")
    captioned = await bot.edit_message_caption(BUDI, photo.message_id, caption="baru")
    assert captioned.caption == "baru"
    assert captioned.photo == photo.photo
    media = InputMediaPhoto(picture(320, 240, "navy"), "lain")
    changed = await bot.edit_message_media(media, BUDI, photo.message_id, reply_markup=YES)
    assert isinstance(changed, Message)
    assert (changed.caption, changed.reply_markup) == ("lain", YES)
    assert {size.file_id for size in changed.photo}.isdisjoint(size.file_id for size in photo.photo)
    assert await bot.delete_message(BUDI, sent.message_id)
    assert sent.message_id not in {message["message_id"] for message in sandbox.history(BUDI)}


async def test_copies_and_forwards(sandbox: Sandbox, bot: Bot, jpeg: bytes) -> None:
    photo = sandbox.send_photo(BUDI, jpeg, "lubang")
    siti = sandbox.add_person("Siti").id
    sandbox.start(siti)
    copied = await bot.copy_message(siti, BUDI, photo["message_id"], caption="salinan")
    shown = sandbox.history(siti)[-1]
    assert (shown["message_id"], shown["caption"]) == (copied.message_id, "salinan")
    assert shown["photo"] == photo["photo"]
    forwarded = await bot.forward_message(siti, BUDI, photo["message_id"])
    assert isinstance(forwarded.forward_origin, MessageOriginUser)
    assert forwarded.forward_origin.sender_user.id == BUDI
    secret = await bot.send_message(siti, "rahasia", protect_content=True)
    with pytest.raises(BadRequest, match="can't be copied"):
        await bot.copy_message(BUDI, siti, secret.message_id)


async def test_signs_pins_and_reactions(sandbox: Sandbox, bot: Bot) -> None:
    start = sandbox.events.last
    theirs = sandbox.send_text(BUDI, "halo")["message_id"]
    assert await bot.send_chat_action(BUDI, "typing")
    assert await bot.set_message_reaction(BUDI, theirs, "👍")
    assert await bot.pin_chat_message(BUDI, theirs)
    chat = await bot.get_chat(BUDI)
    assert chat.pinned_message
    assert chat.pinned_message.message_id == theirs
    kinds = [event.kind for event in sandbox.events.after(start) or []]
    assert kinds == ["message", "action", "edited", "message"]
    assert sandbox.history(BUDI)[1]["reactions"] == ["👍"]


async def test_commands_per_scope_and_language(sandbox: Sandbox, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("mulai", "Mulai")])
    await bot.set_my_commands([BotCommand("start", "Start")], language_code="en")
    await bot.set_my_commands([BotCommand("semua", "Semua")], scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([BotCommand("meja", "Meja")], scope=BotCommandScopeChat(BUDI))

    def names() -> list[str]:
        return [each["command"] for each in sandbox.commands_for(BUDI)]

    assert names() == ["meja"]
    assert await bot.delete_my_commands(scope=BotCommandScopeChat(BUDI))
    assert names() == ["semua"]
    await bot.delete_my_commands(scope=BotCommandScopeAllPrivateChats())
    assert names() == ["mulai"]
    sandbox.set_language(BUDI, "en-GB")
    assert names() == ["start"]
    assert [each.command for each in await bot.get_my_commands(language_code="en")] == ["start"]
    assert await bot.get_my_commands(scope=BotCommandScopeChat(BUDI)) == ()


async def test_profile(sandbox: Sandbox, bot: Bot) -> None:
    assert await bot.set_my_name("Gurindam")
    assert await bot.set_my_description("Suara warga")
    assert await bot.set_my_description("Voice of residents", language_code="en")
    assert await bot.set_my_short_description("Suara")
    assert await bot.set_chat_menu_button(BUDI, MenuButtonCommands())
    assert await bot.set_chat_menu_button(BUDI, MenuButtonDefault())
    assert (await bot.get_me()).first_name == "Gurindam"
    assert sandbox.bot.descriptions == {"": "Suara warga", "en": "Voice of residents"}


async def test_chat_and_member(bot: Bot) -> None:
    chat = await bot.get_chat(BUDI)
    assert (chat.type, chat.first_name) == ("private", "Budi")
    assert (await bot.get_chat_member(BUDI, BUDI)).status == "member"


async def test_a_webhook_is_described(bot: Bot, sandbox: Sandbox) -> None:
    await bot.set_webhook("https://kota.example.id/hook", secret_token="s", max_connections=5)
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.pending_update_count) == (
        "https://kota.example.id/hook",
        5,
        0,
    )
    await bot.delete_webhook(drop_pending_updates=True)
    assert (await bot.get_webhook_info()).url == ""
    await sandbox.close()


async def test_every_update_of_a_person_is_parsed(sandbox: Sandbox, bot: Bot, jpeg: bytes) -> None:
    sandbox.send_text(BUDI, "teks")
    sandbox.send_photo(BUDI, jpeg, "foto")
    sandbox.send_album(BUDI, [jpeg, picture(50, 50)], "album")
    sandbox.send_document(BUDI, b"%PDF", "surat.pdf")
    sandbox.send_voice(BUDI, b"ogg", duration=4)
    sandbox.send_video(BUDI, b"mp4")
    sandbox.send_file(BUDI, "audio", b"mp3", "lagu.mp3")
    sandbox.send_sticker(BUDI, "🙏")
    sandbox.send_location(BUDI, 0.9, 104.4)
    sandbox.send_contact(BUDI)
    mine = sandbox.send_text(BUDI, "salah")
    sandbox.edit_text(BUDI, mine["message_id"], "benar")
    sandbox.press(BUDI, mine["message_id"], "ya")
    sandbox.block(BUDI)
    sandbox.unblock(BUDI)
    updates = await bot.get_updates()
    assert len(updates) == 16
    assert not any(update.api_kwargs for update in updates)
    messages = [update.message for update in updates if update.message]
    attachments = [type(each.effective_attachment).__name__ for each in messages]
    assert attachments == [
        *("NoneType", "tuple", "tuple", "tuple", "Document", "Voice", "Video", "Audio", "Sticker"),
        *("Location", "Contact", "NoneType"),
    ]
    assert messages[-2].contact
    assert messages[-2].contact.user_id == BUDI
    kicked, back = (update.my_chat_member for update in updates[-2:])
    assert kicked
    assert back
    assert (kicked.new_chat_member.status, back.new_chat_member.status) == ("kicked", "member")
