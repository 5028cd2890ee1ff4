"""The city's secret keys for the identities of anonymous reporters: sealing, marking, and where the keys come from.

`GURINDAM_IDENTITY_KEY` holds one or more keys, the newest first: the first seals and marks, all of them open. A SQLite
city without the setting has a key file next to its database, made at the first need, readable by its owner only.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import URL, make_url

from bot.config import PREFIX, ConfigurationError, Secret, Settings, load_settings
from bot.db import engine_url, name_of

SETTING = f"{PREFIX}IDENTITY_KEY"
ENDING = ".key"
#: As many digits as a BIGINT column takes.
NUMBER_BITS = 63


class UnknownKeyError(Exception):
    """None of the keys at hand sealed this."""


class Keyring:
    """Keys in use, the newest first. Texts in, tokens and marks out; nothing here knows what they mean."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._marking = [_hmac(urlsafe_b64decode(key), "gurindam: marks") for key in keys]

    def seal(self, text: str) -> str:
        """The text encrypted with the newest key."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, token: str) -> str:
        """The text behind a token; UnknownKeyError where no key fits."""
        try:
            return self._fernet.decrypt(token.encode()).decode()
        except InvalidToken:
            raise UnknownKeyError from None

    def mark(self, text: str) -> str:
        """What stands for the text without telling it (HMAC-SHA256, hexadecimal), by the newest key."""
        return _hmac(self._marking[0], text).hex()

    def marks(self, text: str) -> frozenset[str]:
        """The marks of the text by every key."""
        return frozenset(_hmac(key, text).hex() for key in self._marking)

    def numbers(self, text: str) -> tuple[int, ...]:
        """Marks that fit into a BIGINT column, by every key, the newest first."""
        shift = hashlib.sha256().digest_size * 8 - NUMBER_BITS
        return tuple(int.from_bytes(_hmac(key, text)) >> shift for key in self._marking)


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")


def make_key() -> str:
    """A new key, as the setting wants it."""
    return Fernet.generate_key().decode()


#: By the name of the database.
_settings: dict[str, Secret | None] = {}
_keyrings: dict[str, Keyring] = {}


def use(settings: Settings) -> None:
    """From now on the settings' database has the settings' keys."""
    database = name_of(engine_url(settings.database_url))
    _settings[database] = settings.identity_key
    _keyrings.pop(database, None)


def of(database: str) -> Keyring:
    """The keys of a database by its name; a ConfigurationError that says what to set where there are none."""
    keyring = _keyrings.get(database)
    if keyring is None:
        secret = _settings[database] if database in _settings else load_settings().identity_key
        keys = secret.get_secret_value().split(",") if secret is not None else [_kept_key(make_url(database))]
        keyring = _keyrings[database] = Keyring(keys)
    return keyring


def file_of(url: URL) -> Path | None:
    """The key file of a SQLite database; no other database has one."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    return Path(url.database + ENDING)


def _kept_key(url: URL) -> str:
    file = file_of(url)
    if file is None:
        raise ConfigurationError(f"Set {SETTING}: `gurindam new-key` prints a new one (keep a copy in a safe place)")
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_key(file)
    key = make_key()
    with os.fdopen(handle, "w") as writing:
        writing.write(key)
        writing.flush()
        os.fsync(writing.fileno())
    return key


def _read_key(file: Path) -> str:
    key = file.read_text(encoding="ascii", errors="replace").strip()
    if not is_key(key):
        raise ConfigurationError(f"{file} holds no key: put the right file back, or set {SETTING}")
    return key


def is_key(text: str) -> bool:
    """Whether the text is a key as `make_key` makes them."""
    try:
        Fernet(text)
    except ValueError:
        return False
    return True
