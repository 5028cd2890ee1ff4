"""A resident answers the nine questions of the SKM."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.services import privacy
from models.person import Consent, Purpose
from models.survey import Pulse, SurveyResponse
from tests.driver import Phone, Stage
from tests.handlers.resident import file_report, follow_up, press_ticket

#: How each of the nine is answered, by the words on a button.
ANSWERS = (
    "Sangat sesuai",
    "Kurang mudah",
    "Tidak cepat",
    "Gratis",
    "3 · Sesuai",
    "3 · Kompeten",
    "3 · Sopan dan ramah",
    "Cukup",
    "Dikelola dengan baik",
)
SCORES = [4, 2, 1, 4, 3, 3, 3, 2, 4]


async def responses(stage: Stage) -> list[Any]:
    async with stage.db.read() as session:
        return list((await session.scalars(select(SurveyResponse).order_by(SurveyResponse.id))).all())


async def consents(stage: Stage) -> list[Any]:
    async with stage.db.read() as session:
        return list((await session.scalars(select(Consent).order_by(Consent.id))).all())


async def answer_all(phone: Phone, answers: tuple[str, ...] = ANSWERS) -> None:
    """From the first question to the summary."""
    for number, answer in enumerate(answers, start=10 - len(answers)):
        phone.sees(f"{number}/9")
        await phone.presses(answer)
    phone.sees("Periksa dahulu")


async def answer_and_send(phone: Phone, answers: tuple[str, ...] = ANSWERS) -> None:
    await answer_all(phone, answers)
    await phone.presses("Kirim jawaban")


async def test_the_whole_survey_from_the_menu_with_a_profile(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.says("/menu")
    await siti.presses("Isi survei kepuasan")
    siti.sees("Layanan mana")
    await siti.presses("Disdukcapil")
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
        ("umur", "36 sampai 45 tahun"),
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


async def test_rule_36_consent_is_recorded_before_the_profile_is_asked(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await answer_and_send(siti)
    assert await consents(stage) == []
    await siti.presses("Ya, boleh")
    (given,) = await consents(stage)
    assert (given.purpose, given.version) == (Purpose.SURVEY_PROFILE, privacy.NOTICE_VERSION)
    assert (given.given_at, given.withdrawn_at) == (stage.now, None)


async def test_rule_36_refusing_stores_no_profile_and_changes_nothing_else(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await answer_and_send(siti)
    await siti.presses("Tidak, cukup")
    siti.sees("Terima kasih", "Sembilan jawaban", "KTP elektronik")
    (stored,) = await responses(stage)
    assert list(stored.scores.values()) == SCORES
    assert {stored.sex, stored.age_band, stored.education, stored.occupation, stored.hour_band} == {None}
    assert await consents(stage) == []


async def test_every_field_of_the_profile_can_be_left_out(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await answer_and_send(siti)
    await siti.presses("Ya, boleh")
    await siti.presses("Lewati")
    await siti.says("lewati")
    siti.sees("pendidikan")
    await siti.says("sma")
    await siti.presses("Lewati")
    siti.sees("Terima kasih")
    (stored,) = await responses(stage)
    assert (stored.sex, stored.age_band, stored.education, stored.occupation) == (None, None, "SMA", None)


async def test_a_yes_given_before_is_not_asked_again(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await answer_and_send(siti)
    await siti.presses("Ya, boleh")
    await siti.says("/batal")
    siti.sees("sudah tersimpan")
    await siti.starts("s_lampu")
    await answer_and_send(siti)
    siti.sees("jenis kelamin")
    assert len(await consents(stage)) == 1


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


@pytest.mark.parametrize(
    "data", ["k:999:menu:0", "k:x:menu:0", "k:3:menu", f"k:3:{'z' * 50}:0", f"k:3:menu:{10**30}", "k:3:men-u:0"]
)
async def test_a_forged_offer_breaks_nothing(stage: Stage, data: str) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_lampu")
    await siti.says("4")
    await siti.presses_data(siti.history()[-1]["message_id"], data)
    assert siti.saw("Layanan itu tidak ada") or siti.saw("Masih ada isian")
    await siti.presses("Mulai baru") if siti.saw("Masih ada isian") else await siti.says("lanjutkan")
    if siti.saw("Masih ada isian"):
        siti.sees("KTP elektronik", "1/9")
        await answer_and_send(siti)
        (stored,) = await responses(stage)
        assert (stored.channel, stored.complaint_id) == ("menu", None)


async def test_rule_06_a_second_answer_replaces_only_after_a_question(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await answer_and_send(siti)
    await siti.presses("Ya, boleh")
    await siti.presses("Perempuan")
    await siti.says("/batal")
    stage.later(days=3)
    await siti.starts("l_ktp")
    siti.sees("sudah mengisi survei KTP elektronik pada 24 November 2026")
    await siti.presses("Isi lagi")
    for said in "333333333":
        await siti.says(said)
    assert [row.u1 for row in await responses(stage)] == [4]
    await siti.presses("Kirim jawaban")
    await siti.says("/batal")
    (stored,) = await responses(stage)
    assert set(stored.scores.values()) == {3}
    assert (stored.channel, str(stored.day), stored.sex) == ("link", "2026-11-27", None)
    assert stored.replaced_at == stage.now


async def test_rule_06_a_second_answer_can_be_left(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await answer_and_send(siti)
    await siti.presses("Tidak, cukup")
    await siti.says("/skm")
    await siti.says("ktp")
    siti.sees("sudah mengisi survei KTP elektronik")
    await siti.presses("Tidak, biarkan")
    siti.sees("tetap berlaku")
    (stored,) = await responses(stage)
    assert (list(stored.scores.values()), stored.replaced_at) == (SCORES, None)


async def test_rule_06_the_next_period_is_another_answer(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_ktp")
    await answer_and_send(siti)
    await siti.presses("Tidak, cukup")
    stage.later(days=38)
    await siti.starts("s_ktp")
    siti.sees("1/9")
    await answer_and_send(siti)
    assert [row.period for row in await responses(stage)] == ["2026-Q4", "2027-Q1"]


async def test_rule_06_two_people_answer_about_the_same_service(stage: Stage) -> None:
    for name in ("Siti", "Ali"):
        phone = stage.person(name)
        await phone.starts("s_ktp")
        await answer_and_send(phone)
    first, second = await responses(stage)
    assert first.person_id != second.person_id


async def test_rule_07_a_rating_is_no_survey_and_offers_one(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("n_ktp")
    await siti.presses("Sangat baik")
    assert await responses(stage) == []
    await siti.presses("Isi survei kepuasan")
    siti.sees("KTP elektronik", "1/9")
    await answer_and_send(siti)
    await siti.presses("Tidak, cukup")
    (stored,) = await responses(stage)
    assert (stored.channel, stored.service_id) == ("qr", 3)
    await siti.starts("n_ktp")
    await siti.presses("Sangat baik")
    siti.sees("Terima kasih")
    assert not any("Isi survei" in text for text in siti.buttons())
    async with stage.db.read() as session:
        assert len((await session.scalars(select(Pulse))).all()) == 1


async def closed_report(stage: Stage, phone: Phone, visible: str) -> int:
    complaint = await file_report(phone, visible=visible)
    async with stage.db.begin() as session:
        found = await session.get(type(complaint), complaint.id)
        assert found is not None
        found.service_id = 1
    await follow_up(stage, complaint.id)
    await press_ticket(phone, "score", complaint.id, "4")
    phone.sees("Terima kasih")
    return complaint.id


async def test_offered_after_a_closed_report(stage: Stage) -> None:
    siti = stage.person("Siti")
    complaint_id = await closed_report(stage, siti, "Terbuka")
    await siti.presses("Isi survei kepuasan")
    siti.sees("Lampu jalan", "1/9")
    await answer_and_send(siti)
    (stored,) = await responses(stage)
    assert (stored.channel, stored.complaint_id) == ("ticket", complaint_id)


async def test_an_unknown_service_is_refused(stage: Stage) -> None:
    siti = stage.person("Siti")
    await siti.starts("s_nowhere")
    siti.sees("Layanan itu tidak ada")


@pytest.mark.parametrize(("language", "answer"), [("en", "Very suitable"), ("ms", "Sangat sesuai")])
async def test_in_other_languages(stage: Stage, language: str, answer: str) -> None:
    siti = stage.person("Siti", language)
    await siti.starts("s_ktp")
    await siti.says(answer.upper())
    siti.sees("2/9")
