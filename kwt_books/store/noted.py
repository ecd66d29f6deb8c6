"""What is noted at a connection to a server while a transaction lasts."""

from __future__ import annotations

from sqlalchemy import Connection

SEEN = "place and seal of the chain's head"
"""Where a connection keeps what a server said when the transaction began."""


AHEAD = "what is asked ahead"
"""Where a connection to a far server keeps what is known of what will be asked."""


def guesses(connection: Connection) -> bool:
    """Whether answers may be guesses (`OpenBook.at_once`): what rests on them isn't kept."""
    return AHEAD in connection.info


def tries(connection: Connection) -> bool:
    """Whether what runs now is run again once more is known: what it learns is not to be kept."""
    return guesses(connection) and bool(connection.info[AHEAD].guesses)


def guessed(connection: Connection) -> bool:
    """Whether an answer in this run was a guess."""
    return guesses(connection) and bool(connection.info[AHEAD].guessed)


def last_seen(connection: Connection) -> int | None:
    """The place of the chain's head as the transaction began, where that is known."""
    seen = connection.info.get(SEEN)
    return int(seen[0]) if seen is not None else None


def head_seen(connection: Connection) -> str | None:
    """The chain's head as the transaction began, where that is known without asking."""
    seen = connection.info.get(SEEN)
    return str(seen[1]) if seen is not None else None
