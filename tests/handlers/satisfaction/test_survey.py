"""A resident answers the nine questions of the SKM."""

import pytest

from bot.services import privacy
from tests.driver import Stage
from tests.handlers.satisfaction.answering import ANSWERS, SCORES, answer_all, answer_and_send, responses


async def test_the_whole_survey_from_the_menu_with_a_profile(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/menu")
    await siti.presses("Isi survei kepuasan")
    siti.sees("Layanan mana")
    await siti.presses("Dinas Kependudukan")
    await siti.presses("KTP elektronik")
    siti.sees("Survei Kepuasan Masyarakat", "KTP elektronik", "1/9", "Bagaimana pendapat Saudara tentang kesesuaian")
    assert siti.buttons()[:4] == ["1 · Tidak sesuai", "2 · Kurang sesuai", "3 · Sesuai", "4 · Sangat sesuai"]
    await answer_all(siti)
    siti.sees("1. Persyaratan: Sangat sesuai", "9. Penanganan Pengaduan, Saran, dan Masukan: Dikelola dengan baik")
    assert await responses(stage) == []
    await siti.presses("Kirim jawaban")
    siti.sees("sudah kami simpan", "Boleh kami bertanya", "versi " + privacy.NOTICE_VERSION, "NIK", "/tarik")
    (stored,) = await responses(stage)
    assert list(stored.scores.values()) == SCORES
    assert (stored.service_id, stored.unit_id, stored.period, str(stored.day)) == (3, 2, "2026-Q4", "2026-11-24")
    assert (stored.channel, stored.sex, stored.hour_band) == ("menu", None, None)
    await siti.presses("Ya, boleh")
    for question, answer in (
        ("jenis kelamin", "Perempuan"),
        ("umur", "36–45 tahun"),
        ("pendidikan", "SMA"),
        ("pekerjaan", "Swasta"),
    ):
        siti.sees(question)
        await siti.presses(answer)
    siti.sees("Terima kasih", "Indeks Kepuasan Masyarakat", "diperbaiki lebih dahulu")
    (stored,) = await responses(stage)
    assert (stored.sex, stored.age_band, stored.education, stored.occupation) == ("P", "36-45", "SMA", "Swasta")
    assert stored.hour_band == "08-12"


async def test_all_in_one_message_that_is_edited(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    messages = len(siti.texts())
    await answer_all(siti)
    assert len(siti.texts()) == messages


async def test_typed_words_and_numbers(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    for said in ("4", "kurang mudah", "Tidak Cepat", "gratis.", "3", "3", "3", "cukup", "dikelola dengan baik"):
        await siti.says(said)
    siti.sees("Periksa dahulu")
    await siti.presses("Kirim jawaban")
    (stored,) = await responses(stage)
    assert list(stored.scores.values()) == SCORES


@pytest.mark.parametrize("said", ["0", "5", "sangat bagus sekali", "3,5", "-1"])
async def test_other_words_are_no_answer(stage: Stage, said: str) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await siti.says("4")
    await siti.says(said)
    assert siti.saw("Mohon pilih salah satu dari empat jawaban")
    siti.sees("2/9")


async def test_back_keeps_and_marks_the_answer(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await siti.says("4")
    await siti.says("2")
    siti.sees("3/9")
    await siti.presses("Kembali")
    siti.sees("2/9")
    assert "✓ 2 · Kurang mudah" in siti.buttons()
    await siti.says("kembali")
    siti.sees("1/9")
    await siti.says("1")
    await siti.says("2")
    await answer_and_send(siti, ANSWERS[2:])
    (stored,) = await responses(stage)
    assert list(stored.scores.values()) == [1, *SCORES[1:]]


async def test_one_answer_is_changed_in_the_summary(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await answer_all(siti)
    await siti.presses("✏️ 3")
    siti.sees("3/9")
    await siti.presses("Sangat cepat")
    siti.sees("Periksa dahulu", "3. Waktu Penyelesaian: Sangat cepat")
    await siti.presses("Kirim jawaban")
    (stored,) = await responses(stage)
    assert stored.u3 == 4


async def test_a_pause_and_a_restart_half_way(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    for said in ("4", "2", "1", "4"):
        await siti.says(said)
    await siti.presses("Lanjutkan nanti")
    siti.sees("4 dari 9", "lanjutkan", "7 hari")
    await stage.close()
    stage.later(days=2)
    await stage.open()
    await siti.says("lanjutkan")
    await answer_and_send(siti, ANSWERS[4:])
    (stored,) = await responses(stage)
    assert list(stored.scores.values()) == SCORES
    assert str(stored.day) == "2026-11-26"


async def test_something_else_asks_whether_to_go_on_or_start_anew(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await siti.says("4")
    await siti.says("/lapor")
    siti.sees("Masih ada isian")
    await siti.presses("Lanjutkan")
    siti.sees("2/9")
    await siti.starts("s_lampu")
    siti.sees("Masih ada isian")
    await siti.presses("Mulai baru")
    siti.sees("Lampu jalan", "1/9")
    await siti.starts("s_lampu")
    siti.sees("1/9")


async def test_cancel_says_what_was_discarded_and_stores_nothing(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await siti.says("4")
    await siti.says("2")
    await siti.presses("Batal")
    siti.sees("2 dari 9 jawaban dibuang")
    assert await responses(stage) == []
    await siti.starts("s_ktp")
    await siti.says("bantuan")
    siti.sees("1/9")
    assert siti.saw("Kembali untuk mengganti jawaban")


async def test_a_double_tap_answers_one_question(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    message_id, data = siti.button("Sangat sesuai")
    await siti.presses_data(message_id, data)
    await siti.presses_data(message_id, data)
    siti.sees("2/9")
    await answer_all(siti, ANSWERS[1:])
    message_id, data = siti.button("Kirim jawaban")
    await siti.presses_data(message_id, data)
    await siti.presses_data(message_id, data)
    siti.sees("Boleh kami bertanya")
    assert len(await responses(stage)) == 1


@pytest.mark.parametrize("score", ["0", "5", "", "x", "-1", "44"])
async def test_rule_01_a_forged_score_is_refused_and_nothing_stored(stage: Stage, score: str) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    message_id, data = siti.button("Sangat sesuai")
    await siti.presses_data(message_id, data[:-1] + score)
    assert siti.saw("1 sampai 4")
    assert await responses(stage) == []
    await siti.says("lanjutkan")
    siti.sees("1/9")


async def test_rule_01_a_forged_send_before_the_ninth_stores_nothing(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    for said in "12341234":
        await siti.says(said)
    siti.sees("9/9")
    message_id, data = siti.button("Berfungsi kurang maksimal")
    await siti.presses_data(message_id, data.replace(":u9:", ":summary:")[:-1] + "send")
    siti.sees("9/9")
    assert await responses(stage) == []


@pytest.mark.parametrize(("language", "answer"), [("en", "Very suitable"), ("ms", "Sangat sesuai")])
async def test_in_other_languages(stage: Stage, language: str, answer: str) -> None:
    siti = stage.person("Siti", language)
    await siti.starts("s_ktp")
    await siti.says(answer.upper())
    siti.sees("2/9")
