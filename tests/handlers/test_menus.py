"""The menu of each role: the six most used desks at once, every other one behind "Lainnya…"."""

import pytest

from bot.i18n import _
from bot.views import errors, home
from models.rules.permissions import DESKS, GRANTED, Role
from tests.driver import Phone, Stage
from tests.factories import STAFF

#: What each role sees first.
FIRST = {
    Role.RESIDENT: ["Lapor atau usul", "Nilai layanan", "Laporan saya", "survei", "Mutu layanan", "Data saya"],
    Role.VERIFIER: ["Periksa laporan masuk", "Laporan mingguan", "Cari laporan", "Angka", "Hasil survei", "Catat"],
    Role.OFFICER: ["Kerjakan laporan unit", "Catat permohonan", "Laporan mingguan", "Cari", "Catat", "Kejadian"],
    Role.HEAD: ["Kerjakan laporan unit", "Catat permohonan", "Laporan mingguan", "Bagi laporan", "Cari", "Angka"],
    Role.INSPECTOR: ["Awasi laporan", "Laporan mingguan", "Cari laporan", "Angka", "Hasil survei", "Kejadian"],
    Role.HR: ["Laporan mingguan", "Tim saya", "Siarkan", "Undang pegawai", "Rencana kerja", "Indikator"],
    Role.ADMIN: ["Laporan mingguan", "Siarkan", "Data kota", "Undang pegawai", "Lihat gangguan", "Angka"],
}


def verbs_of(role: Role) -> list[str]:
    roles = {role, Role.RESIDENT} | ({Role.EMPLOYEE} if role in GRANTED else set())
    return [_(verb) for desk, verb in home.VERBS.items() if roles & set(DESKS[desk])]


def phone_of(stage: Stage, role: Role) -> Phone:
    return stage.person(role.title(), telegram_id=STAFF.get(role.value, 9_500_001))


@pytest.mark.parametrize("role", [Role.RESIDENT, *GRANTED])
async def test_each_role_sees_first_what_it_uses_most(stage: Stage, role: Role) -> None:
    phone = phone_of(stage, role)
    await phone.says("/menu")
    shown = phone.buttons()[: home.MOST_VERBS]
    assert [word in label for word, label in zip(FIRST[role], shown, strict=True)] == [True] * home.MOST_VERBS
    assert ("➕ Lainnya…" in phone.buttons()) is (len(verbs_of(role)) > home.MOST_VERBS)


@pytest.mark.parametrize("role", GRANTED)
async def test_every_desk_of_a_role_is_reached_from_its_menu(stage: Stage, role: Role) -> None:
    phone = phone_of(stage, role)
    reached = []
    for number, verb in enumerate(verbs_of(role)):
        await phone.says("/menu")
        menu = phone.last()
        if number >= home.MOST_VERBS:
            await phone.presses("Lainnya…")
        assert verb in phone.buttons()
        await phone.presses(verb)
        assert phone.last() not in (menu, _(errors.SENTENCES["not_your_role"]))
        reached.append(verb)
        await phone.says("/batal")
    assert reached == verbs_of(role)
    assert len(reached) > home.MOST_VERBS


async def test_the_rest_of_the_menu_leads_back(stage: Stage) -> None:
    admin = phone_of(stage, Role.ADMIN)
    await admin.starts()
    await admin.presses("Lainnya…")
    assert "Menu lainnya" in admin.last()
    await admin.presses("Menu utama")
    assert "<b>" not in admin.last()
    assert "Undang pegawai" in "".join(admin.buttons())
