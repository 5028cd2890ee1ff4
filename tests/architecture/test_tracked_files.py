"""What is committed works on any machine: no registry's host, no path of one computer, no stale lock."""

import re
import shutil
import subprocess
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.house import ROOT

REGISTRY_HOST = re.compile(
    r"\b(?:(?:test\.)?pypi|pythonhosted|npmjs|yarnpkg|debian|ubuntu|anaconda)\.(?:org|com|net)\b"
)
# A path that only exists on the machine where it was written; temporary ones belong to the tests' fixtures.
MACHINE_PATH = re.compile(r"(?<![\w.})/-])/(?:root|work|tmp|home|Users)/[\w.]")


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        (REGISTRY_HOST, "https://pypi" + ".org/simple"),
        (MACHINE_PATH, 'open("' + "/home" + '/siti/gurindam")'),
    ],
)
def test_the_patterns_know_what_they_seek(pattern: re.Pattern[str], written: str) -> None:
    assert pattern.search(written)


@pytest.fixture(scope="module")
def tracked() -> dict[str, str]:
    """Path → text of every text file that git tracks."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("needs git and a checkout: only they know which files are part of the project")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    texts = {}
    for name in filter(None, listed.stdout.split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b"\0"
        if b"\0" not in content:
            texts[name] = content.decode()
    return texts


@pytest.mark.parametrize("pattern", [REGISTRY_HOST, MACHINE_PATH], ids=["registry host", "machine path"])
def test_no_file_names_a_machine(tracked: dict[str, str], pattern: re.Pattern[str]) -> None:
    found = [f"{name}: {match.group()}" for name, text in tracked.items() for match in pattern.finditer(text)]
    assert not found


def test_the_lock_names_no_host(tracked: dict[str, str]) -> None:
    lines = [line for line in tracked["requirements.lock"].splitlines() if not line.lstrip().startswith("#")]
    assert len(lines) > 100
    assert not [line for line in lines if "://" in line]


def locked() -> dict[str, str]:
    """Package → version, as the lock pins them; every entry must carry hashes."""
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text())
    pins = {}
    for entry in entries:
        pin = re.match(r"([\w.-]+)(?:\[[^]]*])?==(\S+)", entry)
        assert pin, entry
        assert "--hash=sha256:" in entry, entry
        pins[canonicalize_name(pin[1])] = pin[2]
    return pins


def test_the_lock_keeps_what_the_project_asks() -> None:
    """A requirement changed without `make lock` shows here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"].values()
    asked = [*project["project"]["dependencies"], *(text for group in groups for text in group)]
    pins = locked()
    unkept = [
        text
        for text in asked
        for requirement in [Requirement(text)]
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"))
        or canonicalize_name(requirement.name) not in pins
    ]
    assert len(asked) > 20
    assert not unkept
