"""After a public event: who came, the minutes, and the reports that came out of it. Domain rules 13, 37."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.callbacks import Meet
from bot.services.forums import own_data
from models.administration.audit import AuditRow
from models.complaint import Complaint, Source
from models.forum import ForumQuestion, ForumReport, ForumStatus, ForumVisit
from models.rules.complaint_flow import Action
from tests import forum_scenes as scenes
from tests.desk_scenes import at_work, forges, resident
from tests.driver import START, Phone, Stage
from tests.forum_scenes import TITLE, asks, count, looks_at, stored
from tests.handlers.resident import picture

EARLIER = START - timedelta(hours=3)


async def held(stage: Stage, phone: Phone) -> None:
    await forges(phone, Meet("held", 1).encode())
    await phone.says("45")


async def writes_down(phone: Phone, words: str, visibility: str = "Terbuka", kind: str = "Pengaduan") -> str:
    """A report of the event whose button is at hand; its code."""
    await phone.presses(kind)
    await phone.says(words)
    await phone.says("Sei Jang, depan masjid")
    await phone.presses("Ya, benar")
    if "Ke mana laporan" in phone.last():
        await phone.presses("Belum tahu")
    await phone.presses(visibility)
    await phone.presses("Kirim laporan")
    told = next(text for text in reversed(phone.texts()) if "Laporan warga dicatat" in text)
    found = re.search(r"TPI-\S+", told)
    assert found is not None
    return found.group()


async def test_it_is_held_only_after_it_began_and_the_count_is_a_number(stage: Stage) -> None:
    await scenes.forum(stage)
    head = await at_work(stage, "head")
    await forges(head, Meet("held", 1).encode())
    head.sees("belum dimulai")
    await forges(head, Meet("write", 1).encode())
    head.sees("sudah berada pada tahap lain")
    stage.later(days=7, hours=2)
    await forges(head, Meet("host", 1).encode())
    await head.presses("Catat yang hadir")
    await head.says("banyak")
    head.sees("Berapa orang yang hadir?")
    await head.says("45")
    head.sees("sudah berlangsung", "Hadir: 45 orang")
    await head.presses("Catat yang hadir")
    await head.says("47")
    row = await stored(stage)
    assert (row.status, row.attended) == (ForumStatus.HELD, 47)
    async with stage.db.read() as session:
        acts = list(await session.scalars(select(AuditRow).where(AuditRow.subject == "forum").order_by(AuditRow.id)))
    assert [act.new["attended"] for act in acts[1:]] == [45, 47]
    assert (acts[1].old["status"], acts[1].new["status"]) == ("open", "held")


async def test_everybody_registered_is_told_once_when_the_minutes_are_published(stage: Stage) -> None:
    await scenes.forum(stage)
    head, siti, budi = await at_work(stage, "head"), await resident(stage), await resident(stage, "Budi")
    await forges(siti, Meet("join", 1).encode())
    stage.later(days=7, hours=2)
    await held(stage, head)
    await head.presses("Tulis notulen")
    await head.says("Parit dibersihkan setiap Senin.")
    head.sees("Sudah benar?", "Parit dibersihkan setiap Senin.")
    await head.sends("photo", picture(), caption="Parit dibersihkan setiap Selasa.")
    head.sees("Ada berkasnya", "setiap Selasa")
    send = head.button("Ya, kirim")
    await head.presses_data(*send)
    await head.presses_data(*send)
    assert head.saw("1 orang diberi tahu")
    assert siti.saw("Notulen Sembang Berbenah")
    assert siti.saw("Parit dibersihkan setiap Selasa.")
    assert sum("Terima kasih sudah ikut" in text for text in siti.texts()) == 1
    assert not budi.saw("Notulen")
    await forges(head, Meet("write", 1).encode())
    await head.says("Parit dibersihkan setiap Rabu.")
    await head.presses("Ya, kirim")
    assert sum("Terima kasih sudah ikut" in text for text in siti.texts()) == 1
    await budi.says("/acara")
    await budi.presses("Acara yang sudah berlangsung")
    await budi.presses(TITLE)
    budi.sees("notulen terbit")
    await budi.presses("Notulen")
    budi.sees("Parit dibersihkan setiap Rabu.")
    assert (await stored(stage)).status is ForumStatus.REPORTED


@pytest.mark.parametrize("role", ["head", "officer", "verifier", "hr", "admin"])
async def test_reports_are_written_down_one_after_another_and_the_loop_is_told(stage: Stage, role: str) -> None:
    await scenes.forum(stage, starts_at=EARLIER)
    phone, siti = await at_work(stage, role), await resident(stage)
    await forges(phone, Meet("open", 1).encode())
    await phone.presses("Catat laporan dari acara ini")
    phone.sees("Apa yang ingin Bapak/Ibu sampaikan?")
    first = await writes_down(phone, "Lampu jalan mati di depan SD")
    await phone.presses("Catat laporan berikutnya")
    second = await writes_down(phone, "Tambah tempat sampah di pasar", kind="Usulan")
    assert first != second
    async with stage.db.begin() as session:
        rows = list(await session.scalars(select(Complaint).order_by(Complaint.id)))
        linked = list(await session.scalars(select(ForumReport.complaint_id).order_by(ForumReport.complaint_id)))
        assert [(row.source, row.reporter_id) for row in rows] == [(Source.FORUM, None)] * 2
        assert linked == [row.id for row in rows]
        for action in (Action.VERIFY, Action.DISPOSE, Action.TAKE, Action.PROPOSE_DONE, Action.CONFIRM):
            rows[0].move(action, stage.now)
    await phone.presses("Lihat acaranya")
    assert phone.saw("Dari forum ini: 2 laporan, 1 selesai")
    await forges(siti, Meet("open", 1).encode())
    siti.sees("Dari forum ini: 2 laporan, 1 selesai")


async def test_rule_13_confidential_reports_are_not_counted(stage: Stage) -> None:
    await scenes.forum(stage, starts_at=EARLIER)
    head = await at_work(stage, "head")
    await forges(head, Meet("record", 1).encode())
    await writes_down(head, "Lampu jalan mati di depan SD", "Rahasia")
    await head.presses("Lihat acaranya")
    assert "Dari forum ini" not in head.last()
    assert await count(stage, ForumReport) == 1


@pytest.mark.parametrize("role", ["resident", "inspector", "other_officer"])
async def test_others_write_no_reports_down_and_nobody_before_it_began(stage: Stage, role: str) -> None:
    await scenes.forum(stage, starts_at=EARLIER)
    await scenes.forum(stage, code="nanti", title="Nanti")
    phone = await (resident(stage) if role == "resident" else at_work(stage, role))
    await forges(phone, Meet("open", 1).encode())
    assert "Catat laporan" not in "".join(phone.buttons())
    await forges(phone, Meet("record", 1).encode())
    phone.sees("acara ini bukan tugas Bapak/Ibu")
    head = await at_work(stage, "head")
    await forges(head, Meet("record", 2).encode())
    head.sees("sudah berada pada tahap lain")
    assert await count(stage, Complaint) == 0


async def test_rule_37_the_own_part_is_exported_and_forgotten(stage: Stage) -> None:
    await scenes.forum(stage)
    siti = await resident(stage)
    await forges(siti, Meet("join", 1).encode())
    await looks_at(siti)
    await asks(siti, "Kapan parit dibersihkan?", "dengan nama saya")
    await siti.says("/datasaya")
    exported = json.loads(await siti.newest_file())["forums"]
    assert exported["registrations"][0]["forum"] == scenes.CODE
    assert exported["questions"][0] | {"asked_at": ""} == {
        "forum": scenes.CODE,
        "text": "Kapan parit dibersihkan?",
        "with_name": True,
        "asked_at": "",
        "hidden_reason": None,
        "heading": None,
        "answer": None,
    }
    await siti.says("/hapus")
    await siti.presses("Ya")
    assert await count(stage, ForumVisit) == 0
    async with stage.db.read() as session:
        (question,) = await session.scalars(select(ForumQuestion))
    assert (question.person_id, question.named, question.text) == (None, False, "Kapan parit dibersihkan?")


async def test_long_after_an_event_nothing_says_who_came_or_asked(stage: Stage) -> None:
    await scenes.forum(stage)
    siti = await resident(stage)
    await forges(siti, Meet("join", 1).encode())
    await looks_at(siti)
    await asks(siti, "Kapan parit dibersihkan?")
    row = await stored(stage)
    async with stage.db.begin() as session:
        assert await own_data.part_from_visitors(session, row.ends_at) == 0
        assert await own_data.part_from_visitors(session, row.ends_at + timedelta(seconds=1)) == 2
    assert await count(stage, ForumVisit) == 0
    assert await count(stage, ForumQuestion, ForumQuestion.person_id.is_(None)) == 1
