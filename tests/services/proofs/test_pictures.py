"""What files tell about themselves, and that no place is left in them."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta, timezone

import pytest
from PIL import Image

from bot.services.proofs.pictures import traits, without_places
from bot.services.storage import without_notes
from models.rules.desk.looks import distance
from tests.handlers.desk.test_proofs import scene

GPS, EXIF_IFD, TAKEN, OFFSET, MODEL = 0x8825, 0x8769, 0x9003, 0x9011, 0x0110
WIB = timezone(timedelta(hours=7))


def notes(order: str = "<", **taken: str) -> Image.Exif:
    """What a camera writes down: its model, where and when."""
    exif = Image.Exif()
    exif.endian = order
    exif[MODEL] = "Telepon Siti"
    place = exif.get_ifd(GPS)
    place[1], place[2], place[3], place[4] = "N", (0.0, 55.0, 12.0), "E", (104.0, 27.0, 30.0)
    exif.get_ifd(EXIF_IFD).update({TAKEN: "2026:11:24 08:30:00", **{int(key): value for key, value in taken.items()}})
    return exif


def jpeg(exif: Image.Exif | None = None, kind: str = "JPEG") -> bytes:
    written = io.BytesIO()
    Image.open(io.BytesIO(scene(1))).save(written, kind, **({"exif": exif.tobytes()} if exif else {}))
    return written.getvalue()


@pytest.mark.parametrize(("size", "quality"), [((640, 480), 90), ((320, 240), 30), ((200, 150), 60), ((1280, 960), 10)])
def test_the_look_survives_another_size_and_quality(size: tuple[int, int], quality: int) -> None:
    one, other = traits(scene(1), UTC).look, traits(scene(1, size=size, quality=quality), UTC).look
    assert one is not None
    assert other is not None
    assert distance(one, other) <= 6


@pytest.mark.parametrize("seed", range(2, 12))
def test_another_scene_looks_otherwise(seed: int) -> None:
    one, other = traits(scene(1), UTC).look, traits(scene(seed), UTC).look
    assert one is not None
    assert other is not None
    assert distance(one, other) > 7


def test_a_picture_turned_by_its_notes_looks_like_the_upright_one() -> None:
    turned, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    upright = Image.open(io.BytesIO(scene(1)))
    upright.transpose(Image.Transpose.ROTATE_90).save(turned, "PNG", exif=exif)
    one, other = traits(scene(1), UTC).look, traits(turned.getvalue(), UTC).look
    assert one is not None
    assert other is not None
    assert distance(one, other) <= 6


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"\xff\xd8\xff\xe0 broken", scene(1)[:300]])
def test_what_is_no_picture_has_no_look(data: bytes) -> None:
    assert (traits(data, UTC).look, traits(data, UTC).taken_at) == (None, None)


# the camera's offset, the moment it means
CLOCKS = [
    ({}, datetime(2026, 11, 24, 1, 30, tzinfo=UTC)),
    ({str(OFFSET): "+08:00"}, datetime(2026, 11, 24, 0, 30, tzinfo=UTC)),
    ({str(OFFSET): "nonsense"}, datetime(2026, 11, 24, 1, 30, tzinfo=UTC)),
    ({str(TAKEN): "0000:00:00 00:00:00"}, None),
    ({str(TAKEN): "kemarin"}, None),
]


@pytest.mark.parametrize(("taken", "moment"), CLOCKS, ids=str)
def test_the_cameras_clock_is_the_citys_unless_it_says_otherwise(
    taken: dict[str, str], moment: datetime | None
) -> None:
    assert traits(jpeg(notes(**taken)), WIB).taken_at == moment


def test_a_picture_of_several_lenses_loses_its_place() -> None:
    written = io.BytesIO()
    first, second = Image.open(io.BytesIO(scene(1))), Image.open(io.BytesIO(scene(2)))
    first.save(written, "MPO", save_all=True, append_images=[second], exif=notes().tobytes())
    data = written.getvalue()
    assert Image.open(io.BytesIO(data)).format == "MPO"
    stored, ending = without_notes(data)
    picture = Image.open(io.BytesIO(stored))
    assert (picture.format, ending, dict(picture.getexif())) == ("JPEG", ".jpg", {})


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_place_in_a_heic_picture_is_blanked_and_the_rest_stays(order: str) -> None:
    raw = notes(order).tobytes()
    data = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" + b"pixels" * 30 + raw + b"the end"
    stored, ending = without_notes(data)
    assert ending is None
    assert len(stored) == len(data)
    assert stored.endswith(b"the end")
    kept = Image.Exif()
    kept.load(stored[stored.index(b"Exif") :])
    assert dict(kept.get_ifd(GPS)) == {}
    assert kept[MODEL] == "Telepon Siti"
    assert kept.get_ifd(EXIF_IFD)[TAKEN] == "2026:11:24 08:30:00"


def test_the_place_in_a_video_is_blanked() -> None:
    data = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00moov....+00.9188+104.4554+012.345/....mdat"
    assert without_notes(data) == (data.replace(b"+00.9188+104.4554+012.345/", b"+00.0000+000.0000+000.000/"), None)


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_a_broken_file_is_left_alone_and_breaks_nothing(cut: int) -> None:
    data = (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" + notes().tobytes() + b"\xff" * 40)[:cut]
    assert len(without_places(data)) == len(data)
