"""The team desk through the phone: what a superior sees and does, and rule 31 with forged buttons."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from bot.callbacks import Open, Team
from bot.views import errors
from handlers.performance.team import made
from models.conversation import Conversation
from models.employee import ActingSuperior, Employee, Leave
from models.outbox import OutboxMessage
from models.performance.progress import DigestChoice
from models.rules.permissions import Desk
from tests.driver import START, Phone, Stage
from tests.factories import STAFF
from tests.team_scenes import PHONES, make_team
from tests.team_scenes import Team as Scene

REFUSALS = ("hanya untuk petugas yang berwenang", "bukan bawahan Bapak/Ibu")


@pytest.fixture
async def team(stage: Stage) -> Scene:
    async with stage.db.begin() as session:
        return await make_team(session, START)


def phone(stage: Stage, name: str) -> Phone:
    return stage.person(name.title(), telegram_id=(PHONES | STAFF)[name])


async def presses(phone: Phone, payload: Any) -> None:
    """A button that somebody kept or made up."""
    await phone.presses_data(phone.history()[-1]["message_id"], payload.encode())


async def test_the_desk_says_what_a_superior_should_know(stage: Stage, team: Scene) -> None:
    head = phone(stage, "head")
    await head.says("/tim")
    head.sees("Tim saya: 4 orang", "16–20 November 2026: 2 dari 3", "1 di antaranya terlambat")
    head.sees("Belum lapor: Cici Cahyani", "🟢 1 sesuai, 🟡 1 perlu perhatian, 🔴 1 tertinggal")
    head.sees("Budi Bakri: Berkas selesai, 20 berkas (43% dari seharusnya)", "Printer rusak")
    assert len(head.last()) < 900, "it fits a phone"
    for label in ("Ingatkan yang belum (1)", "Perlu perhatian (2)", "Kendala (1)", "Sesuai target (1)", "Semua orang"):
        assert any(label in found for found in head.buttons()), label
    assert not any("Per unit" in found for found in head.buttons())


async def test_from_the_menu_to_a_card_and_what_can_be_done_there(stage: Stage, team: Scene) -> None:
    head = phone(stage, "head")
    await head.says("/menu")
    await head.presses("Tim saya")
    await head.presses("Semua orang")
    first, second = head.last().index("Budi Bakri"), head.last().index("Ani Anggraini")
    assert first < second, "who needs a look comes first"
    await head.presses("Cici Cahyani")
    head.sees("Cici Cahyani", "belum lapor", "seharusnya kini", "11 tepat waktu, 1 tidak lapor")
    labels = head.buttons()
    for label in ("Puji atau sarankan", "Tanya", "Ingatkan", "Rencana kerja"):
        assert any(label in found for found in labels), label
    await head.presses("Puji atau sarankan")
    head.sees("Cici Cahyani")


async def test_a_reminder_reaches_the_silent_once_a_day(stage: Stage, team: Scene) -> None:
    head, cici, ani = (phone(stage, name) for name in ("head", "cici", "ani"))
    await cici.says("/menu")
    await ani.says("/menu")
    await head.says("/tim")
    await head.presses("Ingatkan yang belum")
    head.sees("Sudah diingatkan", "Cici Cahyani")
    cici.sees("Pegawai Head mengingatkan", "16–20 November 2026")
    assert not ani.saw("mengingatkan")
    await head.presses("Ingatkan yang belum")
    head.sees("1 orang sudah diingatkan hari ini")
    assert sum("mengingatkan" in text for text in cici.texts()) == 1
    stage.later(days=1)
    await presses(head, Team("nudge", team.people["cici"]))
    assert sum("mengingatkan" in text for text in cici.texts()) == 2


@pytest.mark.parametrize("away", ["leave", "no_account"])
async def test_nobody_is_reminded_who_cannot_be(stage: Stage, team: Scene, away: str) -> None:
    head, cici = phone(stage, "head"), phone(stage, "cici")
    async with stage.db.begin() as session:
        if away == "leave":
            day = START.date()
            session.add(Leave(employee_id=team.people["cici"], first_day=day, last_day=day))
        else:
            (await session.get_one(Employee, team.people["cici"])).person_id = None
    await head.says("/tim")
    await head.presses("Ingatkan yang belum")
    head.sees("1 orang sedang cuti atau belum memakai bot ini")
    assert not cici.texts()


async def test_a_question_and_its_answer(stage: Stage, team: Scene) -> None:
    head, budi = phone(stage, "head"), phone(stage, "budi")
    await budi.says("/menu")
    await head.says("/tim")
    await head.presses("Kendala (1)")
    head.sees("Budi Bakri", "“Printer rusak”")
    await head.presses("Tanya Budi")
    head.sees("Apa yang ingin Bapak/Ibu tanyakan kepada Budi Bakri?")
    await head.presses("Apa yang bisa saya bantu")
    head.sees("Pertanyaan dikirim kepada Budi Bakri")
    budi.sees("Pegawai Head bertanya", "Apa yang bisa saya bantu")
    await budi.presses("Jawab")
    await budi.says("Mohon printer pengganti, Pak")
    budi.sees("Jawaban dikirim kepada Pegawai Head")
    head.sees("Budi Bakri menjawab", "Mohon printer pengganti, Pak")
    await head.presses("Buka kartu")
    head.sees("Budi Bakri", "tertinggal")


async def test_a_question_can_be_left_and_survives_a_restart(stage: Stage, team: Scene) -> None:
    head, budi = phone(stage, "head"), phone(stage, "budi")
    await budi.says("/menu")
    await head.says("/tim")
    await head.presses("Perlu perhatian")
    await head.presses("Tanya Budi")
    await head.presses("Batal")
    head.sees("Dibatalkan")
    await presses(head, Team("ask", team.people["budi"]))
    await stage.close()
    await stage.open()
    await head.says("Kapan printernya rusak?")
    assert budi.saw("Kapan printernya rusak?")


async def test_an_answer_belongs_to_whom_was_asked(stage: Stage, team: Scene) -> None:
    head, budi, ani = (phone(stage, name) for name in ("head", "budi", "ani"))
    await budi.says("/menu")
    await head.says("/menu")
    await presses(head, Team("ask", team.people["budi"]))
    await head.presses("Kapan kira-kira")
    _message, data = budi.button("Jawab")
    await ani.says("/menu")
    await ani.presses_data(ani.history()[-1]["message_id"], data)
    ani.sees("tidak ada lagi, atau bukan untuk Bapak/Ibu")


async def test_search_finds_only_the_own_people(stage: Stage, team: Scene) -> None:
    head = phone(stage, "head")
    await head.says("/tim budi")
    head.sees("“budi”: 1 orang", "Budi Bakri")
    await head.says("/tim")
    await head.presses("Cari orang")
    head.sees("Siapa yang dicari?")
    await head.says("Other")
    head.sees("“Other”: 0 orang")


async def test_units_for_whoever_leads_leaders(stage: Stage, team: Scene) -> None:
    mayor = phone(stage, "mayor")
    await mayor.says("/tim")
    await mayor.presses("Per unit")
    mayor.sees("PU, 5 orang: 2 dari 3 sudah lapor", "Disdukcapil, 2 orang: 1 dari 1 sudah lapor")
    await mayor.presses("🏢 PU")
    mayor.sees("PU: 5 orang", "Budi Bakri: 1 tertinggal")
    await mayor.presses("Budi Bakri")
    mayor.sees("Budi Bakri", "20 berkas")
    assert not any("Tanya" in one for one in mayor.buttons()), "only the superior of the day asks"


async def test_settings_are_kept(stage: Stage, team: Scene) -> None:
    head = phone(stage, "head")
    await head.says("/tim")
    await head.presses("Atur ringkasan")
    head.sees("☑️ Harian", "☑️ Mingguan", "Pukul 8.00")
    await head.presses("Matikan yang harian")
    head.sees("▫️ Harian", "☑️ Mingguan")
    await head.presses("10.00")
    head.sees("Pukul 10.00")
    await presses(head, Team("set", 23, "hour"))
    head.sees("Pilihan itu tidak ada")
    async with stage.db.read() as session:
        row = (await session.scalars(select(DigestChoice))).one()
    assert (row.employee_id, row.daily, row.weekly, row.hour) == (team.people["head"], False, True, 10)


async def test_pictures_carry_their_figures_in_words(stage: Stage, team: Scene) -> None:
    head = phone(stage, "head")
    await head.says("/tim")
    await head.presses("Grafik")
    captions = [message["caption"] for message in head.history() if "photo" in message]
    assert len(captions) == 1
    assert "Budi Bakri: 12 dari 12 minggu, 1 terlambat" in captions[0]
    assert "Cici Cahyani: 11 dari 12 minggu" in captions[0]
    head.sees("Gambarnya di atas")  # nothing long pushes it out of sight
    await head.presses("⬅️ Tim saya")
    head.sees("Tim saya")
    await presses(head, Team("line", team.people["budi"], str(team.lines["budi"])))
    captions = [message["caption"] for message in head.history() if "photo" in message]
    assert "16 Nov: 20 berkas, seharusnya" in captions[-1]
    await head.presses("⬅️ Budi Bakri")
    head.sees("👤 Budi Bakri")


async def test_the_digest_can_be_had_at_once(stage: Stage, team: Scene) -> None:
    head = phone(stage, "head")
    await head.says("/tim")
    await head.presses("Atur ringkasan")
    await head.presses("Kirim ringkasan sekarang")
    head.sees("Ringkasan mingguan tim", "Belum lapor: Cici Cahyani")


OWN_VERBS = [*made.SCREENS, "chart", "line", "now", "remind", "nudge", "settings", "set", "ask", "find"]


@pytest.mark.parametrize("name", ["ani", "officer", "verifier", "admin", "resident"])
async def test_rule_31_whoever_leads_nobody_sees_nothing(stage: Stage, team: Scene, name: str) -> None:
    """An employee without subordinates, other desks, a resident: every verb of the desk, forged."""
    if name == "resident":
        who = stage.person("Warga")
        await who.starts()
    else:
        who = phone(stage, name)
        await who.says("/menu")
    assert not any("Tim saya" in label for label in who.buttons())
    for verb in OWN_VERBS:
        await presses(who, Team(verb, team.people["budi"], "1"))
        assert any(words in who.last() for words in REFUSALS), (verb, who.last())
        assert "Budi Bakri" not in who.last()
    await presses(who, Open(Desk.TEAM.value))
    assert any(words in who.last() for words in REFUSALS)
    assert not who.saw("Budi Bakri") or name == "ani"
    assert await _effects(stage) == 0


async def _effects(stage: Stage) -> int:
    async with stage.db.read() as session:
        told = await session.scalar(
            select(func.count()).select_from(OutboxMessage).where(OutboxMessage.kind.startswith("team_"))
        )
        chosen = await session.scalar(select(func.count()).select_from(DigestChoice))
        talks = await session.scalar(
            select(func.count()).select_from(Conversation).where(Conversation.flow.startswith("team_"))
        )
    return (told or 0) + (chosen or 0) + (talks or 0)


@pytest.mark.parametrize("verb", ["card", "line", "ask", "nudge"])
async def test_rule_31_a_superior_reaches_no_other_ones_people(stage: Stage, team: Scene, verb: str) -> None:
    other = phone(stage, "capil_head")
    await other.says("/tim")
    other.sees("Tim saya: 1 orang")
    await presses(other, Team(verb, team.people["budi"], str(team.lines["budi"])))
    other.sees("bukan bawahan Bapak/Ibu")
    assert not other.saw("Budi Bakri")
    assert await _effects(stage) == 0


async def test_rule_31_the_unit_of_others_shows_nobody(stage: Stage, team: Scene) -> None:
    other = phone(stage, "capil_head")
    await other.says("/tim")
    await presses(other, Team("unit", 1, "0"))
    other.sees("PU: 0 orang")
    await other.says("/tim budi")
    other.sees("“budi”: 0 orang")


async def test_rule_31_human_resources_see_all_and_change_nothing(stage: Stage, team: Scene) -> None:
    hr = phone(stage, "hr")
    await hr.says("/tim")
    hr.sees("PU, 10 orang", "Disdukcapil, 2 orang")
    await presses(hr, Team("card", team.people["budi"]))
    hr.sees("Budi Bakri", "20 berkas")
    await presses(hr, Team("nudge", team.people["cici"]))
    hr.sees("bukan bawahan Bapak/Ibu")
    await presses(hr, Team("ask", team.people["cici"]))
    hr.sees("bukan bawahan Bapak/Ibu")
    assert await _effects(stage) == 0


async def test_rule_31_the_right_ends_with_the_day(stage: Stage, team: Scene) -> None:
    """Whoever acts reaches the people as long as it lasts, with the same button."""
    ani, today = phone(stage, "ani"), START.date()
    async with stage.db.begin() as session:
        session.add(
            ActingSuperior(
                employee_id=team.people["head"], acting_id=team.people["ani"], valid_from=today, valid_to=today
            )
        )
    await ani.says("/tim")
    ani.sees("Tim saya: 3 orang")
    await presses(ani, Team("card", team.people["budi"]))
    ani.sees("Budi Bakri", "20 berkas")
    stage.later(days=1)
    await presses(ani, Team("card", team.people["budi"]))
    assert any(words in ani.last() for words in REFUSALS)


def test_every_refusal_of_the_desk_has_its_sentence() -> None:
    assert {"no_such_question", "no_account", "nobody_below", "not_your_subordinate"} <= set(errors.SENTENCES)
