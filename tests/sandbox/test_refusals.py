"""Refusals that need something to have happened before, and what stays allowed beside them."""

from bot.sandbox import Sandbox
from bot.sandbox.methods.parameters import Upload
from tests.sandbox.samples import BUDI, Call, inline, picture

BUTTON = {"text": "Ya", "callback_data": "ya"}


async def test_the_limits_themselves_are_allowed(call: Call) -> None:
    assert (await call("sendMessage", chat_id=BUDI, text="<b>" + "a" * 4096 + "</b>", parse_mode="HTML"))["ok"]
    full = inline(*[{**BUTTON, "callback_data": "d" * 64}] * 100)
    assert (await call("sendMessage", chat_id=BUDI, text="x", reply_markup=full))["ok"]
    commands = [{"command": f"c{n}", "description": "x"} for n in range(100)]
    assert (await call("setMyCommands", commands=commands))["ok"]


async def test_an_edit_that_changes_nothing_is_refused(call: Call) -> None:
    sent = (await call("sendMessage", chat_id=BUDI, text="<b>Halo</b>", parse_mode="HTML"))["result"]
    same = await call(
        "editMessageText", chat_id=BUDI, message_id=sent["message_id"], text="<b>Halo</b>", parse_mode="HTML"
    )
    assert same["description"] == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly"
        " the same as a current content and reply markup of the message"
    )
    edited = await call(
        "editMessageText",
        chat_id=BUDI,
        message_id=sent["message_id"],
        text="Halo",
        reply_markup=inline(BUTTON),
    )
    assert edited["result"]["reply_markup"] == inline(BUTTON)


async def test_what_cannot_be_edited(sandbox: Sandbox, call: Call, jpeg: bytes) -> None:
    theirs = sandbox.send_text(BUDI, "Lapor")["message_id"]
    keyboard = await call("sendMessage", chat_id=BUDI, text="x", reply_markup={"keyboard": [["Ya"]]})
    photo = await call("sendPhoto", chat_id=BUDI, files={"photo": Upload("p.jpg", jpeg)})
    text = await call("sendMessage", chat_id=BUDI, text="x")
    rows = [
        ("editMessageText", theirs, "message can't be edited"),
        ("editMessageText", keyboard["result"]["message_id"], "message can't be edited"),
        (
            "editMessageText",
            photo["result"]["message_id"],
            "there is no text in the message to edit",
        ),
        (
            "editMessageCaption",
            text["result"]["message_id"],
            "there is no caption in the message to edit",
        ),
    ]
    media = {"type": "photo", "media": "attach://new"}
    rows.append(("editMessageMedia", text["result"]["message_id"], "there is no media in the message to edit"))
    for method, message_id, reason in rows:
        files = {"new": Upload("p.jpg", jpeg)}
        answer = await call(
            method, chat_id=BUDI, message_id=message_id, text="baru", caption="baru", media=media, files=files
        )
        assert answer["description"] == f"Bad Request: {reason}"


async def test_only_inline_keyboards_can_be_put_by_an_edit(call: Call) -> None:
    sent = (await call("sendMessage", chat_id=BUDI, text="x"))["result"]
    for markup in ({"keyboard": [["Ya"]]}, {"remove_keyboard": True}):
        answer = await call(
            "editMessageText", chat_id=BUDI, message_id=sent["message_id"], text="y", reply_markup=markup
        )
        assert answer["description"] == "Bad Request: inline keyboard expected"


async def test_reactions_are_emoji(sandbox: Sandbox, call: Call) -> None:
    message_id = sandbox.send_text(BUDI, "halo")["message_id"]
    rows = [({"type": "emoji"}, "expected an Array of ReactionType"), ([{"type": "star"}], "REACTION_INVALID")]
    for reaction, reason in rows:
        answer = await call("setMessageReaction", chat_id=BUDI, message_id=message_id, reaction=reaction)
        assert answer["description"] == f"Bad Request: {reason}"


async def test_files_are_weighed(call: Call) -> None:
    for method, field, size in (("sendDocument", "document", 50 << 20), ("sendPhoto", "photo", 10 << 20)):
        answer = await call(method, chat_id=BUDI, files={field: Upload("x", bytes(size + 1))})
        assert answer["description"] == "Bad Request: file is too big"


async def test_a_reply_to_nothing_may_be_allowed(call: Call) -> None:
    reply = {"message_id": 1, "allow_sending_without_reply": True}
    sent = await call("sendMessage", chat_id=BUDI, text="x", reply_parameters=reply)
    assert "reply_to_message" not in sent["result"]


async def test_captions_and_pictures_are_measured(call: Call, jpeg: bytes) -> None:
    long = await call("sendPhoto", chat_id=BUDI, caption="a" * 1025, files={"photo": Upload("p", jpeg)})
    assert long["description"] == "Bad Request: message caption is too long"
    broken = await call("sendPhoto", chat_id=BUDI, files={"photo": Upload("p", b"no picture")})
    assert broken["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    strip = await call("sendPhoto", chat_id=BUDI, files={"photo": Upload("p", picture(2100, 100))})
    assert strip["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    empty = await call("sendDocument", chat_id=BUDI, files={"document": Upload("p", b"")})
    assert empty["description"] == "Bad Request: file must be non-empty"


async def test_a_file_keeps_its_kind(call: Call) -> None:
    sent = await call("sendDocument", chat_id=BUDI, files={"document": Upload("a.pdf", b"%PDF")})
    file_id = sent["result"]["document"]["file_id"]
    assert (await call("sendDocument", chat_id=BUDI, document=file_id))["ok"]
    answer = await call("sendVoice", chat_id=BUDI, voice=file_id)
    assert answer["description"] == "Bad Request: can't use file of type Document as Voice"


async def test_files_over_20_mb_cannot_be_fetched(sandbox: Sandbox, call: Call) -> None:
    sent = sandbox.send_document(BUDI, b"x", size=(20 << 20) + 1)
    answer = await call("getFile", file_id=sent["document"]["file_id"])
    assert answer["description"] == "Bad Request: file is too big"


async def test_people_who_cannot_be_written_to(sandbox: Sandbox, call: Call) -> None:
    stranger = sandbox.add_person("Siti").id
    answer = await call("sendMessage", chat_id=stranger, text="Halo")
    assert answer["description"] == "Forbidden: bot can't initiate conversation with a user"
    sandbox.block(BUDI)
    answer = await call("sendMessage", chat_id=BUDI, text="Halo")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was blocked by the user")
    sandbox.unblock(BUDI)
    assert (await call("sendMessage", chat_id=BUDI, text="Halo"))["ok"]
    sandbox.deactivate(BUDI)
    answer = await call("sendMessage", chat_id=BUDI, text="Halo")
    assert answer["description"] == "Forbidden: user is deactivated"


async def test_tokens(sandbox: Sandbox, call: Call) -> None:
    assert (await call("getMe", token="nonsense"))["description"] == "Not Found"
    assert (await call("getMe", token="99:any-other"))["result"]["id"] == 99
    assert (await call("nonsense"))["description"] == "Not Found: method not found"
    sandbox.revoke("99:any-other")
    refused = await call("getMe", token="99:any-other")
    assert (refused["error_code"], refused["description"]) == (401, "Unauthorized")


async def test_old_messages_cannot_be_deleted(sandbox: Sandbox, call: Call) -> None:
    sent = sandbox.send_text(BUDI, "lama")["message_id"]
    sandbox.clock.offset = 48 * 3600 + 10
    answer = await call("deleteMessage", chat_id=BUDI, message_id=sent)
    assert answer["description"] == "Bad Request: message can't be deleted for everyone"
