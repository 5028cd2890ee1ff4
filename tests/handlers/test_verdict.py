"""The resident's verdict, and coming back after the closing."""

import pytest

from models.rules.complaint_flow import Action, Status, Verdict
from tests.driver import Phone, Stage
from tests.factories import STAFF
from tests.handlers.resident import events, file_report, follow_up, notices, press_ticket, reports, staff_phone


async def followed_up(stage: Stage) -> tuple[Phone, int]:
    """Siti with a report whose unit says that it is done."""
    siti = stage.person("Siti")
    complaint = await file_report(siti)
    await follow_up(stage, complaint.id)
    await press_ticket(siti, "view", complaint.id)
    return siti, complaint.id


async def test_rule_17_solved_asks_for_a_score_and_closes(stage: Stage) -> None:
    await staff_phone(stage, "officer")
    siti, _number = await followed_up(stage)
    await siti.presses("Sudah selesai")
    assert [label[:1] for label in siti.buttons()[:4]] == ["4", "3", "2", "1"]
    assert (await reports(stage))[0].status is Status.FOLLOWED_UP
    await siti.presses("Sangat baik")
    siti.sees("Terima kasih", "selesai")
    (complaint,) = await reports(stage)
    assert (complaint.status, complaint.verdict, complaint.score) == (Status.CLOSED, Verdict.SOLVED, 4)
    assert complaint.auto_close_at is None
    assert "nilai 4 dari 4" in notices(stage, STAFF["officer"])[-1]


async def test_second_press_on_a_score_shows_the_present_state(stage: Stage) -> None:
    siti, number = await followed_up(stage)
    await press_ticket(siti, "score", number, "4")
    await press_ticket(siti, "score", number, "1")
    siti.sees("sudah tidak bisa dilakukan", "nilai 4 dari 4")
    (complaint,) = await reports(stage)
    assert complaint.score == 4
    assert [row.action for row in await events(stage, number)].count(Action.CONFIRM) == 1


@pytest.mark.parametrize("score", ["0", "5", "9", "x", ""])
async def test_forged_score_changes_nothing(stage: Stage, score: str) -> None:
    siti, number = await followed_up(stage)
    await press_ticket(siti, "score", number, score)
    siti.sees("tidak berlaku")
    assert (await reports(stage))[0].status is Status.FOLLOWED_UP


async def test_rule_17_a_low_score_may_say_why_and_come_back(stage: Stage) -> None:
    await staff_phone(stage, "officer")
    siti, number = await followed_up(stage)
    await press_ticket(siti, "score", number, "2")
    assert {"✏️ Tulis apa yang kurang", "🔁 Belum selesai, buka kembali"} <= set(siti.buttons())
    await siti.presses("Tulis apa yang kurang")
    siti.sees("Apa yang kurang")
    await siti.says("Lama sekali")
    siti.sees("kami sampaikan kepada petugas")
    confirmed = (await events(stage, number))[-1]
    assert (confirmed.action, confirmed.text) == (Action.CONFIRM, "Lama sekali")
    assert "menambah keterangan" in notices(stage, STAFF["officer"])[-1]
    await press_ticket(siti, "reopen", number)
    await siti.presses("Lewati")
    siti.sees("dibuka kembali")
    assert (await reports(stage))[0].status is Status.REOPENED


async def test_verdict_in_the_middle_of_a_talk_leaves_the_draft(stage: Stage) -> None:
    siti, number = await followed_up(stage)
    await siti.says("/lapor")
    await press_ticket(siti, "solved", number)
    await siti.presses("Baik")
    assert (await reports(stage))[0].status is Status.CLOSED
    await siti.says("/start")
    siti.sees("Apa yang ingin Bapak/Ibu sampaikan?")


async def test_rule_17_not_solved_reopens_once_and_then_shows_the_ombudsman(stage: Stage) -> None:
    await staff_phone(stage, "head")
    siti, number = await followed_up(stage)
    await siti.presses("Belum selesai")
    siti.sees("Apa yang belum selesai")
    await siti.says("Lampunya mati lagi")
    siti.sees("dibuka kembali")
    (complaint,) = await reports(stage)
    assert (complaint.status, complaint.reopened, complaint.escalation) == (Status.REOPENED, 1, 1)
    assert (await events(stage, number))[-1].text == "Lampunya mati lagi"
    assert "belum selesai" in notices(stage, STAFF["head"])[-1]

    await follow_up(stage, number)
    await press_ticket(siti, "not_solved", number)
    await siti.says("lewati")
    siti.sees("belum selesai", "Ombudsman 137")
    (complaint,) = await reports(stage)
    assert (complaint.status, complaint.verdict) == (Status.CLOSED, Verdict.NOT_SOLVED)
    await press_ticket(siti, "view", number)
    siti.sees("Ombudsman 137")
    assert not any("buka kembali" in label for label in siti.buttons())


async def test_cancelled_not_solved_changes_nothing(stage: Stage) -> None:
    siti, _number = await followed_up(stage)
    await siti.presses("Belum selesai")
    await siti.presses("Batal")
    siti.sees("Keadaan laporan tidak berubah")
    assert (await reports(stage))[0].status is Status.FOLLOWED_UP


async def test_double_press_on_not_solved_asks_the_same_question(stage: Stage) -> None:
    siti, number = await followed_up(stage)
    await press_ticket(siti, "not_solved", number)
    await press_ticket(siti, "not_solved", number)
    siti.sees("Apa yang belum selesai")
    await siti.presses("Lewati")
    assert [row.action for row in await events(stage, number)].count(Action.DISPUTE) == 1


async def test_restart_half_way_keeps_the_question(stage: Stage) -> None:
    siti, _number = await followed_up(stage)
    await siti.presses("Belum selesai")
    await stage.close()
    await stage.open()
    await siti.says("Masih gelap")
    siti.sees("dibuka kembali")


async def test_rule_17_reopening_is_possible_within_its_limit_only(stage: Stage) -> None:
    siti, number = await followed_up(stage)
    await press_ticket(siti, "score", number, "3")
    await press_ticket(siti, "view", number)
    assert "🔁 Belum selesai, buka kembali" in siti.buttons()
    stage.later(days=30)
    await press_ticket(siti, "view", number)
    assert "🔁 Belum selesai, buka kembali" not in siti.buttons()
    await press_ticket(siti, "reopen", number)
    siti.sees("sudah tidak bisa dilakukan")
    assert (await reports(stage))[0].status is Status.CLOSED


async def test_free_text_after_closing_asks_reopen_or_new(stage: Stage) -> None:
    siti, number = await followed_up(stage)
    await press_ticket(siti, "score", number, "3")
    await siti.says("Lampu itu mati lagi tadi malam")
    siti.sees("laporan baru, atau tambahan")
    await siti.presses("Buka kembali")
    siti.sees("dibuka kembali")
    (complaint,) = await reports(stage)
    assert complaint.status is Status.REOPENED
    assert (await events(stage, number))[-1].text == "Lampu itu mati lagi tadi malam"
