"""From a nomination to an announced recognition (domain rule 32).

Human resources propose the list, the leader named by the city (`recognition.approver`) approves or declines each with
a reason, the person (for a unit: its head) consents or not, human resources announce once per rule and period.
A name is shown to others only with a consent in force, which can be taken back at any time.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot.services import audit
from bot.services.performance.evaluation.judging import Judging
from bot.services.performance.evaluation.telling import holding, human_resources, tell
from models.errors import Refusal
from models.performance.recognition import Nomination, NominationStatus, RecognitionRule
from models.rules.permissions import Role
from models.rules.redaction import mask_numbers

LONGEST = 1000
#: Who approves where the city's data names nobody: whoever stands for the city's leaders.
APPROVER = Role.INSPECTOR.value
NUMBER = "{number}/PENGHARGAAN/{period}"
#: What a nomination may become. An answer can be changed: a consent is the person's to give and to take back.
NEXT: dict[NominationStatus, tuple[NominationStatus, ...]] = {
    NominationStatus.NOMINATED: (NominationStatus.PROPOSED, NominationStatus.DECLINED),
    NominationStatus.PROPOSED: (NominationStatus.APPROVED, NominationStatus.DECLINED),
    NominationStatus.DECLINED: (),
    NominationStatus.APPROVED: (NominationStatus.CONSENTED, NominationStatus.NOT_WANTED),
    NominationStatus.NOT_WANTED: (NominationStatus.CONSENTED,),
    NominationStatus.CONSENTED: (NominationStatus.NOT_WANTED, NominationStatus.ANNOUNCED),
    NominationStatus.ANNOUNCED: (NominationStatus.NOT_WANTED,),
}
#: A name may be shown.
NAMED = (NominationStatus.CONSENTED, NominationStatus.ANNOUNCED)
#: A certificate exists.
AWARDED = (*NAMED, NominationStatus.APPROVED, NominationStatus.NOT_WANTED)


@dataclass(frozen=True, slots=True)
class Approver:
    """A role, for one unit or the whole city, that approves recognitions."""

    role: Role
    unit_id: int | None


def approvers(by: Judging) -> list[Approver]:
    """Who approves, as the city's data names it: "inspector", or "head setda"; several are parted by semicolons."""
    codes = {unit.code: unit.id for unit in by.city.units.values()}
    found = []
    for part in by.city.fact("recognition.approver", APPROVER).split(";"):
        role, _, unit = part.strip().partition(" ")
        if role in set(Role) and (not unit or unit in codes):
            found.append(Approver(Role(role), codes.get(unit)))
    return found


def approves(by: Judging) -> bool:
    """Whether whoever acts is such a leader."""
    held = {(grant.role, grant.unit_id) for grant in by.presser.grants}
    return any((one.role, one.unit_id) in held for one in approvers(by))


def is_awarded(by: Judging, row: Nomination) -> bool:
    """Whether the nomination is about whoever acts, or about a unit that this one heads."""
    if row.employee_id is not None:
        return row.employee_id == by.presser.employee_id
    return row.unit_id in by.presser.units(Role.HEAD)


async def reach(by: Judging, nomination_id: int) -> Nomination:
    """A nomination that whoever acts may read; refused with `no_such_nomination` for everybody else.

    Before it is approved, the nominated learns nothing of it.
    """
    row = await by.session.get(Nomination, nomination_id)
    if row is None:
        raise Refusal("no_such_nomination")
    is_own = is_awarded(by, row) and row.status in AWARDED
    is_leaders = approves(by) and row.status is not NominationStatus.NOMINATED
    if not (by.sees_everyone or is_leaders or is_own):
        raise Refusal("no_such_nomination")
    return row


def _require_hr(by: Judging) -> None:
    if not by.sees_everyone:
        raise Refusal("not_your_role")


async def propose(by: Judging, rule_id: int, period: str) -> int:
    """Human resources put the whole list before the leader; how many."""
    _require_hr(by)
    rows = await of_rule(by, rule_id, period, NominationStatus.NOMINATED)
    if not rows:
        raise Refusal("nomination_not_now")
    for row in rows:
        await _step(by, row, NominationStatus.PROPOSED)
    people = [one for way in approvers(by) for one in await holding(by, way.role, way.unit_id)]
    values = {"count": len(rows), "title": await title_of(by, rule_id), "period": period}
    await tell(by, {one: values for one in people}, "nominations_proposed", f"{rule_id}:{period}:{by.today}")
    return len(rows)


async def of_rule(by: Judging, rule_id: int, period: str, *statuses: NominationStatus) -> Sequence[Nomination]:
    """The nominations of a rule and period in these states, best first."""
    statement = (
        select(Nomination)
        .where(Nomination.rule_id == rule_id, Nomination.period == period, Nomination.status.in_(statuses))
        .order_by(Nomination.score.desc(), Nomination.id)
    )
    return (await by.session.scalars(statement)).all()


async def title_of(by: Judging, rule_id: int) -> str:
    """What a recognition is called."""
    return (await by.session.get_one(RecognitionRule, rule_id)).title


async def approve(by: Judging, nomination_id: int) -> Nomination:
    """The leader approves: the certificate gets its number, the person is asked for consent."""
    row = await _to_decide(by, nomination_id)
    await _step(by, row, NominationStatus.APPROVED)
    row.decided_by_id = by.presser.employee_id
    form = by.city.fact("recognition.number", NUMBER)
    row.certificate = form.replace("{number}", f"{row.id:04d}").replace("{period}", row.period)
    row.token = secrets.token_urlsafe(12)
    await by.session.flush()
    asked = [row.employee_id] if row.employee_id is not None else await holding(by, Role.HEAD, row.unit_id)
    values = {"nomination_id": row.id, "title": await title_of(by, row.rule_id), "period": row.period}
    values |= {"unit": by.city.units[row.unit_id].name} if row.unit_id is not None else {}
    await tell(by, {one: values for one in asked}, "consent_asked", f"{row.id}")
    return row


async def decline(by: Judging, nomination_id: int, reason: str) -> Nomination:
    """The leader declines what was proposed, or human resources leave out what was computed; with a reason."""
    row = await require_to_decline(by, nomination_id)
    words = mask_numbers(reason.strip())[0]
    if not words:
        raise Refusal("reason_missing")
    if len(words) > LONGEST:
        raise Refusal("text_too_long", most=LONGEST)
    await _step(by, row, NominationStatus.DECLINED)
    row.reason, row.decided_by_id = words, by.presser.employee_id
    await by.session.flush()
    return row


async def require_to_decline(by: Judging, nomination_id: int) -> Nomination:
    """The nomination that whoever acts may decline now."""
    row = await reach(by, nomination_id)
    if row.status is NominationStatus.NOMINATED:
        _require_hr(by)
        return row
    return await _to_decide(by, nomination_id)


async def _to_decide(by: Judging, nomination_id: int) -> Nomination:
    """What was proposed to this leader; nobody decides about oneself or the own unit."""
    row = await reach(by, nomination_id)
    if not approves(by):
        raise Refusal("not_your_role")
    if is_awarded(by, row):
        raise Refusal("not_your_own_work")
    if row.status is not NominationStatus.PROPOSED:
        raise Refusal("nomination_not_now")
    return row


async def answer(by: Judging, nomination_id: int, *, yes: bool) -> Nomination:
    """Whether the name may be shown; the answer is recorded with its moment and can be changed."""
    row = await reach(by, nomination_id)
    if not is_awarded(by, row):
        raise Refusal("no_such_nomination")
    await _step(by, row, NominationStatus.CONSENTED if yes else NominationStatus.NOT_WANTED)
    if yes:
        values = {"title": await title_of(by, row.rule_id), "period": row.period}
        told = {one: values for one in await human_resources(by)}
        await tell(by, told, "consent_given", f"{row.id}:{row.version}")
    return row


async def _step(by: Judging, row: Nomination, following: NominationStatus) -> None:
    """On to another state, with a row of the audit; refused with `nomination_not_now`."""
    if following not in NEXT[row.status]:
        raise Refusal("nomination_not_now")
    old: dict[str, Any] = {"status": row.status.value}
    row.move(following, by.now)
    audit.record(by.session, "changed", "nomination", row.id, by.now, old=old, new={"status": following.value})
    await by.session.flush()


async def announced(by: Judging, row: Nomination) -> None:
    """The nomination was announced."""
    await _step(by, row, NominationStatus.ANNOUNCED)
