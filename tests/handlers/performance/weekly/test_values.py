"""What is shown beside a value: the system's, yes or no, the pace; and notices that come in between."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.services import outbox
from models.performance.indicator import Indicator, IndicatorFact, Level, Source
from models.performance.plan import PlanItem
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from tests.driver import Stage
from tests.weekly_scenes import LINES, employee, entries, led, numbers, phone

QUESTION = ("Standar pelayanan ditetapkan", "ya/tidak", Polarity.YES_NO, Aggregation.LAST, 1)


async def measured(stage: Stage, line: int) -> None:
    """The line is an indicator with a code of its own, of which the records say 91.48."""
    async with stage.db.begin() as session:
        indicator = Indicator(
            code="IKU-KOTA-7",
            name="Kepuasan pemohon",
            measure_unit="%",
            polarity=Polarity.HIGHER,
            aggregation=Aggregation.LAST,
            level=Level.UNIT,
            unit_id=1,
            source=Source.SATISFACTION_INDEX,
        )
        session.add(indicator)
        await session.flush()
        fact = {"value": Decimal("91.48"), "n": 40, "computed_at": stage.now}
        session.add(IndicatorFact(indicator_id=indicator.id, period="2026", as_of=date(2026, 11, 22), **fact))
        (await session.get_one(PlanItem, line)).indicator_id = indicator.id


async def test_the_value_of_the_records_is_shown_offered_and_kept_beside(stage: Stage) -> None:
    ids = await led(stage)
    await measured(stage, ids[1])
    stage.later(days=3)
    officer = phone(stage, "officer")
    await officer.says("iku-kota-7 90")
    officer.sees("2. Kepuasan pemohon: 90%")
    await officer.presses("Benar, simpan")
    officer.sees("Menurut catatan sistem: 91,48%")
    entry = (await entries(stage))[0]
    assert (entry.value, entry.system_value) == (Decimal(90), Decimal("91.48"))
    await officer.presses("Perbaiki")
    await officer.presses("✏️ 2")
    officer.sees("Menurut catatan sistem: 91,48%", "Sudah dilaporkan: 90%")
    await officer.presses("📊 91,48")
    await officer.presses("Kirim laporan")
    assert await numbers(stage) == ["91.48"]


async def test_yes_or_no_has_two_buttons(stage: Stage) -> None:
    await led(stage, (QUESTION,), last=False)
    stage.later(days=3)
    officer = phone(stage, "officer")
    await officer.says("/minggu")
    officer.sees("Apakah sudah tercapai?", "Target setahun: Sudah")
    await officer.says("3")
    assert officer.saw("jawabannya sudah (1) atau belum (0)")
    await officer.presses("Sudah")
    officer.sees("1. Standar pelayanan ditetapkan: Sudah")
    await officer.presses("Kirim laporan")
    assert await numbers(stage) == ["1"]


async def test_a_notice_in_between_does_not_eat_the_next_answer(stage: Stage) -> None:
    await led(stage, LINES[:1])
    stage.later(days=3)
    officer = phone(stage, "officer")
    await officer.says("/minggu")
    async with stage.db.begin() as session:
        person_id = (await employee(session, "officer")).person_id
        await outbox.put(
            session,
            key="between",
            person_id=person_id,
            kind="week_reminder",
            now=stage.now,
            values={"week": "2026-11-23", "due": "2026-11-27T08:00:00+00:00", "stage": -30},
        )
    await stage.settle()
    officer.sees("Pertanyaan yang belum dijawab: 1. Dokumen selesai: Berapa hasil minggu ini saja?")
    await officer.says("6")
    officer.sees("1. Dokumen selesai: 6 dokumen")
    await officer.presses("Kirim laporan")
    assert await numbers(stage) == ["6"]
