"""What is decided about improvements: planned with an owner and a date, changed, begun, dropped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.services import outbox
from bot.services.desk import colleagues
from bot.services.desk.colleagues import Colleague
from bot.services.notices import sending_moment
from bot.services.satisfaction.plans import Deciding, Finding, reach, require_unfinished
from bot.services.satisfaction.reach import family
from models.complaint import ReportClass
from models.employee import Employee
from models.errors import Refusal
from models.improvement import Improvement, ImprovementFinding
from models.rules.improvements import Step, term_of
from models.rules.performance.plan_rights import PlanAction, require_plan

LONGEST_TITLE = 300
LONGEST_RESULT = 2000


@dataclass(frozen=True, slots=True)
class Planned:
    """What a head decided: the words, whose weak spot, who owes it until when."""

    title: str
    unit_id: int
    owner_id: int
    due_on: date
    service_id: int | None = None
    finding: Finding | None = None
    report_class: ReportClass | None = None


async def owners(by: Deciding, unit_id: int) -> list[Colleague]:
    """Who of the unit can be given an improvement, by name."""
    return await colleagues.of_units(by.session, by.city, sorted(family(by.city, unit_id)), by.now)


async def plan(by: Deciding, planned: Planned) -> Improvement:
    """Write a line of the plan down. Refused for a foreign unit, owner or service, no words, or a date that is over."""
    units = family(by.city, planned.unit_id)
    require_plan(by.presser, PlanAction.MAKE, units)
    service = by.city.services.get(planned.service_id or 0)
    if planned.service_id is not None and (service is None or service.unit_id not in units):
        raise Refusal("no_such_service")
    await _require_owner(by, planned.unit_id, planned.owner_id)
    row = Improvement(
        title=_title(planned.title),
        unit_id=planned.unit_id,
        service_id=planned.service_id,
        element=planned.finding.element if planned.finding is not None else None,
        report_class=planned.report_class,
        owner_id=planned.owner_id,
        due_on=require_future(by, planned.due_on),
        term=term_of(by.today, planned.due_on),
        status=Step.PLANNED,
        created_at=by.now,
    )
    row.note(by.now, status_before=None, actor_id=by.presser.person_id)
    by.session.add(row)
    await by.session.flush()
    if planned.finding is not None:
        finding = planned.finding
        by.session.add(
            ImprovementFinding(
                improvement_id=row.id,
                element=finding.element,
                period=finding.period,
                n=finding.n,
                total=finding.total,
            )
        )
    await _tell_owner(by, row)
    await by.session.flush()
    return row


async def change(by: Deciding, improvement_id: int, **values: Any) -> Improvement:
    """Other words (`title`), another `owner_id` or `due_on`; the event keeps old and new."""
    row = await reach(by, PlanAction.CHANGE, improvement_id)
    require_unfinished(row)
    if "title" in values:
        values["title"] = _title(values["title"])
    if "due_on" in values:
        values["term"] = term_of(by.city.today(row.created_at), require_future(by, values["due_on"]))
    if "owner_id" in values:
        await _require_owner(by, row.unit_id, values["owner_id"])
    kept = {name: [str(getattr(row, name)), str(value)] for name, value in values.items()}
    for name, value in values.items():
        setattr(row, name, value)
    row.note(by.now, actor_id=by.presser.person_id, values=kept)
    if "owner_id" in values:
        await _tell_owner(by, row)
    await by.session.flush()
    return row


async def start(by: Deciding, improvement_id: int) -> Improvement:
    """Work has begun; whoever owes it, or the head, says so."""
    row = await reach(by, PlanAction.ADVANCE, improvement_id)
    row.move(Step.DOING, by.now, actor_id=by.presser.person_id)
    await by.session.flush()
    return row


async def drop(by: Deciding, improvement_id: int, reason: str) -> Improvement:
    """It will not be done, and why."""
    row = await reach(by, PlanAction.CHANGE, improvement_id)
    row.move(Step.DROPPED, by.now, actor_id=by.presser.person_id, text=reason[:LONGEST_RESULT])
    row.result = reason[:LONGEST_RESULT]
    await by.session.flush()
    return row


async def _require_owner(by: Deciding, unit_id: int, owner_id: int) -> None:
    if owner_id not in {one.employee_id for one in await owners(by, unit_id)}:
        raise Refusal("no_such_employee")


def _title(words: str) -> str:
    title = " ".join(words.split())
    if not title:
        raise Refusal("no_words")
    if len(title) > LONGEST_TITLE:
        raise Refusal("text_too_long", most=LONGEST_TITLE)
    return title


def require_future(by: Deciding, day: date) -> date:
    """The day itself; refused with `date_is_over` unless it comes after today."""
    if day <= by.today:
        raise Refusal("date_is_over")
    return day


async def _tell_owner(by: Deciding, row: Improvement) -> None:
    """Whoever gets the work learns it; nobody is told what he decided himself."""
    employee = await by.session.get(Employee, row.owner_id)
    if employee is None or employee.person_id is None or employee.person_id == by.presser.person_id:
        return
    await outbox.put(
        by.session,
        key=f"improvement_given:{row.id}:{row.version}:{employee.person_id}",
        person_id=employee.person_id,
        kind="improvement_given",
        now=by.now,
        values=values_of(row),
        not_before=sending_moment(by.city, by.now),
    )


def values_of(row: Improvement) -> dict[str, Any]:
    """What a notice says of an improvement."""
    return {"id": row.id, "title": row.title, "due_on": row.due_on.isoformat()}
