"""Passwords of servers, kept by the computer's own keyring and nowhere else."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from kwt_books.domain.address import Address, ServerAddress

_SERVICE = "KWT Books"


def with_password(address: Address) -> Address:
    """The address with the password that the keyring has for its server, where it has one.

    A keyring may ask the user to unlock it: this is for the worker's thread.
    """
    if not isinstance(address, ServerAddress) or address.password:
        return address
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError, OSError, RuntimeError):
        return replace(address, password=keyring.get_password(_SERVICE, address.server) or "")
    return address


def keep_password(address: ServerAddress) -> bool:
    """Hands the password to the keyring; False where this computer has none that takes it."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, address.server, address.password)
    except (KeyringError, OSError, RuntimeError):
        return False
    return True
