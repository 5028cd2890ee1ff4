"""When two reports seem to be about one thing: near-duplicates in Indonesian and Malay, and what only seems so."""

from datetime import date, timedelta

import pytest

from models.rules.coordinates import Point
from models.rules.desk.similarity import LONGEST, Told, alike, rank

DAY = date(2026, 11, 24)
SD = Point(0.8997, 104.47497)
#: About 111 metres north of it.
NEAR = Point(0.9007, 104.47497)
ELSEWHERE = Point(0.92807, 104.41771)
LEAST = 0.5


def told(text: str, **facts: object) -> Told:
    return Told(**{"text": text, "day": DAY, "service_id": 1, "unit_id": 1, "area_id": 1} | facts)


def found(asked: Told, other: Told) -> bool:
    return bool(rank(asked, [(7, other)], window=30, least=LEAST))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lampu jalan di depan SD mati sejak hari Senin", "Lampu jalan dekat sekolah padam sudah tiga malam"),
        ("Lampu jalan di depan SD mati sejak hari Senin", "lampu jln dpn SD mati dr senin"),  # chat spelling
        ("Parit tersumbat sampah, setiap hujan air naik", "Longkang depan rumah sumbat, bila hujan air naik"),  # Malay
        ("Parit tersumbat sampah", "Longkang tersumbat kat lorong kami"),
        ("Jalan berlubang dalam depan pasar", "Jalan rosak berlopak dekat pasar"),
        ("Pohon tumbang menutup jalan", "Pokok tumbang tutup jalan sejak subuh"),
        ("Jalan berlubang, motor jatuh di depan pasar", "Lubang besar di jalan pasar, sudah ada yg jatuh"),
        ("Sampah menumpuk tidak diangkut", "sampahh numpuk blm diangkut2"),
    ],
)
def test_the_same_thing_in_other_words(one: str, other: str) -> None:
    assert found(told(one), told(other))
    assert found(told(other), told(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lampu jalan mati", "Sampah tidak diangkut lima hari"),
        ("Lampu jalan mati", "Jalan berlubang cukup dalam"),
        ("KTP saya hilang, berapa lama mengurus", "Kartu keluarga belum selesai"),
        ("Antre lama di loket", "Petugas tidak sopan"),
        ("Mohon bantuan segera", "Tolong diperbaiki secepatnya ya pak"),  # courtesy says nothing
    ],
)
def test_another_thing_at_the_same_place(one: str, other: str) -> None:
    assert not found(told(one), told(other))


LAMP = "Lampu jalan depan SD mati"


@pytest.mark.parametrize(
    ("facts", "is_found"),
    [
        ({"point": NEAR}, True),
        ({"point": ELSEWHERE, "area_id": 3}, True),  # the same words far away are still shown, with the distance
        ({"area_id": 3}, True),
        ({"service_id": 2, "unit_id": 2, "point": ELSEWHERE}, True),
        ({"day": DAY - timedelta(days=31)}, False),  # too long ago, however alike
    ],
)
def test_the_same_words(facts: dict[str, object], is_found: bool) -> None:
    assert found(told(LAMP, point=SD), told(LAMP, **facts)) is is_found


def test_nearness_service_and_time_decide_between_the_same_words() -> None:
    others = [
        (1, told(LAMP, point=ELSEWHERE, area_id=3)),
        (2, told(LAMP, point=NEAR)),
        (3, told(LAMP, point=SD)),
        (4, told(LAMP, point=SD, day=DAY - timedelta(days=20))),
        (5, told(LAMP, point=SD, service_id=2, unit_id=2)),
    ]
    assert [one.number for one in rank(told(LAMP, point=SD), others, 30, LEAST)] == [3, 2, 4, 5, 1]


def test_what_it_says_of_the_reasons() -> None:
    (one,) = rank(told(LAMP, point=SD), [(9, told(LAMP, point=NEAR, day=DAY - timedelta(days=3)))], 30, LEAST)
    assert (one.number, one.words, one.metres, one.same_area, one.same_service, one.days) == (
        9,
        1.0,
        111,
        True,
        True,
        3,
    )
    (other,) = rank(told(LAMP), [(9, told(LAMP, area_id=2, service_id=None))], 30, LEAST)
    assert (other.metres, other.same_area, other.same_service) == (None, False, False)


def test_landmarks_tell_two_places_of_one_kelurahan_apart() -> None:
    asked = told(LAMP, landmark="depan masjid Al Hikmah")
    others = [(1, told(LAMP, landmark="samping pasar")), (2, told(LAMP, landmark="dekat mesjid Al-Hikmah"))]
    assert [one.number for one in rank(asked, others, 30, LEAST)] == [2, 1]


def test_words_that_say_nothing_are_like_nothing() -> None:
    assert alike("", LAMP) == alike("tolong ya pak", "mohon bu") == 0.0
    assert rank(told("tolong"), [(1, told("tolong"))], 30, 0.0) == []
    assert alike(LAMP, LAMP) == pytest.approx(1.0)


def test_a_very_long_text_is_compared_by_its_beginning() -> None:
    assert alike(LAMP.ljust(LONGEST) + "sampah menumpuk di pasar", LAMP) == pytest.approx(1.0)
