"""The tree of indicators in the chat, and what an administrator changes there. Domain rules 29 and 31."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from bot.callbacks import Gauge
from bot.jobs.indicators import record
from bot.services.city import know
from bot.views import errors
from models.administration.audit import AuditRow
from models.complaint import Complaint, ReportClass
from models.employee import Employee
from models.performance.indicator import Indicator, IndicatorTarget, Level, Source
from models.performance.service_record import RecordSource, ServiceRecord
from models.rules.complaint_flow import Status, Verdict
from models.rules.performance.achievement import Polarity
from models.rules.performance.aggregation import Aggregation
from tests.desk_scenes import Statements, forges
from tests.driver import Phone, Stage
from tests.factories import STAFF

ROLES = errors.SENTENCES["not_your_role"]


def at_desk(stage: Stage, role: str) -> Phone:
    return stage.person(role.title(), telegram_id=STAFF[role])


async def add(stage: Stage, code: str, **more: Any) -> int:
    values: dict[str, Any] = {
        "name": f"Indikator {code}",
        "measure_unit": "%",
        "polarity": Polarity.HIGHER,
        "aggregation": Aggregation.LAST,
        "level": Level.CITY,
        "source": Source.MANUAL,
    } | more
    async with stage.db.begin() as session:
        row = Indicator(code=code, **values)
        session.add(row)
        await session.flush()
        session.add_all(
            IndicatorTarget(indicator_id=row.id, year=2026, quarter=quarter, low=Decimal(90), high=Decimal(90))
            for quarter in range(5)
        )
    return row.id


async def a_closed_report(stage: Stage, number: int, verdict: Verdict, **more: Any) -> None:
    async with stage.db.begin() as session:
        session.add(
            Complaint(
                code=f"TPI-{number}",
                filing_key=f"k{number}",
                report_class=ReportClass.COMPLAINT,
                text="rahasia sekali",
                unit_id=1,
                service_id=1,
                status=Status.CLOSED,
                verdict=verdict,
                received_at=stage.now.replace(day=10),
                disposed_at=stage.now.replace(day=10),
                closed_at=stage.now.replace(day=13),
                verify_due_at=stage.now,
                settle_due_at=stage.now,
                statutory_due_on=date(2027, 1, 20),
                **more,
            )
        )


async def count(stage: Stage) -> None:
    async with stage.db.begin() as session:
        await record(session, await know(session, stage.now), stage.now)


async def stored(stage: Stage, number: int) -> Indicator:
    async with stage.db.read() as session:
        return await session.get_one(Indicator, number)


async def employee(stage: Stage, role: str) -> Employee:
    async with stage.db.read() as session:
        from_person = select(Employee).where(Employee.name == f"Pegawai {role.title()}")
        return (await session.scalars(from_person)).one()


async def test_the_tree_is_walked_from_the_city_to_a_unit_with_value_target_and_pace(stage: Stage) -> None:
    city = await add(stage, "iku-3", source=Source.CONFIRMED_SHARE, definition="Suara warga", formula="a / b x 100")
    unit = await add(stage, "pu-3", source=Source.CONFIRMED_SHARE, level=Level.UNIT, parent_id=city, unit_id=1)
    await add(stage, "capil-3", source=Source.CONFIRMED_SHARE, level=Level.UNIT, parent_id=city, unit_id=2)
    for number in range(4):
        await a_closed_report(stage, number, Verdict.WITHOUT_CONFIRMATION if number == 3 else Verdict.SOLVED)
    await count(stage)
    officer = at_desk(stage, "officer")
    await officer.says("/indikator")
    officer.sees("Indikator kinerja kota", "Indikator iku-3: 75%, target 90%")
    await officer.presses("Indikator iku-3 (2 di bawahnya)")
    officer.sees("Nilai sekarang: 75%", "3 dari 4 data", "83,33%", "perlu perhatian", "Triwulan IV: 90%, nyatanya 75%")
    officer.sees("Suara warga", "a / b x 100", "dinyatakan selesai oleh pelapor")
    await officer.presses("2 indikator di bawahnya")
    officer.sees("Indikator di bawahnya", "Indikator pu-3", "Indikator capil-3: belum ada nilai, target 90%")
    await officer.presses("Indikator pu-3")
    officer.sees("Indikator unit · PU")
    await officer.presses("⬆️ Indikator iku-3")
    officer.sees("iku-3")
    await officer.presses("Indikator kota")
    await officer.presses("Indikator unit saya")
    officer.sees("Indikator unit Bapak/Ibu", "Indikator pu-3")
    assert "capil-3" not in officer.last()
    assert unit


async def test_a_fact_opens_down_to_the_rows_that_the_presser_may_see(stage: Stage) -> None:
    share = await add(stage, "iku-3", source=Source.CONFIRMED_SHARE)
    for number in range(12):
        await a_closed_report(stage, number, Verdict.SOLVED)
    await a_closed_report(stage, 900, Verdict.SOLVED, confidential=True)
    await count(stage)
    officer, other = at_desk(stage, "officer"), at_desk(stage, "other_officer")
    await officer.says("/indikator")
    await officer.presses("Indikator iku-3")
    await officer.presses("Lihat baris datanya")
    officer.sees("13 baris dihitung", "1 di antaranya hanya dihitung", "TPI-0", "dinyatakan selesai")
    assert "TPI-900" not in officer.last()
    await officer.presses("Berikutnya")
    officer.sees("TPI-")
    await officer.presses("Buka TPI-")
    officer.sees("rahasia sekali")
    await other.says("/menu")
    await forges(other, Gauge("rows", share, "2026.0").encode())
    other.sees("13 baris dihitung", "13 di antaranya hanya dihitung")
    assert "TPI-" not in other.last()
    assert not any("TPI-" in label for label in other.buttons())


async def test_the_rows_of_records_are_those_of_the_own_unit(stage: Stage) -> None:
    time = await add(stage, "lama", source=Source.COMPLETION_TIME, polarity=Polarity.LOWER, measure_unit="jam kerja")
    async with stage.db.begin() as session:
        at = stage.now.replace(day=12)
        session.add(
            ServiceRecord(
                service_id=3,
                unit_id=2,
                number="KTP-2026-00001",
                received_at=at,
                complete_at=at,
                finished_at=at,
                finished_on=at.date(),
                minutes=90,
                on_time=True,
                source=RecordSource.COUNTER,
                touched_at=at,
            )
        )
    await count(stage)
    civil, roads = at_desk(stage, "other_officer"), at_desk(stage, "officer")
    for phone in (civil, roads):
        await phone.says("/menu")
        await forges(phone, Gauge("rows", time, "2026-Q4.0").encode())
        phone.sees("1 baris dihitung", "Triwulan IV 2026")
    civil.sees("KTP-2026-00001", "1,5 jam kerja", "sesuai standar")
    assert "KTP-2026" not in roads.last()


async def test_rule_31_an_own_indicator_is_seen_by_its_owner_the_superior_and_hr_alone(stage: Stage) -> None:
    officer, head = await employee(stage, "officer"), await employee(stage, "head")
    async with stage.db.begin() as session:
        (await session.get_one(Employee, officer.id)).supervisor_id = head.id
    parent = await add(stage, "pu", level=Level.UNIT, unit_id=1, parent_id=await add(stage, "iku"))
    own = await add(stage, "own", level=Level.INDIVIDUAL, unit_id=1, parent_id=parent, owner_id=officer.id)
    for role in ("officer", "head", "hr"):
        phone = at_desk(stage, role)
        await phone.says("/menu")
        await forges(phone, Gauge("card", own).encode())
        phone.sees("Indikator own", "Indikator perorangan", "Pegawai Officer", "belum ada data")
    admin = at_desk(stage, "admin")
    await admin.says("/menu")
    await forges(admin, Gauge("card", own).encode())
    admin.sees("Nilainya hanya dilihat pemiliknya")
    for role in ("other_officer", "verifier", "inspector"):
        phone = at_desk(stage, role)
        await phone.says("/menu")
        for verb in ("card", "rows", "chart"):
            await forges(phone, Gauge(verb, own).encode())
            phone.sees(errors.SENTENCES["not_your_subordinate"])
        await forges(phone, Gauge("below", parent, "0").encode())
        assert "Indikator own" not in phone.last()


async def test_a_resident_sees_no_indicator(stage: Stage) -> None:
    number = await add(stage, "iku")
    siti = stage.person("Siti")
    await siti.says("/indikator")
    siti.sees(ROLES)
    for verb in ("card", "rows", "chart", "city", "units", "below", "name", "target", "owner"):
        await forges(siti, Gauge(verb, number, "0").encode())
        siti.sees(ROLES)


async def test_an_administrator_changes_name_target_and_owner_and_the_audit_keeps_it(stage: Stage) -> None:
    number = await add(stage, "iku", aggregation=Aggregation.SUM, measure_unit="rumah")
    admin = at_desk(stage, "admin")
    await admin.says("/indikator")
    await admin.presses("Indikator iku")
    await admin.presses("✏️ Nama")
    await admin.says("Rumah yang diperbaiki")
    admin.sees("Rumah yang diperbaiki")
    await admin.presses("🎯 Target")
    await admin.says("banyak")
    assert admin.saw("Mohon tulis angka saja")
    await admin.says("42 rumah")
    admin.sees("Target setahun 42 rumah", "10 · 11 · 10 · 11")
    await admin.says("10 10 10 10")
    assert admin.saw("Mohon tulis empat angka")
    await admin.says("10 10 10 12")
    admin.sees("Setahun: 42 rumah", "Triwulan IV: 12 rumah")
    await admin.presses("👤 Pemilik")
    await admin.says("zzz")
    assert admin.saw("Tidak ada pegawai dengan nama itu")
    await admin.says("Pegawai Head")
    await admin.presses("Pegawai Head")
    admin.sees("Pegawai Head")
    row = await stored(stage, number)
    assert (row.name, row.owner_id) == ("Rumah yang diperbaiki", (await employee(stage, "head")).id)
    async with stage.db.read() as session:
        acts = {(one.subject, one.role) for one in await session.scalars(select(AuditRow))}
    assert {("indicator", "admin"), ("target", "admin")} <= acts


async def test_changing_survives_a_restart_goes_back_and_is_cancelled(stage: Stage) -> None:
    number = await add(stage, "iku")
    admin = at_desk(stage, "admin")
    await admin.says("/menu")
    await forges(admin, Gauge("target", number).encode())
    await admin.says("80-95")
    await stage.close()
    await stage.open()
    await admin.presses("Kembali")
    admin.sees("Berapa target")
    await admin.says("80-95")
    old = admin.button("Pakai usulan")
    await admin.presses("Batal")
    admin.sees("indikator tidak diubah")
    await admin.presses_data(*old)
    async with stage.db.read() as session:
        lows = set(await session.scalars(select(IndicatorTarget.low).where(IndicatorTarget.indicator_id == number)))
    assert lows == {Decimal(90)}


@pytest.mark.parametrize("role", ["head", "hr", "officer", "verifier"])
async def test_nobody_but_an_administrator_changes_an_indicator(stage: Stage, role: str) -> None:
    number = await add(stage, "iku")
    phone = at_desk(stage, role)
    await phone.says("/menu")
    for verb in ("name", "target", "owner"):
        await forges(phone, Gauge(verb, number).encode())
        phone.sees(ROLES)
    for data in (Gauge("card", 999_999).encode(), "n:card:x:", "n:rows:1:9999.x", "n:city:0:-1", "n:what:1:"):
        await forges(phone, data)
    assert (await stored(stage, number)).name == "Indikator iku"


async def test_a_page_of_indicators_costs_the_same_whatever_stands_on_it(stage: Stage) -> None:
    officer = at_desk(stage, "officer")
    await add(stage, "a0", source=Source.SETTLED_IN_TIME)
    await officer.says("/indikator")
    with Statements(stage) as few:
        await officer.says("/indikator")
    for number in range(1, 20):
        parent = await add(stage, f"a{number:02}", source=Source.SETTLED_IN_TIME)
        await add(stage, f"b{number}", level=Level.UNIT, unit_id=1, parent_id=parent)
    with Statements(stage) as many:
        await officer.says("/indikator")
    assert len(many.seen) == len(few.seen)
    officer.sees("Indikator a01")
