"""What the code hands to a sentence is what the sentence asks for."""

import ast
from collections.abc import Iterator
from string import Formatter

from bot.catalogues import TAG
from tests.architecture.house import calls

FILLING = {"say": 1, "label": 1, "say_many": 2}
#: The arguments of `say_many` that are no values: both texts, and the number, which is `{n}`.
GIVEN = {"say_many": {"n"}}


def spoken(*names: str) -> Iterator[tuple[str, ast.Call, list[str]]]:
    """(place, call, literal texts) of every call of these functions with a text in it."""
    for place, name, call in calls("bot", "handlers"):
        if name not in names:
            continue
        arguments = call.args[: FILLING.get(name, 1)]
        texts = [part.value for part in arguments if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if texts:
            yield place, call, texts


def asked(text: str) -> set[str]:
    return {field for _text, field, _spec, _conversion in Formatter().parse(text) if field is not None}


def test_every_placeholder_is_filled_and_every_value_is_used() -> None:
    found = list(spoken(*FILLING))
    wrong = []
    for place, call, texts in found:
        names = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
        has_more = any(keyword.arg is None for keyword in call.keywords)
        given = names | GIVEN.get(call.func.id, set())
        wanted = set().union(*map(asked, texts))
        if not has_more and (wanted - given or names - wanted):
            wrong.append((place, wanted ^ given))
    assert len(found) > 150
    assert not wrong


def test_buttons_and_toasts_carry_no_tags() -> None:
    """Only a message's text is HTML; a label would show the tag itself."""
    found = list(spoken("_", "label"))
    assert len(found) > 100
    assert not [place for place, _call, texts in found if any(TAG.search(text) for text in texts)]


def test_a_sentence_is_whole() -> None:
    """No text begins or ends with a blank: that would be a piece of a sentence glued together in the code."""
    found = list(spoken("_", "N_", *FILLING))
    assert not [(place, text) for place, _call, texts in found for text in texts if text != text.strip()]
