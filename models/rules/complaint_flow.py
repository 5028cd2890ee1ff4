"""The life of a complaint: one table of who may move it from where to where.

Source: SP4N-LAPOR practice (Perpres 76/2013, PermenPANRB 62/2018); the states are our design.
LAPOR's words: received = baru, verified = terverifikasi, incomplete = tunda, not_ours = bukan wewenang,
archived = arsip, disposed = disposisi, in_progress = proses, followed_up = ditindaklanjuti,
closed = selesai, reopened = dibuka kembali.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.errors import Refusal


class Status(StrEnum):
    """Where a complaint stands. Overdue is computed, not a status."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    VERIFIED = "verified"
    DISPOSED = "disposed"
    IN_PROGRESS = "in_progress"
    FOLLOWED_UP = "followed_up"
    REOPENED = "reopened"
    CLOSED = "closed"
    NOT_OURS = "not_ours"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"


#: Somebody at the city still has to act or to wait for the resident.
OPEN = frozenset(
    {
        Status.RECEIVED,
        Status.INCOMPLETE,
        Status.VERIFIED,
        Status.DISPOSED,
        Status.IN_PROGRESS,
        Status.FOLLOWED_UP,
        Status.REOPENED,
    }
)
#: Waiting at the verifier's desk.
AT_VERIFIER = frozenset({Status.RECEIVED, Status.VERIFIED})
#: Waiting at a unit's desk.
AT_UNIT = frozenset({Status.DISPOSED, Status.IN_PROGRESS, Status.REOPENED})
#: Counts in the KPIs: all but duplicates, spam, not ours (domain rule 21) and what was withdrawn.
COUNTED = frozenset(Status) - {Status.ARCHIVED, Status.NOT_OURS, Status.WITHDRAWN}


class Action(StrEnum):
    """Everything that can be done with a complaint, by its verb."""

    VIEW = "view"
    ADD_INFORMATION = "add_information"
    HIDE_NAME = "hide_name"
    CLAIM = "claim"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    REOPEN = "reopen"
    VERIFY = "verify"
    ASK_COMPLETION = "ask_completion"
    DECLARE_NOT_OURS = "declare_not_ours"
    ARCHIVE = "archive"
    MERGE = "merge"
    UNMERGE = "unmerge"
    RESTORE = "restore"
    ABSORB = "absorb"
    GROUP = "group"
    UNGROUP = "ungroup"
    INFORM = "inform"
    DISPOSE = "dispose"
    TRANSFER = "transfer"
    TAKE = "take"
    ASK_RESIDENT = "ask_resident"
    NOTE = "note"
    ASSIGN = "assign"
    UNASSIGN = "unassign"
    REPLY = "reply"
    PROPOSE_DONE = "propose_done"
    TIGHTEN = "tighten"
    ACCUSE = "accuse"
    HOLD = "hold"
    RELEASE = "release"
    RETURN = "return"
    AUTO_CLOSE = "auto_close"
    ESCALATE = "escalate"


#: Action → {status before: status after}. What is not listed is refused.
TRANSITIONS: dict[Action, dict[Status, Status]] = {
    Action.VIEW: {status: status for status in Status},
    Action.ADD_INFORMATION: {status: status for status in OPEN} | {Status.INCOMPLETE: Status.RECEIVED},
    Action.HIDE_NAME: {status: status for status in Status},
    Action.CLAIM: {status: status for status in Status},
    Action.WITHDRAW: {status: Status.WITHDRAWN for status in OPEN},
    Action.CONFIRM: {Status.FOLLOWED_UP: Status.CLOSED},
    Action.DISPUTE: {Status.FOLLOWED_UP: Status.REOPENED},
    Action.REOPEN: {Status.CLOSED: Status.REOPENED},
    Action.VERIFY: {Status.RECEIVED: Status.VERIFIED, Status.INCOMPLETE: Status.VERIFIED},
    Action.ASK_COMPLETION: {Status.RECEIVED: Status.INCOMPLETE},
    Action.DECLARE_NOT_OURS: {
        status: Status.NOT_OURS for status in (Status.RECEIVED, Status.INCOMPLETE, Status.VERIFIED)
    },
    Action.ARCHIVE: {status: Status.ARCHIVED for status in (Status.RECEIVED, Status.INCOMPLETE, Status.VERIFIED)},
    Action.MERGE: {
        status: Status.ARCHIVED for status in (Status.RECEIVED, Status.INCOMPLETE, Status.VERIFIED, Status.DISPOSED)
    },
    Action.UNMERGE: {Status.ARCHIVED: Status.RECEIVED},
    Action.RESTORE: {Status.ARCHIVED: Status.RECEIVED},
    Action.ABSORB: {status: status for status in OPEN},
    Action.GROUP: {status: status for status in OPEN},
    Action.UNGROUP: {status: status for status in Status},
    Action.INFORM: {status: status for status in OPEN},
    Action.DISPOSE: {Status.RECEIVED: Status.DISPOSED, Status.VERIFIED: Status.DISPOSED},
    Action.TRANSFER: {status: Status.DISPOSED for status in AT_UNIT},
    # From the verifier's desk only the inspectorate takes, and only what is its own.
    Action.TAKE: {
        status: Status.IN_PROGRESS for status in (Status.RECEIVED, Status.VERIFIED, Status.DISPOSED, Status.REOPENED)
    },
    Action.ASK_RESIDENT: {Status.IN_PROGRESS: Status.IN_PROGRESS},
    Action.NOTE: {status: status for status in OPEN},
    Action.ASSIGN: {status: status for status in AT_UNIT},
    Action.UNASSIGN: {status: status for status in AT_UNIT} | {Status.IN_PROGRESS: Status.DISPOSED},
    Action.REPLY: {Status.IN_PROGRESS: Status.IN_PROGRESS},
    Action.PROPOSE_DONE: {Status.IN_PROGRESS: Status.FOLLOWED_UP},
    Action.TIGHTEN: {status: status for status in Status},
    Action.ACCUSE: {status: status for status in Status},
    Action.HOLD: {status: status for status in Status},
    Action.RELEASE: {status: status for status in Status},
    Action.RETURN: {status: status for status in Status} | {Status.FOLLOWED_UP: Status.IN_PROGRESS},
    Action.AUTO_CLOSE: {Status.FOLLOWED_UP: Status.CLOSED},
    Action.ESCALATE: {status: status for status in OPEN - {Status.FOLLOWED_UP}},
}


#: What waits while the inspectorate looks at a doubted proof.
CLOSING = frozenset({Action.PROPOSE_DONE, Action.CONFIRM, Action.AUTO_CLOSE, Action.MERGE})
#: What ends that wait.
FINDINGS = frozenset({Action.RELEASE, Action.RETURN})


class ArchiveReason(StrEnum):
    """Why a report is put away; every one carries a text to the reporter (domain rule 16)."""

    DUPLICATE = "duplicate"
    SPAM = "spam"


class Verdict(StrEnum):
    """How a closed complaint ended; the automatic end is counted apart (domain rule 21)."""

    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    WITHOUT_CONFIRMATION = "without_confirmation"


def next_status(action: Action, status: Status) -> Status:
    """The status after `action`; refused (`not_in_this_state`) where the table has no such move."""
    after = TRANSITIONS[action].get(status)
    if after is None:
        raise Refusal("not_in_this_state", action=action.value, status=status.value)
    return after


def possible(action: Action, status: Status) -> bool:
    """Whether the table knows this move."""
    return status in TRANSITIONS[action]


@dataclass(frozen=True, slots=True)
class Dispute:
    """What "not solved" leads to: reopened once, later closed as not solved, with the Ombudsman shown."""

    status: Status
    verdict: Verdict | None


def dispute(status: Status, reopened: int) -> Dispute:
    """The resident's "not solved" on a followed-up complaint that was reopened `reopened` times before."""
    after = next_status(Action.DISPUTE, status)
    if reopened == 0:
        return Dispute(after, None)
    return Dispute(Status.CLOSED, Verdict.NOT_SOLVED)
