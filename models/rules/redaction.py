"""Personal numbers taken out of free text before anything is stored.

Source: domain rule 35. NIK and KK are 16 digits: region (6), date (6, women's days + 40), serial (4).
A digit becomes one bullet: both are one UTF-16 unit, so lengths and Telegram's entity offsets stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any

_MARK = "•"
_LENGTH = 16
_RUN = re.compile(r"[0-9]+(?:[ .\-]{1,3}[0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
#: Long digits in a link or after a decimal sign are mostly an address or a coordinate.
_DOUBTFUL = re.compile(r"\w+://\S+|(?<![0-9])[0-9]{1,3}[.,][0-9]{4,}")
_CITIZEN = re.compile(
    r"[1-9][0-9]{5}"
    r"(?:0[1-9]|[12][0-9]|3[01]|4[1-9]|[56][0-9]|7[01])"
    r"(?:0[1-9]|1[0-2])"
    r"[0-9]{6}"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NIP = re.compile(r"(?<![0-9])[0-9]{8}[ .]?[0-9]{6}[ .]?[0-9][ .]?[0-9]{3}(?![0-9])")
#: Where a person's own words stand in a Telegram update; a file is often named after the card it shows.
_WORDS = frozenset({"text", "caption", "file_name"})


def mask_numbers(text: str) -> tuple[str, bool]:
    """The text with every NIK or KK number masked (same length), and whether there was one.

    16 digits in a row are always masked, unless they are part of a link or a decimal fraction and do not
    read as a citizen's number. Digits in groups (spaces, dots, dashes) are masked as people group them:
    4-4-4-4, or with breaks after the region and the date, or evenly separated with a date inside.
    Phone numbers, 18-digit NIP, dates and amounts stay.
    """
    doubtful = [match.span() for match in _DOUBTFUL.finditer(text)]
    spans = [
        (start, end)
        for run in _RUN.finditer(text)
        for start, end in _personal(text, run)
        if _reads_as_citizen(text[start:end]) or not _overlaps(start, end, doubtful)
    ]
    for start, end in spans:
        text = text[:start] + _GROUP.sub(lambda match: _MARK * len(match.group()), text[start:end]) + text[end:]
    return text, bool(spans)


def short_nip(text: str) -> str:
    """The text with every 18-digit NIP cut to its last three digits: it reveals birth date and sex."""
    return _NIP.sub(lambda match: re.sub(r"[0-9](?=.{3})", _MARK, match.group()), text)


def mask_update(payload: dict[str, Any]) -> bool:
    """Mask the words of a raw Telegram update in place; whether anything was masked.

    Reaches texts, captions and file names wherever they stand (message, edited one, quoted one), never a
    shared contact, ids or entities.
    """
    masked = False
    for key, value in payload.items():
        if key == "contact":
            continue
        if key in _WORDS and isinstance(value, str):
            payload[key], found = mask_numbers(value)
            masked |= found
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                masked |= mask_update(part)
    return masked


def _personal(text: str, run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The stretches of 16 digits, made of whole groups of this run, that look like a person's number."""
    groups = [match.span() for match in _GROUP.finditer(text, run.start(), run.end())]
    first = 0
    while first < len(groups):
        lengths = accumulate(end - start for start, end in groups[first : first + _LENGTH])
        last = next((first + place for place, total in enumerate(lengths) if total == _LENGTH), None)
        if last is not None and _is_grouped_so(text, groups[first : last + 1]):
            yield groups[first][0], groups[last][1]
            first = last
        first += 1


def _is_grouped_so(text: str, groups: list[tuple[int, int]]) -> bool:
    if len(groups) == 1:
        return True
    parts = [text[start:end] for start, end in groups]
    if [len(part) for part in parts] == [4, 4, 4, 4]:
        return not all(_YEAR.fullmatch(part) for part in parts)
    gaps = {text[left[1] : right[0]] for left, right in pairwise(groups)}
    breaks = set(accumulate(len(part) for part in parts))
    return _reads_as_citizen("".join(parts)) and (len(gaps) == 1 or {6, 12} <= breaks)


def _reads_as_citizen(text: str) -> bool:
    return _CITIZEN.fullmatch("".join(_GROUP.findall(text))) is not None


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)


def is_masked(text: str) -> bool:
    """Whether a number was hidden in this text before it was stored."""
    return _MARK * _LENGTH in text.replace(" ", "").replace("-", "").replace(".", "")
