"""Groups: privacy mode, members, anonymous administrators, the upgrade to a supergroup."""

from typing import Any

import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeChatAdministrators
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.sandbox import PersonError, Sandbox
from tests.sandbox.samples import BUDI, Call

SITI = 1002


@pytest.fixture
def group(sandbox: Sandbox) -> int:
    """Owned by Budi, with Siti and the bot in it."""
    sandbox.add_person("Siti", SITI)
    chat = sandbox.groups.create("Dinas", [BUDI, SITI])
    sandbox.groups.set_bot(chat.id, "member", by=BUDI)
    return chat.id


def heard(sandbox: Sandbox) -> list[str]:
    messages = [queued.update.get("message", {}) for queued in sandbox.updates.pending()]
    return [message["text"] for message in messages if "text" in message]


def test_joining_is_told_twice(sandbox: Sandbox, group: int) -> None:
    change, joined = (queued.update for queued in sandbox.updates.pending())
    assert change["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert joined["message"]["chat"] == {"id": group, "type": "group", "title": "Dinas"}
    assert joined["message"]["new_chat_members"][0]["is_bot"]


async def test_privacy_mode(sandbox: Sandbox, group: int, bot: Bot) -> None:
    card = await bot.send_message(group, "Laporan baru")
    for text in ("rapat jam 9", "/laporan", "/laporan@OtherBot", "tolong @GurindamDemoBot"):
        sandbox.send_text(SITI, text, chat_id=group)
    sandbox.send_text(SITI, "saya ambil", reply_to=card.message_id, chat_id=group)
    assert heard(sandbox) == ["/laporan", "tolong @GurindamDemoBot", "saya ambil"]
    sandbox.groups.set_bot(group, "administrator", by=BUDI)
    sandbox.send_text(SITI, "semua terdengar", chat_id=group)
    assert heard(sandbox)[-1] == "semua terdengar"


async def test_members_see_the_chat_others_do_not(sandbox: Sandbox, group: int, bot: Bot) -> None:
    sent = await bot.send_message(group, "Laporan baru")
    assert sandbox.history(SITI, group)[-1]["message_id"] == sent.message_id
    assert [chat.id for chat in sandbox.chats_of(SITI)] == [SITI, group]
    outsider = sandbox.add_person("Umar").id
    with pytest.raises(PersonError):
        sandbox.history(outsider, group)


async def test_roles_and_commands(sandbox: Sandbox, group: int, bot: Bot) -> None:
    assert [(each.user.id, each.status) for each in await bot.get_chat_administrators(group)] == [(BUDI, "creator")]
    await bot.set_my_commands([BotCommand("kartu", "Kartu")], scope=BotCommandScopeAllGroupChats())
    await bot.set_my_commands([BotCommand("atur", "Atur")], scope=BotCommandScopeChatAdministrators(group))
    assert [each["command"] for each in sandbox.commands_for(SITI, group)] == ["kartu"]
    sandbox.groups.promote(group, SITI)
    assert [each["command"] for each in sandbox.commands_for(SITI, group)] == ["atur"]
    assert (await bot.get_chat_member(group, SITI)).status == "administrator"


async def test_what_only_an_administrator_bot_may(sandbox: Sandbox, group: int, bot: Bot) -> None:
    theirs = sandbox.send_text(SITI, "/x", chat_id=group)["message_id"]
    with pytest.raises(BadRequest, match="rights to manage pinned"):
        await bot.pin_chat_message(group, theirs)
    with pytest.raises(BadRequest, match="be deleted"):
        await bot.delete_message(group, theirs)
    sandbox.groups.set_bot(group, "administrator", by=BUDI)
    assert (await bot.get_chat_member(group, bot.id)).status == "administrator"
    assert len(await bot.get_chat_administrators(group)) == 2
    assert await bot.pin_chat_message(group, theirs)
    assert await bot.delete_message(group, theirs)


def test_an_anonymous_administrator(sandbox: Sandbox, group: int) -> None:
    sandbox.send_text(BUDI, "/laporan", chat_id=group, anonymous=True)
    message = sandbox.updates.pending()[-1].update["message"]
    assert message["from"]["username"] == "GroupAnonymousBot"
    assert message["sender_chat"]["id"] == group


async def test_a_contact_or_place_is_asked_in_private_only(call: Call, group: int) -> None:
    for field, reason in (("request_contact", "phone number"), ("request_location", "location")):
        keyboard: dict[str, Any] = {"keyboard": [[{"text": "x", field: True}]]}
        answer = await call("sendMessage", chat_id=group, text="x", reply_markup=keyboard)
        assert answer["description"] == f"Bad Request: {reason} can be requested in private chats only"


async def test_being_thrown_out_and_leaving(sandbox: Sandbox, group: int, bot: Bot) -> None:
    sandbox.groups.set_bot(group, "kicked", by=BUDI)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group, "x")
    sandbox.groups.set_bot(group, "member", by=BUDI)
    assert await bot.leave_chat(group)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(group, "x")


async def test_the_upgrade_to_a_supergroup(sandbox: Sandbox, group: int, bot: Bot) -> None:
    sandbox.updates.clear()
    new = sandbox.groups.migrate(group)
    old_news, new_news = [update.message for update in await bot.get_updates()]
    assert old_news
    assert new_news
    assert old_news.migrate_to_chat_id == new.id
    assert new_news.migrate_from_chat_id == group
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group, "x")
    assert moved.value.new_chat_id == new.id
    assert (await bot.send_message(new.id, "x")).chat.type == "supergroup"
    assert [chat.id for chat in sandbox.chats_of(SITI)] == [SITI, new.id]
