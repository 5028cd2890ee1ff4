"""The guides name the buttons and commands that exist, in the words on the screen."""

import re
from pathlib import Path

import pytest

from bot.catalogues import spoken
from bot.views.commands import DESK_COMMANDS, EVERYBODY, GROUP_ADMIN
from tests.architecture.house import ROOT

GUIDES = sorted((ROOT / "docs/panduan").glob("*.md"))
SIGN = re.compile(r"^[^\w/]+")
BOLD = re.compile(r"\*\*([^*]+)\*\*")


def bare(text: str) -> str:
    """A label without the sign in front; what is only known at run time is left out."""
    return SIGN.sub("", text).partition("…")[0].strip()


LABELS = {bare(text).partition("{")[0].strip() for text in spoken() if isinstance(text, str)}


def buttons(guide: Path) -> list[str]:
    """What is set in bold and begins with a sign, as the buttons of the bot do."""
    return [text for text in BOLD.findall(guide.read_text()) if SIGN.match(text)]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_button_with_a_sign_is_on_a_screen(guide: Path) -> None:
    assert not {bare(text) for text in buttons(guide)} - LABELS


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_command_exists(guide: Path) -> None:
    commands = set(EVERYBODY) | set(GROUP_ADMIN) | {name for name, _text in DESK_COMMANDS.values()}
    assert not set(re.findall(r"`/(\w+)`", guide.read_text())) - commands


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_picture_and_page_exists(guide: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", guide.read_text())
    assert not [target for target in targets if not (guide.parent / target).exists()]


def test_there_is_a_guide_for_each_role() -> None:
    roles = {"warga", "petugas", "verifikator", "pengawas", "kepala-unit", "administrator", "pegawai", "bkpsdm"}
    assert {path.stem for path in GUIDES} == roles
    assert sum(len(buttons(guide)) for guide in GUIDES) > 20
