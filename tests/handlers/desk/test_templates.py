"""Prepared texts at the desk: offered for their state and purpose, filled, shown, changed before they go."""

from __future__ import annotations

from typing import Any

from bot.services import city as cities
from models.organisation import ReplyTemplate, TemplateKind
from tests.desk_scenes import at_work, disposed, filed, officer_with_a_report, opens, resident, stored
from tests.driver import Stage


async def prepares(stage: Stage, *templates: dict[str, Any]) -> None:
    """The city's prepared texts from now on."""
    async with stage.db.begin() as session:
        for number, values in enumerate(templates):
            session.add(ReplyTemplate(code=f"t{number}", **values))
        cities.forget(session)


ALL = (
    {"state": "in_progress", "kind": TemplateKind.QUESTION, "title": "Tempat persisnya", "text": "Di sebelah mana?"},
    {"state": "in_progress", "kind": TemplateKind.RESULT, "title": "Selesai di lapangan", "text": "Sudah selesai."},
    {"state": "received", "kind": TemplateKind.QUESTION, "title": "Minta lokasi", "text": "Mohon lokasinya."},
    {"state": "not_ours", "kind": TemplateKind.REFUSAL, "title": "Bukan kota", "text": "Bukan wewenang kami."},
    {"state": "archived", "kind": TemplateKind.REFUSAL, "title": "Laporan sama", "text": "Sudah kami terima."},
)


async def test_each_step_offers_only_its_own_texts(stage: Stage) -> None:
    await prepares(stage, *ALL)
    titles = {str(row["title"]) for row in ALL} | {"Akan dicek"}
    officer, siti, _ = await officer_with_a_report(stage)
    for step, expected in (
        ("Jawab pelapor", {"Akan dicek"}),
        ("Tanya pelapor", {"Tempat persisnya"}),
        ("Usulkan selesai", {"Selesai di lapangan"}),
        ("Catatan internal", set()),
    ):
        await officer.presses(step)
        assert titles & set(officer.buttons()) == expected, step
        await officer.presses("Batal")
        await officer.presses("Kembali ke laporan")
    verifier = await at_work(stage, "verifier")
    await opens(verifier, await filed(stage, siti))
    for presses, expected in (
        (["Minta dilengkapi"], {"Minta lokasi"}),
        (["Bukan wewenang", "PLN"], {"Bukan kota"}),
        (["Arsipkan", "Bukan laporan"], {"Laporan sama"}),
    ):
        for press in presses:
            await verifier.presses(press)
        assert titles & set(verifier.buttons()) == expected, presses
        await verifier.presses("Batal")
        await verifier.presses("Kembali ke laporan")


async def test_places_are_filled_and_the_text_is_changed_before_it_goes(stage: Stage) -> None:
    text = "Laporan {kode} dikerjakan {nama_unit} paling lambat {tanggal_janji}."
    await prepares(stage, {"state": "in_progress", "title": "Dijadwalkan", "text": text})
    officer, siti, complaint_id = await officer_with_a_report(stage)
    complaint = await stored(stage, complaint_id)
    await officer.presses("Jawab pelapor")
    await officer.presses("Dijadwalkan")
    filled = f"Laporan {complaint.code} dikerjakan Dinas Pekerjaan Umum paling lambat 14 Desember 2026."
    officer.sees("Periksa sebelum dikirim", filled)
    copied = [
        button["copy_text"]["text"]
        for row in officer.history()[-1]["reply_markup"]["inline_keyboard"]
        for button in row
        if "copy_text" in button
    ]
    assert copied == [filled]
    assert not siti.saw("Dinas Pekerjaan Umum paling lambat 14")
    await officer.says(filled.replace("dikerjakan", "akan dikerjakan"))
    await officer.presses("Kirim ke pelapor")
    siti.sees("akan dikerjakan Dinas Pekerjaan Umum")


async def test_a_forged_template_of_another_step_changes_nothing(stage: Stage) -> None:
    await prepares(stage, *ALL)
    officer, _, _ = await officer_with_a_report(stage)
    await officer.presses("Tanya pelapor")
    message_id, data = officer.button("Tempat persisnya")
    for number in ("1", "999", "x", ""):
        await officer.presses_data(message_id, data.rsplit(":", 1)[0] + ":" + number)
        officer.sees("Apa yang ingin ditanyakan")
    await disposed(stage, await resident(stage, "Budi"))
