"""A point, however people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.coordinates import Point, parse


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        # Typed decimals.
        ("0.93, 104.44", 0.93, 104.44),
        ("0.93,104.44", 0.93, 104.44),
        ("0.9308 104.4422", 0.9308, 104.4422),
        ("0,93 104,44", 0.93, 104.44),
        ("0,9308, 104,4422", 0.9308, 104.4422),
        ("0,9308;104,4422", 0.9308, 104.4422),
        ("(0.9308, 104.4422)", 0.9308, 104.4422),
        ("lat: 0.9308 long: 104.4422", 0.9308, 104.4422),
        ("Koordinat: 0.9308, 104.4422.", 0.9308, 104.4422),
        ("-6.2088, 106.8456", -6.2088, 106.8456),
        ("−6,2088 106,8456", -6.2088, 106.8456),
        ("104.4422, 0.9308", 0.9308, 104.4422),  # the other way round
        ("Lampu mati di 0.93081, 104.44221 sejak kemarin", 0.93081, 104.44221),
        # Degrees.
        ("0°55'52.8\"N 104°26'31.2\"E", 0.931333, 104.442),
        ("0° 55′ 52,8″ LU, 104° 26′ 31,2″ BT", 0.931333, 104.442),
        ("N 0°55'52.8\" E 104°26'31.2\"", 0.931333, 104.442),
        ("6°12'31.7\"S 106°50'44.2\"E", -6.208806, 106.845611),
        ("6° 12' LS 106° 50' BT", -6.2, 106.833333),
        ("0°55'52.8\", 104°26'31.2\"", 0.931333, 104.442),
        ("0.93° LU 104.44° BT", 0.93, 104.44),
        ("0,93 Lintang Utara 104,44 Bujur Timur", 0.93, 104.44),
        ("104.44° BT, 0.93° LU", 0.93, 104.44),
        # Links.
        ("https://www.google.com/maps/@0.9308,104.4422,17z", 0.9308, 104.4422),
        ("https://maps.google.com/?q=0.9308,104.4422", 0.9308, 104.4422),
        ("https://www.google.com/maps?q=0.9308%2C104.4422&z=17", 0.9308, 104.4422),
        ("https://maps.google.com/maps?q=loc:0.9308,104.4422", 0.9308, 104.4422),
        ("http://maps.apple.com/?ll=0.9308,104.4422&q=Pin", 0.9308, 104.4422),
        ("https://www.google.com/maps/search/?api=1&query=0.9308,104.4422", 0.9308, 104.4422),
        ("https://www.google.com/maps/search/0.9308,+104.4422", 0.9308, 104.4422),
        ("https://www.google.com/maps/dir//0.9308,104.4422/@0.91,104.45,13z", 0.9308, 104.4422),
        (
            "https://www.google.com/maps/place/Masjid/@0.95,104.40,17z/data=!3m1!4b1!4m6!3m5!1s0x0:0x1!8m2"
            "!3d0.9281!4d104.4177!16s",
            0.9281,
            104.4177,
        ),
        (
            "https://www.google.com/maps/place/0%C2%B055'52.8%22N+104%C2%B026'31.2%22E/@0.93,104.44,17z",
            0.931333,
            104.442,
        ),
        ("https://www.openstreetmap.org/?mlat=0.9308&mlon=104.4422#map=17/0.5/104.5", 0.9308, 104.4422),
        ("https://www.openstreetmap.org/#map=17/0.9308/104.4422", 0.9308, 104.4422),
        ("geo:0.9308,104.4422", 0.9308, 104.4422),
        ("geo:0,0?q=0.9308,104.4422(Tugu)", 0.9308, 104.4422),
        ("Lihat di https://maps.google.com/?q=-6.2088,106.8456 ya", -6.2088, 106.8456),
    ],
)
def test_read(text: str, latitude: float, longitude: float) -> None:
    point = parse(text)
    assert point is not None
    assert (point.latitude, point.longitude) == pytest.approx((latitude, longitude), abs=2e-6)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jalan Merdeka nomor 12",
        "buka jam 08.00, tutup 16.00",
        "jam 08.00-16.00",
        "Rp 1.500 sampai 20.000",
        "harga 1.500, 20.000 rupiah",
        "0812 3456 7890",
        "24.11.2026 08.30",
        "RT 02 RW 05",
        "120.93, 204.44",  # no such place on earth
        "https://maps.app.goo.gl/AbCdEfGh123",  # a short link holds no coordinates
        "https://goo.gl/maps/xyz",
        "https://www.google.com/maps/place/Masjid+Raya",
        "https://maps.google.com/?q=95.1,104.4",
        "dari N 5 ke E 7",
    ],
)
def test_no_point(text: str) -> None:
    assert parse(text) is None


@given(st.floats(-89.9, 89.9), st.floats(-179.9, 179.9))
def test_what_is_printed_is_read(latitude: float, longitude: float) -> None:
    printed = Point(round(latitude, 5), round(longitude, 5))
    for text in (
        f"{latitude:.5f}, {longitude:.5f}",
        f"{latitude:.5f} {longitude:.5f}".replace(".", ","),
        f"https://maps.google.com/?q={latitude:.5f},{longitude:.5f}",
        f"geo:{latitude:.5f},{longitude:.5f}",
    ):
        assert parse(text) == printed


@given(st.text(max_size=80))
def test_any_text_is_survived(text: str) -> None:
    point = parse(text)
    assert point is None or (abs(point.latitude) <= 90 and abs(point.longitude) <= 180)
