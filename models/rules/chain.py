"""The chain of the audit: each row's hash covers the row and the hash before it (our design, no source)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

#: The hash before the first row.
BEGINNING = "0" * 64


def hash_of(previous: str, position: int, content: Mapping[str, Any]) -> str:
    """SHA-256 over the position, the content in one canonical JSON form, and the hash before."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{position}\n{canonical}".encode()).hexdigest()
