"""The sentences that are offered for what is expected by each core value."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from models.performance.plan import CoreValue

SENTENCES = Path(__file__).parent / "berakhlak.toml"


@cache
def standard() -> dict[CoreValue, str]:
    """All seven, in their order."""
    told = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    return {value: told[value.value] for value in CoreValue}
