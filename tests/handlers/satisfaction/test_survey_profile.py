"""Who answered, without saying who: only with consent, and each question may be skipped."""

from bot.services import privacy
from models.person import Purpose
from tests.driver import Stage
from tests.handlers.satisfaction.answering import SCORES, answer_and_send, consents, responses


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
