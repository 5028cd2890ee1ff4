"""Own data: the export holds work plans, registrations with attendance and hours; an erasure forgets who pressed."""

from __future__ import annotations

import json
from datetime import date, timedelta

from sqlalchemy import func, select

from bot.callbacks import Learn
from models.employee import Employee
from models.performance.plan import CoreValue, PlanBehaviour, PlanEvent, WorkPlan
from models.rules.performance.plan_rules import PlanStatus
from models.training.hours import HoursStatus, TrainingHours
from models.training.registration import Attendance, AttendanceWay, Registration, RegistrationEvent
from tests import performance_scenes
from tests import training_scenes as scenes
from tests.desk_scenes import forges
from tests.driver import START, Stage
from tests.training_scenes import phone_of


async def written(stage: Stage, employee_id: int) -> None:
    """A plan with one step, behaviour and a draft of a second version; a meeting attended; hours from elsewhere."""
    async with stage.db.begin() as session:
        await performance_scenes.plan(session, employee_id, status=PlanStatus.SUBMITTED, approved_at=None)
        plan = (await session.scalars(select(WorkPlan))).one()
        owner = await session.get_one(Employee, employee_id)
        plan.move(PlanStatus.APPROVED, START, actor_id=owner.person_id)
        session.add(PlanBehaviour(plan_id=plan.id, core_value=CoreValue.LOYAL, expectation="Hadir di posko"))
        session.add(WorkPlan(employee_id=employee_id, year=2026, number=2, reason="Target berubah", created_at=START))
        row = (await session.scalars(select(Registration).where(Registration.employee_id == employee_id))).one()
        session.add(Attendance(session_id=1, registration_id=row.id, way=AttendanceWay.CODE, at=START))
        session.add(
            TrainingHours(
                employee_id=employee_id,
                year=2026,
                hours=12,
                title="Bimtek Arsip",
                provider="LAN",
                ended_on=date(2026, 3, 1),
                status=HoursStatus.REFUSED,
                reason="Belum lengkap",
                created_at=START,
            )
        )


async def test_rule_37_the_export_holds_plans_trainings_and_hours_and_an_erasure_lets_go(stage: Stage) -> None:
    people = await scenes.people(stage)
    await scenes.course(stage, sessions=(START + timedelta(hours=2),))
    worker, second = await phone_of(stage, "worker"), await phone_of(stage, "second")
    for phone in (worker, second):
        await forges(phone, Learn("join", 1).encode())
    await written(stage, people.ids["worker"])
    await worker.says("/datasaya")
    staff = json.loads(await worker.newest_file())["staff"]
    first, draft = staff["work_plans"]
    assert (first["year"], first["version"], first["status"]) == (2026, 1, "approved")
    (result,) = first["results"]
    (item,) = result["items"]
    assert (result["title"], item["target"], item["quarters"]) == ("Lampu jalan menyala", ["120", "120"], ["30"] * 4)
    assert first["behaviour"] == {"loyal": "Hadir di posko"}
    assert [step["status_after"] for step in first["history"]] == ["approved"]
    assert (draft["version"], draft["status"], draft["reason"]) == (2, "draft", "Target berubah")
    (training,) = staff["trainings"]
    assert (training["title"], training["status"]) == ("Pelayanan Prima", "seated")
    assert [(one["way"], one["meeting"]) for one in training["attendance"]] == [
        ("code", (START + timedelta(hours=2)).isoformat())
    ]
    assert training["history"][-1]["status_after"] == "seated"
    (hours,) = staff["training_hours"]
    assert (hours["hours"], hours["title"], hours["status"]) == (12, "Bimtek Arsip", "refused")
    await worker.says("/hapus")
    await worker.presses("Ya, hapus")
    async with stage.db.read() as session:
        assert set(await session.scalars(select(PlanEvent.actor_id))) == {None}
        pressed = select(RegistrationEvent.actor_id).join(Registration).order_by(Registration.id)
        assert len({one for one in await session.scalars(pressed) if one is not None}) == 1
        for kept in (WorkPlan, TrainingHours, Attendance):
            assert await session.scalar(select(func.count()).select_from(kept))


async def test_the_export_of_a_resident_holds_no_staff_records(stage: Stage) -> None:
    resident = stage.person("Warga")
    await resident.starts()
    await resident.says("/datasaya")
    assert json.loads(await resident.newest_file())["staff"] is None
