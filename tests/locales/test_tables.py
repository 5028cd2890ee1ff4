"""Tables of words: every key has its word, every word its translations, and Telegram's limits hold in all of them."""

import ast
from collections import Counter
from collections.abc import Iterator
from string import Formatter

import pytest

from bot.catalogues import stored
from bot.config import LANGUAGES
from bot.i18n import _, speaking
from bot.views import commands, errors, home, parts
from handlers.words import SKIPS, move_words
from models.complaint import ReportClass
from models.rules.complaint_flow import Status
from models.rules.permissions import DESKS, Desk
from tests.architecture.house import calls, modules

# Telegram's limits, in characters.
LONGEST_TOAST = 200
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
LONGEST_COMMAND_DESCRIPTION = 256
# A label of our own that is longer than this is cut on a small phone with two buttons in a row.
LONGEST_LABEL = 60


def marked() -> Iterator[tuple[str, str]]:
    """(place, text) of every N_("…"): words that are translated where they are shown."""
    for place, name, call in calls("bot", "handlers"):
        if name == "N_" and isinstance(call.args[0], ast.Constant):
            yield place, str(call.args[0].value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_marked_text_is_translated(language: str) -> None:
    translated = {message.id for message in stored(language) if message.string}
    texts = list(marked())
    assert len(texts) > 100
    assert not [place for place, text in texts if text not in translated]


def refused() -> Iterator[tuple[str, str]]:
    """(place, code) of every Refusal("code") in the code."""
    for place, name, call in calls():
        if name == "Refusal" and call.args:
            yield from (
                (place, str(part.value))
                for part in ast.walk(call.args[0])
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )


def test_every_refusal_has_its_sentence() -> None:
    codes = list(refused())
    assert len(codes) > 10
    assert not [place for place, code in codes if code not in errors.SENTENCES]


def test_no_sentence_waits_for_a_refusal_that_is_gone() -> None:
    """Some codes are chosen before they are raised, so any literal counts."""
    elsewhere = (tree for path, tree in modules().items() if path != "bot/views/errors.py")
    literals = {node.value for tree in elsewhere for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert not errors.SENTENCES.keys() - literals


def test_a_code_has_one_sentence_wherever_it_stands() -> None:
    codes = [
        key.value
        for path, tree in modules("bot").items()
        for node in tree.body
        if path.startswith("bot/views/") and isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id == "SENTENCES" and isinstance(node.value, ast.Dict)
        for key in node.value.keys
        if isinstance(key, ast.Constant)
    ]
    assert len(codes) > 150
    assert [code for code, times in Counter(codes).items() if times > 1] == []


def test_a_refusal_brings_what_its_sentence_tells() -> None:
    bare = []
    for place, name, call in calls():
        if name != "Refusal" or not call.args or any(keyword.arg is None for keyword in call.keywords):
            continue
        brought = {keyword.arg for keyword in call.keywords}
        for part in ast.walk(call.args[0]):
            if isinstance(part, ast.Constant) and part.value in errors.SENTENCES:
                told = {field for _text, field, _spec, _how in Formatter().parse(errors.SENTENCES[part.value]) if field}
                bare += [f"{place} {part.value}: {told - brought}"] if told - brought else []
    assert bare == []


def test_every_status_class_and_desk_has_its_word() -> None:
    assert parts.STATUSES.keys() == set(Status)
    assert parts.CLASSES.keys() == set(ReportClass)
    assert set(DESKS) - set(home.VERBS) == home.WITHOUT_VERB
    assert len(parts.SCORES) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_for_moving_are_understood_as_words_too(language: str) -> None:
    with speaking(language):
        labels = {"back": _("Kembali"), "cancel": _("Batal"), "help": _("Bantuan")}
        assert {where: move_words().get(text.casefold()) for where, text in labels.items()} == {
            where: where for where in labels
        }
        assert _("Lewati").casefold() in SKIPS


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegrams_limits_hold_in_every_language(language: str) -> None:
    with speaking(language):
        assert 0 < len(commands.description()) <= LONGEST_DESCRIPTION
        for number in ("", "0771 123 4567"):
            assert 0 < len(commands.short_description(number)) <= LONGEST_SHORT_DESCRIPTION
        offered = [*commands.of(list(Desk)), *commands.of_groups()]
        assert len(offered) > 10
        assert all(0 < len(text) <= LONGEST_COMMAND_DESCRIPTION for _name, text in offered)
        assert len(home.old_button_toast()) <= LONGEST_TOAST
        labels = [_(text) for table in (parts.SCORES, home.VERBS.values(), parts.CLASSES.values()) for text in table]
        assert max(map(len, labels)) <= LONGEST_LABEL
