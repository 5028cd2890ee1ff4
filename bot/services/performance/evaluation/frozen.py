"""The facts of a period as JSON, as they stood when a superior rated, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from bot.services.performance.evaluation.period_facts import LineFact, PeriodFacts, Weeks
from bot.services.performance.evaluation.period_records import Service, Told
from models.rules.performance.achievement import Target

_NUMBERS = ("value", "reached", "record")


def freeze(facts: PeriodFacts) -> dict[str, Any]:
    """Plain values; numbers as text, exact."""
    return {
        "lines": [_line(line) for line in facts.lines],
        "weeks": asdict(facts.weeks),
        "obstacles": [asdict(told) for told in facts.obstacles],
        "feedback": [asdict(told) for told in facts.feedback],
        "service": asdict(facts.service),
    }


def thaw(stored: Mapping[str, Any]) -> PeriodFacts:
    """The facts that were frozen."""
    return PeriodFacts(
        lines=tuple(_line_back(line) for line in stored.get("lines", ())),
        weeks=Weeks(**stored.get("weeks", {})),
        obstacles=tuple(Told(**told) for told in stored.get("obstacles", ())),
        feedback=tuple(Told(**told) for told in stored.get("feedback", ())),
        service=Service(**stored.get("service", {})),
    )


def _line(line: LineFact) -> dict[str, Any]:
    target = None if line.target is None else [str(line.target.low), str(line.target.high)]
    numbers = {name: None if (held := getattr(line, name)) is None else str(held) for name in _NUMBERS}
    return {**asdict(line), **numbers, "target": target}


def _line_back(stored: Mapping[str, Any]) -> LineFact:
    target = None if stored["target"] is None else Target(*map(Decimal, stored["target"]))
    numbers = {name: None if stored[name] is None else Decimal(stored[name]) for name in _NUMBERS}
    return LineFact(**{**stored, **numbers, "target": target})
