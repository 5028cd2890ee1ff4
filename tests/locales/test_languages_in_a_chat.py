"""Each reader is answered in the own language, from the first word on."""

import pytest

from tests.driver import Stage

GREETINGS = [
    ("id", "Selamat datang di layanan warga Kota Contoh.", "Lapor atau usul"),
    ("ms", "Selamat datang ke perkhidmatan warga Kota Contoh.", "Aduan atau cadangan"),
    ("en", "Welcome to the residents' service of Kota Contoh.", "Report or suggest"),
    ("en-GB", "Welcome to the residents' service of Kota Contoh.", "Report or suggest"),
    ("de", "Selamat datang di layanan warga Kota Contoh.", "Lapor atau usul"),
]


@pytest.mark.parametrize(("language", "greeting", "verb"), GREETINGS)
async def test_the_first_greeting_speaks_the_phones_language(
    stage: Stage, language: str, greeting: str, verb: str
) -> None:
    rahmah = stage.person("Rahmah", language)
    await rahmah.starts()
    rahmah.sees(greeting)
    assert any(verb in button for button in rahmah.buttons())


async def test_a_chosen_language_stays(stage: Stage) -> None:
    rahmah = stage.person("Rahmah", "id")
    await rahmah.starts()
    await rahmah.presses("Melayu")
    rahmah.sees("Baik, mulai sekarang kita berbahasa Melayu.")
    await rahmah.says("/menu")
    rahmah.sees("Menu utama", "Sila pilih")
    await rahmah.says("/bahasa")
    await rahmah.presses("English")
    rahmah.sees("From now on we speak English.")
    await rahmah.says("/menu")
    rahmah.sees("Main menu")


async def test_a_whole_report_in_malay(stage: Stage) -> None:
    rahmah = stage.person("Rahmah", "ms")
    await rahmah.says("Lampu jalan di depan sekolah padam sejak Isnin")
    rahmah.sees("Ada gambar atau video?")
    await rahmah.presses("Langkau")
    rahmah.sees("Di manakah tempatnya?")
    await rahmah.says("Sei Jang, depan masjid")
    rahmah.sees("Betulkah?")
    await rahmah.presses("Ya, betul")
    if "Ke manakah laporan" in rahmah.last():
        await rahmah.presses("Belum tahu")
    rahmah.sees("Siapakah yang boleh tahu?", "Tanpa nama")
    await rahmah.presses("Tanpa nama")
    rahmah.sees("Semak dahulu sebelum dihantar", "Jenis: Aduan", "Kerahsiaan: Tanpa nama")
    await rahmah.presses("Hantar laporan")
    rahmah.sees("laporan Tuan/Puan sudah kami terima", "Nombor laporan: TPI-", "WIB")
    assert not rahmah.saw("Bapak/Ibu")


async def test_words_of_any_language_move_a_talk(stage: Stage) -> None:
    siti = stage.person("Siti", "en")
    await siti.says("The street light in front of the school is out")
    siti.sees("Do you have a photo or video?")
    await siti.says("Cancel")
    siti.sees("The unsent report has been deleted.")


async def test_two_people_are_answered_in_two_languages(stage: Stage) -> None:
    siti, john = stage.person("Siti", "id"), stage.person("John", "en")
    await siti.says("Parit tersumbat di depan rumah saya")
    await john.says("The drain in front of my house is blocked")
    siti.sees("Ada foto atau video?")
    john.sees("Do you have a photo or video?")
    await siti.says("batal")
    siti.sees("laporan yang belum dikirim sudah dihapus")
    john.sees("Do you have a photo or video?")
