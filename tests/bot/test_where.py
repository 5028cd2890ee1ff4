"""A place in words: never its coordinates, and its kelurahan once."""

import pytest

from bot.views.parts import map_link, where
from bot.views.places import point


@pytest.mark.parametrize(
    ("kelurahan", "landmark", "pin", "words"),
    [
        ("Sei Jang", "Sei Jang, depan masjid", False, "Kelurahan Sei Jang; depan masjid"),
        ("Sei Jang", "kelurahan sei jang depan masjid", True, "Kelurahan Sei Jang; depan masjid; titik di peta"),
        ("Sei Jang", "Depan masjid, Sei Jang", False, "Kelurahan Sei Jang; Depan masjid"),
        ("Sei Jang", "depan masjid di Kel. Sei Jang", False, "Kelurahan Sei Jang; depan masjid"),
        ("Sei Jang", "Sei Jang", True, "Kelurahan Sei Jang; titik di peta"),
        ("Sei Jang", "Masjid Sei Jang lama", False, "Kelurahan Sei Jang; Masjid Sei Jang lama"),
        ("Kota", "Kotabaru blok C", False, "Kelurahan Kota; Kotabaru blok C"),
        ("Sei Jang", None, True, "Kelurahan Sei Jang; titik di peta"),
        (None, "di ujung gang", False, "di ujung gang"),
        (None, None, True, "titik di peta"),
        (None, None, False, ""),
    ],
)
def test_a_place_names_its_kelurahan_once_and_no_coordinates(
    kelurahan: str | None, landmark: str | None, pin: bool, words: str
) -> None:
    assert where(kelurahan, landmark, pin=pin) == words


def test_a_point_is_a_link_to_a_map() -> None:
    assert "mlat=0.91234&mlon=104.45679" in map_link(0.912344, 104.456789)
    assert point(0.9, 104.4).startswith("📍 titik di peta: https://")
