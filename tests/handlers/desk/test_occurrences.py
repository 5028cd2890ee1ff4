"""Many reports of one thing: grouped by the verifier or the head, answered together, judged each on its own."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from bot.callbacks import Open, Ticket
from bot.services import followers
from bot.services.desk import incidents
from models.complaint import Complaint
from models.errors import Refusal
from models.occurrence import Occurrence, OccurrenceUpdate
from models.person import Person
from models.rules.complaint_flow import Action, Status
from tests.desk_scenes import (
    Statements,
    acting,
    at_work,
    disposed,
    events,
    filed,
    forges,
    opens,
    resident,
    stored,
    taken,
)
from tests.driver import Phone, Stage

PLACE = {"service_id": 2, "area_id": 1, "landmark": "Jalan Merdeka"}
FLOOD = "Parit meluap, air masuk ke rumah"
NEWS = "Pompa sudah dipasang, air mulai surut."


async def flood(stage: Stage) -> tuple[Phone, dict[str, Phone], list[int]]:
    """The head, three residents, and a report of each at the first unit: one of them taken."""
    head = await at_work(stage, "head")
    people = {name: await resident(stage, name) for name in ("Siti", "Budi", "Ali")}
    ids = [
        await taken(stage, people["Siti"], text=FLOOD, **PLACE),
        await disposed(stage, people["Budi"], text="Longkang meluap, banjir sampai ke jalan", **PLACE),
        await disposed(stage, people["Ali"], text="Banjir di jalan merdeka", anonymous=True, **PLACE),
    ]
    return head, people, ids


async def grouped(stage: Stage) -> tuple[Phone, dict[str, Phone], list[int], int]:
    """The same, grouped by talking: the first opens it, the others join from the list of similar ones."""
    head, people, ids = await flood(stage)
    await opens(head, ids[0])
    await head.presses("Kejadian")
    head.sees("bagian dari kejadian mana")
    await head.presses("Kejadian baru")
    await head.says("Banjir di Jalan Merdeka")
    head.sees("Laporan dimasukkan ke kejadian", "Banjir di Jalan Merdeka", "1 dari 1 laporan", "Dinas Pekerjaan Umum")
    for _ in range(2):
        await head.presses("Tambah laporan serupa")
        await head.presses("Masukkan 1")
    head.sees("3 dari 3 laporan")
    async with stage.db.read() as session:
        number = (await session.scalars(select(Occurrence.id))).one()
    return head, people, ids, number


async def test_members_keep_their_own_numbers_and_the_grouping_is_an_event_on_each(stage: Stage) -> None:
    head, _people, ids, number = await grouped(stage)
    codes = {(await stored(stage, complaint_id)).code for complaint_id in ids}
    assert len(codes) == 3
    for code in codes:
        assert code in head.last()
    for complaint_id in ids:
        assert (await stored(stage, complaint_id)).occurrence_id == number
        last = (await events(stage, complaint_id))[-1]
        assert (last.action, last.public, last.role) == (Action.GROUP, False, "head")
    await opens(head, ids[1])
    head.sees("Bagian dari kejadian KJD-", "Dimasukkan ke kejadian KJD-")


async def test_one_update_reaches_everybody_once_and_stands_on_every_report(stage: Stage) -> None:
    head, people, ids, number = await grouped(stage)
    wati = await resident(stage, "Wati")
    async with stage.db.begin() as session:
        find = select(Person.id).where(Person.telegram_id.in_((wati.id, people["Siti"].id)))
        for person_id in await session.scalars(find):  # Wati follows two of them, Siti somebody else's
            for complaint_id in ids[1:]:
                await followers.add(session, complaint_id, person_id, stage.now)
    await forges(head, Open("occurrence", number).encode())
    await head.presses("Kabari semua pelapor")
    await head.says("ya")
    assert head.saw("sedikit lebih jelas")
    await head.says("Pompa dipasang.")
    await head.says(NEWS)
    head.sees("Periksa sebelum dikirim kepada semua pelapor", NEWS)
    await head.presses("Kirim ke semua pelapor")
    head.sees("Kabar tercatat pada 3 laporan", NEWS)
    for phone in (*people.values(), wati):
        assert sum(NEWS in text for text in phone.texts()) == 1, phone.name
    people["Ali"].sees("Kabar tentang Banjir di Jalan Merdeka", (await stored(stage, ids[2])).code)
    for complaint_id in ids:
        told = [event for event in await events(stage, complaint_id) if event.action is Action.INFORM]
        assert [(event.text, event.public) for event in told] == [(NEWS, True)]
        assert (await stored(stage, complaint_id)).first_response_at == stage.now
    await people["Budi"].presses("Lihat laporan")
    people["Budi"].sees("Kabar dari petugas untuk semua pelapor", NEWS)


async def test_proposing_done_follows_up_each_and_each_reporter_judges_alone(stage: Stage) -> None:
    head, people, ids, number = await grouped(stage)
    await forges(head, Open("occurrence", number).encode())
    await head.presses("Usulkan selesai semuanya")
    await head.says("Parit sudah dikeruk.")
    await head.presses("Kirim ke semua pelapor")
    head.sees("3 laporan diusulkan selesai")
    assert {(await stored(stage, complaint_id)).status for complaint_id in ids} == {Status.FOLLOWED_UP}
    for name, complaint_id in zip(people, ids, strict=True):
        people[name].sees((await stored(stage, complaint_id)).code, "Apakah masalahnya sudah selesai?")
    await people["Siti"].presses("Belum selesai")
    await people["Siti"].says("Air masih masuk ke rumah")
    if "Kirim" in " ".join(people["Siti"].buttons()):
        await people["Siti"].presses("Kirim")
    statuses = [(await stored(stage, complaint_id)).status for complaint_id in ids]
    assert statuses == [Status.REOPENED, Status.FOLLOWED_UP, Status.FOLLOWED_UP]
    assert Action.TAKE in [event.action for event in await events(stage, ids[1])]


async def test_what_the_unit_does_not_have_is_left_out_and_said(stage: Stage) -> None:
    head, people, ids, number = await grouped(stage)
    verifier, elsewhere = await at_work(stage, "verifier"), await filed(stage, people["Budi"], text=FLOOD, **PLACE)
    await forges(verifier, Ticket(Action.GROUP.value, elsewhere, str(number)).encode())
    verifier.sees("4 dari 4 laporan")
    await forges(head, Open("occurrence", number).encode())
    head.sees("3 dari 3 laporan")  # what is not the unit's is not seen
    await head.presses("Kabari semua pelapor")
    await head.says(NEWS)
    await head.presses("Kirim ke semua pelapor")
    head.sees("Kabar tercatat pada 3 laporan", "1 laporan terbuka tidak ikut")
    assert Action.INFORM not in [event.action for event in await events(stage, elsewhere)]
    assert all([(await stored(stage, complaint_id)).first_response_at for complaint_id in ids])


async def test_a_news_of_the_verifier_reaches_all_but_is_no_answer_of_the_unit(stage: Stage) -> None:
    _head, _people, ids, number = await grouped(stage)
    verifier = await at_work(stage, "verifier")
    await forges(verifier, Open("occurrence_tell", number).encode())
    await verifier.says(NEWS)
    await verifier.presses("Kirim ke semua pelapor")
    verifier.sees("Kabar tercatat pada 3 laporan")
    assert (await stored(stage, ids[1])).first_response_at is None
    assert "Usulkan selesai semuanya" not in " ".join(verifier.buttons())


async def test_a_report_leaves_or_moves_over(stage: Stage) -> None:
    head, _people, ids, number = await grouped(stage)
    await opens(head, ids[2])
    await head.presses("Kejadian")
    head.sees("Sekarang bagian dari KJD-")
    await head.presses("Keluarkan dari kejadian")
    head.sees("Laporan dikeluarkan dari kejadian")
    assert (await stored(stage, ids[2])).occurrence_id is None
    assert (await events(stage, ids[2]))[-1].action is Action.UNGROUP
    await head.presses("Kejadian")
    await head.presses("Banjir di Jalan Merdeka")
    assert (await stored(stage, ids[2])).occurrence_id == number


async def test_the_name_may_be_the_suggested_one_and_back_and_cancel_work(stage: Stage) -> None:
    head, _people, ids = await flood(stage)
    await opens(head, ids[0])
    await head.presses("Kejadian")
    await head.presses("Kejadian baru")
    head.sees("Apa nama kejadiannya?")
    await head.presses("Kembali")
    head.sees("bagian dari kejadian mana")
    await head.says("bantuan")
    assert head.saw("mengumpulkan banyak laporan")
    await head.presses("Batal")
    head.sees("tidak ada yang berubah")
    assert (await stored(stage, ids[0])).occurrence_id is None
    await opens(head, ids[0])
    await head.presses("Kejadian")
    await head.presses("Kejadian baru")
    await stage.close()
    await stage.open()
    await head.presses("Drainase di Sei Jang")
    head.sees("Drainase di Sei Jang", "1 dari 1 laporan")


async def test_the_draft_of_an_update_survives_a_restart_and_is_sent_once(stage: Stage) -> None:
    head, people, _ids, number = await grouped(stage)
    await forges(head, Open("occurrence_tell", number).encode())
    await head.says(NEWS)
    await stage.close()
    await stage.open()
    message_id, data = head.button("Kirim ke semua pelapor")
    await head.presses_data(message_id, data)
    await head.presses_data(message_id, data)
    assert sum(NEWS in text for text in people["Siti"].texts()) == 1
    async with stage.db.read() as session:
        (update,) = (await session.scalars(select(OccurrenceUpdate))).all()
        assert (update.text, update.reports) == (NEWS, 3)


async def test_the_list_has_counts_and_asks_no_query_per_row(stage: Stage) -> None:
    head, people, _ids, _number = await grouped(stage)
    counts = []
    for title in ("Lampu padam di Sei Jang", "Sampah di pasar"):
        with Statements(stage) as statements:
            await head.says("/kejadian")
        counts.append(len(statements.seen))
        head.sees("3 dari 3 laporan masih terbuka")
        complaint_id = await disposed(stage, people["Budi"])
        async with stage.db.begin() as session:
            await incidents.open_new(await acting(stage, session, "head"), complaint_id, title)
    assert len(set(counts)) == 1
    await head.says("/kejadian")
    head.sees("Sampah di pasar", "Lampu padam")
    await head.presses("Sampah di pasar")
    head.sees("1 dari 1 laporan")


@pytest.mark.parametrize("role", ["hr", "admin", "resident"])
async def test_who_has_no_desk_sees_no_occurrence(stage: Stage, role: str) -> None:
    _head, _people, ids, number = await grouped(stage)
    phone = await at_work(stage, role) if role != "resident" else await resident(stage, "Wati")
    await phone.says("/kejadian")
    phone.sees("hanya untuk petugas yang berwenang")
    for data in (
        Open("occurrence", number).encode(),
        Open("occurrence_tell", number).encode(),
        Open("occurrence_done", number).encode(),
        Open("occurrence_more", number).encode(),
        Ticket(Action.GROUP.value, ids[0]).encode(),
        Ticket(Action.UNGROUP.value, ids[0]).encode(),
    ):
        await forges(phone, data)
        assert "Merdeka" not in phone.last()
    assert (await stored(stage, ids[0])).occurrence_id == number


async def test_another_units_officer_does_not_see_it_and_the_own_one_groups_nothing(stage: Stage) -> None:
    _head, _people, ids, number = await grouped(stage)
    other, officer = await at_work(stage, "other_officer"), await at_work(stage, "officer")
    for data in (Open("occurrence", number).encode(), Open("occurrence_tell", number).encode()):
        await forges(other, data)
        assert "Merdeka" not in other.last()
    await forges(officer, Ticket(Action.UNGROUP.value, ids[0]).encode())
    assert (await stored(stage, ids[0])).occurrence_id == number
    await forges(officer, Open("occurrence", number).encode())
    labels = " ".join(officer.buttons())
    assert "Kabari semua pelapor" in labels
    assert "Tambah laporan serupa" not in labels


async def test_restricted_reports_are_never_grouped(stage: Stage) -> None:
    head, _people, ids, number = await grouped(stage)
    async with stage.db.begin() as session:
        shut = await session.get_one(Complaint, ids[2])
        shut.confidential, shut.occurrence_id = True, None
    await forges(head, Ticket(Action.GROUP.value, ids[2], str(number)).encode())
    assert (await stored(stage, ids[2])).occurrence_id is None


@pytest.mark.parametrize("data", ["o:occurrence:0", "o:occurrence:999", "o:occurrence_done:999", "u:anew:occur.x.y"])
async def test_forged_occurrences_are_answered(stage: Stage, data: str) -> None:
    head = await at_work(stage, "head")
    await forges(head, data)
    assert head.saw("Kejadian itu tidak ada")


async def test_two_heads_propose_done_at_once_and_each_reporter_is_asked_once(stage: Stage) -> None:
    _head, people, ids, number = await grouped(stage)
    ready = asyncio.Barrier(2)

    async def propose(role: str) -> None:
        async with stage.db.begin() as session:
            who = await acting(stage, session, role)
            if not stage.db.is_sqlite:  # there only one transaction writes at a time
                await ready.wait()
            await incidents.propose_all_done(who, number, "Parit sudah dikeruk.")

    ends: list[Any] = await asyncio.gather(propose("head"), propose("officer"), return_exceptions=True)
    await stage.settle()
    (refused,) = [end for end in ends if end is not None]
    assert isinstance(refused, Refusal)
    for phone in people.values():
        assert sum("Apakah masalahnya sudah selesai?" in text for text in phone.texts()) == 1
    for complaint_id in ids:
        assert [event.action for event in await events(stage, complaint_id)].count(Action.PROPOSE_DONE) == 1
