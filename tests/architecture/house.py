"""What the architecture tests read: the house's own files, parsed once."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("bot", "handlers", "models")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules(*rooms: str) -> dict[str, ast.Module]:
    """Path below the root → syntax tree, for every Python file of the rooms (all code when none is named)."""
    paths = sorted(path for room in rooms or CODE for path in (ROOT / room).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_bytes()) for path in paths}


def functions(*rooms: str) -> Iterator[tuple[str, Function]]:
    """Every function and method as ("path:name", node)."""
    for path, tree in modules(*rooms).items():
        for node in ast.walk(tree):
            if isinstance(node, FUNCTIONS):
                yield f"{path}:{node.name}", node


def line_count(path: Path) -> int:
    return len(path.read_bytes().splitlines())
