"""What holds after every step, whoever does what when. Each law looks at what a second session reads before and after.

`Taken` is one step: who did it (None: the clock), and what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.services.city import City
from bot.services.followers import SEEN
from models.complaint import Complaint, ComplaintEvent
from models.rules.complaint_flow import OPEN, TRANSITIONS, Action, ArchiveReason, Status, Verdict
from models.rules.permissions import Presser, Role, is_involved, may, owns
from tests.life.cast import Actor
from tests.life.seen import Seen

#: What nobody presses: the clock, the doubt about a proof, sharing by load, and what follows from an accusation.
BY_ITSELF = {Action.ESCALATE, Action.AUTO_CLOSE, Action.HOLD, Action.ASSIGN, Action.WITHDRAW, Action.TRANSFER}
#: Whoever says one of these to the other side starts the count of silence anew.
MESSAGES = {
    Action.PROPOSE_DONE,
    Action.ADD_INFORMATION,
    Action.INFORM,
    Action.REPLY,
    Action.ASK_RESIDENT,
    Action.RELEASE,
}
ENDS = frozenset(Status) - OPEN
SILENT_DAYS = 10
#: What civil servants get as everybody who follows a report: of a restricted one where it stands, no more.
AS_FOLLOWER = {"followed_moved", "followed_merged", "followed_delayed", "occurrence_news"}


@dataclass(frozen=True)
class Taken:
    """One step between two looks; `refusal` is the code of a refused one."""

    before: Seen
    after: Seen
    presser: Presser | None
    refusal: str | None
    city: City
    now: datetime
    actors: dict[int, Actor]

    def fresh(self) -> Iterator[tuple[Complaint | None, Complaint, ComplaintEvent]]:
        """The new events, each with its report before and after."""
        for number, events in self.after.events.items():
            for event in events[len(self.before.events.get(number, ())) :]:
                yield self.before.complaints.get(number), self.after.complaints[number], event

    def moved(self) -> Iterator[tuple[Complaint | None, Complaint, ComplaintEvent]]:
        """Those of them that changed the status."""
        return (found for found in self.fresh() if found[2].status_before is not found[2].status_after)


def refused_changes_nothing(taken: Taken) -> None:
    if taken.refusal is not None:
        assert taken.after.state() == taken.before.state(), f"{taken.refusal} left something behind"


def history_is_a_chain(taken: Taken) -> None:
    for number, events in taken.after.events.items():
        status: Status | None = Status.RECEIVED
        for event in events:
            assert event.status_before is status
            status = event.status_after
        assert taken.after.complaints[number].status is status
    lonely = taken.after.complaints.keys() - taken.after.events.keys()
    assert all(taken.after.complaints[number].status is Status.RECEIVED for number in lonely)


def only_moves_of_the_table(taken: Taken) -> None:
    for _, complaint, event in taken.fresh():
        assert event.status_before is not None
        after = TRANSITIONS[event.action][event.status_before]
        if event.action is Action.DISPUTE and event.status_after is Status.CLOSED:
            assert (complaint.reopened, complaint.verdict) == (1, Verdict.NOT_SOLVED)
        else:
            assert event.status_after is after


def who_did_it_had_the_right(taken: Taken) -> None:
    for before, after, event in taken.fresh():
        assert event.at == taken.now
        if event.role == "system":
            assert event.action in BY_ITSELF
            assert event.actor_id is None
            continue
        assert taken.presser is not None
        if event.role == "resident":
            named = None if after.anonymous else taken.presser.person_id
            assert event.actor_id == named
        else:
            assert event.actor_id == taken.presser.person_id
            assert Role(event.role) in taken.presser.roles()
        if event.action is Action.CLAIM:
            assert owns(taken.presser, after.record())
            continue
        assert before is not None
        assert may(taken.presser, event.action, before.record())


def nothing_becomes_looser(taken: Taken) -> None:
    for number, before in taken.before.complaints.items():
        after = taken.after.complaints[number]
        assert after.anonymous >= before.anonymous
        assert after.confidential >= before.confidential
        assert after.conflict >= before.conflict
        assert before.conflict_unit_id in (None, after.conflict_unit_id)
        assert not before.anonymous or after.reporter_id is None
    assert all(row.reporter_id is None for row in taken.after.complaints.values() if row.anonymous)


def closed_says_when_and_how(taken: Taken) -> None:
    for row in taken.after.complaints.values():
        closed = row.status is Status.CLOSED
        assert (row.closed_at is not None) is closed
        assert (row.verdict is not None) is closed
        assert (row.score is not None) is (row.verdict is Verdict.SOLVED)
        assert (row.archive_reason is not None) is (row.status is Status.ARCHIVED)
        assert (row.addressee_id is not None) is (row.status is Status.NOT_OURS)


def silence_closes_after_a_follow_up_and_ten_working_days(taken: Taken) -> None:
    """Domain rule 12."""
    for _, complaint, event in taken.fresh():
        if event.action is not Action.AUTO_CLOSE:
            continue
        past = [one for one in taken.after.events[complaint.id] if one.id < event.id]
        assert past[-1].status_after is Status.FOLLOWED_UP
        assert any(one.action is Action.PROPOSE_DONE for one in past)
        last = max(one.at for one in past if one.action in MESSAGES)
        days = taken.city.calendar.working_days_between(taken.city.today(last), taken.city.today(event.at))
        assert days >= SILENT_DAYS


def reopened_at_most_once(taken: Taken) -> None:
    """Domain rule 17."""
    for number, row in taken.after.complaints.items():
        back = [one for one in taken.after.events.get(number, ()) if one.status_after is Status.REOPENED]
        assert row.reopened == len([one for one in back if one.status_before is not Status.REOPENED]) <= 1


def nothing_ends_while_it_is_held(taken: Taken) -> None:
    for before, _, event in taken.moved():
        if before is not None and before.held_at is not None and event.action is not Action.RETURN:
            assert event.status_after not in (Status.CLOSED, Status.FOLLOWED_UP)
            assert event.action is not Action.MERGE


def a_duplicate_has_a_main_report(taken: Taken) -> None:
    rows = taken.after.complaints
    for row in rows.values():
        passed = {row.id}
        main = row
        while main.merged_into_id is not None:
            assert (main.status, main.archive_reason) == (Status.ARCHIVED, ArchiveReason.DUPLICATE)
            main = rows[main.merged_into_id]
            assert main.id not in passed
            passed.add(main.id)
    for _, complaint, event in taken.fresh():
        if event.action is Action.MERGE:
            main = taken.before.complaints[complaint.merged_into_id or 0]
            assert main.status in OPEN
            assert not main.record().restricted
            assert not complaint.record().restricted


def an_end_is_told_the_reporter_once(taken: Taken) -> None:
    """Domain rule 16; what the reporters did themselves they see at once."""
    for _, complaint, event in taken.moved():
        reporter = taken.after.reporters.get(complaint.id)
        if event.status_after in ENDS and event.role != "resident" and reporter is not None:
            told = [one for one in taken.after.notices if one.person_id == reporter and complaint.id in one.about]
            assert len(told) == 1, f"{event.action}: {[one.kind for one in told]}"


def followers_are_told(taken: Taken) -> None:
    """Domain rule 19: each public change of status, once."""
    changes: dict[int, int] = {}
    for _, complaint, event in taken.moved():
        if event.public and event.action in SEEN:
            changes[complaint.id] = changes.get(complaint.id, 0) + 1
    for number, most in changes.items():
        held = taken.after.complaints[number].held_at is not None
        for person in taken.before.followers.get(number, set()) - {taken.after.reporters.get(number)}:
            mine = (one for one in taken.after.notices if one.person_id == person and number in one.about)
            told = [one.kind for one in mine if one.kind in AS_FOLLOWER]
            assert 1 <= len(told) <= most or held, f"{told}"


def only_who_may_work_on_it_has_it(taken: Taken) -> None:
    """Domain rule 20; a restricted one may be the inspectorate's."""
    officers = {actor.presser.employee_id: actor.presser for actor in taken.actors.values()}
    for row in taken.after.complaints.values():
        if row.officer_id is None:
            continue
        presser = officers[row.officer_id]
        of_unit = row.unit_id in presser.units(Role.OFFICER, Role.HEAD)
        assert of_unit or (row.record().restricted and Role.INSPECTOR in presser.roles())
        assert row.disposed_at is not None
        assert not is_involved(presser, row.record())


def the_accused_learn_nothing(taken: Taken) -> None:
    """Domain rule 13: no notice about a report against the own unit, from the moment that it is one."""
    for notice in taken.after.notices:
        actor = taken.actors.get(notice.person_id or 0)
        if actor is None or actor.is_resident or notice.kind in AS_FOLLOWER:
            continue
        for number in notice.about:
            record = taken.after.complaints[number].record()
            assert not is_involved(actor.presser, record), notice.kind
            before = taken.before.complaints.get(number)
            if before is not None and before.record().restricted:
                assert may(actor.presser, Action.VIEW, before.record()) or may(actor.presser, Action.VIEW, record)


LAWS: tuple[Callable[[Taken], None], ...] = (
    refused_changes_nothing,
    history_is_a_chain,
    only_moves_of_the_table,
    who_did_it_had_the_right,
    nothing_becomes_looser,
    closed_says_when_and_how,
    silence_closes_after_a_follow_up_and_ten_working_days,
    reopened_at_most_once,
    nothing_ends_while_it_is_held,
    a_duplicate_has_a_main_report,
    an_end_is_told_the_reporter_once,
    followers_are_told,
    only_who_may_work_on_it_has_it,
    the_accused_learn_nothing,
)
