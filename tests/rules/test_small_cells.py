"""Nothing of fewer than five people, and nothing that tells of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.small_cells import SMALLEST, hidden, is_publishable


@pytest.mark.parametrize(("n", "shown"), [(0, False), (4, False), (5, True), (1000, True)])
def test_five_is_the_smallest(n: int, shown: bool) -> None:
    assert is_publishable(n) is shown


@pytest.mark.parametrize(
    ("counts", "out"),
    [
        ({}, set()),
        ({"a": 5, "b": 9}, set()),
        ({"a": 0, "b": 9}, set()),  # nobody is nobody's secret
        ({"a": 3}, {"a"}),
        ({"a": 3, "b": 9, "c": 20}, {"a", "b"}),  # the total less b and c would tell of a
        ({"a": 3, "b": 4, "c": 20}, {"a", "b"}),  # 7 together: neither is told
        ({"a": 1, "b": 2, "c": 20, "d": 30}, {"a", "b", "c"}),  # 3 together would be told
        ({"a": 4, "b": 9}, {"a", "b"}),
    ],
)
def test_what_stays_out(counts: dict[str, int], out: set[str]) -> None:
    assert hidden(counts) == out


@given(st.dictionaries(st.integers(), st.integers(0, 50), max_size=8))
def test_the_hidden_cells_never_hold_a_few_people_that_the_rest_would_tell(counts: dict[int, int]) -> None:
    out = hidden(counts)
    assert all(counts[key] >= SMALLEST for key in counts.keys() - out if counts[key])
    together = sum(counts[key] for key in out)
    assert not out or together >= SMALLEST or set(out) == {key for key, n in counts.items() if n}
