"""Keys of encrypted books: made of a passphrase, read from paper, known while the program runs.

SQLCipher encrypts every page with the book's key. The first 16 bytes of the file are its salt: a
mark (5 bytes, the last of which tells how the key is derived), 9 random bytes, and 2 of the key's
digest. So a book is told from other files, and a wrong passphrase from damage.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from kwt_books.domain.access import LEAST_PASSPHRASE, SIGNS, as_compared, weakness_of
from kwt_books.domain.errors import StorageError

MARK = b"KWTE1"
"""How an encrypted book begins."""
_SALT, _SECRET, _RANDOM = 16, 32, 9
"""Bytes."""
_TIME, _MEMORY, _LANES = 3, 64 * 1024, 4
"""Argon2id: passes, KiB, lanes; RFC 9106 for computers with little memory."""
_GROUP, _CHECK = 4, 4
"""Signs in a group of the key on paper, and of its check at the end."""
_BITS = 5
"""Of a sign on paper."""
_ON_PAPER = -(-8 * _SECRET // _BITS) + _CHECK
"""Signs of a key on paper."""


@dataclass(frozen=True, slots=True)
class Key:
    """The key of one encrypted book and of copies of it; it never shows itself."""

    salt: bytes = field(repr=False)
    secret: bytes = field(repr=False)

    @property
    def pragma(self) -> str:
        """The key as SQLCipher takes it without deriving anything: `x'…'`."""
        return f"x'{self.secret.hex()}{self.salt.hex()}'"

    @property
    def on_paper(self) -> str:
        """The key as it is printed: 14 groups of 4 signs, the last of which is a check."""
        number = int.from_bytes(self.secret, "big")
        text = _signs(number, _ON_PAPER - _CHECK) + _check(self.secret)
        return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def _signs(number: int, length: int) -> str:
    return "".join(SIGNS[number >> _BITS * place & 31] for place in reversed(range(length)))


def _check(secret: bytes) -> str:
    return _signs(int.from_bytes(hashlib.sha256(b"paper" + secret).digest(), "big"), _CHECK)


# -- Making a key, and finding it again ----------------------------------------------------------


def new_key(phrase: str) -> Key:
    """A key for a book that opens with this passphrase from now on.

    Raises `StorageError`: `passphrase-too-short` or `passphrase-too-easy`.
    """
    weak = weakness_of(_plain(phrase))
    if weak:
        raise StorageError(weak, least=LEAST_PASSPHRASE)
    begin = MARK + secrets.token_bytes(_RANDOM)
    secret = derived(phrase, begin)
    return Key(begin + _digest(secret), secret)


def key_of_secret(path: Path, told: str) -> Key:
    """The key of the encrypted book at `path` by its passphrase, or as it stands on paper.

    Raises `StorageError`: `not-encrypted`, `wrong-passphrase`, or `wrong-book-key` for what looks
    like a key on paper and is another.
    """
    salt = salt_of(path)
    if salt is None:
        raise StorageError("not-encrypted", path=path)
    read = from_paper(told)
    for secret in (read, derived(told, salt[:-2])):
        if secret is not None and _digest(secret) == salt[-2:]:
            return Key(salt, secret)
    like_paper = len(as_compared(told)) == _ON_PAPER
    raise StorageError("wrong-book-key" if like_paper else "wrong-passphrase", path=path)


def from_paper(told: str) -> bytes | None:
    """The secret that a recovery paper says, however it was typed; None where it says none."""
    text = as_compared(told)
    if len(text) != _ON_PAPER or not set(text) <= set(SIGNS):
        return None
    number = 0
    for sign in text[:-_CHECK]:
        number = number << _BITS | SIGNS.index(sign)
    if number >> 8 * _SECRET:
        return None
    secret = number.to_bytes(_SECRET, "big")
    return secret if _check(secret) == text[-_CHECK:] else None


def derived(phrase: str, salt: bytes) -> bytes:
    """The secret of a passphrase: 32 bytes by Argon2id, at the costs that `MARK` stands for."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(_plain(phrase).encode(), salt, _TIME, _MEMORY, _LANES, _SECRET, Type.ID)


def _plain(phrase: str) -> str:
    """The same signs, however a keyboard composes them, with single spaces between words."""
    return " ".join(unicodedata.normalize("NFKC", phrase).split())


def _digest(secret: bytes) -> bytes:
    return hashlib.sha256(b"known" + secret).digest()[:2]


# -- What the program knows while it runs --------------------------------------------------------


_known: dict[bytes, Key] = {}
"""Keys of books that were unlocked, by their salt."""


def salt_of(path: Path) -> bytes | None:
    """The first bytes of an encrypted book; None of any other file, and of none at all."""
    try:
        with path.open("rb") as file:
            salt = file.read(_SALT)
    except OSError:
        return None  # whoever opens it says what is wrong
    return salt if salt.startswith(MARK) and len(salt) == _SALT else None


def learn(key: Key) -> None:
    """From now on the book of this key, and copies of it, open without a question."""
    _known[key.salt] = key


def forget(path: Path) -> None:
    """From now on the book at `path` asks for its passphrase again."""
    _known.pop(salt_of(path) or b"", None)


def key_of(path: Path) -> Key | None:
    """The key of the file at `path`; None where it isn't encrypted.

    Raises `StorageError("encrypted")` where nobody has told its passphrase yet.
    """
    salt = salt_of(path)
    if salt is None:
        return None
    if salt not in _known:
        raise StorageError("encrypted", path=path)
    return _known[salt]
