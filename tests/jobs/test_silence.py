"""Silence ends what waits for the resident: domain rule 12, and the deemed withdrawal of UU 25/2009."""

from datetime import timedelta

from bot.jobs import silence
from bot.services import complaints, verdicts
from bot.services.city import know
from bot.services.complaints import Words
from bot.services.desk.silence import BATCH
from models.rules.complaint_flow import Action, Status, Verdict
from models.rules.permissions import Presser
from tests.driver import Stage
from tests.jobs.cases import (
    BEFORE_LEBARAN,
    copied,
    disposed,
    events_of,
    filed,
    followed_up,
    found_complaint,
    moved,
    resident,
    wib,
)


async def sweep(stage: Stage) -> dict[str, int]:
    assert stage.product is not None
    counts = await silence.run(stage.product.runtime)
    await stage.settle()
    return counts


async def add(stage: Stage, reporter_id: int, complaint_id: int) -> None:
    """The reporter adds something now."""
    async with stage.db.begin() as session:
        city = await know(session, stage.now)
        words = Words("Masih padam")
        await complaints.add_information(session, city, Presser(reporter_id), complaint_id, words, stage.now)


async def test_rule_12_ten_silent_working_days_close_a_followed_up_report(stage: Stage) -> None:
    siti, reporter_id = await resident(stage)
    complaint_id = await followed_up(stage, reporter_id)
    stage.now = wib(2026, 12, 8, 15, 55)
    assert await sweep(stage) == {"closed": 0, "lapsed": 0}
    stage.now = wib(2026, 12, 8, 16, 5)
    assert await sweep(stage) == {"closed": 1, "lapsed": 0}
    complaint = await found_complaint(stage, complaint_id)
    assert (complaint.status, complaint.verdict) == (Status.CLOSED, Verdict.WITHOUT_CONFIRMATION)
    assert (complaint.closed_at, complaint.score, complaint.auto_close_at) == (stage.now, None, None)
    (event,) = await events_of(stage, complaint_id, Action.AUTO_CLOSE)
    assert (event.role, event.actor_id, event.public) == ("system", None, True)
    since = wib(2026, 11, 24, 10).isoformat()
    assert event.values == {"reason": "silence", "days": 10, "since": since}
    assert await sweep(stage) == {"closed": 0, "lapsed": 0}

    assert "kami tutup" not in siti.last()  # the office is closed: the notice waits for the morning
    stage.now = wib(2026, 12, 9, 8, 1)
    await stage.settle()
    siti.sees("kami tutup", complaint.code, "dibuka kembali sampai Selasa, 22 Desember 2026")
    assert siti.buttons() == ["🔁 Buka kembali"]


async def test_rule_12_counts_working_days_over_the_holidays_of_march_2026(stage: Stage) -> None:
    stage.now = BEFORE_LEBARAN
    _, reporter_id = await resident(stage)
    await followed_up(stage, reporter_id)
    stage.now = wib(2026, 4, 8, 15, 55)
    assert (await sweep(stage))["closed"] == 0
    stage.now = wib(2026, 4, 8, 16, 5)
    assert (await sweep(stage))["closed"] == 1


async def test_rule_12_a_reply_restarts_the_count(stage: Stage) -> None:
    _, reporter_id = await resident(stage)
    complaint_id = await followed_up(stage, reporter_id)
    stage.now = wib(2026, 12, 7, 10)
    await add(stage, reporter_id, complaint_id)
    stage.now = wib(2026, 12, 8, 16, 5)
    assert (await sweep(stage))["closed"] == 0
    stage.now = wib(2026, 12, 21, 16, 5)
    assert (await sweep(stage))["closed"] == 1


async def test_rule_12_a_report_without_follow_up_never_closes(stage: Stage) -> None:
    _, reporter_id = await resident(stage)
    fresh = await filed(stage, reporter_id, "fresh")
    in_progress = await disposed(stage, reporter_id, taken=True, key="in progress")
    odd = await disposed(stage, reporter_id, taken=True, key="odd")
    # As if something had set the columns wrongly: the follow-up itself is missing.
    await moved(stage, in_progress, auto_close_at=stage.now)
    await moved(stage, odd, Action.PROPOSE_DONE, auto_close_at=stage.now, followed_up_at=None)
    stage.later(days=400)
    assert await sweep(stage) == {"closed": 0, "lapsed": 0}
    found = [(await found_complaint(stage, complaint_id)).status for complaint_id in (fresh, in_progress, odd)]
    assert found == [Status.RECEIVED, Status.IN_PROGRESS, Status.FOLLOWED_UP]


async def test_a_report_that_closed_itself_can_be_reopened_once_within_the_limit(stage: Stage) -> None:
    siti, reporter_id = await resident(stage)
    complaint_id = await followed_up(stage, reporter_id)
    stage.now = wib(2026, 12, 9, 9)
    assert (await sweep(stage))["closed"] == 1
    async with stage.db.begin() as session:
        city = await know(session, stage.now)
        until = stage.now + timedelta(days=3)
        await verdicts.reopen(session, city, Presser(reporter_id), complaint_id, Words("Masih padam"), until)
    complaint = await found_complaint(stage, complaint_id)
    assert (complaint.status, complaint.verdict, complaint.reopened) == (Status.REOPENED, None, 1)

    await moved(
        stage,
        complaint_id,
        Action.TAKE,
        Action.PROPOSE_DONE,
        followed_up_at=stage.now,
        due_at=None,
        auto_close_at=wib(2026, 12, 23, 16),
    )
    stage.now = wib(2026, 12, 23, 16, 5)
    assert (await sweep(stage))["closed"] == 1
    stage.now = wib(2026, 12, 28, 9)
    await stage.settle()
    siti.sees("sudah pernah dibuka kembali", "Ombudsman 137")


async def test_many_reports_close_in_batches(stage: Stage) -> None:
    _, reporter_id = await resident(stage)
    complaint_id = await followed_up(stage, reporter_id)
    await copied(stage, complaint_id, BATCH + 2)
    stage.later(days=30)
    assert (await sweep(stage))["closed"] == BATCH + 3


async def test_an_incomplete_report_is_deemed_withdrawn_after_thirty_days(stage: Stage) -> None:
    siti, reporter_id = await resident(stage)
    complaint_id = await filed(stage, reporter_id)
    await moved(stage, complaint_id, Action.ASK_COMPLETION, paused_at=stage.now)
    stage.now = wib(2026, 12, 24, 23, 55)
    assert (await sweep(stage))["lapsed"] == 0
    stage.now = wib(2026, 12, 25, 0, 5)
    assert (await sweep(stage))["lapsed"] == 1
    complaint = await found_complaint(stage, complaint_id)
    assert (complaint.status, complaint.due_at, complaint.paused_at) == (Status.WITHDRAWN, None, None)
    (event,) = await events_of(stage, complaint_id, Action.WITHDRAW)
    assert (event.role, event.values) == ("system", {"reason": "not_completed", "days": 30})
    stage.now = wib(2026, 12, 28, 9)
    await stage.settle()
    siti.sees("belum dilengkapi selama 30 hari", "boleh melapor lagi")


async def test_a_completed_report_goes_on(stage: Stage) -> None:
    _, reporter_id = await resident(stage)
    complaint_id = await filed(stage, reporter_id)
    await moved(stage, complaint_id, Action.ASK_COMPLETION, paused_at=stage.now)
    stage.later(days=20)
    await add(stage, reporter_id, complaint_id)
    stage.later(days=20)
    assert (await sweep(stage))["lapsed"] == 0
    assert (await found_complaint(stage, complaint_id)).status is Status.RECEIVED
