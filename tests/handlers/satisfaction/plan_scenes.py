"""Scenes of the follow-up plan: a weak unit, its head with a draft, a line that is planned, one that is done."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from bot.callbacks import Plan
from models.improvement import Improvement, ImprovementEvent
from tests.desk_scenes import at_work, forges
from tests.driver import Phone, Stage
from tests.survey_rows import response, store

WORDS = "Menambah satu regu perbaikan lampu"
#: Waktu is the weakest, then sarana; everything else is at its best.
WEAK = (4, 4, 2, 4, 4, 4, 4, 3, 4)


async def weak_unit(stage: Stage, service_id: int = 1) -> None:
    await store(stage.db, *(response(WEAK, service_id) for _ in range(10)))


async def head_with_a_draft(stage: Stage) -> Phone:
    await weak_unit(stage)
    head = await at_work(stage, "head")
    await head.says("/ikm")
    await head.presses("Rencana tindak lanjut")
    return head


async def planned(stage: Stage, head: Phone) -> int:
    """The weakest element planned by the head for the officer, in three months; its id."""
    await head.presses("U3 Waktu")
    await head.says(WORDS)
    await head.presses("Pegawai Officer")
    await head.presses("3 bulan lagi")
    await head.presses("Simpan")
    async with stage.db.read() as session:
        return await session.scalar(select(func.max(Improvement.id))) or 0


async def stored(stage: Stage, improvement_id: int) -> Improvement:
    async with stage.db.read() as session:
        return (await session.scalars(select(Improvement).where(Improvement.id == improvement_id))).one()


async def steps(stage: Stage) -> list[Any]:
    async with stage.db.read() as session:
        rows = await session.execute(
            select(ImprovementEvent.status_before, ImprovementEvent.status_after).order_by(ImprovementEvent.id)
        )
        return [tuple(row) for row in rows]


async def count(stage: Stage, table: Any) -> int:
    async with stage.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def finished_for(stage: Stage, *complaints: int) -> Phone:
    """The head plans, links these reports and says it is done."""
    head = await head_with_a_draft(stage)
    improvement_id = await planned(stage, head)
    for complaint_id in complaints:
        await forges(head, Plan("tie", str(improvement_id), f"{complaint_id}.0").encode())
    await forges(head, Plan("finish", str(improvement_id)).encode())
    await head.says("Regu kedua bekerja sejak Senin")
    return head
