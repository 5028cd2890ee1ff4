"""The glossary knows every domain word of the models, and points at places that exist."""

import ast
import re

import pytest

from tests.architecture.house import ROOT, modules

PAGE = (ROOT / "docs/glossary.md").read_text()
TERMS = set(re.findall(r"`([\w.]+)`", PAGE))
# Means of the models, not words of the domain.
MEANS = {"Base", "Moment", "Quantity"}


def nouns() -> dict[str, ast.ClassDef]:
    """Every public class of the models by name."""
    return {
        node.name: node
        for tree in modules("models").values()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name not in MEANS
    }


def values(noun: ast.ClassDef) -> list[str]:
    """The values of an enumeration, as they are stored."""
    if not any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in noun.bases):
        return []
    return [str(node.value.value) for node in noun.body if isinstance(node, ast.Assign) and _is_text(node.value)]


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_every_noun_is_explained() -> None:
    # `Match` is explained with its index.
    assert not nouns().keys() - TERMS - {"Match"}


@pytest.mark.parametrize(
    "name", ["Status", "Action", "Verdict", "Role", "Desk", "ReportClass", "Purpose", "Level", "FilePurpose", "Scope"]
)
def test_every_value_is_explained(name: str) -> None:
    stored = values(nouns()[name])
    assert stored
    assert not set(stored) - TERMS


def test_every_place_exists() -> None:
    places = set(re.findall(r"`((?:bot|handlers|models)/[\w/.]*)`", PAGE))
    assert len(places) > 30
    assert not [place for place in places if not (ROOT / place).exists()]


def test_every_row_has_its_four_columns() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("|")]
    assert len(rows) > 100
    assert {line.count("|") for line in rows} == {5}
