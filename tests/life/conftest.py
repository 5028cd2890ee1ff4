"""What the lives of reports share."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def announce(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Says a figure on the terminal, captured or not: the counts are part of the proof."""

    def say(text: str) -> None:
        with capsys.disabled():
            print(f"\n{text}")

    return say
