"""Who gets new work."""

from __future__ import annotations

from collections import Counter

import pytest

from models.rules.desk.sharing import lightest, share_evenly


@pytest.mark.parametrize(
    ("loads", "chosen"),
    [
        ({}, None),
        ({7: 0}, 7),
        ({7: 3, 8: 1, 9: 2}, 8),
        ({7: 2, 8: 2}, 7),  # of several the one named first
        ({8: 2, 7: 2}, 8),
    ],
)
def test_the_lightest_load_gets_it(loads: dict[int, int], chosen: int | None) -> None:
    assert lightest(loads) == chosen


@pytest.mark.parametrize(
    ("items", "loads", "got"),
    [
        ([], {7: 0}, {}),
        ([1, 2, 3], {}, {}),
        ([1, 2, 3, 4], {7: 0, 8: 0}, {7: 2, 8: 2}),
        ([1, 2, 3], {7: 3, 8: 0}, {8: 3}),  # 8 catches up first
        ([1, 2, 3, 4, 5], {7: 3, 8: 0}, {7: 1, 8: 4}),  # then they take turns
        ([1, 2, 3], {7: 0, 8: 9, 9: 0}, {7: 2, 9: 1}),
    ],
)
def test_loads_grow_even(items: list[int], loads: dict[int, int], got: dict[int, int]) -> None:
    before = dict(loads)
    shared = share_evenly(items, loads)
    assert Counter(who for _item, who in shared) == Counter(got)
    assert [item for item, _who in shared] == (items if loads else [])
    assert loads == before


def test_no_two_differ_by_more_than_one_where_all_begin_alike() -> None:
    shared = Counter(who for _item, who in share_evenly(range(101), dict.fromkeys(range(7), 4)))
    assert max(shared.values()) - min(shared.values()) <= 1
