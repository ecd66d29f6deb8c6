"""Passwords and recovery keys: made, hashed, compared."""

from __future__ import annotations

import secrets

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that is taken for a digit."""
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_GROUPS, _GROUP = 5, 4
_TIME, _MEMORY, _LANES = 2, 19 * 1024, 1
"""Argon2id: passes, KiB, lanes; OWASP's least, so that an old computer keeps no one waiting."""


def hashed(secret: str) -> str:
    """Slow on purpose."""
    from argon2 import PasswordHasher

    return PasswordHasher(_TIME, _MEMORY, _LANES).hash(secret)


def matches(hash_: str, secret: str) -> bool:
    """Whether the hash was made of this. A hash that can't be read matches nothing."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(hash_, secret)
    except (VerificationError, InvalidHashError):
        return False


def new_recovery_key() -> str:
    """`7QK2-M4TD-…`: a hundred bits, to be written off a sheet of paper."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def as_compared(key: str) -> str:
    """A recovery key however it was typed: spaces, dashes, small letters, O for 0."""
    return "".join(filter(str.isalnum, key.upper())).translate(_READ_AS)
