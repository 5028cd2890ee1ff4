"""A broadcast on its way and after: held, called off, changed, taken back, reminded, its results; by whose right."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select, update

from bot.callbacks import Deliver
from models.administration.audit import AuditRow
from models.broadcasts.broadcast import Broadcast, BroadcastStatus
from models.outbox import Deed, OutboxMessage, OutboxStatus, Promise
from models.person import Person
from tests import broadcast_scenes as scene
from tests.desk_scenes import forges
from tests.driver import Phone, Stage
from tests.factories import STAFF
from tests.handlers.resident import picture

TEXT = "Apel Senin pukul 07.30"


def times(phone: Phone, words: str) -> int:
    return sum(words in text for text in phone.texts())


async def held(stage: Stage, broadcast_id: int, left: str) -> None:
    """As if this one were still to be sent."""
    async with stage.db.begin() as session:
        await session.execute(
            update(Broadcast).where(Broadcast.id == broadcast_id).values(status=BroadcastStatus.SENDING)
        )
        person = select(Person.id).where(Person.telegram_id == STAFF[left]).scalar_subquery()
        await session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.broadcast_id == broadcast_id, OutboxMessage.person_id == person)
            .values(status=OutboxStatus.PAUSED)
        )


async def test_rule_40_delivered_and_blocked_are_reported(stage: Stage) -> None:
    hr, _head, officer = await scene.phones(stage, "hr", "head", "officer")
    stage.sandbox.block(officer.id)
    await scene.send(hr)
    await scene.look(stage)
    assert hr.saw("selesai dikirim")
    assert hr.saw("Terkirim 2 dari 7 · tidak terjangkau 5")
    await hr.presses("Hasil per orang")
    sheet = CalamineWorkbook.from_filelike(BytesIO(await hr.newest_file())).get_sheet_by_index(0).to_python()
    found = {row[0]: row for row in sheet[1:]}
    assert sheet[0] == ["Nama", "Unit", "NIP", "Hasil", "Alasan", "Waktu"]
    assert (found["Pegawai Head"][1], found["Pegawai Head"][3]) == ("PU", "Terkirim")
    assert found["Pegawai Officer"][3:5] == ["Tidak terjangkau", "Memblokir bot"]
    assert all(row[2].startswith("…") and len(row[2]) == 4 for row in sheet[1:])


async def test_rule_40_a_restart_sends_nothing_twice(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await scene.send(hr)
    await stage.close()
    await stage.open()
    await scene.look(stage)
    await scene.look(stage)
    assert times(head, TEXT) == 1
    assert len(await scene.outbox_of(stage, (await scene.newest(stage)).id)) == len(STAFF)


async def test_held_gone_on_and_called_off(stage: Stage) -> None:
    hr, other = await scene.phones(stage, "hr", "other_officer")
    await scene.write(hr)
    await scene.finish(hr)
    await hr.presses("📣 Kirim")
    row = await scene.newest(stage)
    assert hr.saw("sedang dikirim")
    await held(stage, row.id, "other_officer")
    await hr.presses("Hentikan sementara")
    assert hr.saw("dihentikan sementara")
    await hr.presses("Lanjutkan")
    assert hr.saw("sedang dikirim")
    assert times(other, TEXT) == 2
    await held(stage, row.id, "other_officer")
    await hr.presses("Batalkan")
    assert hr.saw("Yakin?")
    await hr.presses("Ya, batalkan")
    assert hr.saw("Tidak jadi dikirim: 1")
    assert times(other, TEXT) == 2
    await forges(hr, Deliver("resume", row.id).encode())
    hr.sees("tahap lain")
    async with stage.db.read() as session:
        acts = set(await session.scalars(select(AuditRow.action).where(AuditRow.subject == "broadcast")))
    assert {"broadcast_sent", "broadcast_paused", "broadcast_resumed", "broadcast_cancelled"} <= acts


async def test_what_was_sent_is_changed_in_place(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await scene.send(hr)
    await scene.look(stage)
    before = len(head.history())
    await hr.presses("Buka")
    await hr.presses("Ubah yang sudah dikirim")
    assert hr.saw("menggantikan Apel Senin")
    await hr.says("Apel Selasa pukul 08.00")
    assert hr.saw("sedang diubah di 1 obrolan") or hr.saw("sedang diubah di 2 obrolan")
    head.sees("Apel Selasa pukul 08.00")
    assert times(head, TEXT) == 0
    assert len(head.history()) == before
    assert "✅ Saya hadir" in head.buttons()


async def test_what_was_sent_is_taken_back(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await scene.send(hr)
    await scene.look(stage)
    await hr.presses("Buka")
    await hr.presses("Tarik kembali")
    assert hr.saw("tidak bisa diurungkan")
    await hr.presses("Ya, tarik kembali")
    assert hr.saw("sedang dihapus")
    assert times(head, TEXT) == 0
    number = (await scene.newest(stage)).id
    await forges(hr, Deliver("change", number).encode())
    hr.sees("tahap lain")


async def test_too_old_to_be_taken_back(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await scene.send(hr)
    await scene.look(stage)
    stage.later(hours=49)
    await forges(hr, Deliver("back_yes", (await scene.newest(stage)).id).encode())
    hr.sees("48 jam")
    assert times(head, TEXT) == 1


async def test_only_the_silent_are_reminded_once_a_run(stage: Stage) -> None:
    hr, head, officer = await scene.phones(stage, "hr", "head", "officer")
    await scene.send(hr)
    await head.presses("Saya hadir")
    await scene.look(stage)
    await hr.presses("Buka")
    await hr.presses("Ingatkan yang belum menanggapi")
    assert hr.saw("2 orang yang belum menanggapi")
    officer.sees("belum menanggapi Apel Senin")
    assert not head.saw("belum menanggapi")
    row = await scene.newest(stage)
    reminders = [one for one in await scene.outbox_of(stage, row.id) if one.kind == "broadcast_reminder"]
    assert {one.promise for one in reminders} == {Promise.AT_MOST_ONCE}
    await forges(hr, Deliver("remind", row.id).encode())
    assert hr.saw("sudah diingatkan satu kali")
    await officer.presses("Berhalangan")
    await hr.presses("Buka")
    assert hr.saw("✅ Saya hadir: 1")


async def test_the_timed_reminder_waits_for_its_day_and_the_office(stage: Stage) -> None:
    hr, officer = await scene.phones(stage, "hr", "officer")
    await scene.write(hr)
    await hr.presses("Lanjut")
    await hr.presses("Sudah, lanjut")
    await hr.presses("Sekarang")
    await hr.presses("Setelah 1 hari")
    hr.sees("Diingatkan setelah 1 hari")
    await hr.presses("📣 Kirim")
    stage.later(hours=12)
    assert (await scene.look(stage))["reminded"] == 0
    stage.later(hours=22)  # the day is over, and so are the office hours
    assert (await scene.look(stage))["reminded"] == 0
    stage.later(hours=14)
    assert (await scene.look(stage))["reminded"] == 2
    assert (await scene.look(stage))["reminded"] == 0
    assert times(officer, "belum menanggapi") == 1


STEERING = ("pause", "resume", "cancel_yes", "change", "back_yes", "results", "remind", "open", "approve", "return")


@pytest.mark.parametrize("verb", STEERING)
async def test_nobody_else_steers_it(stage: Stage, verb: str) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    siti = stage.person("Siti")
    await siti.starts()
    await scene.send(hr)
    before = await scene.newest(stage)
    sent = len(await scene.outbox_of(stage, before.id))
    for phone in (head, siti):
        await forges(phone, Deliver(verb, before.id).encode())
        assert phone.saw("Pengumuman itu tidak ada")
        await forges(phone, Deliver(verb, 999).encode())
    after = await scene.newest(stage)
    assert (after.status, after.version) == (before.status, before.version)
    rows = await scene.outbox_of(stage, before.id)
    assert len(rows) == sent
    assert {row.deed for row in rows} == {Deed.SEND}


async def test_a_captioned_picture_keeps_its_file_when_its_words_change(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await hr.says("/siarkan")
    await hr.presses("Buat pengumuman baru")
    await hr.presses("Perintah")
    await hr.sends("photo", picture(), caption="Poster lama")
    await hr.presses("Lanjut")
    await hr.presses("Lanjut")
    await hr.presses("Pegawai")
    await scene.finish(hr, answers=False)
    await hr.presses("📣 Kirim")
    await scene.look(stage)
    await hr.presses("Buka")
    await hr.presses("Ubah yang sudah dikirim")
    assert hr.saw("1.024")
    await hr.says("Poster baru")
    got = head.history()[-1]
    assert got["caption"] == "Poster baru"
    assert "photo" in got
