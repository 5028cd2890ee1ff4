"""The verifier sees what is perhaps the same, merges it, undoes a mistake; both sides are told."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.callbacks import Ticket
from bot.services.desk import verifying
from models.complaint import Complaint
from models.follower import Follower
from models.rules.complaint_flow import Action, ArchiveReason, Status
from tests.desk_scenes import (
    WORDS,
    Statements,
    acting,
    at_work,
    disposed,
    events,
    filed,
    forges,
    opens,
    resident,
    stored,
    taken,
)
from tests.driver import Phone, Stage

PLACE = {"service_id": 1, "area_id": 1}


async def twins(stage: Stage) -> tuple[Phone, Phone, Phone, int, int]:
    """Verifier, Siti, Budi; her report, and his of the same thing."""
    verifier, siti, budi = await at_work(stage, "verifier"), await resident(stage), await resident(stage, "Budi")
    main = await filed(stage, siti, **PLACE)
    twin = await filed(stage, budi, text="Lampu jalan dekat SD padam dari Senin", **PLACE)
    return verifier, siti, budi, main, twin


async def merged(stage: Stage) -> tuple[Phone, Phone, Phone, int, int]:
    """The same, merged by talking."""
    verifier, siti, budi, main, twin = await twins(stage)
    await opens(verifier, twin)
    await verifier.presses("Laporan serupa")
    await verifier.presses("Gabungkan ke 1")
    await verifier.presses("Ya, gabungkan")
    return verifier, siti, budi, main, twin


async def test_the_list_says_in_words_why_it_seems_the_same(stage: Stage) -> None:
    verifier, _siti, _budi, main, twin = await twins(stage)
    await opens(verifier, twin)
    await verifier.presses("Laporan serupa")
    code = (await stored(stage, main)).code
    verifier.sees(code, WORDS, "kata-katanya hampir sama", "kelurahan yang sama", "layanan yang sama", "hari yang sama")
    assert "Siti" not in verifier.last()
    assert "🔗 Gabungkan ke 1" in verifier.buttons()
    await opens(verifier, main)
    await verifier.presses("Laporan serupa")
    assert "🔗 Gabungkan 1 ke sini" in verifier.buttons()  # the earlier report stays
    await opens(verifier, twin)
    await verifier.presses("Laporan serupa")
    await verifier.presses("Buka 1")
    verifier.sees(code, "Pelapor: Siti")


async def test_rule_19_merging_puts_the_duplicate_away_and_tells_its_reporter(stage: Stage) -> None:
    verifier, siti, budi, main, twin = await merged(stage)
    codes = [(await stored(stage, number)).code for number in (main, twin)]
    complaint = await stored(stage, twin)
    assert (complaint.status, complaint.archive_reason) == (Status.ARCHIVED, ArchiveReason.DUPLICATE)
    assert (complaint.merged_into_id, complaint.due_at) == (main, None)
    verifier.sees("Laporan digabungkan", f"Digabungkan ke {codes[0]}", "Diarsipkan")
    budi.sees(codes[1], "kami gabungkan dengan laporan", codes[0], "Ombudsman 137")
    assert not siti.saw("gabung")
    (event,) = await events(stage, twin)
    assert (event.action, event.public, event.values["main"]) == (Action.MERGE, True, codes[0])
    (other,) = await events(stage, main)
    assert (other.action, other.public, other.values["code"]) == (Action.ABSORB, False, codes[1])

    await opens(verifier, main)
    verifier.sees(f"Laporan {codes[1]} digabungkan ke sini", "Diikuti 1 orang lain")
    await verifier.presses("Terima & teruskan")
    budi.sees(codes[0], "Diteruskan ke unit")
    await budi.presses("Lihat laporan yang diikuti")
    budi.sees("Laporan yang diikuti", codes[0])
    await opens(budi, twin)
    budi.sees("Tidak dilanjutkan", "Digabungkan dengan laporan lain")


async def test_a_mistake_is_undone_while_the_main_report_is_open(stage: Stage) -> None:
    verifier, _siti, budi, main, twin = await merged(stage)
    before = await stored(stage, twin)
    await opens(verifier, twin)
    await verifier.presses("Batalkan penggabungan")
    verifier.sees("Batalkan penggabungan")
    await verifier.presses("Ya, batalkan penggabungan")
    verifier.sees("Penggabungan dibatalkan", "Baru, menunggu diperiksa")
    complaint = await stored(stage, twin)
    assert (complaint.status, complaint.merged_into_id, complaint.archive_reason) == (Status.RECEIVED, None, None)
    assert complaint.due_at == before.verify_due_at
    budi.sees("ternyata bukan masalah yang sama", "diperiksa lagi")
    assert [event.action for event in await events(stage, main)] == [Action.ABSORB, Action.ABSORB]
    told = len(budi.texts())
    async with stage.db.begin() as session:
        assert await session.scalar(select(func.count()).select_from(Follower)) == 0
        await verifying.dispose(await acting(stage, session, "verifier"), main, "u1")
    await stage.settle()
    assert len(budi.texts()) == told
    await forges(verifier, Ticket(Action.UNMERGE.value, twin, "yes").encode())
    verifier.sees("Langkah itu tidak bisa lagi", "Penggabungan")


async def test_nothing_is_undone_once_the_main_report_is_over(stage: Stage) -> None:
    verifier, _siti, _budi, main, twin = await merged(stage)
    async with stage.db.begin() as session:
        (await session.get_one(Complaint, main)).move(Action.WITHDRAW, stage.now, role="resident")
    await forges(verifier, Ticket(Action.UNMERGE.value, twin, "yes").encode())
    assert verifier.saw("tidak bisa diubah lagi") or verifier.saw("tidak bisa dilakukan pada keadaan")
    assert (await stored(stage, twin)).status is Status.ARCHIVED


async def test_what_a_unit_works_on_already_takes_the_new_one_in(stage: Stage) -> None:
    verifier, siti, budi = await at_work(stage, "verifier"), await resident(stage), await resident(stage, "Budi")
    main, twin = await taken(stage, siti, **PLACE), await filed(stage, budi, **PLACE)
    await opens(verifier, main)
    await verifier.presses("Laporan serupa")
    await verifier.presses("Gabungkan 1 ke sini")
    await verifier.presses("Ya, gabungkan")
    assert (await stored(stage, twin)).merged_into_id == main
    assert (await stored(stage, main)).status is Status.IN_PROGRESS


async def test_a_report_that_a_unit_has_but_nobody_took_can_still_be_merged(stage: Stage) -> None:
    verifier, siti, budi = await at_work(stage, "verifier"), await resident(stage), await resident(stage, "Budi")
    main, twin = await taken(stage, siti, **PLACE), await disposed(stage, budi, **PLACE)
    await forges(verifier, Ticket(Action.MERGE.value, twin, f"{main}.yes").encode())
    assert (await stored(stage, twin)).merged_into_id == main


@pytest.mark.parametrize("which", ["itself", "own", "confidential", "over", "missing", "nonsense"])
async def test_what_is_never_merged(stage: Stage, which: str) -> None:
    verifier, siti, budi = await at_work(stage, "verifier"), await resident(stage), await resident(stage, "Budi")
    twin = await filed(stage, budi, **PLACE)
    mains = {
        "itself": twin,
        "own": await filed(stage, budi, **PLACE),
        "confidential": await filed(stage, siti, confidential=True, **PLACE),
        "over": await filed(stage, siti, **PLACE),
        "missing": 987_654,
    }
    async with stage.db.begin() as session:
        (await session.get_one(Complaint, mains["over"])).move(Action.WITHDRAW, stage.now, role="resident")
    for extra in ("", ".yes"):
        await forges(verifier, Ticket(Action.MERGE.value, twin, f"{mains.get(which, 'x')}{extra}").encode())
        complaint = await stored(stage, twin)
        assert (complaint.status, complaint.merged_into_id) == (Status.RECEIVED, None)
    assert not budi.saw("gabungkan")


async def test_own_and_restricted_reports_are_not_in_the_list(stage: Stage) -> None:
    verifier, siti, budi = await at_work(stage, "verifier"), await resident(stage), await resident(stage, "Budi")
    twin = await filed(stage, budi, **PLACE)
    await filed(stage, budi, **PLACE)
    await filed(stage, siti, confidential=True, **PLACE)
    await filed(stage, siti, conflict=True, **PLACE)
    await opens(verifier, twin)
    await verifier.presses("Laporan serupa")
    verifier.sees("Tidak ada laporan terbuka yang mirip")


async def test_rule_14_an_anonymous_duplicate_follows_without_a_name(stage: Stage) -> None:
    verifier, siti, budi = await at_work(stage, "verifier"), await resident(stage), await resident(stage, "Budi")
    main, twin = await filed(stage, siti, **PLACE), await filed(stage, budi, anonymous=True, **PLACE)
    await forges(verifier, Ticket(Action.MERGE.value, twin, f"{main}.yes").encode())
    assert budi.saw("kami gabungkan")
    assert not verifier.saw("Budi")
    async with stage.db.begin() as session:
        await verifying.dispose(await acting(stage, session, "verifier"), main, "u1")
    await stage.settle()
    budi.sees("Bapak/Ibu ikuti", "Diteruskan")


async def test_two_anonymous_reports_of_one_person_say_nothing_of_it(stage: Stage) -> None:
    """A refusal would tell the verifier that both are by the same person; the person is told once."""
    verifier, siti = await at_work(stage, "verifier"), await resident(stage)
    main, twin = await filed(stage, siti, **PLACE), await filed(stage, siti, anonymous=True, **PLACE)
    await forges(verifier, Ticket(Action.MERGE.value, twin, f"{main}.yes").encode())
    verifier.sees("Laporan digabungkan")
    await opens(verifier, main)
    verifier.sees("Diikuti 1 orang lain")
    before = len(siti.texts())
    async with stage.db.begin() as session:
        await verifying.dispose(await acting(stage, session, "verifier"), main, "u1")
    await stage.settle()
    assert len(siti.texts()) == before + 1


async def test_merging_a_main_takes_its_followers_along_and_undoing_takes_them_back(stage: Stage) -> None:
    verifier, _siti, budi, first, second = await merged(stage)
    third = await filed(stage, await resident(stage, "Ali"), **PLACE)
    await forges(verifier, Ticket(Action.MERGE.value, first, f"{third}.yes").encode())
    code = (await stored(stage, third)).code
    budi.sees("digabungkan dengan laporan", code)
    async with stage.db.begin() as session:
        await verifying.dispose(await acting(stage, session, "verifier"), third, "u1")
    await stage.settle()
    budi.sees(code, "Diteruskan")
    await forges(verifier, Ticket(Action.UNMERGE.value, first, "yes").encode())
    async with stage.db.read() as session:
        left = (await session.execute(select(Follower.complaint_id, Follower.via_id))).all()
    assert [tuple(row) for row in left] == [(first, second)]


async def test_a_double_tap_merges_once_and_says_who_was_faster(stage: Stage) -> None:
    verifier, _siti, budi, main, twin = await merged(stage)
    await forges(verifier, Ticket(Action.MERGE.value, twin, f"{main}.yes").encode())
    verifier.sees("Langkah itu tidak bisa lagi", "Pegawai Verifier")
    assert sum("kami gabungkan" in text for text in budi.texts()) == 1
    assert [event.action for event in await events(stage, twin)] == [Action.MERGE]


@pytest.mark.parametrize("role", ["officer", "head", "inspector", "admin", "hr"])
async def test_only_the_verifier_merges(stage: Stage, role: str) -> None:
    _verifier, _siti, _budi, main, twin = await twins(stage)
    phone = await at_work(stage, role)
    for ticket in (
        Ticket(Action.ABSORB.value, twin),
        Ticket(Action.MERGE.value, twin, f"{main}.yes"),
        Ticket(Action.UNMERGE.value, twin, "yes"),
    ):
        await forges(phone, ticket.encode())
        assert WORDS not in phone.last()
    assert (await stored(stage, twin)).status is Status.RECEIVED


async def test_the_list_asks_no_query_per_row(stage: Stage) -> None:
    verifier, _siti, _budi, _main, twin = await twins(stage)
    counts = []
    for name in ("Ali", "Wati"):
        with Statements(stage) as statements:
            await forges(verifier, Ticket(Action.ABSORB.value, twin).encode())
        counts.append(len(statements.seen))
        await filed(stage, await resident(stage, name), **PLACE)
    assert len(set(counts)) == 1
