"""A recognition in the chat: proposed, approved, consented, announced once, verified by anybody. Domain rule 32."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.callbacks import Award
from bot.jobs import recognitions as duty
from models.administration.audit import AuditRow
from models.outbox import Lane, OutboxMessage
from models.performance.recognition import Nomination, NominationStatus, RecognitionFor
from tests import award_scenes as award
from tests.award_scenes import DILIGENT, OCTOBER, PROMPT
from tests.desk_scenes import Statements, forges
from tests.driver import Phone, Stage
from tests.performance_scenes import TELEGRAM, Team

NAMES = ("boss", "good", "lazy", "hr", "leader")


@pytest.fixture
async def people(stage: Stage) -> Team:
    stage.now = OCTOBER
    async with stage.db.begin() as session:
        await award.rule(session, "teladan", DILIGENT, title="Pegawai Teladan")
        return await award.people(session)


async def phone_of(stage: Stage, name: str) -> Phone:
    phone = stage.person(name.title(), telegram_id=TELEGRAM + 1 + NAMES.index(name))
    await phone.starts()
    return phone


async def computed(stage: Stage) -> None:
    assert stage.product is not None
    await duty.run(stage.product.runtime)
    await stage.settle()


async def rows(stage: Stage, table: Any = Nomination) -> list[Any]:
    async with stage.db.read() as session:
        return list((await session.scalars(select(table).order_by(table.id))).all())


async def approved(stage: Stage) -> dict[str, Phone]:
    """All phones, after the leader approved."""
    phones = {name: await phone_of(stage, name) for name in NAMES}
    await computed(stage)
    hr, leader = phones["hr"], phones["leader"]
    hr.sees("1 calon penerima")
    await hr.presses("Calon penerima")
    await hr.presses("Pegawai Teladan")
    hr.sees("Good (120): calon, belum diajukan")
    await hr.presses("Ajukan daftar ini")
    leader.sees("mengajukan 1 calon untuk Pegawai Teladan, Triwulan III 2026")
    await leader.presses("Calon penerima")
    await leader.presses("Pegawai Teladan")
    await leader.presses("Good")
    leader.sees("Bukti", "yang terendah 130 persen, dari 1 ukuran", "100 persen, dari 13 minggu")
    await leader.presses("Setujui")
    leader.sees("Disetujui, menunggu persetujuan penerima")
    return phones


async def test_rule_32_approved_consented_announced_once(stage: Stage, people: Team) -> None:
    phones = await approved(stage)
    good, hr, lazy = phones["good"], phones["hr"], phones["lazy"]
    good.sees("Selamat!", "Bolehkah nama ini diumumkan")
    await good.presses("Ya, boleh diumumkan")
    good.sees("Penerima setuju diumumkan")
    hr.sees("setuju namanya diumumkan")
    await hr.presses("Calon penerima")
    await hr.presses("Pegawai Teladan")
    announce = hr.button("Umumkan di seluruh kota")
    await hr.presses_data(*announce)
    assert hr.saw("Pengumuman sedang dikirim kepada 12 pegawai")
    lazy.sees("Penghargaan Pegawai Teladan, Triwulan III 2026", "Good")
    await hr.presses_data(*announce)
    hr.sees("sudah diumumkan. Pengumuman hanya satu kali")
    messages = [row for row in await rows(stage, OutboxMessage) if row.kind == "award_announced"]
    assert len(messages) == 12
    assert {row.lane for row in messages} == {Lane.MASS}
    (row,) = await rows(stage)
    assert row.status is NominationStatus.ANNOUNCED
    audited = [one.new["status"] for one in await rows(stage, AuditRow) if one.subject == "nomination"]
    assert audited == ["proposed", "approved", "consented", "announced"]


async def test_rule_32_without_consent_nothing_is_announced_and_no_name_shown(stage: Stage, people: Team) -> None:
    phones = await approved(stage)
    good, hr = phones["good"], phones["hr"]
    await good.presses("Tidak, jangan diumumkan")
    good.sees("tidak ingin namanya diumumkan")
    await forges(hr, Award("announce", 1, "2026-Q3.city").encode())
    hr.sees("Belum ada penerima yang setuju")
    (row,) = await rows(stage)
    siti = stage.person("Siti")
    await siti.starts(f"piagam_{row.token}")
    siti.sees("Piagam ini sah", row.certificate, "Pegawai Teladan", "nama tidak ditampilkan")
    assert "Good" not in siti.last()


async def test_rule_32_a_certificate_is_verified_by_anybody_with_the_name_only_by_consent(
    stage: Stage, people: Team
) -> None:
    phones = await approved(stage)
    siti, good = stage.person("Siti"), phones["good"]
    (row,) = await rows(stage)
    await good.presses("Ya, boleh diumumkan")
    await siti.starts(f"piagam_{row.token}")
    siti.sees("Penerima: Good", "Triwulan III 2026")
    await good.presses("Tidak, jangan diumumkan")
    await siti.starts(f"piagam_{row.token}")
    siti.sees("nama tidak ditampilkan")
    await siti.starts("piagam_unknown")
    siti.sees("Piagam dengan kode itu tidak ada")


async def test_a_consent_taken_back_after_the_announcement_takes_the_name_away(stage: Stage, people: Team) -> None:
    phones = await approved(stage)
    good, hr, lazy = phones["good"], phones["hr"], phones["lazy"]
    await good.presses("Ya, boleh diumumkan")
    await forges(hr, Award("announce", 1, "2026-Q3.unit").encode())
    await lazy.says("/penghargaan")
    await lazy.presses("Yang sudah diumumkan")
    lazy.sees("Good: Pegawai Teladan")
    await good.says("/penghargaan")
    await good.presses("Penghargaan saya")
    await good.presses("Pegawai Teladan")
    await good.presses("Tidak, jangan diumumkan")
    await lazy.says("/penghargaan")
    await lazy.presses("Yang sudah diumumkan")
    lazy.sees("Belum ada yang diumumkan")


async def test_the_leader_declines_with_a_reason_which_the_nominated_never_reads(stage: Stage, people: Team) -> None:
    hr, leader, good = [await phone_of(stage, name) for name in ("hr", "leader", "good")]
    await computed(stage)
    await forges(hr, Award("propose", 1, "2026-Q3").encode())
    await forges(leader, Award("decline", 1).encode())
    leader.sees("Apa alasannya?")
    await leader.says("/batal")
    leader.sees("Tidak ada yang diubah")
    await forges(leader, Award("decline", 1).encode())
    await leader.says("Sudah menerima tahun lalu")
    leader.sees("Tidak diberikan", "Sudah menerima tahun lalu")
    await forges(leader, Award("approve", 1).encode())
    leader.sees("sudah berada pada tahap lain")
    await forges(good, Award("open", 1).encode())
    good.sees("Penghargaan itu tidak ada")
    assert not good.saw("Sudah menerima tahun lalu")


@pytest.mark.parametrize("verb", ["propose", "approve", "decline", "announce", "groups", "group", "open", "paper"])
@pytest.mark.parametrize("who", ["lazy", "good", "boss"])
async def test_forged_buttons_move_nothing(stage: Stage, people: Team, verb: str, who: str) -> None:
    phone = await phone_of(stage, who)
    await computed(stage)
    extra = "2026-Q3.city" if verb == "announce" else "2026-Q3"
    await forges(phone, Award(verb, 1, extra).encode())
    assert not phone.saw("belum diajukan")
    (row,) = await rows(stage)
    assert (row.status, row.version) == (NominationStatus.NOMINATED, 1)


@pytest.mark.parametrize("who", ["hr", "leader"])
async def test_who_proposes_does_not_approve_and_the_other_way_round(stage: Stage, people: Team, who: str) -> None:
    hr = await phone_of(stage, "hr")
    await computed(stage)
    if who == "leader":
        phone = await phone_of(stage, who)
        await forges(phone, Award("propose", 1, "2026-Q3").encode())
        phone.sees("hanya untuk petugas yang berwenang")
        return
    await forges(hr, Award("propose", 1, "2026-Q3").encode())
    await forges(hr, Award("approve", 1).encode())
    hr.sees("hanya untuk petugas yang berwenang")
    assert (await rows(stage))[0].status is NominationStatus.PROPOSED


async def test_why_not_me_in_words(stage: Stage, people: Team) -> None:
    lazy = await phone_of(stage, "lazy")
    await computed(stage)
    await lazy.says("/penghargaan")
    await lazy.presses("Mengapa saya belum?")
    lazy.sees("Pegawai Teladan, Triwulan III 2026", "belum ada data", "0 persen, dari 13 minggu", "2 dari 3 syarat")
    assert "Good" not in lazy.last()
    await lazy.presses("Penghargaan kinerja")
    await lazy.presses("Aturan penghargaan")
    lazy.sees("setiap ukuran kinerja utama tercapai paling sedikit 100 persen", "paling sedikit 90 persen")


async def test_the_head_of_a_unit_consents_for_it(stage: Stage, people: Team) -> None:
    async with stage.db.begin() as session:
        await award.rule(session, "unit", PROMPT, award_to=RecognitionFor.UNIT, title="Unit Tanggap")
        await award.settled(session, None, 5)
    boss, hr, leader = [await phone_of(stage, name) for name in ("boss", "hr", "leader")]
    await computed(stage)
    unit = next(row for row in await rows(stage) if row.unit_id is not None)
    await forges(hr, Award("propose", unit.rule_id, "2026-Q3").encode())
    await forges(leader, Award("approve", unit.id).encode())
    boss.sees("Unit Bapak/Ibu, Dinas Pekerjaan Umum, terpilih")
    await boss.presses("Ya, boleh diumumkan")
    boss.sees("Penerima setuju diumumkan", "Dinas Pekerjaan Umum")


async def test_the_certificate_is_a_document(stage: Stage, people: Team) -> None:
    good = (await approved(stage))["good"]
    await good.presses("Ya, boleh diumumkan")
    await good.presses("Unduh piagam")
    content = await good.newest_file()
    assert content.startswith(b"%PDF")


async def test_the_list_has_a_fixed_number_of_queries(stage: Stage, people: Team) -> None:
    hr = await phone_of(stage, "hr")
    await computed(stage)

    async def counted() -> int:
        with Statements(stage) as seen:
            await forges(hr, Award("group", 1, "2026-Q3").encode())
        return len(seen.seen)

    few = await counted()
    async with stage.db.begin() as session:
        (row,) = (await session.scalars(select(Nomination))).all()
        session.add_all(
            Nomination(rule_id=row.rule_id, period=row.period, employee_id=one, created_at=stage.now)
            for name, one in people.ids.items()
            if name != "good"
        )
    assert await counted() == few
    assert len([label for label in hr.buttons() if label.startswith("🌱")]) == 5
