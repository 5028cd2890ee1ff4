"""A second pair of eyes above a size: asked, approved, given back; never by the author."""

from __future__ import annotations

import pytest

from bot.callbacks import Deliver
from models.broadcasts.broadcast import BroadcastStatus
from tests import broadcast_scenes as scene
from tests.desk_scenes import forges
from tests.driver import Phone, Stage

TEXT = "Apel Senin\nDi halaman kantor"


@pytest.fixture(autouse=True)
async def facts(stage: Stage) -> None:
    await scene.know(stage, approval_above="6")


async def waiting(stage: Stage) -> tuple[Phone, Phone, Phone]:
    """HR sent one to seven people, the administrator is asked."""
    hr, admin, head = await scene.phones(stage, "hr", "admin", "head")
    await scene.write(hr, TEXT)
    await scene.finish(hr)
    hr.sees("harus disetujui orang kedua")
    await hr.presses("📣 Kirim")
    hr.sees("menunggu persetujuan", "7 orang")
    assert not head.saw("Di halaman kantor")
    return hr, admin, head


async def test_it_goes_out_after_a_second_person_said_yes(stage: Stage) -> None:
    hr, admin, head = await waiting(stage)
    admin.sees("Pegawai Hr ingin menyiarkan", "7 orang")
    await admin.presses("Lihat persis")
    admin.sees("Di halaman kantor")
    await admin.presses("Setujui dan kirim")
    head.sees("Di halaman kantor")
    await scene.look(stage)
    assert hr.saw("selesai dikirim")
    assert hr.saw("sudah disetujui")
    row = await scene.newest(stage)
    assert row.approver_id not in (None, row.author_id)


async def test_the_author_cannot_approve_the_own(stage: Stage) -> None:
    hr, _admin, head = await waiting(stage)
    number = (await scene.newest(stage)).id
    for verb in ("approve", "return"):
        await forges(hr, Deliver(verb, number).encode())
        assert hr.saw("harus disetujui orang lain")
    assert (await scene.newest(stage)).status is BroadcastStatus.WAITING
    assert not head.saw("Di halaman kantor")


async def test_it_comes_back_with_a_reason_and_can_be_sent_again(stage: Stage) -> None:
    hr, admin, head = await waiting(stage)
    await admin.presses("Kembalikan")
    admin.sees("Apa yang perlu diperbaiki")
    await admin.says("Jamnya salah")
    admin.sees("dikembalikan kepada penulisnya")
    hr.sees("dikembalikan", "Jamnya salah")
    await hr.presses("Buka")
    assert hr.saw("Dikembalikan dengan alasan")
    await hr.presses("Lanjutkan draf")
    await hr.presses("✏️ Tulisan")
    await hr.says("Apel pukul 08.00")
    await hr.presses("📣 Kirim")
    await admin.presses("Setujui dan kirim")
    assert head.saw("Apel pukul 08.00")


async def test_the_second_of_two_approvers_is_told_so(stage: Stage) -> None:
    _hr, admin, head = await waiting(stage)
    message_id, data = admin.button("Setujui")
    await admin.presses("Setujui dan kirim")
    await admin.presses_data(message_id, data)
    assert admin.saw("tahap lain")
    assert sum("Di halaman kantor" in text for text in head.texts()) == 1


async def test_a_leader_named_by_the_city_approves(stage: Stage) -> None:
    await scene.know(stage, approver="head pu")
    hr, admin, head = await waiting(stage)
    assert not admin.saw("ingin menyiarkan")
    head.sees("Pegawai Hr ingin menyiarkan")
    number = (await scene.newest(stage)).id
    await forges(admin, Deliver("approve", number).encode())
    assert admin.saw("hanya untuk petugas yang berwenang")
    await head.presses("Setujui dan kirim")
    assert head.saw("Di halaman kantor")
    assert hr.saw("sudah disetujui")


async def test_with_nobody_to_approve_it_is_not_sent(stage: Stage) -> None:
    await scene.know(stage, approver="hr")
    (hr,) = await scene.phones(stage, "hr")
    await scene.write(hr)
    await scene.finish(hr)
    await hr.presses("📣 Kirim")
    assert hr.saw("belum ada orang lain yang berwenang")
    assert (await scene.newest(stage)).status is BroadcastStatus.DRAFT
