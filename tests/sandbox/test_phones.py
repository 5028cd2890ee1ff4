"""What people do, and what their client would not let them do."""

from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.sandbox import PersonError, Sandbox
from tests.sandbox.samples import BUDI, Call, picture

ASK = InlineKeyboardMarkup([[InlineKeyboardButton("Ya", callback_data="ya")]])
STALE = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def last_update(sandbox: Sandbox) -> dict[str, Any]:
    return sandbox.updates.pending()[-1].update


async def test_a_press_is_answered_once(sandbox: Sandbox, bot: Bot, call: Call) -> None:
    sent = await bot.send_message(BUDI, "Betul?", reply_markup=ASK)
    press = sandbox.press(BUDI, sent.message_id, "ya")
    [update] = await bot.get_updates()
    query = update.callback_query
    assert query
    assert (query.data, query.from_user.id, update.update_id) == ("ya", BUDI, press.update_id)
    assert query.message
    assert query.message.is_accessible
    assert press.answer is None
    await query.answer("Baik", show_alert=True)
    assert press.answer == {"text": "Baik", "show_alert": True, "url": ""}
    assert (await call("answerCallbackQuery", callback_query_id=press.id))["description"] == STALE


async def test_an_old_press_cannot_be_answered(sandbox: Sandbox, call: Call) -> None:
    press = sandbox.press(BUDI, sandbox.history(BUDI)[0]["message_id"], "ya")
    sandbox.clock.offset = 151
    assert (await call("answerCallbackQuery", callback_query_id=press.id))["description"] == STALE


async def test_pressing_twice_makes_two_updates(sandbox: Sandbox, bot: Bot) -> None:
    sent = await bot.send_message(BUDI, "Betul?", reply_markup=ASK)
    first, second = (sandbox.press(BUDI, sent.message_id, "ya") for _ in range(2))
    assert first.id != second.id
    assert first.update_id
    assert second.update_id == first.update_id + 1


async def test_a_press_on_a_deleted_message_is_inaccessible(sandbox: Sandbox, bot: Bot) -> None:
    sent = await bot.send_message(BUDI, "Betul?", reply_markup=ASK)
    await sent.delete()
    sandbox.press(BUDI, sent.message_id, "ya")
    [update] = await bot.get_updates()
    assert update.callback_query
    assert update.callback_query.message
    assert not update.callback_query.message.is_accessible


async def test_the_reply_keyboard(sandbox: Sandbox, bot: Bot) -> None:
    rows = [
        [KeyboardButton("Lapor"), KeyboardButton("Nomor saya", request_contact=True)],
        [KeyboardButton("Lokasi", request_location=True)],
    ]
    await bot.send_message(BUDI, "Pilih", reply_markup=ReplyKeyboardMarkup(rows))
    assert [button["text"] for button in sandbox.reply_keyboard(BUDI)] == ["Lapor", "Nomor saya", "Lokasi"]
    assert sandbox.tap_keyboard(BUDI, "Lapor")["text"] == "Lapor"
    assert sandbox.tap_keyboard(BUDI, "Nomor saya")["contact"]["user_id"] == BUDI
    place = sandbox.tap_keyboard(BUDI, "Lokasi", 0.9, 104.4)["location"]
    assert place == {"latitude": 0.9, "longitude": 104.4}
    with pytest.raises(PersonError):
        sandbox.tap_keyboard(BUDI, "Lokasi")
    with pytest.raises(PersonError):
        sandbox.tap_keyboard(BUDI, "Tidak ada")
    await bot.send_message(BUDI, "Selesai", reply_markup=ReplyKeyboardRemove())
    assert sandbox.reply_keyboard(BUDI) == []


def test_starting_with_a_payload(sandbox: Sandbox) -> None:
    sandbox.start(BUDI, "nilai_12-a")
    assert last_update(sandbox)["message"]["text"] == "/start nilai_12-a"
    for payload in ("", "a b", "a" * 65, "é"):
        with pytest.raises(PersonError):
            sandbox.start(BUDI, payload)


def test_blocking_tells_the_bot_and_stops_writing(sandbox: Sandbox) -> None:
    sandbox.block(BUDI)
    change = last_update(sandbox)["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    with pytest.raises(PersonError):
        sandbox.send_text(BUDI, "halo")
    sandbox.start(BUDI)
    kinds = [next(key for key in queued.update if key != "update_id") for queued in sandbox.updates.pending()]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]


def test_a_long_text_goes_out_in_pieces(sandbox: Sandbox) -> None:
    sandbox.send_text(BUDI, "kata " * 1000)
    pieces = [queued.update["message"]["text"] for queued in sandbox.updates.pending()]
    assert len(pieces) == 2
    assert all(len(piece) <= 4096 for piece in pieces)
    assert " ".join(pieces).split() == ["kata"] * 1000


def test_an_album_arrives_as_separate_messages(sandbox: Sandbox, jpeg: bytes) -> None:
    sandbox.send_album(BUDI, [jpeg, picture(10, 10)], "dua")
    messages = [queued.update["message"] for queued in sandbox.updates.pending()]
    assert messages[0]["media_group_id"] == messages[1]["media_group_id"]
    assert ["caption" in message for message in messages] == [True, False]


def test_editing_keeps_the_message_and_tells_the_bot(sandbox: Sandbox, jpeg: bytes) -> None:
    sent = sandbox.send_text(BUDI, "lama /x")
    edited = sandbox.edit_text(BUDI, sent["message_id"], "baru")
    assert (edited["message_id"], edited["text"], "entities" in edited) == (sent["message_id"], "baru", False)
    assert last_update(sandbox)["edited_message"]["edit_date"]
    photo = sandbox.send_photo(BUDI, jpeg, "lama")
    assert sandbox.edit_text(BUDI, photo["message_id"], "baru")["caption"] == "baru"


async def test_only_ones_own_message_is_edited(sandbox: Sandbox, bot: Bot) -> None:
    sent = await bot.send_message(BUDI, "dari bot")
    with pytest.raises(PersonError):
        sandbox.edit_text(BUDI, sent.message_id, "diubah")


@pytest.mark.parametrize("data", ["", "x" * 65])
def test_a_client_cannot_press_such_data(sandbox: Sandbox, data: str) -> None:
    with pytest.raises(PersonError):
        sandbox.press(BUDI, 1, data)


def test_what_a_client_refuses(sandbox: Sandbox) -> None:
    for attempt in (
        lambda: sandbox.send_text(BUDI, "  "),
        lambda: sandbox.send_photo(BUDI, b"no picture"),
        lambda: sandbox.send_text(404, "halo"),
        lambda: sandbox.send_text(BUDI, "halo", chat_id=-404),
        lambda: sandbox.add_person("Kembar", BUDI),
    ):
        with pytest.raises(PersonError):
            attempt()


async def test_the_transcript_reads_like_the_chat(sandbox: Sandbox, bot: Bot) -> None:
    sandbox.send_location(BUDI, 0.9, 104.4)
    await bot.send_message(BUDI, "Betul?", reply_markup=ASK)
    lines = sandbox.transcript(BUDI).splitlines()
    assert lines[0].endswith("Budi: /start")
    assert lines[1].endswith("Budi: <location> 0.9, 104.4")
    assert lines[2].endswith("GurindamDemoBot: Betul?")
    assert lines[3].strip() == "[Ya]"
