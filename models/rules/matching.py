"""Which service, unit or addressee a resident means by a few free words.

Every name, alias and keyword is a phrase of stems. A phrase counts by how rare its found stems are and by how
much of it was found; the best phrase decides, further evidence adds a little. Mistyped words are looked up
among known stems of the same initial, words without vowels by their consonants.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from models.rules.words import skeleton, stems

Key = TypeVar("Key", bound=Hashable)

_NAME, _ALIAS, _KEYWORD = 1.0, 1.1, 1.0
#: Share of the evidence beside the best phrase.
_FURTHER = 0.25
#: A phrase whose stems stand side by side in the question.
_TOGETHER = 1.25
_MISTYPED, _SHORTENED = 0.8, 0.6
_SHORTEST_MISTYPED, _SHORTEST_SKELETON = 4, 3
#: Unknown words beyond this many are not searched for typing mistakes: they cost time and add noise.
_MOST_UNKNOWN = 40
#: Matches far behind the best are noise.
_WORTH_SHOWING = 0.3


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Key]):
    """Something that can be meant, under any of its phrases."""

    key: Key
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match(Generic[Key]):
    """A candidate and how well it fits; scores compare within one answer only."""

    key: Key
    score: float


@dataclass(frozen=True, slots=True)
class _Phrase:
    candidate: int
    stems: tuple[str, ...]
    weight: float
    rarity: float


class Index(Generic[Key]):
    """Candidates prepared for asking; build it once per version of the data."""

    def __init__(self, candidates: Iterable[Candidate[Key]]) -> None:
        """Prepare `candidates`; of equally good ones the earlier is ranked first."""
        self._candidates = list(candidates)
        worded = [(place, *worded) for place, one in enumerate(self._candidates) for worded in _worded(one)]
        self._rarity = _rarity((place, words) for place, words, _ in worded)
        self._phrases = [
            _Phrase(place, words, weight, sum(self._rarity[word] for word in words)) for place, words, weight in worded
        ]
        self._of_stem: dict[str, list[int]] = defaultdict(list)
        for place, phrase in enumerate(self._phrases):
            for word in phrase.stems:
                self._of_stem[word].append(place)
        self._same_initial: dict[str, list[str]] = defaultdict(list)
        self._same_skeleton: dict[str, str] = {}
        for word in sorted(self._rarity, key=lambda word: self._rarity[word]):
            self._same_initial[word[0]].append(word)
            self._same_skeleton.setdefault(skeleton(word), word)

    def rank(self, question: str, limit: int = 5) -> list[Match[Key]]:
        """The best candidates for the words, best first; empty when nothing fits."""
        found, neighbours = self._known(stems(question))
        matched: dict[int, float] = defaultdict(float)
        evidence: dict[int, dict[str, float]] = defaultdict(dict)
        for word, strength in found.items():
            gain = self._rarity[word] * strength
            for place in self._of_stem[word]:
                matched[place] += gain
                evidence[self._phrases[place].candidate][word] = gain
        best: dict[int, float] = defaultdict(float)
        for place, gain in matched.items():
            phrase = self._phrases[place]
            score = gain * (gain / phrase.rarity) ** 2 * phrase.weight
            if len(phrase.stems) > 1 and neighbours.issuperset(pairwise(phrase.stems)):
                score *= _TOGETHER
            best[phrase.candidate] = max(best[phrase.candidate], score)
        scores = {place: score + _FURTHER * sum(evidence[place].values()) for place, score in best.items()}
        ranked = sorted(scores, key=lambda place: (-scores[place], place))[:limit]
        least = scores[ranked[0]] * _WORTH_SHOWING if ranked else 0.0
        return [Match(self._candidates[place].key, scores[place]) for place in ranked if scores[place] >= least]

    def _known(self, words: list[str]) -> tuple[dict[str, float], set[tuple[str, str]]]:
        """The known stems meant by the words with their strengths, and which of them stand side by side."""
        meanings: dict[str, tuple[str, float] | None] = {}
        unknown = 0
        for word in words:
            if word in meanings:
                continue
            if word in self._rarity:
                meanings[word] = (word, 1.0)
                continue
            unknown += 1
            meanings[word] = self._guess(word) if unknown <= _MOST_UNKNOWN else None
        found: dict[str, float] = {}
        for meaning in meanings.values():
            if meaning is not None:
                found[meaning[0]] = max(meaning[1], found.get(meaning[0], 0.0))
        meant = [meaning[0] for word in words if (meaning := meanings[word]) is not None]
        return found, set(pairwise(meant))

    def _guess(self, word: str) -> tuple[str, float] | None:
        if len(word) >= _SHORTEST_MISTYPED:
            closest = process.extractOne(
                word, self._same_initial.get(word[0], ()), scorer=OSA.normalized_similarity, score_cutoff=0.74
            )
            if closest is not None:
                return closest[0], closest[1] * _MISTYPED
        bones = skeleton(word)
        if len(bones) >= _SHORTEST_SKELETON and (meant := self._same_skeleton.get(bones)):
            return meant, _SHORTENED
        return None


def _worded(candidate: Candidate[Key]) -> list[tuple[tuple[str, ...], float]]:
    """The distinct phrases of a candidate as stems, each with the weight of its best field."""
    phrases: dict[tuple[str, ...], float] = {}
    for texts, weight in (
        (candidate.aliases, _ALIAS),
        (candidate.names, _NAME),
        (candidate.keywords, _KEYWORD),
    ):
        for text in texts:
            if words := tuple(dict.fromkeys(stems(text))):
                phrases.setdefault(words, weight)
    return list(phrases.items())


def _rarity(phrases: Iterable[tuple[int, tuple[str, ...]]]) -> Mapping[str, float]:
    """How telling each stem is: the fewer candidates know it, the more."""
    knowing: dict[str, set[int]] = defaultdict(set)
    count = 0
    for candidate, words in phrases:
        count = max(count, candidate + 1)
        for word in words:
            knowing[word].add(candidate)
    return {word: log(1 + count / len(candidates)) for word, candidates in knowing.items()}
