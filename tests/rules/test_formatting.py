"""Formatted words as HTML: our tags alone, escaped, well nested; offsets count as Telegram's do."""

import pytest

from models.rules.formatting import Span, html_of, units


@pytest.mark.parametrize(
    ("text", "spans", "html"),
    [
        ("Apel 1 < 2 & 3", [], "Apel 1 &lt; 2 &amp; 3"),
        ("tebal", [Span("bold", 0, 5)], "<b>tebal</b>"),
        ("😀 ok", [Span("italic", 3, 2)], "😀 <i>ok</i>"),
        ("abc", [Span("bold", 0, 2), Span("italic", 1, 2)], "<b>a<i>b</i></b><i>c</i>"),
        ("ab", [Span("blockquote", 0, 2), Span("code", 1, 1)], "<blockquote>a<code>b</code></blockquote>"),
        (
            "x",
            [Span("text_link", 0, 1, 'https://a.id/?q="1"&b')],
            '<a href="https://a.id/?q=&quot;1&quot;&amp;b">x</a>',
        ),
        ("x", [Span("text_link", 0, 1, "javascript:alert(1)")], "x"),
        ("x", [Span("text_link", 0, 1, "tg://user?id=1")], "x"),
        ("x", [Span("underline", 0, 1), Span("spoiler", 0, 1), Span("mention", 0, 1)], "x"),
        ("ab", [Span("bold", 1, 9)], "a<b>b</b>"),
        ("ab", [Span("bold", 0, 0)], "ab"),
        ("", [Span("bold", 0, 1)], ""),
    ],
)
def test_words_with_our_tags(text: str, spans: list[Span], html: str) -> None:
    assert html_of(text, spans) == html


def test_an_emoji_counts_two() -> None:
    assert units("a😀") == 3
