"""One report from the first word to the verdict, everybody speaking one language: no word of another one slips in."""

import pytest
from sqlalchemy import select, update

from bot.config import LANGUAGES
from bot.i18n import _, speaking
from models.complaint import Complaint
from models.person import Person
from models.rules.complaint_flow import Status, Verdict
from tests.driver import Phone, Stage
from tests.factories import STAFF

#: Words that are Indonesian and neither Malay nor English.
INDONESIAN = ("Bapak/Ibu", "Silakan", "bisa", "petugas", "layanan", "kirim", "pesan", "berkas", "kantor", "karena")
#: Malay shares these two with Indonesian ("pesanan" apart), and "layanan" stands for the way one is served.
SHARED = {"ms": ("layanan", "pesan")}


async def at_work(stage: Stage, role: str, language: str) -> Phone:
    phone = stage.person(role.title(), language, telegram_id=STAFF[role])
    await phone.starts()
    return phone


def word(language: str, text: str) -> str:
    """A button's label as its reader sees it, without the sign in front."""
    with speaking(language):
        return _(text)


@pytest.fixture
async def everybody(stage: Stage, language: str) -> tuple[Phone, Phone, Phone]:
    """A resident, a verifier and an officer who speak one language."""
    async with stage.db.begin() as session:
        await session.execute(update(Person).values(language=language))
    return (
        stage.person("Rahmah", language),
        await at_work(stage, "verifier", language),
        await at_work(stage, "officer", language),
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_everybody_is_spoken_to_in_one_language(
    stage: Stage, everybody: tuple[Phone, Phone, Phone], language: str
) -> None:
    rahmah, verifier, officer = everybody

    async def press(phone: Phone, label: str) -> None:
        await phone.presses(word(language, label))

    await rahmah.says("Lampu jln depan SD mati")
    await press(rahmah, "Lewati")
    await rahmah.says("Sei Jang, dekat masjid")
    await press(rahmah, "Ya, benar")
    if word(language, "Belum tahu, biar petugas yang menentukan") in rahmah.buttons():
        await press(rahmah, "Belum tahu, biar petugas yang menentukan")
    await press(rahmah, "Terbuka")
    await press(rahmah, "Kirim laporan")

    await press(verifier, "Buka laporan")
    await press(verifier, "📤 Pilih unit lain")
    await verifier.says("lampu jalan")
    await verifier.presses("Lampu jalan")

    await press(officer, "Buka laporan")
    await press(officer, "🙋 Saya kerjakan")
    await press(officer, "❔ Tanya pelapor")
    await officer.says("Yang mana?")
    await press(officer, "📨 Kirim ke pelapor")
    await press(rahmah, "Jawab pertanyaan")
    await rahmah.says("Tiang nomor tiga dari simpang")
    await press(rahmah, "Kirim tambahan")
    await press(officer, "🗒 Catatan internal")
    await officer.says("Stok lampu ada")
    await press(officer, "💾 Simpan")
    await press(officer, "🏁 Usulkan selesai")
    await officer.says("Lampu diganti")
    await press(officer, "📨 Kirim ke pelapor")
    await press(officer, "Riwayat lengkap")

    await press(rahmah, "Sudah selesai")
    await press(rahmah, "Sangat baik")
    await rahmah.says("/laporan")
    await rahmah.presses("📄 TPI-")
    await rahmah.says("/bantuan")
    await rahmah.says("/privasi")

    async with stage.db.read() as session:
        complaint = (await session.scalars(select(Complaint))).one()
    assert (complaint.status, complaint.verdict) == (Status.CLOSED, Verdict.SOLVED)
    said = [text for phone in everybody for text in [*phone.texts(), *phone.buttons()]]
    assert len(said) > 30
    if language != "id":
        foreign = [part for part in INDONESIAN if part not in SHARED.get(language, ())]
        assert not [text for text in said for part in foreign if part in text.split()]
