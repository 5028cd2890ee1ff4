"""The audit: every act has a row, rows are only added, and whatever is tampered with is named."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from bot.jobs import auditing
from bot.services import audit, complaints
from bot.services.administration import watching
from bot.services.audit import Verified
from bot.services.city import forget
from bot.services.desk import working
from models.administration.audit import AuditRow
from models.complaint import ComplaintEvent
from models.employee import RoleGrant
from models.organisation import CityFact
from models.rules.chain import BEGINNING, hash_of
from models.rules.complaint_flow import Action
from tests.desk_scenes import acting, at_work, disposed, events, filed, resident, stored, taken
from tests.driver import Stage

DROP = {
    "sqlite": ["DROP TRIGGER audit_stays", "DROP TRIGGER audit_keeps"],
    "postgresql": ["DROP TRIGGER audit_stays ON audit"],
}


async def chained(stage: Stage) -> dict[str, int]:
    assert stage.product is not None
    return await auditing.run(stage.product.runtime)


async def verified(stage: Stage) -> Verified:
    async with stage.db.read() as session:
        return await audit.verify(session)


async def run_sql(stage: Stage, *statements: str, guarded: bool = False) -> None:
    """As somebody with the database's password would."""
    async with stage.db.begin() as session:
        drops = [] if guarded else DROP["sqlite" if stage.db.is_sqlite else "postgresql"]
        for statement in (*drops, *statements):
            await session.execute(text(statement))


async def a_history(stage: Stage) -> int:
    """Some reports with steps, chained; the id of one."""
    siti = await resident(stage)
    complaint_id = await taken(stage, siti)
    await taken(stage, siti)
    await chained(stage)
    return complaint_id


async def rows_of(stage: Stage, subject: str, subject_id: int) -> list[AuditRow]:
    async with stage.db.read() as session:
        statement = select(AuditRow).where(AuditRow.subject == subject, AuditRow.subject_id == subject_id)
        return list((await session.scalars(statement.order_by(AuditRow.id))).all())


async def test_rule_20_each_change_has_who_when_old_and_new(stage: Stage) -> None:
    """Domain rule 20: every step of a report is a row of the audit, in the step's own transaction."""
    complaint_id = await a_history(stage)
    rows, steps = await rows_of(stage, "complaint", complaint_id), await events(stage, complaint_id)
    assert len(rows) == len(steps) >= 2
    for row, step in zip(rows, steps, strict=True):
        assert (row.at, row.actor_id, row.role, row.action) == (step.at, step.actor_id, step.role, step.action.value)
        before = step.status_before.value if step.status_before else None
        assert (row.old["status"], row.new["status"]) == (before, step.status_after.value)


async def test_no_words_and_no_name_stand_in_the_audit(stage: Stage) -> None:
    siti = await resident(stage, "Siti Nurhaliza")
    complaint_id = await taken(stage, siti, text="Rumah saya di Jalan Merpati", anonymous=True)
    async with stage.db.begin() as session:
        act = await acting(stage, session, "officer")
        await working.reply(act, complaint_id, "Sudah kami lihat, Bu Siti", ())
    async with stage.db.read() as session:
        rows = (await session.scalars(select(AuditRow))).all()
    written = repr([(row.old, row.new, row.role, row.action) for row in rows])
    assert "Siti" not in written
    assert "Merpati" not in written
    assert str(siti.id) not in written


async def test_a_step_that_is_rolled_back_leaves_no_row(stage: Stage) -> None:
    complaint_id = await disposed(stage, await resident(stage))
    before = len(await rows_of(stage, "complaint", complaint_id))
    with pytest.raises(RuntimeError):
        await _fail_after_taking(stage, complaint_id)
    assert len(await rows_of(stage, "complaint", complaint_id)) == before


async def _fail_after_taking(stage: Stage, complaint_id: int) -> None:
    async with stage.db.begin() as session:
        await working.take(await acting(stage, session, "officer"), complaint_id)
        await session.flush()
        raise RuntimeError("the power went")


async def test_roles_are_watched_with_who_gave_them(stage: Stage) -> None:
    async with stage.db.begin() as session:
        watching.doing(session, 77, "staff", stage.now)
        grant = (await session.scalars(select(RoleGrant).order_by(RoleGrant.id).limit(1))).one()
        grant.valid_to = stage.now.date()
    row = (await rows_of(stage, "role", grant.id))[-1]
    assert (row.actor_id, row.action, row.old, row.new) == (
        *(77, "changed", {"valid_to": None}),
        {"valid_to": stage.now.date().isoformat()},
    )


async def test_a_whole_chain_is_proven(stage: Stage) -> None:
    await a_history(stage)
    found = await verified(stage)
    assert found.broken is None
    assert found.waiting == 0
    assert found.rows > 3
    async with stage.db.read() as session:
        last = (await session.scalars(select(AuditRow).order_by(AuditRow.position.desc()).limit(1))).one()
    assert found.head == last.hash


async def test_new_rows_wait_until_they_are_chained(stage: Stage) -> None:
    await a_history(stage)
    before = await verified(stage)
    await disposed(stage, await resident(stage, "Budi"))
    assert (await verified(stage)).waiting >= 1
    assert (await chained(stage))["chained"] >= 1
    assert (await chained(stage)) == {"chained": 0}
    after = await verified(stage)
    assert after.broken is None
    assert after.rows > before.rows


@pytest.mark.parametrize(
    ("statements", "position", "fault"),
    [
        (["UPDATE audit SET action = 'nothing' WHERE position = 3"], 3, "changed"),
        (["UPDATE audit SET new = '{}' WHERE position = 2"], 2, "changed"),
        (["UPDATE audit SET actor_id = 999999 WHERE position = 1"], 1, "changed"),
        (["DELETE FROM audit WHERE position = 2"], 2, "missing"),
        (["DELETE FROM audit WHERE position = 1"], 1, "missing"),
        (
            [
                "UPDATE audit SET position = -1 WHERE position = 2",
                "UPDATE audit SET position = 2 WHERE position = 3",
                "UPDATE audit SET position = 3 WHERE position = -1",
            ],
            2,
            "not the row that followed the one before",
        ),
        (["UPDATE audit SET position = position + 1000 WHERE position >= 3"], 3, "missing"),
    ],
)
async def test_tampering_is_named(stage: Stage, statements: list[str], position: int, fault: str) -> None:
    await a_history(stage)
    await run_sql(stage, *statements)
    broken = (await verified(stage)).broken
    assert broken is not None
    assert (broken.position, broken.fault) == (position, fault)


async def test_a_row_slipped_in_is_named(stage: Stage) -> None:
    await a_history(stage)
    columns = "at, actor_id, role, action, subject, subject_id, old, new, previous, hash"
    await run_sql(
        stage,
        f"INSERT INTO audit (position, {columns}) SELECT -1, {columns} FROM audit WHERE position = 1",
        "UPDATE audit SET position = 100000 + position WHERE position >= 2",
        "UPDATE audit SET position = 2 WHERE position = -1",
        "UPDATE audit SET position = position - 99999 WHERE position > 100000",
    )
    broken = (await verified(stage)).broken
    assert broken is not None
    assert broken.position == 2


async def test_a_head_that_was_kept_shows_a_cut_off_end(stage: Stage) -> None:
    await a_history(stage)
    head = (await verified(stage)).head
    last = "DELETE FROM audit WHERE position = (SELECT max(position) FROM audit)"
    await run_sql(stage, last)
    found = await verified(stage)
    assert found.broken is None, "what is left is whole"
    async with stage.db.read() as session:
        assert not await audit.has(session, head)
        assert await audit.has(session, found.head)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit WHERE position = 1",
        "UPDATE audit SET action = 'x' WHERE position = 1",
        "UPDATE audit SET hash = 'x' WHERE position = 1",
        "DELETE FROM audit WHERE hash IS NULL",
        "UPDATE audit SET role = 'x' WHERE hash IS NULL",
    ],
)
async def test_the_database_itself_refuses_any_change(stage: Stage, statement: str) -> None:
    await a_history(stage)
    await disposed(stage, await resident(stage, "Budi"))
    with pytest.raises(DBAPIError, match="the audit only grows"):
        await run_sql(stage, statement, guarded=True)


async def test_transactions_at_the_same_time_never_fork_the_chain(stage: Stage) -> None:
    siti = await resident(stage)
    ids = [await disposed(stage, siti) for _ in range(6)]

    async def take(complaint_id: int) -> None:
        async with stage.db.begin() as session:
            await working.take(await acting(stage, session, "officer"), complaint_id)

    await asyncio.gather(*(take(complaint_id) for complaint_id in ids), chained(stage))
    await chained(stage)
    found = await verified(stage)
    assert (found.broken, found.waiting) == (None, 0)
    async with stage.db.read() as session:
        steps = await session.scalar(select(func.count()).select_from(ComplaintEvent))
        rows = select(func.count()).select_from(AuditRow).where(AuditRow.subject == "complaint")
        assert await session.scalar(rows) == steps


def test_a_hash_covers_place_content_and_past() -> None:
    content: dict[str, Any] = {"action": "take", "new": {"b": 1, "a": 2}}
    known = hash_of(BEGINNING, 1, content)
    assert known == hash_of(BEGINNING, 1, {"new": {"a": 2, "b": 1}, "action": "take"}), "the order of keys is no matter"
    others = [hash_of(known, 1, content), hash_of(BEGINNING, 2, content), hash_of(BEGINNING, 1, {"action": "take"})]
    assert len({known, *others}) == 4


async def test_the_head_is_posted_to_the_citys_channel(stage: Stage) -> None:
    admin = await at_work(stage, "admin")
    await a_history(stage)
    assert stage.product is not None
    assert await auditing.post_head(stage.product.runtime) == {"posted": 0}, "no channel is set"
    async with stage.db.begin() as session:
        session.add(CityFact(key="audit.channel", value=str(admin.id)))
    async with stage.db.read() as session:
        forget(session)
    assert await auditing.post_head(stage.product.runtime) == {"posted": 1}
    assert (await verified(stage)).head in admin.last()


async def test_rule_44_the_trail_shows_the_citys_day(stage: Stage) -> None:
    """Domain rule 44: half past eleven at night in WIB belongs to that day, although it is another day's in UTC."""
    verifier, siti = await at_work(stage, "verifier"), await resident(stage)
    stage.now = datetime(2026, 5, 14, 16, 30, tzinfo=UTC)
    complaint_id = await filed(stage, siti)
    async with stage.db.begin() as session:
        complaint = await complaints.get(session, complaint_id)
        complaint.move(Action.NOTE, stage.now, actor_id=None, role="verifier", public=False)
    await verifier.says(f"/riwayat {(await stored(stage, complaint_id)).code}")
    verifier.sees("Kamis, 14 Mei 2026 23.30 WIB")


@pytest.mark.parametrize(("role", "sees"), [("admin", True), ("inspector", True), ("officer", False), ("hr", False)])
async def test_who_reads_the_trail(stage: Stage, role: str, sees: bool) -> None:
    complaint_id = await taken(stage, await resident(stage))
    phone = await at_work(stage, role)
    await phone.says(f"/riwayat {(await stored(stage, complaint_id)).code}")
    assert phone.saw("Jejak audit") is sees
    if sees:
        phone.sees("Pegawai Officer")
