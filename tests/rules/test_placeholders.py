"""Places in prepared texts."""

from __future__ import annotations

import pytest

from models.rules.desk.placeholders import fill, unknown

VALUES = {"kode": "TPI-1", "nama_unit": "Dinas {kode}", "tanggal_janji": ""}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Laporan {kode} diterima.", "Laporan TPI-1 diterima."),
        ("{ KODE }/{kode}", "TPI-1/TPI-1"),
        ("{nama_unit}", "Dinas {kode}"),  # what is filled in is not looked at again
        ("Paling lambat {tanggal_janji}.", "Paling lambat …."),  # nothing promised: the officer completes it
        ("{nama} {0} {} {{kode}}", "{nama} {0} {} {TPI-1}"),
        ("tanpa tempat", "tanpa tempat"),
    ],
)
def test_known_places_are_filled_and_others_stay(text: str, filled: str) -> None:
    assert fill(text, VALUES) == filled


@pytest.mark.parametrize(("text", "names"), [("{kode} {nama}", ["nama"]), ("{Kode}", []), ("{}", []), ("", [])])
def test_unknown_places_are_named(text: str, names: list[str]) -> None:
    assert unknown(text) == names
