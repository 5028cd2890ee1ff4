"""Who follows what is nobody's business: sealed, exported to the person alone, gone with the person."""

from __future__ import annotations

from sqlalchemy import select

from bot.callbacks import Open, Ticket
from bot.services import followers, identity
from bot.services.desk import verifying, working
from models.follower import Follower
from models.outbox import OutboxMessage
from models.person import Person
from tests.desk_scenes import WORDS, Statements, acting, disposed, forges, resident, stored
from tests.driver import Stage
from tests.handlers.test_followed import a_report, following, number_of, person_id, to_the_offer


async def test_nobody_else_opens_a_followed_report(stage: Stage) -> None:
    _budi, complaint_id = await following(stage)
    ali = await resident(stage, "Ali")
    for verb in ("followed", "unfollow", "view"):
        await forges(ali, Ticket(verb, complaint_id).encode())
        assert WORDS not in ali.last()
    assert await number_of(stage, Follower) == 1


async def test_nothing_stored_says_in_plain_words_who_follows_what(stage: Stage) -> None:
    budi, complaint_id = await following(stage)
    who = await person_id(stage, budi)
    async with stage.db.begin() as session:
        await verifying.dispose(await acting(stage, session, "verifier"), complaint_id, "u1")
    async with stage.db.read() as session:
        (row,) = (await session.scalars(select(Follower))).all()
        assert row.since.hour == row.since.minute == 0
        assert row.sealed.startswith("gAAAA")
        assert row.mark in identity.marks_of(session, who)
        told = (await session.scalars(select(OutboxMessage).where(OutboxMessage.person_id == who))).all()
        assert {(message.kind, message.complaint_id) for message in told} == {("sealed", None)}


async def test_the_export_names_what_is_followed_and_erasing_ends_it(stage: Stage) -> None:
    budi, complaint_id = await following(stage)
    code = (await stored(stage, complaint_id)).code
    async with stage.db.read() as session:
        person = await session.get_one(Person, await person_id(stage, budi))
        assert [number for number, _since in await followers.of_person(session, person)] == [code]
    await budi.says("/hapus")
    await budi.presses("Ya, hapus semuanya")
    assert await number_of(stage, Follower) == 0


async def test_a_list_asks_no_query_per_row(stage: Stage) -> None:
    budi = await resident(stage, "Budi")
    counts = []
    for name in ("Siti", "Ali", "Wati"):
        complaint_id = await a_report(stage, name)
        async with stage.db.begin() as session:
            await followers.add(session, complaint_id, await person_id(stage, budi), stage.now)
        with Statements(stage) as statements:
            await forges(budi, Open("followed").encode())
        counts.append(len(statements.seen))
    assert len(set(counts)) == 1


async def test_looking_for_the_same_is_one_query_however_many_there_are(stage: Stage) -> None:
    counts = []
    for number in range(1, 4):
        await a_report(stage, f"Warga {number}")
        budi = await resident(stage, f"Budi {number}")
        with Statements(stage) as statements:
            await to_the_offer(budi)
        budi.sees("Sudah ada laporan serupa")
        counts.append(sum("complaint" in seen and "SELECT" in seen for seen in statements.seen))
    assert len(set(counts)) == 1


async def test_an_officers_reply_in_another_language(stage: Stage) -> None:
    complaint_id = await disposed(stage, await resident(stage), service_id=1, area_id=1)
    ali = stage.person("Ali", "en")
    await ali.starts()
    async with stage.db.begin() as session:
        await followers.add(session, complaint_id, await person_id(stage, ali), stage.now)
        await working.take(await acting(stage, session, "officer"), complaint_id)
    await stage.settle()
    assert "Bapak/Ibu" not in ali.last()
