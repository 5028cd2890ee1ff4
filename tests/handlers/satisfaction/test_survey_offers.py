"""Where the survey is offered, and that one person counts once in a period."""

import pytest
from sqlalchemy import select

from models.survey import Pulse
from tests.driver import Phone, Stage
from tests.handlers.resident import file_report, follow_up, press_ticket
from tests.handlers.satisfaction.answering import SCORES, answer_and_send, responses


@pytest.mark.parametrize(
    "data", ["k:999:menu:0", "k:x:menu:0", "k:3:menu", f"k:3:{'z' * 50}:0", f"k:3:menu:{10**30}", "k:3:men-u:0"]
)
async def test_a_forged_offer_breaks_nothing(stage: Stage, data: str) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_lampu")
    await siti.says("4")
    await siti.presses_data(siti.history()[-1]["message_id"], data)
    assert siti.saw("Layanan itu tidak ada") or siti.saw("Masih ada isian")
    await siti.presses("Mulai baru") if siti.saw("Masih ada isian") else await siti.says("lanjutkan")
    if siti.saw("Masih ada isian"):
        siti.sees("KTP elektronik", "1/9")
        await answer_and_send(siti)
        (stored,) = await responses(stage)
        assert (stored.channel, stored.complaint_id) == ("menu", None)


async def test_rule_06_a_second_answer_replaces_only_after_a_question(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await answer_and_send(siti)
    await siti.presses("Ya, boleh")
    await siti.presses("Perempuan")
    await siti.says("/batal")
    stage.later(days=3)
    await siti.starts("l_ktp")
    siti.sees("sudah mengisi survei KTP elektronik pada 24 November 2026")
    await siti.presses("Isi lagi")
    for said in "333333333":
        await siti.says(said)
    assert [row.u1 for row in await responses(stage)] == [4]
    await siti.presses("Kirim jawaban")
    await siti.says("/batal")
    (stored,) = await responses(stage)
    assert set(stored.scores.values()) == {3}
    assert (stored.channel, str(stored.day), stored.sex) == ("link", "2026-11-27", None)
    assert stored.replaced_at == stage.now


async def test_rule_06_a_second_answer_can_be_left(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await answer_and_send(siti)
    await siti.presses("Tidak, cukup")
    await siti.says("/skm")
    await siti.says("ktp")
    siti.sees("sudah mengisi survei KTP elektronik")
    await siti.presses("Tidak, biarkan")
    siti.sees("tetap berlaku")
    (stored,) = await responses(stage)
    assert (list(stored.scores.values()), stored.replaced_at) == (SCORES, None)


async def test_rule_06_the_next_period_is_another_answer(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await answer_and_send(siti)
    await siti.presses("Tidak, cukup")
    stage.later(days=38)
    await siti.starts("s_ktp")
    siti.sees("1/9")
    await answer_and_send(siti)
    assert [row.period for row in await responses(stage)] == ["2026-Q4", "2027-Q1"]


async def test_rule_06_two_people_answer_about_the_same_service(stage: Stage) -> None:
    for name in ("Siti", "Ali"):
        phone = stage.person(name)
        await phone.starts("s_ktp")
        await answer_and_send(phone)
    first, second = await responses(stage)
    assert first.person_id != second.person_id


async def test_rule_07_a_rating_is_no_survey_and_offers_one(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_ktp")
    await siti.presses("Sangat baik")
    assert await responses(stage) == []
    await siti.presses("Isi survei kepuasan")
    siti.sees("KTP elektronik", "1/9")
    await answer_and_send(siti)
    await siti.presses("Tidak, cukup")
    (stored,) = await responses(stage)
    assert (stored.channel, stored.service_id) == ("qr", 3)
    await siti.starts("n_ktp")
    await siti.presses("Sangat baik")
    siti.sees("Terima kasih")
    assert not any("Isi survei" in text for text in siti.buttons())
    async with stage.db.read() as session:
        assert len((await session.scalars(select(Pulse))).all()) == 1


async def closed_report(stage: Stage, phone: Phone, visible: str) -> int:
    complaint = await file_report(phone, visible=visible)
    async with stage.db.begin() as session:
        found = await session.get(type(complaint), complaint.id)
        assert found is not None
        found.service_id = 1
    await follow_up(stage, complaint.id)
    await press_ticket(phone, "score", complaint.id, "4")
    phone.sees("Terima kasih")
    return complaint.id


async def test_offered_after_a_closed_report(stage: Stage) -> None:
    siti = stage.person("Siti")
    complaint_id = await closed_report(stage, siti, "Terbuka")
    await siti.presses("Isi survei kepuasan")
    siti.sees("Lampu jalan", "1/9")
    await answer_and_send(siti)
    (stored,) = await responses(stage)
    assert (stored.channel, stored.complaint_id) == ("ticket", complaint_id)


async def test_rule_14_after_an_anonymous_report_nothing_leads_back_to_it(stage: Stage) -> None:
    siti = stage.person("Siti")
    await closed_report(stage, siti, "Anonim")
    await siti.presses("Isi survei kepuasan")
    await answer_and_send(siti)
    (stored,) = await responses(stage)
    assert (stored.channel, stored.complaint_id) == ("ticket", None)


async def test_an_unknown_service_is_refused(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_nowhere")
    siti.sees("Layanan itu tidak ada")
