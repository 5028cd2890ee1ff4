"""Makes the pictures of README and guides anew: `make shots` walks through the demo and photographs it."""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

from tests.browser.demo import ROOT, running_demo
from tests.browser.phones import CHROMIUM, SCALE, Phone, opened
from tests.browser.tour import Tour
from tests.browser.walk import Walk

FOLDER = ROOT / "docs" / "gambar"
#: File → the stations of the walk that it shows side by side.
PICTURES = {
    "obrolan.png": ("warga-08-ringkasan", "petugas-7-periksa", "warga-12-selesaikah"),
    "warga.png": ("warga-08-ringkasan", "warga-12-selesaikah"),
    "verifikator.png": ("verifikator-1-kabar", "verifikator-2-kartu"),
    "petugas.png": ("petugas-2-kartu", "petugas-7-periksa"),
    "nilai.png": ("nilai-2-pertanyaan", "nilai-3-terima-kasih"),
    "survei.png": ("survei-1-pertama", "survei-2-ketiga"),
    "kepala-unit.png": ("kepala-1-daftar", "kepala-2-kinerja"),
    "administrator.png": ("administrator-1-menu", "administrator-2-kelola"),
}
LARGEST = 300_000
#: Pixels of the page before scaling.
HEIGHT, CORNER, GAP = 1000, 30, 18
PAPER = "#e9ede5"


async def make() -> None:
    """Walk, photograph, compose; the pictures of docs/gambar are replaced."""
    stations = sorted({station for each in PICTURES.values() for station in each})
    taken: dict[str, Image.Image] = {}

    async def look(name: str, phone: Phone) -> None:
        if name in stations:
            taken[name] = await photograph(phone)

    with tempfile.TemporaryDirectory() as folder:
        async with running_demo(Path(folder)) as address, opened(address, 1600, HEIGHT) as page:
            await Walk(page, look).all()
            await Tour(page, look).all()
    FOLDER.mkdir(exist_ok=True)
    for name, shown in PICTURES.items():
        size = save(side_by_side([taken[station] for station in shown]), FOLDER / name)
        print(f"docs/gambar/{name}  {size / 1000:.0f} kB")


async def photograph(phone: Phone) -> Image.Image:
    """The phone without the name above it, its round corners cut free."""
    await phone.loaded()
    await phone.to_the_end()
    shot = Image.open(io.BytesIO(await phone.slot.locator(".phone").screenshot(animations="disabled")))
    mask = Image.new("L", shot.size)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, shot.width - 1, shot.height - 1), CORNER * SCALE, fill=255)
    paper = Image.new("RGB", shot.size, PAPER)
    paper.paste(shot.convert("RGB"), mask=mask)
    return paper


def side_by_side(shots: list[Image.Image]) -> Image.Image:
    """One picture with all of them in a row."""
    gap = GAP * SCALE
    width, height = sum(shot.width + gap for shot in shots) + gap, max(shot.height for shot in shots) + 2 * gap
    whole, left = Image.new("RGB", (width, height), PAPER), gap
    for shot in shots:
        whole.paste(shot, (left, gap))
        left += shot.width + gap
    return whole


def save(picture: Image.Image, file: Path) -> int:
    """Write a PNG of 256 colours; its size in bytes. Too large a one is refused."""
    target = io.BytesIO()
    picture.quantize(256, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    if target.tell() > LARGEST:
        raise ValueError(f"{file.name} has {target.tell():,} bytes, more than {LARGEST:,}")
    return file.write_bytes(target.getvalue())


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit("The pictures need Chromium, and none is installed; on Debian: apt install chromium")
    asyncio.run(make())
