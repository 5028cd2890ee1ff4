"""Every button of a restricted report, pressed by every role: rules 13 and 15 by the table of rights."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import update

from bot.callbacks import Ticket
from models.complaint import Complaint
from models.rules.complaint_flow import TRANSITIONS, Status
from models.rules.permissions import Record, may
from tests.driver import Stage
from tests.handlers.test_rights import (
    ROLES,
    SECRET,
    VERBS,
    answered_since,
    complaint_of,
    nothing_broke,
    phones,
    set_back,
    snapshot,
    talk_of,
)


@dataclass(frozen=True)
class Kind:
    """A restricted report: whom it is about, and which unit has it."""

    name: str
    accused: int | None
    unit: int

    def record(self) -> Record:
        return Record(
            owner_id=0,
            unit_id=self.unit,
            confidential=True,
            conflict=self.accused is not None,
            conflict_unit_id=self.accused,
        )


KINDS = (
    Kind("confidential at unit 1", None, 1),
    Kind("about unit 1 and still there", 1, 1),
    Kind("about unit 1, at unit 2", 1, 2),
)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("verb", VERBS)
async def test_rule_13_a_button_of_a_restricted_report_works_only_for_whom_it_is(stage: Stage, verb: str) -> None:
    everybody = phones(stage)
    for phone in everybody.values():
        await phone.says("/menu")
    complaint_id = await complaint_of(stage, everybody["reporter"])
    action = VERBS[verb]
    status = next(iter(TRANSITIONS[action]), Status.RECEIVED)
    for kind in KINDS:
        for role, phone in everybody.items():
            if may(ROLES[role], action, kind.record()):
                continue
            await set_back(stage, complaint_id, status)
            async with stage.db.begin() as session:
                await session.execute(
                    update(Complaint)
                    .where(Complaint.id == complaint_id)
                    .values(
                        unit_id=kind.unit,
                        confidential=True,
                        conflict=kind.accused is not None,
                        conflict_unit_id=kind.accused,
                    )
                )
            before, seen = await snapshot(stage, complaint_id), len(phone.texts())
            await phone.presses_data(phone.history()[-1]["message_id"], Ticket(verb, complaint_id, "").encode())
            assert await snapshot(stage, complaint_id) == before, f"{role} moved what is {kind.name}"
            assert SECRET not in answered_since(phone, seen), f"{role} read what is {kind.name}"
            assert await talk_of(stage, phone) is None, f"{role} began a talk on what is {kind.name}"
    await nothing_broke(stage)


# who may see what: the verifier nothing, the inspectorate everything, a unit only what is not about it
SEEN = {
    "confidential at unit 1": {"reporter", "officer", "head", "inspector"},
    "about unit 1 and still there": {"reporter", "inspector"},
    "about unit 1, at unit 2": {"reporter", "other_officer", "inspector"},
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_rule_13_who_sees_a_restricted_report(kind: Kind) -> None:
    assert {role for role, presser in ROLES.items() if may(presser, VERBS["view"], kind.record())} == SEEN[kind.name]
