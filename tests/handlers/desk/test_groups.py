"""A unit's group: who binds it, what appears in it, whose rights count, and what never opens there."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.callbacks import Ticket
from models.complaint import Complaint
from models.group import StaffGroup
from models.outbox import OutboxMessage
from models.rules.complaint_flow import Status
from tests.desk_scenes import at_work, disposed, filed, opens, resident, stored
from tests.driver import Phone, Stage, text_of

SECRET = "Lampu mati di depan rumah Pak Abu, nomor 5"


class Group:
    """A Telegram group with the bot in it, seen through one of its members."""

    def __init__(self, stage: Stage, owner: Phone, *members: Phone) -> None:
        self.stage, self.owner = stage, owner
        chat = stage.sandbox.groups.create("Dinas PU", [owner.id, *(member.id for member in members)])
        self.id = chat.id
        stage.sandbox.groups.set_bot(chat.id, "member", by=owner.id)

    async def says(self, phone: Phone, text: str) -> None:
        self.stage.sandbox.send_text(phone.id, text, chat_id=self.id)
        await self.stage.settle()

    def texts(self) -> list[str]:
        history = self.stage.sandbox.history(self.owner.id, self.id)
        return [text_of(message) for message in history if message.get("from", {}).get("is_bot")]

    async def presses(self, phone: Phone, label: str = "Saya kerjakan", data: str | None = None) -> None:
        for message in reversed(self.stage.sandbox.history(self.owner.id, self.id)):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if label in button["text"] and "callback_data" in button:
                        self.stage.sandbox.press(
                            phone.id, message["message_id"], data or button["callback_data"], chat_id=self.id
                        )
                        await self.stage.settle()
                        return
        raise AssertionError(f"no button {label!r} in the group")


async def bound_group(stage: Stage, *members: Phone) -> tuple[Group, Phone]:
    admin = await at_work(stage, "admin")
    group = Group(stage, admin, *members)
    await stage.settle()
    await group.says(admin, "/ikat PU")
    return group, admin


async def groups_of(stage: Stage) -> list[StaffGroup]:
    async with stage.db.read() as session:
        return list((await session.scalars(select(StaffGroup).order_by(StaffGroup.id))).all())


async def test_a_card_appears_without_anything_about_a_person(stage: Stage) -> None:
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    group, _ = await bound_group(stage, officer)
    assert "Grup ini sekarang grup kerja Dinas Pekerjaan Umum" in group.texts()[-1]
    complaint_id = await disposed(stage, siti, text=SECRET, area_id=1, service_id=1)
    card = group.texts()[-1]
    assert (await stored(stage, complaint_id)).code in card
    assert "Lampu jalan" in card
    assert "Sei Jang" in card
    assert "Siti" not in card
    assert "Pak Abu" not in card


async def test_the_presser_takes_it_and_everybody_sees_who(stage: Stage) -> None:
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    group, _ = await bound_group(stage, officer)
    complaint_id = await disposed(stage, siti)
    await group.presses(officer)
    assert "Dikerjakan oleh Pegawai Officer" in group.texts()[-1]
    assert (await stored(stage, complaint_id)).status is Status.IN_PROGRESS
    with pytest.raises(AssertionError, match="no button"):
        await group.presses(officer)


async def test_rights_are_those_of_the_presser(stage: Stage) -> None:
    """A colleague of another unit, and a resident who happens to be a member, take nothing."""
    other, siti = await at_work(stage, "other_officer"), await resident(stage)
    group, _ = await bound_group(stage, other, siti)
    complaint_id = await disposed(stage, siti)
    before = group.texts()
    for phone in (other, siti):
        await group.presses(phone)
        assert group.texts() == before, "a refusal is said to the presser alone"
    assert (await stored(stage, complaint_id)).status is Status.DISPOSED


async def test_rule_13_a_restricted_report_never_appears_in_a_group(stage: Stage) -> None:
    """Domain rule 13: no group message for a confidential report."""
    siti = await resident(stage)
    group, _ = await bound_group(stage)
    before = group.texts()
    await disposed(stage, siti, confidential=True)
    assert group.texts() == before


async def test_no_screen_of_a_private_chat_opens_in_a_group(stage: Stage) -> None:
    verifier, siti = await at_work(stage, "verifier"), await resident(stage)
    group, _ = await bound_group(stage, verifier)
    complaint_id = await disposed(stage, siti, text=SECRET)
    before = group.texts()
    await group.presses(verifier, data=Ticket("view", complaint_id).encode())
    assert group.texts() == before
    assert not any("Pak Abu" in text for text in group.texts())


async def test_a_talk_in_the_private_chat_is_not_touched_by_the_group(stage: Stage) -> None:
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    group, _ = await bound_group(stage, officer)
    await disposed(stage, siti)
    await officer.says("/lapor")
    question = officer.last()
    await group.presses(officer)
    await group.says(officer, "/ikat")
    assert officer.last() == question
    assert question not in group.texts()
    await officer.presses("Pengaduan")
    assert officer.last() != question


@pytest.mark.parametrize("role", ["officer", "head", "verifier", "hr"])
async def test_only_an_administrator_binds(stage: Stage, role: str) -> None:
    phone = await at_work(stage, role)
    group = Group(stage, phone)
    await group.says(phone, "/ikat PU")
    assert "hanya untuk petugas yang berwenang" in group.texts()[-1]
    assert await groups_of(stage) == []


async def test_an_unknown_unit_or_none_is_explained(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    group = Group(stage, admin)
    await group.says(admin, "/ikat")
    assert "/ikat Dishub" in group.texts()[-1]
    await group.says(admin, "/ikat Dinas Sihir")
    assert "Unit itu tidak ada" in group.texts()[-1]
    assert await groups_of(stage) == []


async def test_letting_go_and_being_put_out_end_the_cards(stage: Stage) -> None:
    siti = await resident(stage)
    group, admin = await bound_group(stage)
    await group.says(admin, "/lepas")
    before = group.texts()
    await disposed(stage, siti)
    assert group.texts() == before
    await group.says(admin, "/ikat PU")
    stage.sandbox.groups.set_bot(group.id, "kicked", by=admin.id)
    await disposed(stage, siti)
    assert [found.ended_at is not None for found in await groups_of(stage)] == [True]


@pytest.mark.parametrize("told", [True, False])
async def test_a_group_that_becomes_a_supergroup_keeps_working(stage: Stage, told: bool) -> None:
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    group, _admin = await bound_group(stage, officer)
    new = stage.sandbox.groups.migrate(group.id)
    if told:
        await stage.settle()
        assert [found.chat_id for found in await groups_of(stage)] == [new.id]
    await disposed(stage, siti)
    stage.later(minutes=1)
    await stage.settle()
    assert [found.chat_id for found in await groups_of(stage)] == [new.id]
    group.id = new.id
    assert any("Laporan" in text and "TPI-" in text for text in group.texts())
    await group.presses(officer)
    assert "Dikerjakan oleh" in group.texts()[-1]
    async with stage.db.read() as session:
        assert (await session.scalars(select(Complaint.status))).one() is Status.IN_PROGRESS


async def test_the_private_link_opens_the_card_by_ones_own_rights(stage: Stage) -> None:
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    await bound_group(stage, officer)
    complaint_id = await disposed(stage, siti, text=SECRET)
    code = (await stored(stage, complaint_id)).code
    await officer.starts(f"t_{code}")
    officer.sees("Pak Abu")
    budi = await resident(stage, "Budi")
    await budi.starts(f"t_{code}")
    assert not budi.saw("Pak Abu")


async def test_a_double_tap_of_the_verifier_tells_the_group_once(stage: Stage) -> None:
    siti, verifier = await resident(stage), await at_work(stage, "verifier")
    group, _ = await bound_group(stage)
    complaint_id = await filed(stage, siti, service_id=1)
    await opens(verifier, complaint_id)
    message_id, data = verifier.button("teruskan ke PU")
    await verifier.presses_data(message_id, data)
    await verifier.presses_data(message_id, data)
    async with stage.db.read() as session:
        kinds = (await session.scalars(select(OutboxMessage.kind))).all()
    assert kinds.count("group_card") == 1
    assert len([text for text in group.texts() if "TPI-" in text]) == 1


async def test_an_administrator_who_hides_behind_the_group_is_refused(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    group = Group(stage, admin)
    stage.sandbox.send_text(admin.id, "/ikat PU", chat_id=group.id, anonymous=True)
    await stage.settle()
    assert "matikan dulu mode admin anonim" in group.texts()[-1]
    assert await groups_of(stage) == []
