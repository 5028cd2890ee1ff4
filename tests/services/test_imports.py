"""Importing the city's data: faults by cell, differences in plain values, nothing lost. On both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import func, select

from bot.db import Database
from bot.services.imports.applying import apply
from bot.services.imports.plans import Change, ChangeKind, Fault, Plan, draft
from bot.services.imports.sheets import Row, Sheet, read
from models.calendar import HolidayOverride, ServiceLimit
from models.employee import Employee, RoleGrant
from models.organisation import Area, Service, Unit
from models.performance.placement import Placement
from tests.services.workbook import xlsx

TODAY = date(2026, 11, 24)
YESTERDAY = date(2026, 11, 23)

UNITS = """code,name,short_name,kind,parent,merged_into,aliases,keywords,valid_from,valid_to,note
kec,Kecamatan Contoh,Kec. Contoh,kecamatan,,,,,,,
kel,Kelurahan Contoh,Kel. Contoh,kelurahan,kec,,lurah;kantor lurah,surat pengantar,2020-01-01,,belum pasti
"""
SERVICES = """code,unit,name,keywords,standard_value,standard_unit
surat,kel,Surat pengantar,rt;rw,1,working_days
"""
ROSTER = """nip,name,unit,position,supervisor
198609262015051001,Amat Contoh,kel,Lurah,
199009132025242014,Siti Contoh,kel,Staf,198609262015051001
"""
ROLES = """employee,role,unit
198609262015051001,head,kel
199009132025242014,officer,kel
199009132025242014,verifier,
"""


def sheets(**texts: str) -> list[Sheet]:
    return [sheet for name, text in texts.items() for sheet in read(f"{name}.csv", text.encode())]


async def plan(database: Database, given: Sequence[Sheet], today: date = TODAY) -> Plan:
    async with database.read() as session:
        return await draft(session, given, today)


async def bring(database: Database, today: date = TODAY, **texts: str) -> tuple[Change, ...]:
    async with database.begin() as session:
        made = await draft(session, sheets(**texts), today)
        assert made.faults == ()
        await apply(session, made.changes, today)
    return made.changes


async def test_new_rows_are_added_with_their_references(database: Database) -> None:
    changes = await bring(database, units=UNITS, services=SERVICES, roster=ROSTER, roles=ROLES)
    assert [(change.table, change.kind) for change in changes].count(("units", ChangeKind.ADDED)) == 2
    async with database.read() as session:
        units = {unit.code: unit for unit in await session.scalars(select(Unit).order_by(Unit.code))}
        assert units["kel"].parent_id == units["kec"].id
        assert (units["kel"].aliases, units["kel"].valid_from) == (["lurah", "kantor lurah"], date(2020, 1, 1))
        service = (await session.scalars(select(Service))).one()
        assert (service.unit_id, service.standard_value, service.requirements) == (units["kel"].id, 1, "")
        head, officer = (await session.scalars(select(Employee).order_by(Employee.nip))).all()
        assert (head.kind, officer.kind, officer.supervisor_id) == ("pns", "pppk", head.id)
        grants = (await session.scalars(select(RoleGrant).order_by(RoleGrant.id))).all()
        assert [(grant.employee_id, grant.role, grant.unit_id, grant.valid_from) for grant in grants] == [
            (head.id, "head", units["kel"].id, TODAY),
            (officer.id, "officer", units["kel"].id, TODAY),
            (officer.id, "verifier", None, TODAY),
        ]


async def test_the_same_file_again_changes_nothing(database: Database) -> None:
    files = {"units": UNITS, "services": SERVICES, "roster": ROSTER, "roles": ROLES}
    await bring(database, **files)
    assert await bring(database, **files) == ()


async def test_a_difference_shows_old_and_new(database: Database) -> None:
    await bring(database, units=UNITS)
    made = await plan(
        database, sheets(units=UNITS.replace("surat pengantar", "surat;ktp").replace("kel,Kel", "kel,Kal"))
    )
    assert made.changes == (
        Change(
            "units",
            ChangeKind.CHANGED,
            ("kel",),
            {
                "name": ("Kelurahan Contoh", "Kalurahan Contoh"),
                "keywords": (["surat pengantar"], ["surat", "ktp"]),
            },
        ),
    )
    async with database.read() as session:
        assert await session.scalar(select(Unit.name).where(Unit.code == "kel")) == "Kelurahan Contoh"


async def test_a_column_that_is_not_in_the_file_stays(database: Database) -> None:
    await bring(database, units=UNITS)
    await bring(database, units="code,name,short_name,kind\nkec,K,K,kecamatan\nkel,Baru,Kel. Contoh,kelurahan\n")
    async with database.read() as session:
        unit = (await session.scalars(select(Unit).where(Unit.code == "kel"))).one()
        assert (unit.name, unit.keywords, unit.parent_id is None) == ("Baru", ["surat pengantar"], False)


async def test_a_row_left_out_is_ended_and_comes_back(database: Database) -> None:
    await bring(database, units=UNITS)
    only_kec = "".join(UNITS.splitlines(keepends=True)[:2])
    removed = await bring(database, units=only_kec)
    assert removed == (Change("units", ChangeKind.REMOVED, ("kel",), {"valid_to": (None, YESTERDAY)}),)
    assert await bring(database, units=only_kec) == ()
    async with database.read() as session:
        unit = (await session.scalars(select(Unit).where(Unit.code == "kel"))).one()
        assert not unit.is_active(TODAY)
    again = await bring(database, units=UNITS)
    assert again == (Change("units", ChangeKind.CHANGED, ("kel",), {"valid_to": (YESTERDAY, None)}),)


async def test_units_can_be_merged(database: Database) -> None:
    await bring(database, units=UNITS)
    await bring(
        database, units=UNITS.replace("kelurahan,kec,,", "kelurahan,kec,kec,").replace("01-01,,", "01-01,2026-11-30,")
    )
    async with database.read() as session:
        old = (await session.scalars(select(Unit).where(Unit.code == "kel"))).one()
        successor = await session.get(Unit, old.merged_into_id)
        assert successor is not None
        assert (successor.code, old.is_active(TODAY), old.is_active(date(2026, 12, 1))) == ("kec", True, False)


async def test_a_role_taken_away_ends_yesterday(database: Database) -> None:
    files = {"units": UNITS, "roster": ROSTER}
    await bring(database, **files, roles=ROLES)
    await bring(database, **files, roles="".join(ROLES.splitlines(keepends=True)[:3]))
    async with database.read() as session:
        ends = (await session.scalars(select(RoleGrant.valid_to).order_by(RoleGrant.id))).all()
        assert ends == [None, None, YESTERDAY]


async def test_tables_without_a_past_delete_or_keep(database: Database) -> None:
    holidays = "day,name,working\n2026-12-28,Libur lokal,tidak\n2026-12-29,Masuk,ya\n"
    await bring(database, holidays=holidays, sla="name,days,working\nverify,3,ya\nreopen,10,ya\n")
    await bring(database, holidays="day,name,working\n", sla="name,days,working\nverify,4,ya\n")
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(HolidayOverride)) == 0
        limits = (await session.execute(select(ServiceLimit.name, ServiceLimit.days).order_by(ServiceLimit.name))).all()
        assert [tuple(row) for row in limits] == [("reopen", 10), ("verify", 4)]


FAULTY = [
    # Sheet and its text, then row, column and name of each fault.
    ("ubits", "code\nx\n", [(None, None, "unknown_sheet")]),
    ("units", "code,name,kind,warna\n", [(None, "short_name", "missing_column"), (None, "warna", "unknown_column")]),
    ("units", "code,name,name,short_name,kind\n", [(None, "name", "column_twice")]),
    ("units", "code,name,short_name,kind\n", [(None, None, "empty_sheet")]),
    (
        "units",
        "code,name,short_name,kind,parent\na,,A,dinas,\nb b,B,B,dinas,\n\nc,C,C,dinas,z\nc,C,C,dinas,\n",
        [
            (2, "name", "empty_cell"),
            (3, "code", "not_a_code"),
            (6, "code", "twice"),
            (5, "parent", "unknown_reference"),
        ],
    ),
    ("units", f"code,name,short_name,kind\na,{'x' * 201},A,dinas\n", [(2, "name", "too_long")]),
    (
        "units",
        "code,name,short_name,kind,parent\na,A,A,dinas,b\nb,B,B,dinas,a\nc,C,C,dinas,a\nd,D,D,dinas,d\n",
        [(2, "parent", "circle"), (3, "parent", "circle"), (5, "parent", "circle")],
    ),
    (
        "units",
        "code,name,short_name,kind,merged_into,valid_from,valid_to\n"
        "a,A,A,dinas,,2026-02-01,2026-01-01\nb,B,B,dinas,a,,\nc,C,C,dinas,,kemarin,\n",
        [
            (2, "valid_to", "ends_before_it_begins"),
            (3, "valid_to", "merged_without_end"),
            (4, "valid_from", "not_a_date"),
        ],
    ),
    (
        "services",
        "code,unit,name,standard_value,standard_unit\na,tiada,A,1,\nb,tiada,B,1,days\n",
        [(2, "standard_unit", "half_a_standard"), (3, "standard_unit", "unknown_value")],
    ),
    ("roster", "nip,name,unit\n123,A,x\n198609312015051001,B,x\n", [(2, "nip", "nip_shape"), (3, "nip", "nip_birth")]),
    ("roles", "employee,role\n198609262015051001,resident\n", [(2, "role", "unknown_value")]),
    (
        "holidays",
        "day,name,working\n30-02-2026,X,mungkin\n",
        [(2, "day", "not_a_date"), (2, "working", "not_yes_or_no")],
    ),
    ("templates", "code,state,title,text\na,selesai,T,T\n", [(2, "state", "unknown_value")]),
    (
        "areas",
        "code,kecamatan,kelurahan,latitude,longitude\n1,A,B,91,x\n",
        [
            (2, "latitude", "not_a_coordinate"),
            (2, "longitude", "not_a_coordinate"),
        ],
    ),
    ("areas", "code,kecamatan,kelurahan,latitude,longitude\n1,A,B,0,0\n2,A,B,1,1\n", [(3, "kelurahan", "twice")]),
    (
        "city",
        "key,value\nticket.prefix,T1\ncity.timezone,Asia/Mana\nhours.mon,pagi\nhours.sat,\n",
        [(2, "value", "bad_prefix"), (3, "value", "bad_fact"), (4, "value", "bad_fact")],
    ),
]


@pytest.mark.parametrize(("name", "text", "expected"), FAULTY)
async def test_every_fault_names_its_cell(
    database: Database, name: str, text: str, expected: list[tuple[int | None, str | None, str]]
) -> None:
    made = await plan(database, sheets(**{name: text}))
    assert [(fault.row, fault.column, fault.code) for fault in made.faults] == expected
    assert {fault.sheet for fault in made.faults} == {name}
    assert made.changes == ()


async def test_a_sheet_may_not_come_twice(database: Database) -> None:
    made = await plan(database, sheets(units=UNITS) * 2)
    assert [fault.code for fault in made.faults] == ["sheet_twice"]


async def test_a_supervisor_circle_through_the_database_is_seen(database: Database) -> None:
    await bring(database, units=UNITS, roster=ROSTER)
    made = await plan(database, sheets(roster=ROSTER.replace("Lurah,", "Lurah,199009132025242014")))
    assert {(fault.row, fault.code) for fault in made.faults} == {(2, "circle"), (3, "circle")}


async def test_an_nip_rounded_by_the_spreadsheet_is_refused(database: Database) -> None:
    content = xlsx({"roster": [["nip", "name", "unit"], [198609262015051001, "Amat", "kel"]]})
    made = await plan(database, read("pegawai.xlsx", content))
    assert made.faults == (Fault("roster", 2, "nip", "digits_lost"),)


async def test_a_workbook_is_imported(database: Database) -> None:
    header, *rows = (line.split(",") for line in UNITS.splitlines())
    content = xlsx({"Units": [header, *rows], "SLA": [["name", "days", "working"], ["verify", 3, True]]})
    async with database.begin() as session:
        made = await draft(session, read("kota.xlsx", content), TODAY)
        await apply(session, made.changes, TODAY)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Unit)) == 2
        assert await session.scalar(select(ServiceLimit.days)) == 3


SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}


async def test_boundaries_join_known_areas_only(database: Database) -> None:
    await bring(database, areas="code,kecamatan,kelurahan,latitude,longitude\n1,Kec,Kel,0.5,104.5\n")
    rows = (Row(1, {"code": "1", "boundary": SQUARE}), Row(2, {"code": "9", "boundary": SQUARE}))
    made = await plan(database, [Sheet("boundaries", ("code", "boundary"), rows)])
    assert [(fault.row, fault.code) for fault in made.faults] == [(2, "unknown_key")]
    async with database.begin() as session:
        good = await draft(session, [Sheet("boundaries", ("code", "boundary"), rows[:1])], TODAY)
        assert [change.kind for change in good.changes] == [ChangeKind.CHANGED]
        await apply(session, good.changes, TODAY)
    async with database.read() as session:
        assert (await session.scalars(select(Area))).one().boundary == SQUARE


async def test_progress_counts_every_row(database: Database) -> None:
    told: list[tuple[str, int, int]] = []
    async with database.begin() as session:
        made = await draft(session, sheets(units=UNITS), TODAY)
        await apply(session, made.changes, TODAY, lambda *step: told.append(step))
    assert told == [("units", 1, 2), ("units", 2, 2)]


async def test_a_transfer_keeps_where_the_employee_was(database: Database) -> None:
    await bring(database, units=UNITS, roster=ROSTER, today=date(2026, 1, 5))
    moved = ROSTER.replace("kel,Staf,198609262015051001", "kec,Staf,")
    await bring(database, roster=moved)
    await bring(database, roster=moved.replace("kec,Staf", "kec,Analis"))
    later = date(2026, 12, 10)
    await bring(database, roster=moved.replace("kec,Staf", "kel,Analis"), today=later)
    async with database.read() as session:
        rows = (await session.scalars(select(Placement).order_by(Placement.last_day))).all()
        units = {unit.id: unit.code for unit in await session.scalars(select(Unit))}
        boss = await session.scalar(select(Employee.id).where(Employee.nip == "198609262015051001"))
    assert [(units[row.unit_id], row.supervisor_id, row.position, row.first_day, row.last_day) for row in rows] == [
        ("kel", boss, "Staf", None, YESTERDAY),
        ("kec", None, "Analis", TODAY, date(2026, 12, 9)),
    ]
