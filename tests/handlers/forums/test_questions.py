"""Hosts read questions without names, group them, answer a group once, hide one; residents read the answers."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.callbacks import Meet
from models.forum import ForumQuestion, ForumStatus, QuestionGroup
from models.rules.permissions import Role
from tests import forum_scenes as scenes
from tests.desk_scenes import Statements, at_work, colleague, forges, resident
from tests.driver import Phone, Stage
from tests.forum_scenes import TITLE, asks, count, looks_at

FLOODED, LIGHTS = "Kapan parit dibersihkan?", "Apakah lampu jalan ditambah?"


async def asked(stage: Stage, name: str, words: str, how: str = "tanpa nama") -> Phone:
    phone = await resident(stage, name)
    await looks_at(phone)
    await asks(phone, words, how)
    return phone


async def host(stage: Stage, role: str = "head") -> Phone:
    phone = await at_work(stage, role)
    await forges(phone, Meet("host", 1).encode())
    return phone


async def grouped(stage: Stage) -> tuple[Phone, Phone, Phone]:
    """Siti and Budi asked about drains, and both questions are in one group; the head, Siti, Budi."""
    await scenes.forum(stage)
    siti, budi = await asked(stage, "Siti", FLOODED), await asked(stage, "Budi", "Mengapa parit mampet?")
    head = await host(stage)
    await head.presses("Pertanyaan warga")
    await head.presses(FLOODED)
    await head.presses("Kelompok baru")
    await head.says("Parit dan banjir")
    await head.presses("Pertanyaan warga")
    await head.presses("Mengapa parit")
    await head.presses("Parit dan banjir")
    head.sees("Kelompok: Parit dan banjir")
    return head, siti, budi


async def test_the_hosts_read_a_name_only_where_the_asker_gave_it(stage: Stage) -> None:
    await scenes.forum(stage)
    await asked(stage, "Siti Rahasia", FLOODED)
    await asked(stage, "Budi Terbuka", LIGHTS, "dengan nama saya")
    head = await host(stage)
    head.sees("Pertanyaan: 2, belum dikelompokkan 2")
    await head.presses("Pertanyaan warga")
    head.sees("2 pertanyaan", FLOODED, "tanpa nama", LIGHTS, "Budi Terbuka")
    await head.presses(FLOODED)
    head.sees("tanpa nama", "Belum dikelompokkan")
    assert not head.saw("Siti Rahasia")


async def test_a_group_is_answered_once_and_each_asker_is_told(stage: Stage) -> None:
    head, siti, budi = await grouped(stage)
    await forges(siti, Meet("host", 1).encode())
    await head.presses("Kelola acara ini")
    await head.presses("Kelompok dan jawaban")
    head.sees("Parit dan banjir: 2 pertanyaan, belum dijawab")
    await head.presses("Parit dan banjir")
    await head.presses("Ganti judul")
    await head.says("Parit")
    head.sees("Parit", "Belum dijawab")
    await head.presses("Jawab kelompok ini")
    head.sees("Apa jawabannya?")
    await head.says("Dibersihkan minggu depan")
    head.sees("Sudah benar?", "Dibersihkan minggu depan")
    await stage.close()
    await stage.open()
    await head.says("Dibersihkan setiap Senin. NIK 2172014509870001")
    send = head.button("Ya, kirim")
    await head.presses_data(*send)
    await head.presses_data(*send)
    assert head.saw("2 orang diberi tahu")
    siti.sees("Pertanyaan Bapak/Ibu dijawab", FLOODED, "Dibersihkan setiap Senin. NIK ••••")
    budi.sees("Mengapa parit mampet?", "Dibersihkan setiap Senin")
    assert sum("Pertanyaan Bapak/Ibu dijawab" in text for text in siti.texts()) == 1
    await siti.presses("Lihat acaranya")
    await siti.presses("Tanya jawab")
    siti.sees("Parit, ditanyakan 2 kali", "Dibersihkan setiap Senin")
    await looks_at(budi)
    await budi.presses("Pertanyaan saya")
    budi.sees("Jawaban:", "Dibersihkan setiap Senin")


async def test_a_question_that_joins_an_answered_group_is_answered_too(stage: Stage) -> None:
    head, siti, _budi = await grouped(stage)
    await forges(head, Meet("answer", 1).encode())
    await head.says("Dibersihkan setiap Senin")
    await head.presses("Ya, kirim")
    tuti = await asked(stage, "Tuti", "Parit di Sei Jang kapan?")
    assert not tuti.saw("dijawab")
    for _ in range(2):
        await forges(head, Meet("put", 3, "1").encode())
    assert sum("Pertanyaan Bapak/Ibu dijawab" in text for text in tuti.texts()) == 1
    assert sum("Pertanyaan Bapak/Ibu dijawab" in text for text in siti.texts()) == 1
    await forges(head, Meet("put", 3, "0").encode())
    head.sees("Belum dikelompokkan")


async def test_an_improper_question_is_hidden_with_a_reason(stage: Stage) -> None:
    head, siti, _budi = await grouped(stage)
    await forges(head, Meet("hide", 1).encode())
    head.sees("Mengapa pertanyaan ini disembunyikan?", FLOODED)
    await head.says("Menyebut nama orang lain")
    await head.presses("Ya, kirim")
    assert siti.saw("Pertanyaan Bapak/Ibu tidak ditampilkan")
    assert siti.saw("Alasan: Menyebut nama orang lain")
    await forges(head, Meet("q", 1, "1.0").encode())
    assert FLOODED not in head.last()
    await forges(head, Meet("q1", 1).encode())
    head.sees("Pertanyaan itu tidak ada")
    await looks_at(siti)
    await siti.presses("Pertanyaan saya")
    siti.sees("Tidak ditampilkan. Alasan: Menyebut nama orang lain")
    async with stage.db.read() as session:
        row = await session.get_one(ForumQuestion, 1)
    assert (row.group_id, row.hidden_by_id is None) == (None, False)


@pytest.mark.parametrize("who", ["resident", "officer", "other head"])
async def test_forged_buttons_of_others_are_refused(stage: Stage, who: str) -> None:
    await grouped(stage)
    if who == "other head":
        from_role = await colleague(stage, "Kepala Capil", role=Role.HEAD, unit_id=2)
        phone = from_role[0]
    else:
        phone = await (resident(stage, "Tuti") if who == "resident" else at_work(stage, who))
    verbs = (("q", "0.0"), ("q1", ""), ("put", "1"), ("groups", "0"), ("group", ""))
    talks = ("heading", "rename", "answer", "hide", "cancel", "held", "write")
    for verb, extra in (*verbs, *((verb, "") for verb in talks)):
        await forges(phone, Meet(verb, 1, extra).encode())
        phone.sees("acara ini bukan tugas Bapak/Ibu")
    await forges(phone, Meet("minutes", 1).encode())
    assert not phone.saw("Notulen")
    async with stage.db.read() as session:
        groups = list(await session.scalars(select(QuestionGroup)))
    assert [(one.title, one.answer) for one in groups] == [("Parit dan banjir", None)]


async def test_what_is_not_there_and_what_is_empty(stage: Stage) -> None:
    head, *_ = await grouped(stage)
    await scenes.forum(stage, code="lain", title="Lain")
    tuti = await resident(stage, "Tuti")
    await looks_at(tuti, "Lain")
    await asks(tuti, "Pertanyaan di acara lain?")
    for verb, number, extra, words in (
        ("q1", 99, "", "Pertanyaan itu tidak ada"),
        ("group", 99, "", "Kelompok pertanyaan itu tidak ada"),
        ("put", 3, "1", "Kelompok pertanyaan itu tidak ada"),
        ("heading", 99, "", "Pertanyaan itu tidak ada"),
        ("answer", 99, "", "Kelompok pertanyaan itu tidak ada"),
    ):
        await forges(head, Meet(verb, number, extra).encode())
        head.sees(words)
    for number in (1, 2):
        await forges(head, Meet("put", number, "0").encode())
    await forges(head, Meet("answer", 1).encode())
    await head.says("Dibersihkan setiap Senin")
    await head.presses("Ya, kirim")
    head.sees("belum berisi pertanyaan")


async def test_the_lists_cost_the_same_for_one_or_many(stage: Stage) -> None:
    head, *_ = await grouped(stage)
    seen = []
    for _ in range(2):
        for data in (Meet("q", 1, "1.0"), Meet("groups", 1, "0")):
            with Statements(stage) as counted:
                await forges(head, data.encode())
            seen.append(len(counted.seen))
        async with stage.db.begin() as session:
            for number in range(4):
                session.add(QuestionGroup(forum_id=1, title=f"Kelompok {number}"))
                session.add(
                    ForumQuestion(
                        forum_id=1,
                        number=9 + number,
                        text=f"Tanya {number}",
                        group_id=1,
                        asked_at=stage.now,
                        named=True,
                    )
                )
    assert seen[:2] == seen[2:]


async def test_cancelling_says_why_to_whoever_registered(stage: Stage) -> None:
    head, siti, budi = await grouped(stage)
    await forges(siti, Meet("join", 1).encode())
    await forges(head, Meet("host", 1).encode())
    await head.presses("Batalkan acara")
    await head.presses("Batal")
    assert (await scenes.stored(stage)).status is ForumStatus.OPEN
    await forges(head, Meet("cancel", 1).encode())
    await head.says("Aula dipakai untuk pengungsi")
    await head.presses("Ya, kirim")
    assert siti.saw(f"Acara {TITLE} dibatalkan")
    assert siti.saw("Alasan: Aula dipakai untuk pengungsi")
    assert not budi.saw("dibatalkan")
    await forges(head, Meet("cancel", 1).encode())
    head.sees("sudah berada pada tahap lain")
    assert await count(stage, QuestionGroup) == 1
