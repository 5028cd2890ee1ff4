"""One tap on one element from the code at a counter."""

from typing import Any

import pytest
from sqlalchemy import func, select

from models.rules.skm import Element
from models.survey import MicroAnswer, SurveyResponse
from tests.driver import Stage


async def taps(stage: Stage) -> list[Any]:
    async with stage.db.read() as session:
        return list((await session.scalars(select(MicroAnswer).order_by(MicroAnswer.id))).all())


async def test_one_tap_and_thanks(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("m_ktp")
    siti.sees("KTP elektronik", "kesesuaian persyaratan")
    assert siti.buttons()[:4] == ["1 · Tidak sesuai", "2 · Kurang sesuai", "3 · Sesuai", "4 · Sangat sesuai"]
    await siti.presses("Kurang sesuai")
    siti.sees("Terima kasih", "KTP elektronik", "Persyaratan", "Kurang sesuai")
    (tap,) = await taps(stage)
    assert (tap.element, tap.score, tap.service_id, tap.unit_id) == (Element.U1, 2, 3, 2)
    assert (str(tap.day), tap.channel) == ("2026-11-24", "qr")


async def test_the_elements_take_turns(stage: Stage) -> None:
    for number in range(10):
        phone = stage.person(f"Warga {number}")
        await phone.starts("m_ktp")
        await phone.presses("4 ·")
    assert [tap.element for tap in await taps(stage)] == [*Element, Element.U1]


async def test_a_tap_is_no_full_response_and_offers_one(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("m_ktp")
    await siti.presses("3 ·")
    async with stage.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(SurveyResponse)) == 0
    await siti.presses("Isi survei kepuasan")
    siti.sees("KTP elektronik", "1/9")


async def test_one_a_day_and_the_first_stands(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("m_ktp")
    message_id, data = siti.button("1 ·")
    _, other = siti.button("4 ·")
    for pressed in (data, data, other):
        await siti.presses_data(message_id, pressed)
    siti.sees("Terima kasih", "Tidak sesuai")
    await siti.starts("m_ktp")
    siti.sees("Satu jawaban sehari sudah cukup")
    assert [tap.score for tap in await taps(stage)] == [1]
    stage.later(days=1)
    await siti.starts("m_ktp")
    await siti.presses("Sangat mudah")
    assert [(tap.element, tap.score) for tap in await taps(stage)] == [(Element.U1, 1), (Element.U2, 4)]


@pytest.mark.parametrize(
    "data", ["e:3:persyaratan:0", "e:3:persyaratan:5", "e:3:bogus:3", "e:3:persyaratan:x", "e:999:waktu:3"]
)
async def test_rule_01_a_forged_tap_stores_nothing(stage: Stage, data: str) -> None:
    siti = stage.person("Siti")
    await siti.starts("m_ktp")
    await siti.presses_data(siti.history()[-1]["message_id"], data)
    assert siti.saw("1 sampai 4") or siti.saw("Layanan itu tidak ada")
    assert await taps(stage) == []


async def test_in_the_middle_of_a_report_the_question_comes_back(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("Lampu jalan di depan SD mati sejak Senin")
    open_question = siti.last()
    await siti.starts("m_ktp")
    await siti.presses("3 ·")
    assert siti.last() == open_question
    assert len(await taps(stage)) == 1


async def test_a_code_nobody_hung_up_is_refused(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("m_nowhere")
    siti.sees("Layanan itu tidak ada")
