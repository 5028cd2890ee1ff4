"""Every command and every button of a report, pressed by every role, also on foreign records and forged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.callbacks import Open, Queue, Ticket
from bot.services.desk.queues import Filter
from bot.views import errors
from models.complaint import Complaint, ComplaintEvent, ReportClass
from models.conversation import Conversation
from models.inbox import InboxStatus, InboxUpdate
from models.person import Person
from models.rules.complaint_flow import TRANSITIONS, Action, Status
from models.rules.permissions import DESKS, Desk, Grant, Presser, Record, Role, may
from tests.driver import Phone, Stage
from tests.factories import STAFF

SECRET = "Lampu jalan rahasia di depan rumah saya mati"

#: Every verb a ticket button can carry → the action whose right it needs.
VERBS: dict[str, Action] = {action.value: action for action in Action} | {
    "history": Action.VIEW,
    "answer": Action.ADD_INFORMATION,
    "solved": Action.CONFIRM,
    "score": Action.CONFIRM,
    "low": Action.CONFIRM,
    "not_solved": Action.DISPUTE,
}
ROLES: dict[str, Presser] = {
    "reporter": Presser(0),
    "resident": Presser(1),
    "verifier": Presser(2, 1, (Grant(Role.VERIFIER),)),
    "officer": Presser(3, 2, (Grant(Role.OFFICER, 1),)),
    "other_officer": Presser(4, 3, (Grant(Role.OFFICER, 2),)),
    "head": Presser(5, 4, (Grant(Role.HEAD, 1),)),
    "inspector": Presser(6, 5, (Grant(Role.INSPECTOR),)),
    "hr": Presser(7, 6, (Grant(Role.HR),)),
    "admin": Presser(8, 7, (Grant(Role.ADMIN),)),
}
#: What everybody may say.
OPEN_TO_ALL = (
    *("/start", "/menu", "/nilai", "/skm", "/lapor", "/laporan", "/bantuan"),
    *("/bahasa", "/batal", "/privasi", "/datasaya", "/hapus", "/tarik", "/ikm", "/mutu", "/kabar"),
)
COMMANDS: dict[str, Desk | None] = dict.fromkeys(OPEN_TO_ALL) | {
    "/verifikasi": Desk.VERIFIER_QUEUE,
    "/unit": Desk.UNIT_QUEUE,
    "/awasi": Desk.OVERSIGHT,
    "/kejadian": Desk.OCCURRENCES,
    "/perbaikan": Desk.IMPROVEMENTS,
    "/cari lampu": Desk.SEARCH,
    "/bagi": Desk.SHARING,
    "/minggu": Desk.WEEKLY,
    "/rencana": Desk.WORK_PLAN,
    "/indikator": Desk.INDICATORS,
    "/permohonan": Desk.SERVICE_RECORDS,
    "/penilaian": Desk.EVALUATIONS,
    "/catatan": Desk.EVALUATIONS,
    "/penghargaan": Desk.RECOGNITIONS,
    "/siarkan": Desk.BROADCASTS,
    "/jp": Desk.HOURS,
    "/periksa": Desk.WEEKLY_CHECK,
    "/tim": Desk.TEAM,
}


def phones(stage: Stage) -> dict[str, Phone]:
    return {
        role: stage.person(role.title(), telegram_id=STAFF.get(role, 9_500_000 + number))
        for number, role in enumerate(ROLES)
    }


@dataclass
class Snapshot:
    """What a press may have changed."""

    status: Status
    version: int
    events: int


async def complaint_of(stage: Stage, reporter: Phone) -> int:
    async with stage.db.begin() as session:
        person_id = await session.scalar(select(Person.id).where(Person.telegram_id == reporter.id))
        complaint = Complaint(
            code="TPI-261124-2345678",
            filing_key="rights",
            report_class=ReportClass.COMPLAINT,
            reporter_id=person_id,
            unit_id=1,
            text=SECRET,
            received_at=stage.now,
            verify_due_at=stage.now,
            settle_due_at=stage.now,
            statutory_due_on=date(2027, 1, 20),
            disposed_at=stage.now,
        )
        session.add(complaint)
        await session.flush()
        return complaint.id


async def set_back(stage: Stage, complaint_id: int, status: Status) -> Snapshot:
    """Put the report into a state and close everybody's talk."""
    async with stage.db.begin() as session:
        await session.execute(
            update(Complaint)
            .where(Complaint.id == complaint_id)
            .values(status=status, officer_id=None, unit_id=1, paused_at=None, reopened=0, closed_at=stage.now)
        )
        await session.execute(update(Conversation).values(flow=None, state=None, draft={}, question=None))
    return await snapshot(stage, complaint_id)


async def snapshot(stage: Stage, complaint_id: int) -> Snapshot:
    async with stage.db.read() as session:
        row = (
            await session.execute(select(Complaint.status, Complaint.version).where(Complaint.id == complaint_id))
        ).one()
        events = await session.scalar(
            select(func.count()).select_from(ComplaintEvent).where(ComplaintEvent.complaint_id == complaint_id)
        )
    return Snapshot(row.status, row.version, events or 0)


async def talk_of(stage: Stage, phone: Phone) -> str | None:
    async with stage.db.read() as session:
        return await session.scalar(
            select(Conversation.flow)
            .join(Person, Person.id == Conversation.person_id)
            .where(Person.telegram_id == phone.id)
        )


def answered_since(phone: Phone, before: int) -> str:
    return "\n".join(phone.texts()[before:])


def refusals() -> list[str]:
    """The beginnings of every named refusal's sentence."""
    return [re.split(r"[{.]", sentence)[0] for sentence in errors.SENTENCES.values()]


@pytest.mark.timeout(240)
@pytest.mark.parametrize("verb", VERBS)
async def test_a_ticket_button_does_only_what_the_table_of_rights_allows(stage: Stage, verb: str) -> None:
    everybody = phones(stage)
    for phone in everybody.values():
        await phone.says("/menu")
    complaint_id = await complaint_of(stage, everybody["reporter"])
    action = VERBS[verb]
    status = next(iter(TRANSITIONS[action]), Status.RECEIVED)
    record = Record(owner_id=0, unit_id=1)
    for role, phone in everybody.items():
        for extra in ("", "4", "1", "2.0"):
            before = await set_back(stage, complaint_id, status)
            seen = len(phone.texts())
            message_id = phone.history()[-1]["message_id"]
            await phone.presses_data(message_id, Ticket(verb, complaint_id, extra).encode())
            if not may(ROLES[role], action, record):
                after = await snapshot(stage, complaint_id)
                assert after == before, f"{role} moved it by {verb}:{extra}"
                assert SECRET not in answered_since(phone, seen), f"{role} read it by {verb}:{extra}"
                assert await talk_of(stage, phone) is None, f"{role} began a talk by {verb}:{extra}"
    await nothing_broke(stage)


async def test_a_report_that_does_not_exist_is_refused_to_everybody(stage: Stage) -> None:
    everybody = phones(stage)
    for phone in everybody.values():
        await phone.says("/menu")
        for verb in VERBS:
            await phone.presses_data(phone.history()[-1]["message_id"], Ticket(verb, 987_654, "").encode())
            assert await talk_of(stage, phone) is None, f"{verb} began a talk"
    await nothing_broke(stage)


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_command_answers_every_role_and_opens_no_foreign_desk(stage: Stage, command: str) -> None:
    everybody = phones(stage)
    for phone in everybody.values():
        await phone.says("/menu")
    await complaint_of(stage, everybody["reporter"])
    for role, phone in everybody.items():
        seen = len(phone.texts())
        await phone.says(command)
        answer = answered_since(phone, seen)
        assert answer, f"{role} got no answer to {command}"
        desk = COMMANDS[command]
        if desk is not None and not ROLES[role].roles() & set(DESKS[desk]):
            assert any(beginning in answer for beginning in refusals()), f"{role} opened {command}: {answer}"
    await nothing_broke(stage)


@pytest.mark.parametrize("desk", Desk)
async def test_a_desk_button_opens_only_to_its_roles(stage: Stage, desk: Desk) -> None:
    everybody = phones(stage)
    for phone in everybody.values():
        await phone.says("/menu")
    await complaint_of(stage, everybody["reporter"])
    for role, phone in everybody.items():
        await phone.presses_data(phone.history()[-1]["message_id"], Open(desk.value).encode())
        if not ROLES[role].roles() & set(DESKS[desk]):
            assert errors.SENTENCES["not_your_role"] in phone.texts(), f"{role} opened {desk}"
    await nothing_broke(stage)


@pytest.mark.parametrize("desk", [Desk.VERIFIER_QUEUE, Desk.UNIT_QUEUE, Desk.OVERSIGHT])
async def test_a_filter_of_a_list_opens_only_to_the_lists_roles(stage: Stage, desk: Desk) -> None:
    everybody = phones(stage)
    for phone in everybody.values():
        await phone.says("/menu")
    await complaint_of(stage, everybody["reporter"])
    for role, phone in everybody.items():
        for wanted in Filter:
            seen = len(phone.texts())
            data = Queue(desk.value, wanted.value, 0).encode()
            await phone.presses_data(phone.history()[-1]["message_id"], data)
            if not ROLES[role].roles() & set(DESKS[desk]):
                assert errors.SENTENCES["not_your_role"] in phone.texts(), f"{role} opened {desk} {wanted}"
                assert "TPI-" not in answered_since(phone, seen)
    await nothing_broke(stage)


FORGED = (
    "",
    "x",
    "t:",
    "t:view",
    "t:view:abc:",
    "t:view:1",
    "o:unit_queue:-5",
    "o:unit_queue:99999",
    "q:unit_queue:mine",
    "q:unit_queue:mine:x",
    "q:home:all:0",
    "t:assign:1:2.0",
    "t:assign:1:2.0.0",
    "t:assign:1:99999999999999999999.0",
    "c:sharing:pick:0000:every",
    "c:search:found:0000:1",
    "j:fill:2026-11-23:",
    "j:fill:x:",
    "j:verify:1:1",
    "j:back:1:1",
    "j:history:1:",
    "j:weeks::",
    "j:good::",
    "c:week:item:0000:1.v3",
    "u:anew:week.x",
    "u:anew:weekback.1.x",
    "r:1:9:qr",
    "k:1:x",
    "e:1:waktu:9",
    "r:x:y:z:0",
    "c:report:summary:0000:send",
    "m:cancel:0000",
    "u:continue:",
    "s:erase",
    "o:language_xx:0",
    "t:view:99999999999999:",
    "n:card:99999999999999:",
    "n:rows:1:2026.x",
    "n:finish:1:",
    "n:usefile:1:",
    "n:times:0:xx",
    "v:note:99999999999999:",
    "a:yes:99999999999999:",
)


@pytest.mark.parametrize("data", [data for data in FORGED if data])
async def test_a_forged_payload_is_answered_and_changes_nothing(stage: Stage, data: str) -> None:
    siti = stage.person("Siti")
    await siti.says("/menu")
    await siti.presses_data(siti.history()[-1]["message_id"], data)
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Complaint)) == 0
        language = await session.scalar(select(Person.language).where(Person.telegram_id == siti.id))
    assert language == "id"
    await nothing_broke(stage)


async def nothing_broke(stage: Stage) -> None:
    """No update died of it: a refusal has a name, it is no failure."""
    async with stage.db.read() as session:
        faults: Any = (
            await session.execute(
                select(InboxUpdate.status, InboxUpdate.fault).where(InboxUpdate.status != InboxStatus.DONE)
            )
        ).all()
    assert faults == []
