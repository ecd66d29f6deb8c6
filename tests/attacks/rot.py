"""A book's file that rotted, or into which somebody wrote with another program."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from kwt_books.domain.errors import BookError
from kwt_books.store.driver import sqlite3
from tests.attacks.books import answer, door, failing, questions, sample
from tests.services.forging import guards_down

_ODD: tuple[object, ...] = (
    None, "", "x", "2026-13-45", "9" * 30, "[" * 2_000, b"\xff\x00", b"", -1, 0, 1, 2**62, -(2**63),
    1.5, float("inf"), "{}", "[]", '{"kind": 5}', "1101", "shop:", "asset:x", "batch:",
)  # fmt: skip


_ASKED = 3
"""Questions of a round."""


@cache
def _answer_of(name: str) -> object:
    book = door().open(sample(), read_only=True)
    try:
        return answer(book, questions()[name])
    finally:
        book.close()


def flipped_bits(rng: Random) -> Iterable[str]:
    """One to four bits of the file are others: it is refused, or `verify` tells, or nothing of
    what anybody sees has changed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "b.kwt"
        raw = bytearray(sample().read_bytes())
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            place = rng.randrange(100) if rng.random() < 0.1 else rng.randrange(len(raw))
            raw[place] ^= 1 << rng.randrange(8)
        path.write_bytes(bytes(raw))
        return looked_at(path, rng)


def odd_values(rng: Random) -> Iterable[str]:
    """One to three cells hold what no program wrote there."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "b.kwt"
        shutil.copyfile(sample(), path)
        with guards_down(path) as connection:
            connection.execute("PRAGMA ignore_check_constraints=ON")
            for _ in range(rng.choice((1, 1, 2, 3))):
                _spoil(connection, rng)
        return looked_at(path, rng)


def _spoil(connection: sqlite3.Connection, rng: Random) -> None:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    (table,) = rng.choice(tables)
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    keys = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[5]]
    rows = connection.execute(f"SELECT {', '.join(keys)} FROM {table}").fetchall()
    if not rows:
        return
    where = " AND ".join(f"{key} IS ?" for key in keys)
    with suppress(sqlite3.IntegrityError):
        connection.execute(
            f"UPDATE {table} SET {rng.choice(columns)} = ? WHERE {where}",
            (rng.choice(_ODD), *rng.choice(rows)),
        )


def looked_at(path: Path, rng: Random) -> Iterable[str]:
    """Every question is answered or refused in words; and a book that passes every check
    answers as it did."""
    names = rng.sample(sorted(questions()), _ASKED)
    try:
        book = door().open_as_it_lies(path)
    except BookError:
        return []
    except Exception as error:
        return [told_of(error)]
    try:
        answers = [answer(book, questions()[name]) for name in names]
        wrong = failing(book)
    except BookError as error:
        return [f"verify is refused: {error}"]
    except Exception as error:
        return [told_of(error)]
    finally:
        book.close()
    if wrong:
        return []
    pairs = zip(names, answers, strict=True)
    return [
        f"nothing is wrong, and {name} differs" for name, got in pairs if got != _answer_of(name)
    ]


def told_of(error: BaseException) -> str:
    """The error, with the places it came by."""
    trace = error.__traceback__
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__}: {error} at {' '.join(places[-6:])}"
