"""Everyday Indonesian and Malay brought into one form, so that what people type can be compared.

Knows the language only; what the city calls its things is data.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TOKEN = re.compile(r"[a-z]+|[0-9]+")
#: Accents (after decomposition) and apostrophes: `jum'at` is one word.
_MARKS = re.compile("[\u0300-\u036f'\u2019`]")
_DOUBLED = re.compile(r"([a-z])\1+")
_VOWELS = re.compile(r"[aeiou]")
#: A stem shorter than this says too little to be cut further.
_SHORTEST = 4

_SUFFIXES = ("nya", "kan", "an")
_PREFIXES = (
    *("meng", "peng", "meny", "peny", "mem", "pem", "men", "pen"),
    *("ber", "per", "ter", "me", "pe", "di"),
)
#: The first sound that the prefix swallowed (menyapu: sapu, memungut: pungut, menulis: tulis).
_SWALLOWED = {"meny": "s", "peny": "s", "mem": "p", "pem": "p", "men": "t", "pen": "t"}

#: Chat spelling → dictionary spelling. Vowels that are only left out are found by `skeleton`.
_CHAT = {
    "jl": "jalan", "jln": "jalan", "gg": "gang", "tg": "tanjung", "tj": "tanjung", "tjg": "tanjung",
    "tanjong": "tanjung", "kp": "kampung", "kpg": "kampung", "kampong": "kampung", "sungai": "sei",
    "sungei": "sei", "kel": "kelurahan", "lurah": "kelurahan", "kec": "kecamatan", "camat": "kecamatan",
    "puskes": "puskesmas", "pkm": "puskesmas", "rsk": "rusak", "obt": "obat", "sampa": "sampah", "aer": "air",
    "aek": "air", "ijin": "izin", "lobang": "lubang", "wc": "toilet", "tandas": "toilet", "ngurus": "urus",
    "ngurusin": "urus", "bikin": "buat", "bkin": "buat", "ilang": "hilang", "idup": "hidup",
    "mampet": "sumbat", "mampat": "sumbat", "motong": "potong", "nebang": "tebang", "mungut": "pungut",
}  # fmt: skip


def fold(text: str) -> list[str]:
    """The words of a text: lower case, without accents and punctuation, chat spelling written out.

    Letters doubled in words of four and more letters become one (`lampuuu`, `Ungat`), digits stay.
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()
    return [_spelt(token) for token in _TOKEN.findall(plain)]


def stems(text: str) -> list[str]:
    """The meaningful words of a text, in order, stripped of affixes; stop words are gone."""
    return [stem(word) for word in fold(text) if word not in STOPWORDS]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A folded word without its common affixes: a key for comparing, not a dictionary entry."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            word = word.removesuffix(suffix)
            break
    prefix = next((prefix for prefix in _PREFIXES if word.startswith(prefix)), "")
    rest = word.removeprefix(prefix)
    if rest[:1] in {"a", "e", "i", "o", "u"}:
        rest = _SWALLOWED.get(prefix, "") + rest
    if len(rest) >= _SHORTEST:
        word = rest
    return _CHAT.get(word, word)


def skeleton(word: str) -> str:
    """The consonants of a word: what is left of it in a hurried chat (`bnjir`, `smph`)."""
    return _VOWELS.sub("", word)


@lru_cache(maxsize=20_000)
def _spelt(token: str) -> str:
    token = _CHAT.get(token, token)
    if token.endswith("nnya"):
        token = token.removesuffix("nya")
    return _DOUBLED.sub(r"\1", token) if len(token) >= _SHORTEST else token


#: Words that say nothing about the matter.
STOPWORDS = frozenset(
    map(
        _spelt,
        """
        ada adalah admin agar akan aku apa apakah assalamualaikum atas atau awak bagaimana bagi bahwa banyak
        bapak begini begitu belum berapa besar bgt biar biasa bila bisa blm boleh bu buk bukan cakap cik
        cuma dah dalam dan dapat dari dekat demi dengan depan dgn di dia dong dr dulu encik ga gak gimana
        gini gitu gk guna hai hal halo hanya hari harus hendak ia ibu ini itu jadi jam jangan jg jika juga
        ka kah kak kalau kali kalo kami kan kapan karena kasih kat kata kau ke kecil kenapa kepada ketika
        kita kok krn lagi lah lain lama lapor laporan laporkan lebih lewat lg maaf macam maka makin malah
        malam mana masih mau melapor melaporkan mengapa menjadi mereka min minta mohon nak nih nya oleh
        orang pada padahal pagi pak para pernah pula pun punya saat saja saling sama sampai sangat satu saya
        sebab sebagai sebelah sebelum segera sejak sekali sekarang selalu selama selamat semoga semua
        seperti sering serta setelah setiap siang siapa sih sikit sini situ soal sore sudah supaya tadi tak
        tapi tdk telah tempat tengok tentang terima terlalu terus tetap tiap tidak tolong tp trus tu udah
        udh untuk utk wah waktu warga wb wkwk wr ya yaa yang yg
        """.split(),  # noqa: SIM905 - read as a text
    )
)
