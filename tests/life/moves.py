"""Everything that somebody can do to a report, each as one call of a service with drawn arguments."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import select

from bot.services import complaints, followers, verdicts
from bot.services.complaints import SentFile, Words
from bot.services.desk import assigning, findings, incidents, merging, verifying, working
from bot.services.desk.verifying import Acting
from models.attachment import FileKind
from models.complaint import Complaint, ReportClass
from models.occurrence import Occurrence
from models.person import Person
from models.rules.complaint_flow import Action, ArchiveReason, possible

T = TypeVar("T")
TEXTS = ("Sudah kami periksa.", "Di mana tepatnya?", "Terima kasih, tiang nomor 7.", "NIK 3201010101010001")
#: The second one does not exist, the third is a service of the first unit.
TARGETS = ("u1", "u2", "s1", "u9")
TIGHTER = ("anonymous", "confidential", "conflict", "open")
#: Few enough that a proof comes again on another report.
FILES = ("one", "two", "three", "four", "five", "six", "seven", "eight")

WEIGHTS: dict[Action | None, int] = {
    **dict.fromkeys((Action.DISPOSE, Action.TAKE, Action.DISPUTE, Action.REOPEN, Action.RELEASE, Action.RETURN), 8),
    **dict.fromkeys((Action.PROPOSE_DONE, Action.RESTORE, Action.MERGE, Action.UNMERGE), 6),
    **dict.fromkeys((Action.WITHDRAW, Action.DECLARE_NOT_OURS, Action.NOTE, Action.TIGHTEN, Action.ACCUSE, None), 1),
}


class Dice(Protocol):
    """Draws one of several."""

    def __call__(self, choices: Sequence[T], /) -> T:
        """One of them."""


Move = Callable[[Acting, int, Dice], Awaitable[Any]]


@dataclass(frozen=True)
class Step:
    """One thing to do: which right it needs (None: none of the table), how it is done, and to which reports it fits."""

    action: Action | None
    run: Move
    fits: Callable[[Complaint], bool] = lambda _complaint: True

    @property
    def weight(self) -> int:
        """How often it is drawn: what leads on more often than what ends a life early or leaves it as it is."""
        return WEIGHTS.get(self.action, 2)

    def is_possible(self, complaint: Complaint) -> bool:
        """Whether the state of the report lets somebody do it."""
        return (self.action is None or possible(self.action, complaint.status)) and self.fits(complaint)


def _files(dice: Dice) -> tuple[SentFile, ...]:
    name = dice(("", "", *FILES))
    return (SentFile(FileKind.PHOTO, f"file {name}", f"unique {name}"),) if name else ()


def _words(dice: Dice) -> Words:
    return Words(dice(TEXTS), _files(dice), message_id=dice((None, 77)))


def _by_resident(service: Any, *arguments: Callable[[Dice], Any]) -> Move:
    async def run(acting: Acting, complaint_id: int, dice: Dice) -> None:
        given = [draw(dice) for draw in arguments]
        await service(acting.session, acting.city, acting.presser, complaint_id, *given, acting.now)

    return run


def _by_staff(service: Any, *arguments: Callable[[Dice], Any]) -> Move:
    async def run(acting: Acting, complaint_id: int, dice: Dice) -> None:
        await service(acting, complaint_id, *[draw(dice) for draw in arguments])

    return run


def one_of(*choices: Any) -> Callable[[Dice], Any]:
    """An argument that is one of these."""
    return lambda dice: dice(choices)


async def _hide_name(acting: Acting, complaint_id: int, _dice: Dice) -> None:
    await complaints.hide_name(acting.session, acting.presser, complaint_id, acting.now)


async def _merge(acting: Acting, complaint_id: int, dice: Dice) -> None:
    ids = (await acting.session.scalars(select(Complaint.id).order_by(Complaint.id))).all()
    await merging.merge(acting, complaint_id, dice(ids))


async def _assign(acting: Acting, complaint_id: int, dice: Dice) -> None:
    complaint = await complaints.get(acting.session, complaint_id)
    choices = [choice.colleague.employee_id for choice in await assigning.choices(acting, complaint)]
    before = dice((complaint.officer_id, complaint.officer_id, None))
    await assigning.assign(acting, complaint_id, dice([*choices, 5]), before)


async def _share_out(acting: Acting, complaint_id: int, _dice: Dice) -> None:
    plan = await assigning.plan(acting, [complaint_id])
    await assigning.share_out(acting, [(share.complaint_id, share.employee_id) for share in plan])


async def _group(acting: Acting, complaint_id: int, dice: Dice) -> None:
    known = (await acting.session.scalars(select(Occurrence.id).order_by(Occurrence.id))).all()
    chosen = dice([0, *known])
    if chosen:
        await incidents.join(acting, complaint_id, chosen)
    else:
        await incidents.open_new(acting, complaint_id, "Lampu padam")


def _whole(service: Any) -> Move:
    async def run(acting: Acting, complaint_id: int, dice: Dice) -> None:
        complaint = await complaints.get(acting.session, complaint_id)
        await service(acting, complaint.occurrence_id or 0, dice(TEXTS))

    return run


async def _follow(acting: Acting, complaint_id: int, _dice: Dice) -> None:
    person = await acting.session.get_one(Person, acting.presser.person_id)
    await followers.follow(acting.session, person, complaint_id, acting.now)


async def _stop_following(acting: Acting, complaint_id: int, _dice: Dice) -> None:
    person = await acting.session.get_one(Person, acting.presser.person_id)
    await followers.stop(acting.session, person, complaint_id)


_TEXT = one_of(*TEXTS)


def _is_held(complaint: Complaint) -> bool:
    return complaint.held_at is not None


def _is_grouped(complaint: Complaint) -> bool:
    return complaint.occurrence_id is not None


def _is_open_to_all(complaint: Complaint) -> bool:
    return not complaint.record().restricted


STEPS: dict[str, Step] = {
    "add": Step(Action.ADD_INFORMATION, _by_resident(complaints.add_information, _words)),
    "hide name": Step(Action.HIDE_NAME, _hide_name, lambda row: not row.anonymous),
    "withdraw": Step(Action.WITHDRAW, _by_resident(complaints.withdraw)),
    "confirm": Step(Action.CONFIRM, _by_resident(verdicts.confirm, one_of(4, 3, 2, 1, 0, 5))),
    "dispute": Step(Action.DISPUTE, _by_resident(verdicts.dispute, _words)),
    "reopen": Step(Action.REOPEN, _by_resident(verdicts.reopen, _words), lambda row: not row.reopened),
    "follow": Step(None, _follow, _is_open_to_all),
    "stop following": Step(None, _stop_following),
    "verify": Step(Action.VERIFY, _by_staff(verifying.verify, one_of(*ReportClass), one_of(False, True))),
    "ask completion": Step(Action.ASK_COMPLETION, _by_staff(verifying.ask_completion, _TEXT)),
    "not ours": Step(Action.DECLARE_NOT_OURS, _by_staff(verifying.declare_not_ours, one_of(1, 99), _TEXT)),
    "archive": Step(Action.ARCHIVE, _by_staff(verifying.archive, one_of(*ArchiveReason), _TEXT)),
    "restore": Step(Action.RESTORE, _by_staff(verifying.restore)),
    "dispose": Step(Action.DISPOSE, _by_staff(verifying.dispose, one_of(*TARGETS))),
    "merge": Step(Action.MERGE, _merge, _is_open_to_all),
    "unmerge": Step(Action.UNMERGE, _by_staff(merging.unmerge), lambda row: row.merged_into_id is not None),
    "group": Step(Action.GROUP, _group, _is_open_to_all),
    "ungroup": Step(Action.UNGROUP, _by_staff(incidents.leave), _is_grouped),
    "tell all": Step(Action.INFORM, _whole(incidents.tell_all), _is_grouped),
    "all done": Step(Action.PROPOSE_DONE, _whole(incidents.propose_all_done), _is_grouped),
    "tighten": Step(Action.TIGHTEN, _by_staff(verifying.tighten, one_of(*TIGHTER))),
    "accuse": Step(Action.ACCUSE, _by_staff(verifying.accuse, one_of(*range(1, 9)))),
    "take": Step(Action.TAKE, _by_staff(working.take)),
    "assign": Step(Action.ASSIGN, _assign),
    "share out": Step(Action.ASSIGN, _share_out),
    "unassign": Step(Action.UNASSIGN, _by_staff(assigning.unassign), lambda row: row.officer_id is not None),
    "ask": Step(Action.ASK_RESIDENT, _by_staff(working.ask_resident, _TEXT, _files)),
    "note": Step(Action.NOTE, _by_staff(working.note, _TEXT, _files)),
    "reply": Step(Action.REPLY, _by_staff(working.reply, _TEXT, _files)),
    "done": Step(Action.PROPOSE_DONE, _by_staff(working.propose_done, _TEXT, _files)),
    "transfer": Step(Action.TRANSFER, _by_staff(working.transfer, one_of(*TARGETS), _TEXT)),
    "release": Step(Action.RELEASE, _by_staff(findings.release, _TEXT), _is_held),
    "return": Step(Action.RETURN, _by_staff(findings.send_back, _TEXT), _is_held),
}
