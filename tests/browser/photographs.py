"""Invented photographs: a street at night with its lamp out, and with its lamp lit."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1000, 750)
HORIZON = 470
LAMP = (690, 150)


def dark_street() -> bytes:
    """A JPEG: the lamp is out."""
    return _jpeg(_street("#141b26", "#1b2431", "#0c1118"))


def lit_street() -> bytes:
    """A JPEG: the lamp lights road and walls."""
    street = _street("#27344a", "#4a4536", "#3a3d44")
    light = Image.new("L", SIZE)
    draw = ImageDraw.Draw(light)
    x, y = LAMP
    draw.polygon([(x - 20, y), (x + 20, y), (x + 330, SIZE[1]), (x - 420, SIZE[1])], fill=120)
    draw.ellipse((x - 60, y - 50, x + 60, y + 60), fill=255)
    street.paste(Image.new("RGB", SIZE, "#ffe2a0"), mask=light.filter(ImageFilter.GaussianBlur(38)))
    return _jpeg(street)


def _street(sky: str, wall: str, road: str) -> Image.Image:
    picture = Image.new("RGB", SIZE, sky)
    draw = ImageDraw.Draw(picture)
    for left, right, top in ((0, 210, 210), (230, 420, 290), (790, 1000, 240)):
        draw.rectangle((left, top, right, HORIZON), fill=wall)
        draw.polygon([(left - 14, top), (right + 14, top), ((left + right) // 2, top - 80)], fill=road)
    draw.polygon([(0, SIZE[1]), (SIZE[0], SIZE[1]), (620, HORIZON), (440, HORIZON)], fill=road)
    for near, far in ((720, 660), (620, 580), (555, 530)):
        draw.polygon([(492, near), (516, near), (526, far), (512, far)], fill="#8d8f86")
    x, y = LAMP
    draw.line([(830, 640), (830, 130), (x, 140)], fill="#59626c", width=12, joint="curve")
    draw.rounded_rectangle((x - 40, y - 16, x + 40, y + 6), 8, fill="#6d7680")
    return picture


def _jpeg(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=80)
    return target.getvalue()
