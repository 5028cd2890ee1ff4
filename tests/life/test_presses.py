"""Two who press at the same moment: both have read the report as it was, and still one consistent end comes out.

On PostgreSQL the two transactions really run side by side; on SQLite one writer waits for the other. What loses is run
again as the product runs it, and then says no or finds that it is done.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from bot.services import complaints, followers, identity, verdicts
from bot.services.city import know
from bot.services.complaints import Report
from bot.services.desk import findings, merging, on_behalf, silence, verifying, working
from bot.services.desk.verifying import Acting
from models.complaint import Complaint, ComplaintEvent, ReportClass, Source
from models.errors import Refusal
from models.follower import Follower
from models.outbox import OutboxMessage
from models.person import Person
from models.rules.complaint_flow import TRANSITIONS, Action, Status, Verdict
from models.rules.permissions import Presser
from tests.desk_scenes import WORDS, acting, disposed, filed, resident, stored, taken
from tests.driver import Phone, Stage

TRIES = 3
Press = Callable[[Acting], Awaitable[Any]]


async def _as_resident(stage: Stage, session: Any, phone: Phone) -> Acting:
    person_id = await session.scalar(select(Person.id).where(Person.telegram_id == phone.id))
    presser = Presser(person_id or 0, marks=identity.marks_of(session, person_id or 0))
    return Acting(session, await know(session, stage.now), presser, stage.now)


async def _at_once(stage: Stage, *presses: tuple[str | Phone, Press]) -> list[str]:
    """Press all of it in transactions that have all read every report before any of them writes; how each ended."""
    begun = asyncio.Barrier(len(presses))

    async def press(who: str | Phone, act: Press) -> str:
        for attempt in range(TRIES):
            try:
                async with stage.db.begin() as session:
                    is_staff = isinstance(who, str)
                    one = await (acting if is_staff else _as_resident)(stage, session, who)  # type: ignore[operator]
                    _seen = (await session.scalars(select(Complaint).order_by(Complaint.id))).all()
                    if not attempt and not stage.db.is_sqlite:  # there only one transaction writes at a time
                        await begun.wait()
                    await act(one)
            except StaleDataError:
                continue
            except Refusal as refused:
                return refused.code
            return "done"
        return "somebody_was_faster"

    return await asyncio.gather(*(press(who, act) for who, act in presses))


async def _history(stage: Stage, complaint_id: int) -> list[Action]:
    """The steps, which are a chain of moves of the table to where the report stands."""
    async with stage.db.read() as session:
        rows = await session.scalars(
            select(ComplaintEvent).where(ComplaintEvent.complaint_id == complaint_id).order_by(ComplaintEvent.id)
        )
        events = rows.all()
        status: Status | None = Status.RECEIVED
        for event in events:
            assert event.status_before is status
            assert TRANSITIONS[event.action][event.status_before] is event.status_after
            status = event.status_after
        assert (await session.get_one(Complaint, complaint_id)).status is status
    return [event.action for event in events]


async def _told(stage: Stage, complaint_id: int) -> Counter[str]:
    async with stage.db.read() as session:
        kinds = select(OutboxMessage.kind).where(OutboxMessage.complaint_id == complaint_id)
        return Counter((await session.scalars(kinds)).all())


async def test_two_take(stage: Stage) -> None:
    complaint_id = await disposed(stage, await resident(stage))

    async def take(one: Acting) -> None:
        await working.take(one, complaint_id)

    ends = await _at_once(stage, ("officer", take), ("head", take))
    assert sorted(ends) == ["done", "not_in_this_state"]
    assert (await _history(stage, complaint_id)).count(Action.TAKE) == 1
    assert (await _told(stage, complaint_id))["report_taken"] == 1


async def test_one_hands_on_while_another_declares_it_not_ours(stage: Stage) -> None:
    complaint_id = await filed(stage, await resident(stage))

    async def dispose(one: Acting) -> None:
        await verifying.dispose(one, complaint_id, "u1")

    async def not_ours(one: Acting) -> None:
        await verifying.declare_not_ours(one, complaint_id, 1, "Milik PLN")

    ends = await _at_once(stage, ("verifier", dispose), ("verifier", not_ours))
    assert sorted(ends) == ["done", "not_in_this_state"]
    complaint, told = await stored(stage, complaint_id), await _told(stage, complaint_id)
    was_disposed = ends[0] == "done"
    assert complaint.status is (Status.DISPOSED if was_disposed else Status.NOT_OURS)
    assert (complaint.addressee_id is None, complaint.due_at is not None) == (was_disposed, was_disposed)
    assert (told["report_disposed"], told["report_not_ours"]) == (int(was_disposed), int(not was_disposed))
    assert (await _history(stage, complaint_id))[-1] is (Action.DISPOSE if was_disposed else Action.DECLARE_NOT_OURS)


async def test_the_unit_proposes_done_while_the_reporter_takes_it_back(stage: Stage) -> None:
    siti = await resident(stage)
    complaint_id = await taken(stage, siti)

    async def done(one: Acting) -> None:
        await working.propose_done(one, complaint_id, "Sudah", ())

    async def withdraw(one: Acting) -> None:
        await complaints.withdraw(one.session, one.city, one.presser, complaint_id, one.now)

    ends = await _at_once(stage, ("officer", done), (siti, withdraw))
    assert ends in (["done", "done"], ["not_your_record", "done"], ["not_in_this_state", "done"])
    complaint = await stored(stage, complaint_id)
    assert (complaint.status, complaint.due_at, complaint.auto_close_at) == (Status.WITHDRAWN, None, None)
    proposed = (await _history(stage, complaint_id)).count(Action.PROPOSE_DONE)
    assert proposed == (ends[0] == "done") == (await _told(stage, complaint_id))["done_proposed"]


async def test_the_reporter_confirms_while_the_clock_closes(stage: Stage) -> None:
    siti = await resident(stage)
    complaint_id = await taken(stage, siti)
    async with stage.db.begin() as session:
        await working.propose_done(await acting(stage, session, "officer"), complaint_id, "Sudah", ())
    stage.later(days=30)

    async def confirm(one: Acting) -> None:
        await verdicts.confirm(one.session, one.city, one.presser, complaint_id, 4, one.now)

    async def sweep(one: Acting) -> None:
        await silence.close_silent(one.session, one.city, one.now)

    ends = await _at_once(stage, (siti, confirm), ("admin", sweep))
    assert ends in (["done", "done"], ["not_in_this_state", "done"])
    complaint, told = await stored(stage, complaint_id), await _told(stage, complaint_id)
    confirmed = ends[0] == "done"
    assert complaint.status is Status.CLOSED
    assert complaint.verdict is (Verdict.SOLVED if confirmed else Verdict.WITHOUT_CONFIRMATION)
    assert complaint.score == (4 if confirmed else None)
    steps = await _history(stage, complaint_id)
    assert (steps.count(Action.CONFIRM), steps.count(Action.AUTO_CLOSE)) == (int(confirmed), int(not confirmed))
    assert told["closed_without_confirmation"] == (not confirmed)


async def test_two_reports_are_merged_into_each_other(stage: Stage) -> None:
    first, second = await filed(stage, await resident(stage)), await filed(stage, await resident(stage, "Budi"))

    def merge(one_id: int, main_id: int) -> Press:
        async def merging_them(one: Acting) -> None:
            await merging.merge(one, one_id, main_id)

        return merging_them

    ends = await _at_once(stage, ("verifier", merge(first, second)), ("verifier", merge(second, first)))
    assert sorted(ends) in (["done", "main_is_over"], ["done", "not_in_this_state"])
    both = [await stored(stage, number) for number in (first, second)]
    assert sorted(row.status for row in both) == [Status.ARCHIVED, Status.RECEIVED]
    gone, main = sorted(both, key=lambda row: row.merged_into_id is None)
    assert (gone.merged_into_id, main.merged_into_id) == (main.id, None)
    assert (await _history(stage, gone.id), await _history(stage, main.id)) == ([Action.MERGE], [Action.ABSORB])


async def test_one_report_is_merged_into_two(stage: Stage) -> None:
    twin = await filed(stage, await resident(stage))
    mains = [await filed(stage, await resident(stage, name)) for name in ("Budi", "Ani")]

    def merge(main_id: int) -> Press:
        async def merging_it(one: Acting) -> None:
            await merging.merge(one, twin, main_id)

        return merging_it

    ends = await _at_once(stage, *(("verifier", merge(main)) for main in mains))
    assert sorted(ends) == ["done", "not_in_this_state"]
    assert (await stored(stage, twin)).merged_into_id == mains[ends.index("done")]
    assert await _history(stage, twin) == [Action.MERGE]
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Follower)) == 1
    assert (await _told(stage, twin))["report_merged"] == 1


@pytest.mark.parametrize("anonymous", [False, True])
async def test_two_open_the_link_of_one_report(stage: Stage, anonymous: bool) -> None:
    phones = [await resident(stage), await resident(stage, "Budi")]
    async with stage.db.begin() as session:
        officer = await acting(stage, session, "officer")
        person = await session.get_one(Person, officer.presser.person_id)
        facts = {"source": Source.COUNTER, "recorded_by_id": officer.presser.employee_id, "anonymous": anonymous}
        report = Report(key="life: presses", report_class=ReportClass.COMPLAINT, text=WORDS, **facts)
        recorded = await on_behalf.record(session, officer.city, officer.presser, person, report, stage.now)
    assert recorded is not None
    token, complaint_id = recorded.token, recorded.complaint.id

    async def claim(one: Acting) -> None:
        person = await one.session.get_one(Person, one.presser.person_id)
        await on_behalf.claim(one.session, person, token, one.now)

    ends = await _at_once(stage, *((phone, claim) for phone in phones))
    assert sorted(ends) == ["claim_used", "done"]
    winner = phones[ends.index("done")]
    async with stage.db.read() as session:
        reporter = await identity.reporter_of(session, await session.get_one(Complaint, complaint_id))
        assert reporter is not None
        assert (await session.get_one(Person, reporter.person_id)).telegram_id == winner.id
        assert reporter.sealed is anonymous
    assert await _history(stage, complaint_id) == [Action.CLAIM]


async def test_residents_follow_at_the_same_moment(stage: Stage) -> None:
    complaint_id = await filed(stage, await resident(stage))
    budi, ani = await resident(stage, "Budi"), await resident(stage, "Ani")

    async def follow(one: Acting) -> None:
        person = await one.session.get_one(Person, one.presser.person_id)
        await followers.follow(one.session, person, complaint_id, one.now)

    assert await _at_once(stage, (budi, follow), (ani, follow), (ani, follow)) == ["done"] * 3
    async with stage.db.read() as session:
        assert await followers.count(session, complaint_id) == 2


async def test_a_report_is_restricted_while_the_unit_replies(stage: Stage) -> None:
    complaint_id = await taken(stage, await resident(stage))

    async def tighten(one: Acting) -> None:
        await verifying.tighten(one, complaint_id, "conflict")

    async def reply(one: Acting) -> None:
        await working.reply(one, complaint_id, "Sedang kami kerjakan", ())

    ends = await _at_once(stage, ("verifier", tighten), ("officer", reply))
    assert ends in (["done", "done"], ["done", "not_your_record"], ["done", "inspectorate_only"])
    complaint, steps = await stored(stage, complaint_id), await _history(stage, complaint_id)
    assert complaint.conflict
    assert complaint.confidential
    assert (complaint.unit_id, complaint.officer_id) == (None, None)
    assert complaint.conflict_unit_id == 1
    replied = ends[1] == "done"
    assert (Action.REPLY in steps, (await _told(stage, complaint_id))["unit_replied"]) == (replied, int(replied))
    if replied:
        assert steps.index(Action.REPLY) < steps.index(Action.TIGHTEN)


async def test_two_tighten_a_report(stage: Stage) -> None:
    siti = await resident(stage)
    complaint_id = await filed(stage, siti)

    async def hide(one: Acting) -> None:
        await complaints.hide_name(one.session, one.presser, complaint_id, one.now)

    async def tighten(one: Acting) -> None:
        await verifying.tighten(one, complaint_id, "anonymous")

    assert await _at_once(stage, (siti, hide), ("verifier", tighten)) == ["done", "done"]
    complaint = await stored(stage, complaint_id)
    assert (complaint.anonymous, complaint.reporter_id) == (True, None)
    steps = await _history(stage, complaint_id)
    assert steps.count(Action.HIDE_NAME) + steps.count(Action.TIGHTEN) == 1


async def test_two_inspectors_find_differently(stage: Stage) -> None:
    complaint_id = await taken(stage, await resident(stage))
    async with stage.db.begin() as session:
        await working.propose_done(await acting(stage, session, "officer"), complaint_id, "Sudah", ())
        complaint = await session.get_one(Complaint, complaint_id)
        complaint.hold(stage.now, values={})
        complaint.auto_close_at = None

    async def release(one: Acting) -> None:
        await findings.release(one, complaint_id, "Wajar")

    async def send_back(one: Acting) -> None:
        await findings.send_back(one, complaint_id, "Foto lama")

    ends = await _at_once(stage, ("inspector", release), ("inspector", send_back))
    assert sorted(ends) == ["done", "not_in_this_state"]
    complaint = await stored(stage, complaint_id)
    released = ends[0] == "done"
    assert complaint.held_at is None
    assert complaint.status is (Status.FOLLOWED_UP if released else Status.IN_PROGRESS)
    assert (complaint.auto_close_at is None, complaint.due_at is None) == (not released, released)
