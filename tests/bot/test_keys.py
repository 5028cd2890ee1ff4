"""The keys for the identities of anonymous reporters: where they come from, and what is said when they are wrong."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import keys
from bot.config import ConfigurationError, Settings
from bot.db import Database, name_of
from bot.keys import Keyring, UnknownKeyError, make_key
from bot.schema import migrate
from bot.sealing import prepare, require_keys, seal_all
from bot.services import complaints, identity, outbox
from bot.services.city import know
from bot.services.complaints import Report
from models.complaint import Complaint, ComplaintEvent, ReportClass
from models.outbox import OutboxMessage
from models.person import Person
from models.rules.complaint_flow import Action
from models.sealing import SealedIdentity
from models.survey import Pulse
from tests.bot.command_line import gurindam
from tests.driver import START, TOKEN
from tests.factories import small_city, staff

OLD, NEW = make_key(), make_key()


def test_a_ring_opens_what_any_of_its_keys_sealed_and_seals_with_the_first() -> None:
    token = Keyring([OLD]).seal("42")
    both = Keyring([NEW, OLD])
    assert both.open(token) == "42"
    assert Keyring([NEW]).open(both.seal("42")) == "42"
    with pytest.raises(UnknownKeyError):
        Keyring([NEW]).open(token)


def test_marks_tell_nothing_and_differ_by_key_and_text() -> None:
    ring = Keyring([NEW, OLD])
    assert ring.mark("person: 1") == Keyring([NEW]).mark("person: 1")
    assert ring.marks("person: 1") == {Keyring([key]).mark("person: 1") for key in (OLD, NEW)}
    assert ring.mark("person: 1") != ring.mark("person: 2")
    assert all(0 <= number < 2**63 for number in ring.numbers("message: 1: 2"))


def settings(url: str, key: str | None) -> Settings:
    given = {"identity_key": key} if key is not None else {}
    return Settings(env_file=None, database_url=url, **given)


@pytest.fixture
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(keys.SETTING)


@pytest.mark.usefixtures("_no_key")
def test_a_sqlite_city_makes_a_key_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'city.sqlite'}"
    keys.use(settings(url, None))
    database = Database(url)
    first = keys.of(name_of(database.url))
    file = tmp_path / "city.sqlite.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    keys.use(settings(url, None))
    assert keys.of(name_of(database.url)).open(first.seal("1")) == "1"


@pytest.mark.usefixtures("_no_key")
def test_postgresql_without_a_key_says_what_to_set() -> None:
    keys.use(settings("postgresql://nobody@nowhere/none", None))
    with pytest.raises(ConfigurationError, match="Set GURINDAM_IDENTITY_KEY: `gurindam new-key`"):
        keys.of(Database("postgresql://nobody@nowhere/none").url)


async def anonymous_report(url: str, key: str, number: int = 1) -> int:
    """A city with one more anonymous report, sealed with this key."""
    keys.use(settings(url, key))
    database = Database(url)
    async with database.begin() as session:
        person = (await session.scalars(select(Person).order_by(Person.id).limit(1))).first()
        if person is None:
            await small_city(session)
            await staff(session, START)
            person = (await session.scalars(select(Person).order_by(Person.id).limit(1))).one()
        report = Report(f"k{number}", ReportClass.COMPLAINT, "Lampu mati", anonymous=True)
        complaint = await complaints.file(session, await know(session, START), person, report, START)
    await database.close()
    return complaint.id


async def owner_of(url: str, complaint_id: int) -> int | None:
    database = Database(url)
    async with database.read() as session:
        found = await identity.reporter_of(session, await session.get_one(Complaint, complaint_id))
    await database.close()
    return found.person_id if found is not None else None


async def test_a_wrong_key_is_one_line_that_says_what_to_set(database_url: str) -> None:
    await anonymous_report(database_url, OLD)
    with pytest.raises(ConfigurationError, match="Set GURINDAM_IDENTITY_KEY to the key that sealed"):
        await prepare(settings(database_url, NEW))
    await prepare(settings(database_url, f"{NEW},{OLD}"))


def test_the_command_line_stops_with_exit_code_2(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'city.sqlite'}"
    migrate(url)
    asyncio.run(anonymous_report(url, OLD))
    for command in ("run", "rotate-key"):
        ended = gurindam(tmp_path, command, BOT_TOKEN=TOKEN, DATABASE_URL=url, IDENTITY_KEY=NEW)
        assert ended.returncode == 2
        assert ended.stderr.strip().startswith("Set GURINDAM_IDENTITY_KEY to the key that sealed"), ended.stderr
        assert len(ended.stderr.strip().splitlines()) == 1
    bad = gurindam(tmp_path, "run", BOT_TOKEN=TOKEN, DATABASE_URL=url, IDENTITY_KEY="rahasia")
    assert (bad.returncode, "gurindam new-key" in bad.stderr) == (2, True)
    lost = gurindam(tmp_path, "check", BOT_TOKEN=TOKEN, DATABASE_URL=url, TELEGRAM_API_URL="http://127.0.0.1:1")
    assert lost.returncode == 2
    assert "put" in lost.stderr
    assert "city.sqlite.key back" in lost.stderr


def test_a_new_key_is_printed_as_the_setting_wants_it(tmp_path: Path) -> None:
    ended = gurindam(tmp_path, "new-key")
    assert ended.returncode == 0
    assert keys.is_key(ended.stdout.strip())


async def test_after_the_rotation_the_old_key_may_go(database_url: str, tmp_path: Path) -> None:
    ids = [await anonymous_report(database_url, OLD, number) for number in range(3)]
    owner = await owner_of(database_url, ids[0])
    ended = await asyncio.to_thread(
        gurindam, tmp_path, "rotate-key", DATABASE_URL=database_url, IDENTITY_KEY=f"{NEW},{OLD}"
    )
    assert ended.returncode == 0, ended.stdout
    assert "3 reports" in ended.stdout
    await prepare(settings(database_url, NEW))
    assert [await owner_of(database_url, number) for number in ids] == [owner] * 3
    database = Database(database_url)
    async with database.read() as session:
        mine = await session.scalars(select(Complaint.id).where(identity.is_of(session, owner or 0)))
        assert sorted(mine) == ids
        told = await session.scalars(select(OutboxMessage.values).where(OutboxMessage.kind == outbox.SEALED))
        assert all(outbox.opened(identity.keyring(session), values)["kind"] for values in told)
    await database.close()


async def test_what_an_earlier_release_left_open_is_sealed_once(database_url: str) -> None:
    """Rows as release 0001 wrote them: the reporter's id in the complaint, its events, notices, key and rating."""
    keys.use(settings(database_url, OLD))
    database = Database(database_url)
    async with database.begin() as session:
        await small_city(session)
        await staff(session, START)
        person = (await session.scalars(select(Person).order_by(Person.id.desc()).limit(1))).one()
        complaint = earlier(person.id)
        session.add(complaint)
        await session.flush()
        session.add(
            ComplaintEvent(
                complaint_id=complaint.id,
                at=START,
                actor_id=person.id,
                role="resident",
                action=Action.ADD_INFORMATION,
                status_after="received",
                message_id=78,
                text="Tiang nomor tujuh",
            )
        )
        session.add(
            Pulse(
                person_id=person.id,
                service_id=1,
                day=START.date(),
                score=1,
                complaint_id=complaint.id,
                created_at=START,
            )
        )
        await outbox.put(
            session,
            key=f"report_taken:{complaint.id}:1:{person.id}",
            person_id=person.id,
            kind="report_taken",
            now=START,
            values={"complaint_id": complaint.id, "code": complaint.code},
            complaint_id=complaint.id,
        )
    assert [await seal_all(database), await seal_all(database)] == [1, 0]
    async with database.read() as session:
        sealed = (await session.scalars(select(Complaint))).one()
        event = (await session.scalars(select(ComplaintEvent))).one()
        notice = (await session.scalars(select(OutboxMessage))).one()
        pulse = (await session.scalars(select(Pulse))).one()
        assert (sealed.reporter_id, event.actor_id, notice.complaint_id, pulse.complaint_id) == (None,) * 4
        assert (notice.kind, list(notice.values)) == (outbox.SEALED, [outbox.SEALED])
        assert str(person.id) not in (sealed.filing_key, notice.key)
        assert sealed.message_id not in (77, None)
        assert event.message_id not in (78, None)
        assert (await session.scalars(select(SealedIdentity.complaint_id))).all() == [sealed.id]
        found = await session.scalar(select(Complaint.id).where(identity.is_of(session, person.id)))
        assert found == sealed.id
        await require_keys(database)
    await database.close()


def earlier(person_id: int) -> Complaint:
    return Complaint(
        code="TPI-261124-2345678",
        filing_key=f"{person_id}:ab12",
        report_class=ReportClass.COMPLAINT,
        reporter_id=person_id,
        anonymous=True,
        message_id=77,
        text="Lampu jalan mati",
        received_at=START,
        verify_due_at=START,
        settle_due_at=START,
        statutory_due_on=START.date(),
    )
