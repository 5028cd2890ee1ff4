"""What every button's payload can do: turn itself into callback data and back."""

from __future__ import annotations

from dataclasses import astuple, fields
from typing import ClassVar, Self

LONGEST = 64
SEPARATOR = ":"


class Payload:
    """The base of every payload: turns itself into callback data and back."""

    tag: ClassVar[str]

    def encode(self) -> str:
        """The callback data; a ValueError when it would not fit (a fault of ours, found by the tests)."""
        parts = [self.tag, *(_write(value) for value in astuple(self))]  # type: ignore[call-overload]
        data = SEPARATOR.join(parts)
        if len(data.encode()) > LONGEST:
            raise ValueError(f"callback data too long: {data}")
        return data

    @classmethod
    def decode(cls, data: str) -> Self | None:
        """The payload, or None when the data is not one of this kind (an earlier release, a forgery)."""
        tag, *parts = data.split(SEPARATOR)
        kinds = [field.type for field in fields(cls)]  # type: ignore[arg-type]
        if tag != cls.tag or len(parts) != len(kinds):
            return None
        try:
            values = [int(part) if kind == "int" else part for part, kind in zip(parts, kinds, strict=True)]
        except ValueError:
            return None
        return cls(*values)

    @classmethod
    def pattern(cls) -> str:
        """The regular expression a CallbackQueryHandler listens for."""
        return f"^{cls.tag}(:|$)"


def _write(value: object) -> str:
    text = str(value)
    if SEPARATOR in text:
        raise ValueError("a payload field may not contain the separator")
    return text
