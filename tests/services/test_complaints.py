"""The resident's services: limits, whose report it is, what can still be done."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.services import complaints, following, verdicts
from bot.services.city import know
from bot.services.complaints import Report, Words
from models.complaint import Complaint, ReportClass
from models.errors import Refusal
from models.person import Person
from models.rules import ticket_code
from models.rules.complaint_flow import Action, Status
from models.rules.permissions import Presser
from tests.driver import Stage


async def filed(stage: Stage, telegram_id: int = 8_000_001, key: str = "k") -> tuple[int, int]:
    """A person with a report: (person id, complaint id)."""
    async with stage.db.begin() as session:
        person = await session.scalar(select(Person).where(Person.telegram_id == telegram_id))
        if person is None:
            person = Person(telegram_id=telegram_id, name="Siti", language="id", created_at=stage.now)
            session.add(person)
            await session.flush()
        city = await know(session, stage.now)
        report = Report(key=key, report_class=ReportClass.COMPLAINT, text="Lampu jalan mati", message_id=5)
        complaint = await complaints.file(session, city, person, report, stage.now)
        return person.id, complaint.id


async def test_the_same_talk_files_one_report(stage: Stage) -> None:
    assert await filed(stage) == await filed(stage)


async def test_a_code_that_is_taken_is_drawn_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["GRD-1", "GRD-1", "GRD-1", "GRD-2"])
    monkeypatch.setattr(ticket_code, "make", lambda *_: next(drawn))
    _, first = await filed(stage, 8_000_001, "a")
    _, second = await filed(stage, 8_000_002, "b")
    async with stage.db.read() as session:
        codes = dict((await session.execute(select(Complaint.id, Complaint.code))).tuples().all())
    assert codes == {first: "GRD-1", second: "GRD-2"}


async def test_own_report_is_nobody_elses(stage: Stage) -> None:
    _owner, number = await filed(stage)
    other, _ = await filed(stage, 8_000_002, "other")
    async with stage.db.read() as session:
        with pytest.raises(Refusal) as refused:
            await following.own(session, Presser(other), number)
    assert refused.value.code == "not_your_record"


async def test_answer_gives_the_working_days_of_the_pause_back(stage: Stage) -> None:
    owner, number = await filed(stage)
    async with stage.db.begin() as session:
        complaint = await complaints.get(session, number)
        before = complaint.verify_due_at
        complaint.paused_at = stage.now
    stage.later(days=7)
    async with stage.db.begin() as session:
        city = await know(session, stage.now)
        complaint = await complaints.add_information(
            session, city, Presser(owner), number, Words("di tiang ketiga"), stage.now
        )
        assert complaint.paused_at is None
        assert complaint.verify_due_at - before == timedelta(days=7)
        assert complaint.due_at == complaint.verify_due_at


async def test_an_edit_is_recognised_by_its_message(stage: Stage) -> None:
    owner, number = await filed(stage)
    other, _ = await filed(stage, 8_000_002, "other")
    async with stage.db.read() as session:
        person, stranger = await session.get(Person, owner), await session.get(Person, other)
        found = await following.rewritten(session, person, 5)
        assert found is not None
        assert (found[0].id, found[1]) == (number, "Lampu jalan mati")
        assert await following.rewritten(session, stranger, 6) is None


async def test_explanation_is_written_once(stage: Stage) -> None:
    owner, number = await filed(stage)
    async with stage.db.begin() as session:
        city = await know(session, stage.now)
        complaint = await complaints.get(session, number)
        for action in (Action.VERIFY, Action.DISPOSE, Action.TAKE, Action.PROPOSE_DONE):
            complaint.move(action, stage.now)
        await verdicts.confirm(session, city, Presser(owner), number, 1, stage.now)
        await verdicts.explain(session, city, Presser(owner), number, "Lama", stage.now)
        with pytest.raises(Refusal):
            await verdicts.explain(session, city, Presser(owner), number, "Lama sekali", stage.now)
    async with stage.db.read() as session:
        assert (await session.scalars(select(Complaint.status).where(Complaint.id == number))).one() is Status.CLOSED
