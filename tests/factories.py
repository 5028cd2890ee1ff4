"""A small city and its people, for tests that need one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.calendar import ServiceLimit
from models.conversation import Conversation
from models.employee import Employee, RoleGrant
from models.organisation import Addressee, Area, CityFact, EmergencyNumber, ReplyTemplate, Service, Unit
from models.person import Person
from models.rules.permissions import Role

LIMITS = {
    "verify": 3,
    "react": 5,
    "complaint": 14,
    "complaint_inspection": 60,
    "aspiration": 5,
    "information": 5,
    "auto_close": 10,
    "reopen": 10,
    "reopened": 5,
    "statutory": 60,
    "warn_percent": 75,
}
FACTS = {
    "city.name": "Kota Contoh",
    "ticket.prefix": "TPI",
    "conflict.words": "pungli; minta uang; petugas kasar",
    "office.address": "Kantor Wali Kota, Jalan Contoh",
    "office.hours": "Senin-Jumat 08.00-16.00",
    "ombudsman.contact": "Ombudsman 137",
    "skm.education": "SD; SMP; SMA; S1",
    "skm.occupation": "PNS; Swasta; Lainnya",
}
#: Telegram ids of the staff: role → id.
STAFF = {
    "verifier": 9_000_001,
    "officer": 9_000_002,
    "head": 9_000_003,
    "inspector": 9_000_004,
    "hr": 9_000_005,
    "admin": 9_000_006,
    "other_officer": 9_000_007,
}


async def small_city(session: AsyncSession) -> None:
    """Two units with services, three kelurahan, limits and contacts."""
    session.add_all(CityFact(key=key, value=value) for key, value in FACTS.items())
    session.add_all(ServiceLimit(name=name, days=days) for name, days in LIMITS.items())
    roads = Unit(code="pu", name="Dinas Pekerjaan Umum", short_name="PU", kind="dinas", keywords=["jalan rusak"])
    civil = Unit(code="capil", name="Dinas Kependudukan", short_name="Disdukcapil", kind="dinas")
    session.add_all([roads, civil])
    await session.flush()
    session.add_all(
        [
            Service(
                code="lampu",
                unit_id=roads.id,
                name="Lampu jalan",
                keywords=["lampu jalan mati", "lampu padam"],
            ),
            Service(code="parit", unit_id=roads.id, name="Drainase", keywords=["parit", "longkang tersumbat"]),
            Service(
                code="ktp",
                unit_id=civil.id,
                name="KTP elektronik",
                aliases=["ktp"],
                standard_value=1,
                standard_unit="working_days",
            ),
        ]
    )
    session.add_all(
        [
            Area(
                code="1",
                kecamatan="Bukit Bestari",
                kelurahan="Sei Jang",
                latitude=0.8997,
                longitude=104.47497,
            ),
            Area(
                code="2",
                kecamatan="Bukit Bestari",
                kelurahan="Tanjungpinang Timur",
                latitude=0.91527,
                longitude=104.45828,
            ),
            Area(
                code="3",
                kecamatan="Tanjungpinang Kota",
                kelurahan="Penyengat",
                latitude=0.92807,
                longitude=104.41771,
                aliases=["Pulau Penyengat"],
            ),
        ]
    )
    session.add_all(
        [
            EmergencyNumber(kind="general", label="Darurat", number="112", position=0),
            EmergencyNumber(kind="fire", label="Pemadam", number="113", keywords=["kebakaran"], position=1),
            Addressee(code="pln", name="PLN", contact="123"),
            ReplyTemplate(code="cek", state="in_progress", title="Akan dicek", text="Petugas akan memeriksa lokasi."),
        ]
    )
    await session.flush()


async def staff(session: AsyncSession, now: datetime) -> dict[str, Employee]:
    """One employee of each role, bound to the Telegram ids of STAFF; officer and head belong to the first unit."""
    found: dict[str, Employee] = {}
    units = {"other_officer": 2}
    for number, (name, telegram_id) in enumerate(STAFF.items(), start=1):
        person = Person(telegram_id=telegram_id, name=name.title(), language="id", created_at=now)
        session.add(person)
        await session.flush()
        session.add(Conversation(person_id=person.id, draft={}, updated_at=now))
        employee = Employee(
            nip=f"19800101200501{number % 2 + 1}{number:03d}",
            name=f"Pegawai {name.title()}",
            unit_id=units.get(name, 1),
            kind="pns",
            person_id=person.id,
        )
        session.add(employee)
        await session.flush()
        role = Role.OFFICER if name == "other_officer" else Role(name)
        unit_id = units.get(name, 1) if role in (Role.OFFICER, Role.HEAD) else None
        session.add(RoleGrant(employee_id=employee.id, role=role, unit_id=unit_id, valid_from=date(2020, 1, 1)))
        found[name] = employee
    await session.flush()
    return found
