"""A link as a picture that a phone's camera reads."""

from __future__ import annotations

from io import BytesIO

import segno

SCALE = 8
BORDER = 2


def picture(link: str) -> bytes:
    """A PNG; a quarter of it may be damaged."""
    kept = BytesIO()
    segno.make_qr(link, error="q").save(kept, kind="png", scale=SCALE, border=BORDER)
    return kept.getvalue()
