"""What the sandbox's tests share."""

import io
from collections.abc import Awaitable, Callable
from typing import Any

from PIL import Image

TOKEN = "123456:sandbox-token"
BUDI = 1001

Call = Callable[..., Awaitable[dict[str, Any]]]


def picture(width: int, height: int, colour: str = "teal") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(target, "JPEG")
    return target.getvalue()


def inline(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}
