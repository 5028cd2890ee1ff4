"""Files, functions and folders stay small enough to be read at one sitting."""

import ast
import warnings
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.exceptions import EXCEPTIONS
from tests.architecture.house import CODE, FUNCTIONS, ROOT, files, functions, line_count

LIMITS = {"file": 300, "function": 40, "handler": 30, "depth": 3, "folder": 24}
BLOCKS = (
    *(ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith),
    *(ast.Try, ast.TryStar, ast.Match),
)


def depth(node: ast.AST) -> int:
    """How deep the blocks of a function are nested; `elif` and inner functions start no deeper level."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (*FUNCTIONS, ast.ClassDef)):
            continue
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and child.col_offset == node.col_offset
        deepest = max(deepest, depth(child) + (isinstance(child, BLOCKS) and not is_elif))
    return deepest


@cache
def sizes() -> list[tuple[str, str, int]]:
    """(budget, place, size) of everything that has a budget."""
    return [*sizes_of_folders(), *sizes_of_files(), *sizes_of_functions()]


def sizes_of_folders() -> Iterator[tuple[str, str, int]]:
    folders: dict[str, int] = {}
    for room in (*CODE, "tests"):
        for path in (ROOT / room).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                folder = path.parent.relative_to(ROOT).as_posix()
                folders[folder] = folders.get(folder, 0) + 1
    yield from (("folder", folder, count) for folder, count in folders.items())


def sizes_of_files() -> Iterator[tuple[str, str, int]]:
    for path in files(*CODE, "tests"):
        yield "file", path.relative_to(ROOT).as_posix(), line_count(path)


def sizes_of_functions() -> Iterator[tuple[str, str, int]]:
    for place, function in functions():
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        yield "handler" if place.startswith("handlers/") else "function", place, lines
        yield "depth", place, depth(function)


@pytest.mark.parametrize("budget", LIMITS)
def test_budget_is_kept(budget: str) -> None:
    over = {place: size for kind, place, size in sizes() if kind == budget and size > LIMITS[budget]}
    unexcused = {place: size for place, size in over.items() if (budget, place) not in EXCEPTIONS}
    assert not unexcused, f"more than {LIMITS[budget]}"
    outlived = {place for kind, place in EXCEPTIONS if kind == budget} - over.keys()
    assert not outlived, "these exceptions are needed no more"


def test_every_exception_has_a_budget_and_a_reason() -> None:
    assert {budget for budget, _place in EXCEPTIONS} <= LIMITS.keys()
    assert all(len(reason.split()) > 3 for reason in EXCEPTIONS.values())


def test_depth_is_counted_as_a_reader_counts() -> None:
    source = """
def f():
    if a:
        for b in c:
            with d:
                def inner():
                    if e: pass
    elif g:
        pass
    elif h:
        if i: pass
"""
    assert depth(ast.parse(source).body[0]) == 3


def test_the_proof_is_as_long_as_the_code() -> None:
    def total(*rooms: str) -> int:
        return sum(line_count(path) for path in files(*rooms))

    code, tests = total(), total("tests")
    assert tests > 0
    if tests < code:
        warnings.warn(f"{tests:,} lines of tests for {code:,} lines of code", stacklevel=1)
