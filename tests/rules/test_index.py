"""Which domain rules have a test that bears their number: `test_rule_NN_what_it_says`."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
#: Of satisfaction, complaints, performance, personal data, and what the whole product keeps to.
RULES = (*range(1, 38), 41, 42, 44, 45)
_NAME = re.compile(r"test_rule_(\d{2})_\w+")


def _collected(tree: ast.Module) -> list[str]:
    """The functions that pytest collects from a file: those of the module and of its test classes."""
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name.startswith("Test")]
    bodies = [tree.body, *(node.body for node in classes)]
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node.name for body in bodies for node in body if isinstance(node, kinds)]


@pytest.fixture(scope="module")
def named() -> dict[int, list[str]]:
    """The tests of each rule."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        for name in _collected(ast.parse(path.read_text(encoding="utf-8"))):
            if match := _NAME.fullmatch(name):
                found[int(match[1])].append(f"{path.relative_to(TESTS)}::{name}")
    return found


@pytest.mark.parametrize("number", RULES)
def test_each_rule_has_a_test_of_its_name(named: dict[int, list[str]], number: int) -> None:
    assert named[number]


def test_no_name_counts_a_rule_that_does_not_exist(named: dict[int, list[str]]) -> None:
    assert named.keys() <= set(range(1, 46))
