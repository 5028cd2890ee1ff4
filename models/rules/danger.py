"""Words that announce danger: the emergency number is shown first, then the talk goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

from models.rules.words import fold

#: A phrase with this in front is harmless although it sounds like danger (`!kebakaran jenggot`).
HARMLESS = "!"

#: Shorter words must be typed exactly.
_LONG_WORD = 8
#: Stands where a harmless phrase was, so that its neighbours do not become one phrase.
_GAP = ""


def danger(text: str, keywords: Mapping[str, Iterable[str]]) -> str | None:
    """The kind of danger that the text speaks of, the first of `keywords` that is met; None if there is none.

    `keywords` gives for each kind its phrases of whole words; harmless phrases of any kind are taken out of
    the text first. Long words tolerate one typing mistake.
    """
    phrases = [(kind, phrase.strip()) for kind, some in keywords.items() for phrase in some]
    words = fold(text)
    for _, phrase in phrases:
        if phrase.startswith(HARMLESS):
            words = _without(words, _words(phrase))
    for kind, phrase in phrases:
        if not phrase.startswith(HARMLESS) and _find(words, _words(phrase)) is not None:
            return kind
    return None


@lru_cache(maxsize=2000)
def _words(phrase: str) -> tuple[str, ...]:
    return tuple(fold(phrase))


def _without(words: list[str], phrase: tuple[str, ...]) -> list[str]:
    while (start := _find(words, phrase)) is not None:
        words = [*words[:start], _GAP, *words[start + len(phrase) :]]
    return words


def _find(words: list[str], phrase: tuple[str, ...]) -> int | None:
    """Where the phrase begins among the words."""
    if not phrase:
        return None
    for start in range(len(words) - len(phrase) + 1):
        if all(_is_same(words[start + step], word) for step, word in enumerate(phrase)):
            return start
    return None


def _is_same(written: str, word: str) -> bool:
    if written == word or len(word) < _LONG_WORD or abs(len(written) - len(word)) > 1:
        return written == word
    return OSA.distance(written, word, score_cutoff=1) <= 1
