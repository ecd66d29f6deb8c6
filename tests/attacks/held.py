"""What a folder must hold after a story broke off: all that was told to be done, whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kwt_books.book import Book
from kwt_books.domain.errors import BookError
from kwt_books.services.people import matches
from kwt_books.store.driver import sqlite3
from tests.attacks.acts import (
    AUDIT,
    BEGUN,
    KEPT,
    MAIN,
    OLD_EXPORT,
    OLDER,
    PASSWORDS,
    PEOPLE,
    beginning,
    door_to,
)
from tests.attacks.books import failing, heads, transfers
from tests.attacks.disk import Said
from tests.attacks.rot import told_of

_MORE = {"record": 0, "take_in": 0, "sheet": 1}
"""Acts that record, with the entries beyond their size: a sheet is kept beside its rows."""


@dataclass(slots=True)
class Promised:
    """What the words of a story promise."""

    heads: list[str | None] = field(default_factory=lambda: [*heads(beginning() / MAIN)])
    """Of all entries; None where only a later one was told."""
    made: dict[str, int] = field(default_factory=dict)
    """Files by name, with their entries."""
    kept: int = 0
    """Entries of the newest backup that the program made by itself."""
    tries: int = 0
    password: int = 0
    found: list[str] = field(default_factory=list)
    way: str = ""
    """The act that was on its way."""
    more: int = 0
    """Entries that were on their way."""
    refused: set[int] = field(default_factory=set)
    """Sizes of entries that were refused after the last that were taken."""
    raised: str = ""
    _size: int = 0

    def hear(self, word: Said) -> None:
        """Takes one word of the story."""
        if "begun" in word:
            self.way = str(word["begun"])
            self._size = int(str(word["size"]))
            self.more = self._size + _MORE[self.way] if self.way in _MORE else 0
        elif "raised" in word:
            self.raised = str(word["raised"])
        elif "refused" in word:
            self._refused()
        elif "done" in word:
            self._done(word)

    def _refused(self) -> None:
        if self.more:
            self.refused.add(self.more)
        if self.way == "password":
            self.tries = 0
        self.way, self.more = "", 0

    def _done(self, word: Said) -> None:
        taken = word.get("heads")
        if isinstance(taken, list):
            self.heads += taken
            self.refused.clear()
        if "made" in word:
            entries = {"import": self._size, "create": 0}.get(self.way, len(self.heads))
            self.made[str(word["made"])] = entries
        if word.get("kept"):
            self.kept = len(self.heads)
        self.found += [str(word["found"])] if "found" in word else []
        self.tries = 0 if "password" in word else self.tries + int(str(word.get("tries", 0)))
        self.password |= int(str(word.get("password", 0)))
        self.way, self.more = "", 0


def wrong(folder: Path, said: list[Said], *, strict: bool = True) -> Iterator[str]:
    """What does not hold, in words. `strict`: what was refused must not be found either."""
    promised = Promised()
    for word in said:
        promised.hear(word)
    if promised.raised:
        yield promised.raised
    yield from (f"{name} is gone" for name in (MAIN, OLDER, PEOPLE) if not (folder / name).exists())
    try:
        with closing(door_to(folder).open(folder / MAIN)) as book:
            chain = heads(folder / MAIN)
            yield from _main(chain, promised, strict)
            yield from _audit(book, promised)
            book.record_all(transfers([1]))
            yield from (f"{MAIN} fails {check}" for check in failing(book))
        yield from _files(folder, chain, promised)
        yield from _people(folder, promised)
        if not _untouched(folder, OLDER):
            door_to(folder).open(folder / OLDER).close()
        if heads(folder / OLDER) != heads(beginning() / OLDER):
            yield f"{OLDER} holds other entries"
    except (BookError, OSError, sqlite3.Error) as error:
        yield told_of(error)


def _untouched(folder: Path, name: str) -> bool:
    alone = not (folder / f"{name}-wal").exists() and not (folder / f"{name}-journal").exists()
    return alone and (folder / name).read_bytes() == (beginning() / name).read_bytes()


def _main(chain: list[str], promised: Promised, strict: bool) -> Iterator[str]:
    there = len(promised.heads)
    allowed = {0, promised.more} | (set() if strict else promised.refused)
    first = [found if told else told for found, told in zip(chain, promised.heads, strict=False)]
    if first != promised.heads:
        yield f"{there} entries were told to be done, and they are not the first of {len(chain)}"
    elif len(chain) - there not in allowed:
        yield f"{len(chain) - there} entries too many, not one of {sorted(allowed)}"


def _files(folder: Path, chain: list[str], promised: Promised) -> Iterator[str]:
    """Whatever bears a book's name is whole, and what was told to be made is there."""
    for name, entries in promised.made.items():
        path = folder / name
        if not path.exists():
            yield f"{name} was told to be made and is not there"
        elif name.endswith(".kwt") and len(heads(path)) != entries:
            yield f"{name} has {len(heads(path))} entries, not {entries}"
    kept = max((len(heads(each)) for each in folder.glob(f"{KEPT}/*/*.kwt")), default=0)
    if kept < promised.kept:
        yield f"the newest backup has {kept} entries, not {promised.kept}"
    for path in sorted(folder.glob("*.jsonl")):
        if path.name in promised.made or path.read_bytes() != OLD_EXPORT:
            number = path.read_bytes().count(b"\n")
            if not promised.made.get(path.name, BEGUN) <= number <= len(chain):
                yield f"{path.name} has {number} lines"
    for path in sorted((*folder.glob("*-*.kwt"), *folder.glob(f"{KEPT}/*/*.kwt"))):
        yield from _whole(folder, path, chain)


def _whole(folder: Path, path: Path, chain: list[str]) -> Iterator[str]:
    name = str(path.relative_to(folder))
    if name.startswith("lama-v"):
        if heads(path) != heads(beginning() / OLDER):
            yield f"{name} holds other entries"
        return
    with closing(door_to(folder).open(path, read_only=True)) as book:
        yield from (f"{name} fails {check}" for check in failing(book))
    found = heads(path)
    if not name.startswith(("import", "create")) and found != chain[: len(found)]:
        yield f"{name} holds other entries"


def _audit(book: Book, promised: Promised) -> Iterator[str]:
    if not book.path.with_name(AUDIT).exists() and not promised.found:
        return
    found = [each.text for each in book.audit.notebook.read().findings]
    there = len(promised.found)
    if found[:there] != promised.found or len(found) > there + 1:
        yield f"{AUDIT} has {found}, not {promised.found}"


def _people(folder: Path, promised: Promised) -> Iterator[str]:
    """Who may sign in, and how often it was tried."""
    if _untouched(folder, PEOPLE) and not promised.tries and not promised.password:
        return
    with closing(sqlite3.connect(folder / PEOPLE)) as connection:
        hash_, tries = connection.execute(
            "SELECT hash, tries FROM credential WHERE kind = 'password'"
        ).fetchone()
    least = 0 if promised.way == "password" else promised.tries
    if tries < least:
        yield f"{least} wrong tries were counted, {tries} are known"
    fitting = [matches(hash_, each) for each in PASSWORDS]
    if not fitting[1] and (promised.password or not fitting[0]):
        yield "the password is not what it was set to"
