"""What readers do: answers, no more of a kind, the city's news. Domain rules 36, 37 and 40."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from bot.callbacks import React, Setting
from bot.services.privacy import NOTICE_VERSION
from models.broadcasts.broadcast import OptOut, Reaction
from models.person import Consent, Person, Purpose
from tests import broadcast_scenes as scene
from tests.desk_scenes import forges
from tests.driver import Phone, Stage


async def reactions(stage: Stage) -> list[str]:
    async with stage.db.read() as session:
        return list(await session.scalars(select(Reaction.button).order_by(Reaction.id)))


async def resident(stage: Stage, name: str = "Siti", *, area: str | None = None) -> Phone:
    """Somebody who agreed to the city's news."""
    phone = stage.person(name)
    await phone.starts()
    await phone.says("/kabar")
    await phone.presses("Ya, saya mau")
    if area is not None:
        await phone.presses("Pilih kelurahan")
        await phone.presses(area)
    return phone


async def news(hr: Phone, text: str = "Pasar murah besok", area: str | None = None) -> None:
    await scene.write(hr, text, "Kabar kota", "Saya hadir", "Warga yang mau")
    if area is not None:
        await hr.presses("Kelurahan")
        await hr.presses(area)
        await hr.presses("Pakai pilihan ini")
    await scene.finish(hr)
    await hr.presses("📣 Kirim")


async def test_an_answer_counts_once_and_may_change(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await scene.send(hr)
    await head.presses("Saya hadir")
    await head.presses("Saya hadir")
    assert await reactions(stage) == ["b0"]
    await head.presses("Berhalangan")
    assert await reactions(stage) == ["b1"]
    await scene.look(stage)
    await hr.presses("Buka")
    assert hr.saw("❌ Berhalangan: 1")


async def test_orders_cannot_be_turned_off_other_kinds_can(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await scene.send(hr)
    assert not any("Jangan kirim lagi" in label for label in head.buttons())
    order = (await scene.newest(stage)).id
    await forges(head, React(order, "off").encode())
    head.sees("tidak bisa dimatikan")
    await scene.send(hr, text="Bimtek arsip", kind="Pelatihan")
    await head.presses("Jangan kirim lagi")
    head.sees("jenis Pelatihan tidak kami kirim lagi")
    await scene.send(hr, text="Bimtek kedua", kind="Pelatihan")
    assert not head.saw("Bimtek kedua")
    await scene.send(hr, text="Apel lagi")
    assert head.saw("Apel lagi")
    await head.presses("Tetap kirim")
    await scene.send(hr, text="Bimtek ketiga", kind="Pelatihan")
    assert head.saw("Bimtek ketiga")


async def test_rule_36_only_who_consented_before_gets_news(stage: Stage) -> None:
    (hr,) = await scene.phones(stage, "hr")
    budi = stage.person("Budi")
    await budi.starts()
    await budi.says("/kabar")
    budi.sees("Mau menerima kabar kota?", "Tanpa persetujuan ini pun Bapak/Ibu tetap bisa melapor", NOTICE_VERSION)
    await budi.presses("Tidak, terima kasih")
    siti = await resident(stage)
    async with stage.db.read() as session:
        given = (await session.scalars(select(Consent))).one()
    assert (given.purpose, given.version, given.given_at) == (Purpose.BROADCASTS, NOTICE_VERSION, stage.now)
    await news(hr)
    siti.sees("Pasar murah besok")
    assert not budi.saw("Pasar murah")
    await budi.says("/lapor")
    budi.sees("Apa yang ingin Bapak/Ibu sampaikan?")


async def test_rule_40_news_of_a_kelurahan_stays_there(stage: Stage) -> None:
    (hr,) = await scene.phones(stage, "hr")
    siti, amat = await resident(stage, area="Penyengat"), await resident(stage, "Amat", area="Sei Jang")
    siti.sees("kelurahan Penyengat")
    await news(hr, area="Penyengat")
    assert siti.saw("Pasar murah")
    assert not amat.saw("Pasar murah")


async def test_rule_37_stopping_is_at_once(stage: Stage) -> None:
    (hr,) = await scene.phones(stage, "hr")
    siti, amat = await resident(stage), await resident(stage, "Amat")
    await siti.says("/tarik")
    await amat.says("/kabar")
    await amat.presses("Berhenti menerima kabar")
    amat.sees("tidak kami kirim")
    await scene.write(hr, "Pasar murah", "Kabar kota", None, "Warga yang mau")
    hr.sees("0 orang ditemukan")
    assert not siti.saw("Pasar murah")


async def test_a_kind_is_chosen_in_the_news(stage: Stage) -> None:
    (hr,) = await scene.phones(stage, "hr")
    siti = await resident(stage)
    await siti.presses("✅ Kabar kota")
    assert "🔕 Kabar kota" in siti.buttons()
    await scene.write(hr, "Pasar murah", "Kabar kota", None, "Warga yang mau")
    hr.sees("0 orang ditemukan")
    await siti.presses("🔕 Kabar kota")
    await hr.presses("Hitung lagi")
    hr.sees("1 orang ditemukan")


async def test_rule_37_own_data_lists_and_erasing_clears_it(stage: Stage) -> None:
    (hr,) = await scene.phones(stage, "hr")
    siti = await resident(stage, area="Penyengat")
    await news(hr)
    await siti.presses("Saya hadir")
    await siti.presses("Jangan kirim lagi")
    await siti.says("/datasaya")
    told = json.loads(await siti.newest_file())
    assert [one["purpose"] for one in told["consents"]] == ["broadcasts"]
    assert told["news"]["area_id"] == 3
    assert [one["kind"] for one in told["news"]["refused_kinds"]] == ["news"]
    assert [(one["broadcast"], one["answer"]) for one in told["news"]["reactions"]] == [
        ("Pasar murah besok", "✅ Saya hadir")
    ]
    await siti.says("/hapus")
    await siti.presses("Ya, hapus")
    async with stage.db.read() as session:
        for table in (Reaction, OptOut, Consent):
            assert await session.scalar(select(func.count()).select_from(table)) == 0
        assert await session.scalar(select(func.count(Person.area_id))) == 0


@pytest.mark.parametrize("button", ["b0", "off", "on", "b9"])
async def test_whoever_did_not_get_it_presses_nothing(stage: Stage, button: str) -> None:
    (hr,) = await scene.phones(stage, "hr")
    await resident(stage)
    await news(hr)
    stranger = stage.person("Budi")
    await stranger.starts()
    await forges(stranger, React((await scene.newest(stage)).id, button).encode())
    stranger.sees("tidak ada, atau bukan tugas")
    assert await reactions(stage) == []


async def test_a_button_that_it_does_not_have(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await scene.send(hr)
    await forges(head, React((await scene.newest(stage)).id, "b9").encode())
    head.sees("tidak berlaku")
    assert await reactions(stage) == []


async def test_the_authors_press_on_the_sample_records_nothing(stage: Stage) -> None:
    (hr,) = await scene.phones(stage, "hr")
    await scene.write(hr)
    await hr.presses("Lanjut")
    await hr.presses("Saya hadir")
    assert await reactions(stage) == []
    await hr.presses("Sudah, lanjut")
    hr.sees("Kapan dikirim?")


async def test_an_area_needs_the_consent_first(stage: Stage) -> None:
    budi = stage.person("Budi")
    await budi.starts()
    await forges(budi, Setting("news_area", "3").encode())
    budi.sees("Mau menerima kabar kota?")
    siti = await resident(stage)
    await forges(siti, Setting("news_area", "999").encode())
    siti.sees("tidak ada dalam daftar")
    await forges(siti, Setting("news_kind", "order").encode())
    siti.sees("tidak ada dalam daftar")


async def test_an_open_talk_is_not_lost(stage: Stage) -> None:
    hr, head = await scene.phones(stage, "hr", "head")
    await head.says("/lapor")
    await scene.send(hr, text="Bimtek arsip", kind="Pelatihan")
    await head.presses("Jangan kirim lagi")
    head.sees("Apa yang ingin Bapak/Ibu sampaikan?")
    await head.presses("Pengaduan")
    head.sees("ceritakan masalahnya")
