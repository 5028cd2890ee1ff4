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


def danger(text: str, keywords: Mapping[str, Iterable[str]]) -> str | None:
    """The kind of danger that the text speaks of, the first of `keywords` that is met; None if there is none.

    `keywords` gives for each kind its phrases of whole words; harmless phrases of any kind are taken out of
    the text first. Long words tolerate one typing mistake.
    """
    phrases = [(kind, phrase.strip()) for kind, some in keywords.items() for phrase in some]
    harmless = [_words(phrase) for _, phrase in phrases if phrase.startswith(HARMLESS)]
    alarms = [(kind, _words(phrase)) for kind, phrase in phrases if not phrase.startswith(HARMLESS)]
    known = {word for words in (*harmless, *(words for _, words in alarms)) for word in words}
    written = _spaced([_as_known(word, known) for word in fold(text)])
    for words in harmless:
        written = written.replace(_spaced(words), " . ")
    return next((kind for kind, words in alarms if words and _spaced(words) in written), None)


@lru_cache(maxsize=2000)
def _words(phrase: str) -> tuple[str, ...]:
    return tuple(fold(phrase))


def _spaced(words: Iterable[str]) -> str:
    """Words, each with its own two spaces: only whole words are found, and neighbours share none."""
    return "".join(f" {word} " for word in words)


def _as_known(written: str, known: set[str]) -> str:
    """The known long word that was mistyped, or the word itself."""
    if written in known or len(written) < _LONG_WORD - 1:
        return written
    near = (
        word
        for word in known
        if len(word) >= _LONG_WORD and word[0] == written[0] and abs(len(word) - len(written)) <= 1
    )
    return next((word for word in sorted(near) if OSA.distance(word, written, score_cutoff=1) <= 1), written)
