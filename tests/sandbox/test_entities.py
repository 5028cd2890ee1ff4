"""HTML to text and entities, and what is found in plain text; offsets count UTF-16 units."""

from typing import Any

import pytest

from bot.sandbox.methods.detection import detect
from bot.sandbox.methods.entities import format_text


def marks(entities: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    return [(entity["type"], entity["offset"], entity["length"]) for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("<b>Halo</b> dunia", "Halo dunia", [("bold", 0, 4)]),
        ("😀<i>a</i>", "😀a", [("italic", 2, 1)]),
        ("<b><u>x</u>y</b>", "xy", [("bold", 0, 2), ("underline", 0, 1)]),
        ("  <s>x</s>  ", "x", [("strikethrough", 0, 1)]),
        ("<b>x </b>\n", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("a &lt;b&gt; &amp;amp; &quot;c&quot; &#65;&#x42; &nbsp; &", 'a <b> &amp; "c" AB &nbsp; &', []),
        (
            "<tg-spoiler>a</tg-spoiler><span class='tg-spoiler'>b</span>",
            "ab",
            [("spoiler", 0, 1), ("spoiler", 1, 1)],
        ),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<CODE>/start</CODE>", "/start", [("code", 0, 6)]),
        ('<tg-time unix="1795500000" format="d">besok</tg-time>', "besok", [("date_time", 0, 5)]),
    ],
)
def test_markup_becomes_entities(source: str, text: str, found: list[tuple[str, int, int]]) -> None:
    shown, entities = format_text(source, "HTML")
    assert (shown, marks(entities)) == (text, found)


def test_links_keep_their_address() -> None:
    shown, entities = format_text('<a href="https://x.id/?a=1&amp;b=2">situs</a> <a href="kosong">y</a>', "HTML")
    assert shown == "situs y"
    assert entities == [{"type": "text_link", "url": "https://x.id/?a=1&b=2", "offset": 0, "length": 5}]


def test_people_emoji_and_bare_hosts_are_linked() -> None:
    source = '<a href="tg://user?id=7">Budi</a> <tg-emoji emoji-id="5">👍</tg-emoji> <a href="x.id">y</a>'
    _, entities = format_text(source, "HTML")
    assert [entity.get("url", entity.get("custom_emoji_id")) for entity in entities] == [
        *("tg://user?id=7", "5", "http://x.id/")
    ]


def test_a_program_keeps_its_language() -> None:
    _, entities = format_text('<pre><code class="language-python">x=1</code></pre>', "HTML")
    assert {"type": "pre", "language": "python", "offset": 0, "length": 3} in entities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/lapor jalan rusak", [("bot_command", 0, 6)]),
        ("lihat /bantuan@GurindamDemoBot", [("bot_command", 6, 24)]),
        ("a/b dan 1/2", []),
        ("https://t.me/x?start=y.", [("url", 0, 22)]),
        ("situs tanjungpinangkota.go.id ya", [("url", 6, 23)]),
        ("surat@kota.go.id", [("email", 0, 16)]),
        ("hubungi @petugas", [("mention", 8, 8)]),
        ("#jalan #123", [("hashtag", 0, 6)]),
        ("telepon +628117000000", [("phone_number", 8, 13)]),
        ("😀 /x", [("bot_command", 3, 2)]),
    ],
)
def test_plain_text_is_searched(text: str, found: list[tuple[str, int, int]]) -> None:
    assert marks(detect(text, [])) == found


def test_nothing_is_sought_inside_code() -> None:
    assert marks(format_text("<code>/start</code> /lapor", "HTML")[1]) == [
        ("code", 0, 6),
        ("bot_command", 7, 6),
    ]
