"""What the architecture tests read: the house's own files, parsed once."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("bot", "handlers", "models")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*rooms: str) -> dict[str, ast.Module]:
    """Path below the root → syntax tree, for every Python file of the rooms (all code when none is named)."""
    return {path.relative_to(ROOT).as_posix(): parsed(path) for path in files(*rooms)}


@cache
def files(*rooms: str) -> list[Path]:
    """Every Python file of the rooms."""
    return sorted(path for room in rooms or CODE for path in (ROOT / room).rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_bytes())


@cache
def functions(*rooms: str) -> list[tuple[str, Function]]:
    """Every function and method as ("path:name", node)."""
    return [
        (f"{path}:{node.name}", node)
        for path, tree in modules(*rooms).items()
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS)
    ]


@cache
def calls(*rooms: str) -> list[tuple[str, str, ast.Call]]:
    """Every call of a plain name as ("path:line", name, node)."""
    return [
        (f"{path}:{node.lineno}", node.func.id, node)
        for path, tree in modules(*rooms).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]


def line_count(path: Path) -> int:
    return len(path.read_bytes().splitlines())
