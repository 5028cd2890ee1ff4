"""The desks: their lists, the card, the steps of one press, two people at once."""

import pytest

from bot.callbacks import Open, Ticket
from models.complaint import Complaint, ReportClass
from models.rules.complaint_flow import Action, Status
from models.rules.permissions import Desk
from tests.desk_scenes import (
    Statements,
    at_work,
    disposed,
    events,
    file_a_report,
    filed,
    forges,
    opens,
    resident,
    stored,
    taken,
)
from tests.driver import Stage
from tests.sandbox.samples import picture


async def test_a_report_goes_from_the_resident_over_two_desks_to_the_verdict(stage: Stage) -> None:
    verifier, officer = await at_work(stage, "verifier"), await at_work(stage, "officer")
    siti = stage.person("Siti")
    code = await file_a_report(siti)

    verifier.sees("menunggu diperiksa", code)
    await verifier.presses("Buka laporan")
    verifier.sees("Baru, menunggu diperiksa", "Lampu jalan di depan SD", "Siti", "Sei Jang")
    await verifier.presses("Terima & teruskan ke PU")
    verifier.sees("sudah diteruskan", "Diteruskan ke unit, belum diambil")
    siti.sees("diteruskan ke Dinas Pekerjaan Umum")

    officer.sees("diteruskan ke unit", code)
    await officer.presses("Buka laporan")
    await officer.presses("Saya kerjakan")
    officer.sees("sekarang Bapak/Ibu yang mengerjakan", "Sedang dikerjakan")
    await officer.presses("Usulkan selesai")
    await officer.sends("photo", picture(640, 480), caption="Lampu sudah diganti dan menyala.")
    officer.sees("Periksa sebelum dikirim", "Lampu sudah diganti", "1 berkas")
    await officer.presses("Kirim ke pelapor")
    officer.sees("Pelapor diminta menilai")
    assert siti.saw("Lampu sudah diganti dan menyala.")
    assert "👎 Belum selesai" in siti.buttons()
    assert any("photo" in message for message in siti.history())

    complaint = await stored(stage, 1)
    assert complaint.status is Status.FOLLOWED_UP
    assert complaint.followed_up_at == complaint.first_response_at == stage.now
    assert complaint.auto_close_at is not None
    assert complaint.due_at is None
    assert [event.action for event in await events(stage, 1)] == [
        Action.VERIFY,
        Action.DISPOSE,
        Action.TAKE,
        Action.PROPOSE_DONE,
    ]


async def test_the_first_of_two_officers_wins_and_the_second_reads_who_and_when(stage: Stage) -> None:
    officer, head = await at_work(stage, "officer"), await at_work(stage, "head")
    complaint_id = await disposed(stage, await resident(stage))
    await opens(officer, complaint_id)
    await opens(head, complaint_id)
    await officer.presses("Saya kerjakan")
    stage.later(minutes=5)
    await head.presses("Saya kerjakan")
    head.sees("tidak bisa lagi", "Diambil untuk dikerjakan", "Pegawai Officer", "10.00 WIB", "Petugas: Pegawai Officer")
    assert [event.action for event in await events(stage, complaint_id)].count(Action.TAKE) == 1


async def test_both_press_in_the_same_moment(stage: Stage) -> None:
    """The updates are handled at the same time: on PostgreSQL by two transactions that both read "disposed"."""
    officer, head = await at_work(stage, "officer"), await at_work(stage, "head")
    siti = await resident(stage)
    for _ in range(4):
        complaint_id = await disposed(stage, siti)
        for phone in (officer, head):
            stage.sandbox.press(phone.id, phone.history()[-1]["message_id"], Ticket(Action.TAKE, complaint_id).encode())
        await stage.settle()
        takes = [event for event in await events(stage, complaint_id) if event.action is Action.TAKE]
        assert len(takes) == 1
        winners = [phone for phone in (officer, head) if "sekarang Bapak/Ibu yang mengerjakan" in phone.last()]
        losers = [phone for phone in (officer, head) if phone not in winners]
        assert len(winners) == len(losers) == 1
        losers[0].sees("tidak bisa lagi", "Pegawai " + winners[0].name)


async def test_a_double_tap_takes_once(stage: Stage) -> None:
    officer = await at_work(stage, "officer")
    complaint_id = await disposed(stage, await resident(stage))
    await opens(officer, complaint_id)
    message_id, data = officer.button("Saya kerjakan")
    await officer.presses_data(message_id, data)
    await officer.presses_data(message_id, data)
    officer.sees("Pegawai Officer")
    assert [event.action for event in await events(stage, complaint_id)].count(Action.TAKE) == 1


async def test_one_press_disposes_to_the_unit_that_the_words_mean(stage: Stage) -> None:
    verifier = await at_work(stage, "verifier")
    complaint_id = await filed(stage, await resident(stage), text="KTP saya belum jadi sudah dua bulan")
    await opens(verifier, complaint_id)
    await verifier.presses("Terima & teruskan ke Disdukcapil")
    complaint = await stored(stage, complaint_id)
    assert (complaint.status, complaint.unit_id) == (Status.DISPOSED, 2)
    assert complaint.due_at == complaint.settle_due_at
    await forges(verifier, Ticket(Action.DISPOSE, complaint_id, "u1").encode())
    verifier.sees("tidak bisa lagi", "Diteruskan ke Disdukcapil", "Pegawai Verifier")
    assert (await stored(stage, complaint_id)).unit_id == 2


async def test_a_unit_that_does_not_exist_is_refused(stage: Stage) -> None:
    verifier = await at_work(stage, "verifier")
    complaint_id = await filed(stage, await resident(stage))
    for target in ("u99", "s99", "x", "u-1"):
        await forges(verifier, Ticket(Action.DISPOSE, complaint_id, target).encode())
        verifier.sees("Unit itu tidak ada")
    assert (await stored(stage, complaint_id)).status is Status.RECEIVED


async def test_staff_tightens_after_a_question_and_never_loosens(stage: Stage) -> None:
    """Domain rule 15."""
    verifier, inspector = await at_work(stage, "verifier"), await at_work(stage, "inspector")
    complaint_id = await filed(stage, await resident(stage))
    await opens(verifier, complaint_id)
    verifier.sees("Pelapor: Siti")
    await verifier.presses("Sembunyikan nama pelapor")
    verifier.sees("tidak bisa ditampilkan lagi")
    assert not (await stored(stage, complaint_id)).anonymous
    await verifier.presses("Ya, lakukan")
    verifier.sees("anonim")
    assert "Siti" not in verifier.last()
    await verifier.presses("Jadikan rahasia")
    await verifier.presses("Ya, lakukan")
    complaint = await stored(stage, complaint_id)
    assert complaint.anonymous
    assert complaint.confidential
    verifier.sees("sekarang di Inspektorat")
    inspector.sees("Laporan tertutup", complaint.code)
    await opens(inspector, complaint_id)
    inspector.sees("anonim", "rahasia")
    assert not [label for label in inspector.buttons() if "Sembunyikan" in label or "rahasia" in label]
    for forged in ("open", "open_yes", "anonymous_no", "status_yes", ""):
        await forges(inspector, Ticket(Action.TIGHTEN, complaint_id, forged).encode())
        inspector.sees("tidak bisa dilonggarkan")
    assert (await stored(stage, complaint_id)).anonymous


async def test_an_unreachable_reporter_is_marked_on_the_card(stage: Stage) -> None:
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    complaint_id = await taken(stage, siti)
    await opens(officer, complaint_id)
    assert "tidak bisa dihubungi" not in officer.last()
    stage.sandbox.block(siti.id)
    await officer.presses("Jawab pelapor")
    await officer.says("Petugas sudah ke lokasi.")
    await officer.presses("Kirim ke pelapor")
    await opens(officer, complaint_id)
    officer.sees("Pelapor sedang tidak bisa dihubungi")


async def test_the_card_shows_the_files_of_the_report(stage: Stage) -> None:
    verifier, siti = await at_work(stage, "verifier"), stage.person("Siti")
    await siti.sends("photo", picture(640, 480), caption="Lampu jalan di depan SD mati sejak Senin")
    await siti.says("Sei Jang")
    await siti.presses("Ya, benar")
    await siti.presses("Terbuka")
    await siti.presses("Kirim laporan")
    await verifier.presses("Buka laporan")
    assert verifier.saw("1 berkas")
    assert "photo" in verifier.history()[-2]


async def test_the_history_is_paged_and_marks_what_the_reporter_sees(stage: Stage) -> None:
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    complaint_id = await taken(stage, siti)
    for number in range(9):
        await forges(officer, Ticket(Action.NOTE, complaint_id).encode())
        await officer.says(f"Catatan nomor {number}")
        await officer.presses("Simpan")
    await officer.presses("Riwayat lengkap")
    officer.sees("Catatan nomor 8", "internal")
    assert "Catatan nomor 0" not in officer.last()
    await officer.presses("Lebih lama")
    officer.sees("Catatan nomor 0", "Diambil untuk dikerjakan", "Pegawai Officer", "terlihat pelapor")
    assert not siti.saw("Catatan nomor")


@pytest.mark.parametrize(
    ("role", "command", "desk", "status"),
    [
        ("verifier", "/verifikasi", Desk.VERIFIER_QUEUE, Status.RECEIVED),
        ("officer", "/unit", Desk.UNIT_QUEUE, Status.IN_PROGRESS),
        ("inspector", "/awasi", Desk.OVERSIGHT, Status.IN_PROGRESS),
    ],
)
async def test_a_list_asks_the_database_the_same_number_of_times_for_10_and_1000_rows(
    stage: Stage, role: str, command: str, desk: Desk, status: Status
) -> None:
    phone = await at_work(stage, role)
    await resident(stage)
    await _fill(stage, 10, status)
    with Statements(stage) as few:
        await phone.says(command)
    phone.sees("10 laporan")
    await _fill(stage, 990, status)
    with Statements(stage) as many:
        await phone.says(command)
    phone.sees("1.000 laporan", "terlambat")
    assert len(few.seen) == len(many.seen)
    await phone.presses("Berikutnya")
    assert "Sebelumnya" in " ".join(phone.buttons())
    await forges(phone, Open(desk.value, 9999).encode())
    phone.sees("TPI-")


async def _fill(stage: Stage, number: int, status: Status) -> None:
    """Overdue reports of the first unit, written in one go."""
    stage.later(days=1)
    day = stage.now.replace(year=2026, month=10)
    async with stage.db.begin() as session:
        session.add_all(
            Complaint(
                code=f"TPI-{stage.now:%d}-{number}-{index}",
                report_class=ReportClass.COMPLAINT,
                filing_key=f"fill:{number}:{index}",
                service_id=1,
                unit_id=1,
                area_id=1,
                text="Lampu mati",
                status=status,
                received_at=day,
                disposed_at=day if status is not Status.RECEIVED else None,
                verify_due_at=day,
                settle_due_at=day,
                statutory_due_on=day.date(),
                due_at=day,
            )
            for index in range(number)
        )


async def test_the_unit_list_shows_what_is_urgent_first_and_what_waits_last(stage: Stage) -> None:
    officer, siti = await at_work(stage, "officer"), await resident(stage)
    waiting = await taken(stage, siti)
    own = await taken(stage, siti)
    other_units = await disposed(stage, siti, "u2")
    async with stage.db.begin() as session:
        (await session.get_one(Complaint, waiting)).paused_at = stage.now
    await officer.says("/unit")
    codes = [(await stored(stage, number)).code for number in (own, waiting, other_units)]
    text = officer.last()
    assert text.index(codes[0]) < text.index(codes[1])
    assert codes[2] not in text
    officer.sees("2 laporan", "Pegawai Officer", "menunggu pelapor sejak")
    await officer.presses("1")
    officer.sees("Sedang dikerjakan", codes[0])


async def test_an_empty_list_says_so(stage: Stage) -> None:
    for role, command in (("verifier", "/verifikasi"), ("officer", "/unit"), ("inspector", "/awasi")):
        phone = await at_work(stage, role)
        await phone.says(command)
        phone.sees("Tidak ada laporan")
