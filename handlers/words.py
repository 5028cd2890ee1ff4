"""The words that mean back, cancel and help, in every language at once: nobody must find the button."""

from __future__ import annotations

WORDS = {
    "back": ("kembali", "balik", "undur", "back", "/kembali"),
    "cancel": ("batal", "batalkan", "tak jadi", "cancel", "/batal", "/cancel"),
    "help": ("bantuan", "tolong", "help", "?", "/bantuan", "/help"),
}
_WHERE = {word: where for where, words in WORDS.items() for word in words}


def move_words() -> dict[str, str]:
    """Word → back, cancel or help."""
    return _WHERE


#: Words that mean "skip" where a question may be left out.
SKIPS = frozenset({"lewati", "langkau", "skip", "/lewati"})
