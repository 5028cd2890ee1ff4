"""What the steps of the desk do to clocks and rows, and what happens when two come at once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm.exc import StaleDataError

from bot.services import complaints, notices
from bot.services.city import know
from bot.services.complaints import Words
from bot.services.desk import reading, verifying, working
from models.complaint import Complaint, ReportClass
from models.employee import Leave
from models.errors import Refusal
from models.person import Person
from models.rules.complaint_flow import Action, Status
from models.rules.permissions import Presser
from tests.desk_scenes import acting, disposed, events, filed, resident, stored, taken
from tests.driver import Stage

LOCAL_CLOSE = 9  # 16.00 WIB


async def test_two_transactions_that_both_read_it_untaken_take_it_once(stage: Stage) -> None:
    complaint_id = await disposed(stage, await resident(stage))
    both_have_read = asyncio.Barrier(2)

    async def take(role: str) -> None:
        async with stage.db.begin() as session:
            who = await acting(stage, session, role)
            await complaints.get(session, complaint_id)
            if not stage.db.is_sqlite:  # there only one transaction writes at a time
                await both_have_read.wait()
            await working.take(who, complaint_id)

    ends = await asyncio.gather(take("officer"), take("head"), return_exceptions=True)
    (refused,) = [end for end in ends if end is not None]
    assert isinstance(refused, StaleDataError | Refusal)
    assert [event.action for event in await events(stage, complaint_id)].count(Action.TAKE) == 1


@pytest.mark.parametrize(
    ("report_class", "inspection", "days"),
    [
        (ReportClass.COMPLAINT, False, "2026-04-14"),
        (ReportClass.COMPLAINT, True, "2026-05-13"),
        (ReportClass.ASPIRATION, False, "2026-03-31"),
        (ReportClass.INFORMATION, True, "2026-03-31"),
    ],
)
async def test_rule_10_the_class_decides_the_promise(
    stage: Stage, report_class: ReportClass, inspection: bool, days: str
) -> None:
    """Domain rules 10 and 11: received on 17 March 2026, before Nyepi and Idul Fitri; the statute's 60 days cap 60."""
    siti = await resident(stage)
    stage.now = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)
    complaint_id = await filed(stage, siti)
    async with stage.db.begin() as session:
        await verifying.verify(await acting(stage, session, "verifier"), complaint_id, report_class, inspection)
    complaint = await stored(stage, complaint_id)
    assert complaint.verify_due_at == datetime(2026, 3, 27, LOCAL_CLOSE, tzinfo=UTC)
    assert f"{complaint.settle_due_at:%Y-%m-%d}" == days
    assert complaint.due_at == complaint.verify_due_at


async def _answer(stage: Stage, complaint_id: int, text: str) -> None:
    async with stage.db.begin() as session:
        complaint = await session.get_one(Complaint, complaint_id)
        presser = Presser(complaint.reporter_id or 0)
        city = await know(session, stage.now)
        await complaints.add_information(session, city, presser, complaint_id, Words(text), stage.now)


async def test_the_verifiers_clock_waits_for_what_is_missing(stage: Stage) -> None:
    complaint_id = await filed(stage, await resident(stage))
    before = await stored(stage, complaint_id)
    async with stage.db.begin() as session:
        await verifying.ask_completion(await acting(stage, session, "verifier"), complaint_id, "Di mana?")
    stage.later(days=7)
    await _answer(stage, complaint_id, "Depan SD 01")
    after = await stored(stage, complaint_id)
    assert (after.status, after.paused_at) == (Status.RECEIVED, None)
    assert after.verify_due_at == before.verify_due_at + timedelta(days=7)
    assert after.due_at == after.verify_due_at
    assert after.settle_due_at > before.settle_due_at


async def test_the_units_clock_waits_for_the_answer_and_then_runs_on(stage: Stage) -> None:
    complaint_id = await taken(stage, await resident(stage))
    before = await stored(stage, complaint_id)
    async with stage.db.begin() as session:
        await working.ask_resident(await acting(stage, session, "officer"), complaint_id, "Tiang berapa?", ())
    stage.later(days=7)
    async with stage.db.begin() as session:
        await working.ask_resident(await acting(stage, session, "officer"), complaint_id, "Masih ada?", ())
    paused = await stored(stage, complaint_id)
    assert paused.paused_at == stage.now - timedelta(days=7)
    assert not complaints.is_late(paused, stage.now + timedelta(days=90))
    await _answer(stage, complaint_id, "Tiang 7")
    after = await stored(stage, complaint_id)
    assert after.paused_at is None
    assert after.due_at == after.settle_due_at == before.settle_due_at + timedelta(days=7)
    assert after.statutory_due_on == before.statutory_due_on


async def test_the_first_response_is_counted_once(stage: Stage) -> None:
    complaint_id = await taken(stage, await resident(stage))
    first = stage.now
    for _ in range(2):
        async with stage.db.begin() as session:
            await working.reply(await acting(stage, session, "officer"), complaint_id, "Kami cek.", ())
        stage.later(hours=1)
    assert (await stored(stage, complaint_id)).first_response_at == first


async def test_rule_20_every_step_says_who_when_from_and_to(stage: Stage) -> None:
    """Domain rule 20."""
    complaint_id = await taken(stage, await resident(stage))
    told = [
        (event.action, event.role, event.status_before, event.status_after)
        for event in await events(stage, complaint_id)
    ]
    assert told == [
        (Action.VERIFY, "verifier", Status.RECEIVED, Status.VERIFIED),
        (Action.DISPOSE, "verifier", Status.VERIFIED, Status.DISPOSED),
        (Action.TAKE, "officer", Status.DISPOSED, Status.IN_PROGRESS),
    ]
    assert all(event.at == stage.now and event.actor_id for event in await events(stage, complaint_id))


async def test_an_officer_on_leave_is_not_told_and_the_head_is_asked_instead(stage: Stage) -> None:
    async with stage.db.begin() as session:
        city = await know(session, stage.now)
        officer, head = await acting(stage, session, "officer"), await acting(stage, session, "head")
        assert await notices.receivers(session, city, 1, stage.now) == [officer.presser.person_id]
        today = city.today(stage.now)
        session.add(Leave(employee_id=officer.presser.employee_id or 0, first_day=today, last_day=today))
        await session.flush()
        assert await notices.receivers(session, city, 1, stage.now) == [head.presser.person_id]


async def test_rule_14_the_name_of_an_anonymous_reporter_is_not_even_read(stage: Stage) -> None:
    """Domain rule 14, in the query itself."""
    siti = await resident(stage)
    open_id, hidden_id = await filed(stage, siti), await filed(stage, siti, anonymous=True)
    async with stage.db.read() as session:
        shown = await reading.card(session, await complaints.get(session, open_id), stage.now)
        hidden = await reading.card(session, await complaints.get(session, hidden_id), stage.now)
        assert not [row for row in session.identity_map.values() if isinstance(row, Person)]
    assert (shown.reporter.name, hidden.reporter.name) == ("Siti", None)
    assert hidden.reporter.reachable


async def test_an_erased_reporter_leaves_a_card_that_still_opens(stage: Stage) -> None:
    complaint_id = await filed(stage, await resident(stage))
    async with stage.db.begin() as session:
        (await session.get_one(Complaint, complaint_id)).reporter_id = None
    async with stage.db.read() as session:
        card = await reading.card(session, await complaints.get(session, complaint_id), stage.now)
    assert (card.reporter.name, card.reporter.reachable) == (None, False)


async def test_taking_what_no_unit_has_starts_the_clock_of_settlement(stage: Stage) -> None:
    complaint_id = await filed(stage, await resident(stage), confidential=True)
    async with stage.db.begin() as session:
        who = await acting(stage, session, "inspector")
        await working.take(who, complaint_id)
    complaint = await stored(stage, complaint_id)
    assert (complaint.status, complaint.due_at) == (Status.IN_PROGRESS, complaint.settle_due_at)
    assert complaint.officer_id == who.presser.employee_id
