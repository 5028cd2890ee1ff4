"""Formatted words of a message as the HTML that goes out again: bold, italic, links, code and quotes, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

#: What is kept of Telegram's kinds of entities → its tag. A mention, a spoiler or an underline becomes plain words.
TAGS = {
    "bold": "b",
    "italic": "i",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
    "text_link": "a",
}
SAFE_LINKS = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Span:
    """Formatted words: Telegram's kind, begin and length in UTF-16 units, and a link's address."""

    kind: str
    offset: int
    length: int
    url: str = ""

    @property
    def end(self) -> int:
        """Where they end."""
        return self.offset + self.length


def units(text: str) -> int:
    """The length as Telegram counts it: in UTF-16 units, most emoji are two."""
    return len(text.encode("utf-16-le")) // 2


def html_of(text: str, spans: Sequence[Span]) -> str:
    """The words with our tags, well nested whatever the spans are; everything else is escaped."""
    kept = sorted((span for span in spans if _is_kept(span)), key=lambda span: (span.offset, -span.length))
    coded = text.encode("utf-16-le")
    edges = sorted({0, len(coded) // 2, *(e for s in kept for e in (s.offset, s.end) if e <= len(coded) // 2)})
    found: list[str] = []
    still_open: list[Span] = []
    for start, end in pairwise(edges):
        wanted = [span for span in kept if span.offset <= start and span.end >= end]
        shared = _shared(still_open, wanted)
        found += [_closing(span) for span in reversed(still_open[shared:])]
        found += [_opening(span) for span in wanted[shared:]]
        still_open = wanted
        found.append(escape(coded[2 * start : 2 * end].decode("utf-16-le", "ignore"), quote=False))
    return "".join([*found, *(_closing(span) for span in reversed(still_open))])


def _is_kept(span: Span) -> bool:
    return span.kind in TAGS and span.length > 0 and (span.kind != "text_link" or span.url.startswith(SAFE_LINKS))


def _shared(before: Sequence[Span], after: Sequence[Span]) -> int:
    """How many of the open tags go on."""
    number = 0
    while number < min(len(before), len(after)) and before[number] is after[number]:
        number += 1
    return number


def _opening(span: Span) -> str:
    return f'<a href="{escape(span.url)}">' if span.kind == "text_link" else f"<{TAGS[span.kind]}>"


def _closing(span: Span) -> str:
    return f"</{TAGS[span.kind]}>"
