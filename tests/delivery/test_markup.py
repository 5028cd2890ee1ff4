"""Screens as Telegram wants them: long texts in pieces that each parse, buttons of each sort."""

import re

import pytest

from bot.delivery.markup import LONGEST_TEXT, inline_keyboard, keyboard, pieces
from bot.sandbox.methods.entities import format_text, utf16_length
from bot.views.screen import Button, Screen

TAG = re.compile(r"<[^>]*>")


def words(texts: list[str]) -> str:
    return re.sub(r"\s", "", TAG.sub("", "".join(texts)))


def assert_each_parses(found: list[str]) -> None:
    for piece in found:
        read, _ = format_text(piece, "HTML")
        assert 0 < utf16_length(read) <= LONGEST_TEXT


def test_a_text_that_fits_is_left_as_it_is() -> None:
    assert pieces("x" * LONGEST_TEXT) == ["x" * LONGEST_TEXT]
    assert pieces("") == [""]


def test_a_long_text_is_cut_at_line_ends() -> None:
    lines = [f"{number} " + "x" * 100 for number in range(100)]
    found = pieces("\n".join(lines))
    assert len(found) == 3
    assert [line for piece in found for line in piece.split("\n")] == lines


@pytest.mark.parametrize("longest", range(8, 40))
def test_a_tag_open_at_a_cut_is_closed_and_opened_again(longest: int) -> None:
    text = '<b>Lampu\njalan <i>di depan</i>\nSD</b>\n<a href="https://x.id/?a=1">mati\nsejak Senin</a>\nsekali'
    found = pieces(text, longest)
    assert len(found) > 1
    assert words(found) == words([text])
    assert_each_parses(found)


def test_what_is_bold_before_the_cut_is_bold_after_it() -> None:
    found = pieces("<blockquote><b>satu\ndua</b></blockquote>", 25)
    assert found == ["<blockquote><b>satu</b></blockquote>", "<blockquote><b>dua</b></blockquote>"]


@pytest.mark.parametrize("longest", range(6, 20))
def test_a_line_without_ends_is_cut_between_characters_not_inside_one(longest: int) -> None:
    text = "a&amp;b&lt;c&#x27;<b>d&gt;e&quot;f</b>g" * 3
    found = pieces(text, longest)
    assert words(found) == words([text])
    assert_each_parses(found)
    assert all(not re.search(r"&(?![#\w]+;)|^\w*;", piece) for piece in found)


def test_no_piece_is_without_words() -> None:
    assert pieces("<b>" + "x" * 10 + "\n</b>\n\n", 14) == ["<b>" + "x" * 10 + "</b>"]


def test_a_long_text_of_people_survives() -> None:
    text = "<b>Laporan</b>\n<blockquote>" + ("Lampu &amp; parit 🙏 " * 400) + "</blockquote>\nTerima kasih"
    found = pieces(text)
    assert words(found) == words([text])
    assert_each_parses(found)


def test_an_emoji_counts_as_two() -> None:
    assert pieces("🙏" * (LONGEST_TEXT // 2)) == ["🙏" * (LONGEST_TEXT // 2)]
    assert pieces("🙏" * (LONGEST_TEXT // 2) + "x") == ["🙏" * (LONGEST_TEXT // 2), "x"]


def test_each_sort_of_button_and_the_keyboard_that_asks_for_a_place() -> None:
    screen = Screen(
        "x", rows=((Button("a", data="o:home:0"), Button("b", url="https://x.id")), (Button("c", copies="K"),))
    )
    markup = inline_keyboard(screen)
    assert markup is not None
    assert markup["inline_keyboard"] == [
        [{"text": "a", "callback_data": "o:home:0"}, {"text": "b", "url": "https://x.id"}],
        [{"text": "c", "copy_text": {"text": "K"}}],
    ]
    assert keyboard(screen) == markup
    assert inline_keyboard(Screen("x")) is None
    asking = keyboard(Screen("x", ask="location", ask_label="Kirim lokasi"))
    assert asking is not None
    assert asking["keyboard"] == [[{"text": "Kirim lokasi", "request_location": True}]]
