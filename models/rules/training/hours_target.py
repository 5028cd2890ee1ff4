"""The hours of training of a year against their limit: a minimum for PNS, a maximum for PPPK.

Source: PP 11/2017 Pasal 203(4) for the minimum, the contract for the maximum; both numbers are the city's data
(domain rule 38).
"""

from __future__ import annotations

from dataclasses import dataclass

from models.rules.nip import Kind


@dataclass(frozen=True, slots=True)
class Target:
    """The limits of a year, in JP."""

    minimum: int
    maximum: int

    def missing(self, kind: str, hours: int) -> int:
        """How many are missing to the minimum; 0 for whoever reached it, and always for PPPK."""
        return 0 if kind == Kind.PPPK else max(0, self.minimum - hours)

    def is_full(self, kind: str, hours: int) -> bool:
        """Whether a PPPK is at the maximum or above; never a PNS."""
        return kind == Kind.PPPK and hours >= self.maximum

    def limit(self, kind: str) -> int:
        """Against which of the two somebody is measured."""
        return self.maximum if kind == Kind.PPPK else self.minimum
