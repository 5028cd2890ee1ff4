"""The superior decides about a work plan in the chat: approves, returns with notes, stands in for another."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from bot.callbacks import Choose, YearPlan
from models.administration.audit import AuditRow
from models.employee import RoleGrant
from models.outbox import OutboxMessage
from models.performance.plan import PlanEvent, WorkPlan
from models.rules.performance.plan_rules import PlanStatus
from tests.desk_scenes import at_work, forges, resident
from tests.driver import Phone, Stage
from tests.plan_scenes import acting, approved, count, drafted, first_result, in_line, newest, of_role, seen, submitted


async def waiting(stage: Stage) -> tuple[Phone, int]:
    """The officer's complete plan waits; the head with the notice."""
    await in_line(stage)
    serves = await first_result(stage, "head")
    head = await at_work(stage, "head")
    plan_id = await submitted(stage, "officer", serves=serves)
    return head, plan_id


async def status(stage: Stage, plan_id: int) -> PlanStatus:
    return (await seen(stage, plan_id)).plan.status


async def test_the_notice_leads_to_the_card_and_one_press_approves(stage: Stage) -> None:
    head, plan_id = await waiting(stage)
    officer = await at_work(stage, "officer")
    await head.presses("Buka rencana kerja")
    head.sees("Pegawai Officer", "NIP …", "IKU-1", "mendukung: Hasil head")
    message, data = head.button("Setujui")
    await head.presses_data(message, data)
    head.sees("Disetujui dan berlaku", "Disetujui Pegawai Head")
    officer.sees("disetujui dan mulai berlaku")
    await head.presses_data(message, data)
    head.sees("Disetujui dan berlaku")
    async with stage.db.read() as session:
        told = (await session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "plan_approved"))).all()
        acts = (await session.scalars(select(AuditRow.action).where(AuditRow.subject == "work_plan"))).all()
    assert len([one for one in told if one.values["plan"] == plan_id]) == 1, "a second press tells nobody again"
    assert acts.count("plan_approved") == 3, "of the top, of the head, of the officer"


async def test_a_plan_comes_back_with_a_note_for_each_part(stage: Stage) -> None:
    head, plan_id = await waiting(stage)
    officer = await at_work(stage, "officer")
    await head.presses("Buka rencana kerja")
    await head.presses("Kembalikan dengan catatan")
    head.sees("Kembalikan rencana kerja Pegawai Officer")
    assert "↩️ Kirim kembali" not in head.buttons(), "nothing to send yet"
    await head.presses("IKU-1")
    await head.says("Targetnya terlalu rendah")
    await head.presses("1. Lampu jalan menyala")
    await head.presses("Kembali")
    await stage.close()
    await stage.open()
    await head.says("Bagus, tinggal satu hal")
    head.sees("IKU-1 Jumlah lampu yang diperbaiki: Targetnya terlalu rendah", "Catatan umum: Bagus")
    assert await status(stage, plan_id) is PlanStatus.SUBMITTED, "nothing is written before the last press"
    await head.presses("Kirim kembali")
    head.sees("Dikembalikan untuk diperbaiki")
    officer.sees("dikembalikan untuk diperbaiki", "Catatan atasan: Bagus, tinggal satu hal")
    await officer.presses("Buka rencana kerja")
    officer.sees("💬 Targetnya terlalu rendah", "💬 Catatan atasan: Bagus, tinggal satu hal")
    await officer.presses("Lanjutkan menyusun")
    await officer.presses("💬 1. Lampu jalan menyala")
    await officer.presses("IKU-1")
    await officer.presses("Ubah target")
    await officer.says("200")
    await officer.presses("Terima usul")
    await officer.presses("Ke ringkasan")
    await officer.presses("Ajukan")
    head.sees("mengajukan rencana kerja")
    await head.presses("Buka rencana kerja")
    await head.presses("Setujui")
    plan = await seen(stage, plan_id)
    assert plan.plan.status is PlanStatus.APPROVED
    assert plan.items[0].note is None, "what was asked for is done with"


async def test_cancelling_a_return_sends_nothing(stage: Stage) -> None:
    head, plan_id = await waiting(stage)
    await forges(head, YearPlan("return", plan_id).encode())
    await head.presses("Catatan umum")
    await head.says("Kurang jelas")
    await head.presses("Batal")
    head.sees("tidak dikembalikan")
    assert await status(stage, plan_id) is PlanStatus.SUBMITTED


async def test_what_was_taken_back_cannot_be_returned(stage: Stage) -> None:
    head, plan_id = await waiting(stage)
    officer = await at_work(stage, "officer")
    await forges(head, YearPlan("return", plan_id).encode())
    await head.presses("Catatan umum")
    await forges(officer, YearPlan("takeback", plan_id).encode())
    await head.says("Kurang jelas")
    head.sees("sudah tidak menunggu keputusan")
    assert await status(stage, plan_id) is PlanStatus.DRAFT
    await forges(head, YearPlan("approve", plan_id).encode())
    assert head.saw("sudah berada pada tahap lain")
    assert await status(stage, plan_id) is PlanStatus.DRAFT


async def test_the_acting_superior_decides_and_the_second_sees_the_first(stage: Stage) -> None:
    head, plan_id = await waiting(stage)
    deputy = await at_work(stage, "inspector")
    await acting(stage, "head", "inspector")
    await deputy.says("/rencana")
    await deputy.presses("Rencana bawahan (1 menunggu)")
    deputy.sees("⏳ Pegawai Officer: Menunggu persetujuan atasan")
    await deputy.presses("⏳ Pegawai Officer")
    await deputy.presses("Setujui")
    deputy.sees("Disetujui Pegawai Inspector")
    await forges(head, YearPlan("approve", plan_id).encode())
    head.sees("Disetujui Pegawai Inspector")
    await forges(head, YearPlan("return", plan_id).encode())
    head.sees("Disetujui Pegawai Inspector")
    assert await status(stage, plan_id) is PlanStatus.APPROVED


async def test_a_plan_without_a_link_is_not_approved(stage: Stage) -> None:
    await in_line(stage)
    head = await at_work(stage, "head")
    plan_id = await submitted(stage, "officer")
    await head.presses("Buka rencana kerja")
    head.sees("Belum bisa disetujui", "belum dikaitkan")
    assert "✅ Setujui" not in head.buttons()
    await forges(head, YearPlan("approve", plan_id).encode())
    assert head.saw("ada hasil kerja utama yang belum dikaitkan")
    assert await status(stage, plan_id) is PlanStatus.SUBMITTED


async def test_an_approved_plan_is_changed_by_a_new_version(stage: Stage) -> None:
    await in_line(stage)
    first = await approved(stage, "officer")
    officer = await at_work(stage, "officer")
    await officer.says("/rencana")
    officer.sees("versi 1", "Disetujui dan berlaku")
    assert "✏️ Lanjutkan menyusun" not in officer.buttons()
    await officer.presses("Ubah rencana")
    await officer.says("Target naik sesudah ada tambahan anggaran")
    officer.sees("versi 2", "IKU-1 Jumlah lampu yang diperbaiki: 120 titik")
    second = await newest(stage)
    await officer.says("/rencana")
    officer.sees("versi 1", "Disetujui dan berlaku")
    await officer.presses("Buka versi yang lebih baru")
    officer.sees("versi 2", "Alasan perubahan: Target naik")
    await officer.presses("Ajukan")
    head = await at_work(stage, "head")
    await forges(head, YearPlan("approve", second.id).encode())
    assert await status(stage, first) is PlanStatus.SUPERSEDED
    assert await status(stage, second.id) is PlanStatus.APPROVED
    await officer.says("/rencana")
    await officer.presses("Riwayat versi")
    officer.sees("versi 2", "Menunggu persetujuan atasan (Pegawai Officer)", "Disetujui dan berlaku (Pegawai Head)")
    await officer.presses("Versi 1")
    officer.sees("Diganti versi yang lebih baru")


async def test_old_buttons_of_the_talk_do_nothing_after_the_approval(stage: Stage) -> None:
    await in_line(stage)
    plan_id = await drafted(stage, "officer", serves=await first_result(stage, "head"))
    officer, head = await at_work(stage, "officer"), await at_work(stage, "head")
    await officer.says("/rencana")
    await officer.presses("Lanjutkan menyusun")
    message, remove = officer.button("1. Lampu jalan")
    await officer.presses("Ajukan")
    await forges(head, YearPlan("approve", plan_id).encode())
    await officer.presses_data(message, remove)
    assert officer.saw("Tombol itu sudah tidak berlaku")
    await forges(officer, YearPlan("edit", plan_id).encode())
    officer.sees("sudah berada pada tahap lain")
    await forges(officer, YearPlan("submit", plan_id).encode())
    officer.sees("sudah berada pada tahap lain")
    await forges(officer, YearPlan("approve", plan_id).encode())
    officer.sees("Disetujui dan berlaku")
    assert await status(stage, plan_id) is PlanStatus.APPROVED


VERBS = ("open", "past", "edit", "revise", "submit", "takeback", "approve", "return", "sheet")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["resident", "verifier", "other_officer", "inspector"])
async def test_strangers_are_refused_whatever_they_press(stage: Stage, who: str, verb: str) -> None:
    """A resident, a superior of others, a colleague, the inspectorate: none of them."""
    _head, plan_id = await waiting(stage)
    phone = await resident(stage, "Tamu") if who == "resident" else await at_work(stage, who)
    steps = await count(stage, PlanEvent)
    await forges(phone, YearPlan(verb, plan_id).encode())
    assert "Maaf" in phone.last()
    assert "Lampu jalan" not in phone.last()
    assert await status(stage, plan_id) is PlanStatus.SUBMITTED
    assert await count(stage, PlanEvent) == steps


async def test_nobody_decides_about_the_own_plan(stage: Stage) -> None:
    """Not even the one who acts for the own superior."""
    _head, plan_id = await waiting(stage)
    officer = await at_work(stage, "officer")
    await acting(stage, "head", "officer")
    for verb in ("approve", "return"):
        await forges(officer, YearPlan(verb, plan_id).encode())
        officer.sees("tidak bisa dilakukan untuk diri sendiri")
    assert await status(stage, plan_id) is PlanStatus.SUBMITTED


async def test_the_superiors_superior_only_reads(stage: Stage) -> None:
    _head, plan_id = await waiting(stage)
    top = await at_work(stage, "admin")
    await forges(top, YearPlan("open", plan_id).encode())
    top.sees("Pegawai Officer", "IKU-1")
    assert not {"✅ Setujui", "✏️ Lanjutkan menyusun"} & set(top.buttons())
    await forges(top, YearPlan("approve", plan_id).encode())
    top.sees("bukan bawahan")
    assert await status(stage, plan_id) is PlanStatus.SUBMITTED


async def test_the_list_and_a_strangers_list(stage: Stage) -> None:
    head, _plan_id = await waiting(stage)
    await head.says("/rencana")
    await head.presses("Rencana bawahan (1 menunggu)")
    head.sees("2 pegawai", "⏳ Pegawai Officer", "▫️ Pegawai Other_Officer: belum menyusun")
    await head.presses("▫️ Pegawai Other_Officer")
    head.sees("belum menyusun rencana kerja 2026")
    officer = await at_work(stage, "officer")
    await forges(officer, YearPlan("staff", 3).encode())
    officer.sees("Maaf")
    for verb in ("units", "unit"):
        await forges(officer, YearPlan(verb, 1).encode())
        officer.sees("Maaf, bagian ini hanya untuk petugas yang berwenang")


async def test_human_resources_see_everybody_and_change_nothing(stage: Stage) -> None:
    _head, plan_id = await waiting(stage)
    hr = await at_work(stage, "hr")
    await hr.says("/rencana")
    await hr.presses("Rencana semua unit")
    hr.sees("PU: ✅ 2 · ⏳ 1 · 📝 0 · ▫️ 3", "Disdukcapil: ✅ 0 · ⏳ 0 · 📝 0 · ▫️ 1")
    await hr.presses("PU")
    hr.sees("Rencana kerja 2026: PU", "▫️ Pegawai Verifier: belum menyusun")
    await hr.presses("⏳ Pegawai Officer")
    hr.sees("Pegawai Officer", "IKU-1")
    for verb in ("approve", "return", "edit", "takeback", "revise"):
        await forges(hr, YearPlan(verb, plan_id).encode())
        hr.sees("bukan bawahan")
    assert await status(stage, plan_id) is PlanStatus.SUBMITTED


async def test_a_forged_choice_of_anothers_talk_does_nothing(stage: Stage) -> None:
    await in_line(stage)
    await drafted(stage, "officer")
    officer, other = await at_work(stage, "officer"), await at_work(stage, "other_officer")
    await officer.says("/rencana")
    await officer.presses("Lanjutkan menyusun")
    data = officer.button("1. Lampu jalan")[1]
    await other.says("/rencana")
    await other.presses("Mulai menyusun")
    await forges(other, data)
    other.sees("Belum ada satu pun hasil kerja utama")
    nonce = Choose.decode(other.button("Hasil kerja utama")[1])
    assert nonce is not None
    await forges(other, Choose("skp", "hub", nonce.nonce, "r1").encode())
    other.sees("Belum ada satu pun hasil kerja utama")
    assert await count(stage, WorkPlan) == 2


async def test_the_top_needs_nobody_and_who_has_no_superior_is_told(stage: Stage) -> None:
    await in_line(stage)
    top_plan = await submitted(stage, "admin")
    assert (await seen(stage, top_plan)).plan.status is PlanStatus.APPROVED
    lone = await drafted(stage, "inspector")
    inspector = await at_work(stage, "inspector")
    await forges(inspector, YearPlan("submit", lone).encode())
    inspector.sees("belum tercatat siapa atasan Bapak/Ibu")
    assert await status(stage, lone) is PlanStatus.DRAFT


async def test_the_audit_names_a_superior_without_a_role(stage: Stage) -> None:
    """Most who lead have no role of the city; residents are never named there."""
    await in_line(stage)
    serves = await first_result(stage, "head")
    plan_id = await submitted(stage, "officer", serves=serves)
    async with stage.db.begin() as session:
        head = await of_role(session, "head")
        await session.execute(delete(RoleGrant).where(RoleGrant.employee_id == head.id))
    phone = await at_work(stage, "head")
    await forges(phone, YearPlan("approve", plan_id).encode())
    async with stage.db.read() as session:
        row = (await session.scalars(select(AuditRow).where(AuditRow.subject_id == plan_id))).all()[-1]
    assert (row.action, row.role, row.actor_id) == ("plan_approved", "superior", head.person_id)
