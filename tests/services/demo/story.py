"""The words and the dice of the demo, as its seeding has them."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Any

from bot.services.demo.seeding import SEED


def words_and_dice(path: Path) -> tuple[dict[str, Any], random.Random]:
    return tomllib.loads(path.read_text(encoding="utf-8")), random.Random(SEED)
