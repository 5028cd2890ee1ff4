"""Giving a report to a colleague, giving it back, and what happens when two do it."""

from __future__ import annotations

from bot.callbacks import Ticket
from models.rules.complaint_flow import Action, Status
from tests.desk_scenes import (
    at_work,
    colleague,
    disposed,
    employee_of,
    events,
    forges,
    on_leave,
    opens,
    resident,
    stored,
    taken,
)
from tests.driver import Stage


async def test_a_head_gives_a_report_to_an_officer_who_is_told_what_it_is_about(stage: Stage) -> None:
    head, siti = await at_work(stage, "head"), await resident(stage)
    dewi, dewis_id = await colleague(stage, "Dewi Lestari")
    complaint_id = await disposed(stage, siti, service_id=1)
    before = len(siti.texts())
    await opens(head, complaint_id)
    await head.presses("Serahkan ke rekan")
    head.sees("Serahkan", "kepada siapa?")
    assert "Dewi Lestari · 0 laporan" in head.buttons()
    await head.presses("Dewi Lestari")
    head.sees("sudah diserahkan", "Petugas: Dewi Lestari", "Diserahkan kepada Dewi Lestari")
    dewi.sees("diserahkan kepada Bapak/Ibu", "Pengaduan: Lampu jalan")
    await dewi.presses("Buka laporan")
    dewi.sees("Lampu jalan", "Petugas: Dewi Lestari")
    complaint = await stored(stage, complaint_id)
    assert (complaint.status, complaint.officer_id) == (Status.DISPOSED, dewis_id)
    event = (await events(stage, complaint_id))[-1]
    assert (event.action, event.public, event.role, event.values["reason"]) == (Action.ASSIGN, False, "head", "by_hand")
    assert len(siti.texts()) == before


async def test_an_officer_hands_own_work_on_and_the_reporter_reads_nothing_of_it(stage: Stage) -> None:
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    dewi, dewis_id = await colleague(stage, "Dewi Lestari")
    complaint_id = await taken(stage, siti)
    await opens(officer, complaint_id)
    await officer.presses("Serahkan ke rekan")
    assert not [label for label in officer.buttons() if "Pegawai Officer" in label]
    await officer.presses("Dewi Lestari")
    assert (await stored(stage, complaint_id)).officer_id == dewis_id
    assert (await stored(stage, complaint_id)).status is Status.IN_PROGRESS
    await siti.says("/laporan")
    assert "Dewi" not in "".join(siti.texts())
    assert dewi.saw("diserahkan kepada Bapak/Ibu")


async def test_who_is_on_leave_is_named_but_not_offered(stage: Stage) -> None:
    head = await at_work(stage, "head")
    dewi, dewis_id = await colleague(stage, "Dewi Lestari")
    await colleague(stage, "Tanpa Akun", account=False)
    await on_leave(stage, dewis_id)
    complaint_id = await disposed(stage, await resident(stage))
    await opens(head, complaint_id)
    await head.presses("Serahkan ke rekan")
    head.sees("Sedang cuti: Dewi Lestari")
    assert not [label for label in head.buttons() if "Dewi" in label or "Tanpa Akun" in label]
    await forges(head, Ticket(Action.ASSIGN, complaint_id, f"{dewis_id}.0").encode())
    head.sees("Dewi Lestari sedang cuti")
    assert (await stored(stage, complaint_id)).officer_id is None
    assert not dewi.saw("diserahkan")


async def test_only_colleagues_of_the_unit_can_be_given_it(stage: Stage) -> None:
    head, complaint_id = await at_work(stage, "head"), await disposed(stage, await resident(stage))
    for role in ("other_officer", "verifier", "admin"):
        await forges(head, Ticket(Action.ASSIGN, complaint_id, f"{await employee_of(stage, role)}.0").encode())
        head.sees("Rekan itu tidak ada di unit ini")
    await forges(head, Ticket(Action.ASSIGN, complaint_id, "987654.0").encode())
    head.sees("Rekan itu tidak ada")
    assert (await stored(stage, complaint_id)).officer_id is None


async def test_the_second_of_two_heads_reads_who_gave_it_to_whom_and_when(stage: Stage) -> None:
    head, officer = await at_work(stage, "head"), await at_work(stage, "officer")
    _, dewis_id = await colleague(stage, "Dewi Lestari")
    await colleague(stage, "Hendra Saputra")
    complaint_id = await disposed(stage, await resident(stage))
    for phone in (head, officer):
        await opens(phone, complaint_id)
        await phone.presses("Serahkan ke rekan")
    await officer.presses("Dewi Lestari")
    stage.later(minutes=5)
    await head.presses("Hendra Saputra")
    head.sees("tidak bisa lagi", "Diserahkan kepada Dewi Lestari", "oleh Pegawai Officer", "10.00 WIB")
    assert (await stored(stage, complaint_id)).officer_id == dewis_id


async def test_two_give_it_away_in_the_same_moment(stage: Stage) -> None:
    """On PostgreSQL by two transactions that both read "nobody has it": exactly one wins."""
    head, officer = await at_work(stage, "head"), await at_work(stage, "officer")
    (_, dewi), (_, hendra) = await colleague(stage, "Dewi Lestari"), await colleague(stage, "Hendra Saputra")
    siti = await resident(stage)
    for _ in range(4):
        complaint_id = await disposed(stage, siti)
        for phone, who in ((head, dewi), (officer, hendra)):
            data = Ticket(Action.ASSIGN, complaint_id, f"{who}.0").encode()
            stage.sandbox.press(phone.id, phone.history()[-1]["message_id"], data)
        await stage.settle()
        given = [event for event in await events(stage, complaint_id) if event.action is Action.ASSIGN]
        assert len(given) == 1
        winners = [phone for phone in (head, officer) if "sudah diserahkan" in phone.last()]
        losers = [phone for phone in (head, officer) if phone not in winners]
        assert len(winners) == len(losers) == 1
        losers[0].sees("tidak bisa lagi", "oleh Pegawai " + winners[0].name)


async def test_giving_back_leaves_it_to_nobody_and_tells_the_head(stage: Stage) -> None:
    head, officer = await at_work(stage, "head"), await at_work(stage, "officer")
    complaint_id = await taken(stage, await resident(stage))
    await opens(officer, complaint_id)
    await officer.presses("Lepaskan")
    officer.sees("tidak dipegang siapa pun", "Pegawai Officer tidak lagi memegang")
    head.sees("tidak lagi dipegang Pegawai Officer")
    complaint = await stored(stage, complaint_id)
    assert (complaint.officer_id, complaint.status) == (None, Status.DISPOSED)
    await forges(officer, Ticket(Action.UNASSIGN, complaint_id).encode())
    officer.sees("tidak bisa lagi")


async def test_a_colleague_who_takes_assigned_work_tells_whoever_had_it(stage: Stage) -> None:
    head, officer = await at_work(stage, "head"), await at_work(stage, "officer")
    dewi, _ = await colleague(stage, "Dewi Lestari")
    complaint_id = await disposed(stage, await resident(stage))
    await opens(head, complaint_id)
    await head.presses("Serahkan ke rekan")
    await head.presses("Dewi Lestari")
    await opens(officer, complaint_id)
    await officer.presses("Saya kerjakan")
    dewi.sees("sudah diambil rekan lain")
    assert (await stored(stage, complaint_id)).officer_id == await employee_of(stage, "officer")


async def test_rule_20_every_assignment_says_who_when_old_and_new(stage: Stage) -> None:
    head, siti = await at_work(stage, "head"), await resident(stage)
    (_, dewi), (_, hendra) = await colleague(stage, "Dewi Lestari"), await colleague(stage, "Hendra Saputra")
    complaint_id = await disposed(stage, siti)
    await opens(head, complaint_id)
    for who in ("Dewi Lestari", "Hendra Saputra"):
        await head.presses("Serahkan ke rekan")
        await head.presses(who)
    await head.presses("Lepaskan")
    told = [event for event in await events(stage, complaint_id) if event.action in (Action.ASSIGN, Action.UNASSIGN)]
    assert [(event.values["officer_before"], event.values.get("officer")) for event in told] == [
        (None, dewi),
        (dewi, hendra),
        (hendra, None),
    ]
    assert {event.role for event in told} == {"head"}
    assert all(event.at == stage.now and event.actor_id for event in told)
    other = await at_work(stage, "other_officer")
    for data in (f"{hendra}.0", ""):
        await forges(other, Ticket(Action.ASSIGN, complaint_id, data).encode())
        other.sees("Maaf, laporan ini bukan milik atau bukan tugas Bapak/Ibu")
    assert (await stored(stage, complaint_id)).officer_id is None
