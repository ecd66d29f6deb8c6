"""Power that is lost: what of a story's calls to the disk was not synced may be there, or not.

Of each file, what it held at its last sync is there. Each sector of 512 bytes that was written
since holds what it held then or after any later write: so writes are lost, reordered and torn.
Names are there once their folder was synced; of those given since, any first ones, or any at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.attacks.acts import laid_out
from tests.attacks.disk import Call, Said
from tests.attacks.held import wrong
from tests.attacks.instants import told

ROUNDS = 20
"""Losses of power in one story."""
_SECTOR = 512


@dataclass(slots=True)
class _File:
    """What is safe of a file, and what was asked since."""

    safe: bytearray
    since: list[Call] = field(default_factory=list)

    def sync(self) -> None:
        for call in self.since:
            _apply(self.safe, call)
        self.since.clear()

    def left(self, rng: Random) -> bytes:
        """What the disk holds after the loss."""
        way = rng.randrange(4)
        kept = bytearray(self.safe)
        if way == 0:
            return bytes(kept)
        if way == 1:
            for call in self.since[: rng.randint(0, len(self.since))]:
                _apply(kept, call)
            return bytes(kept)
        return self._torn(rng, kept, 0.5 if way == 2 else rng.random())

    def _torn(self, rng: Random, kept: bytearray, share: float) -> bytes:
        """Each sector as it was at some time; the size too."""
        sizes, grown = [len(kept)], bytearray(kept)
        for call in self.since:
            _apply(grown, call)
            sizes.append(len(grown))
            if call.what != "W":
                continue
            end = call.offset + call.size
            for begin in range(call.offset - call.offset % _SECTOR, end, _SECTOR):
                if rng.random() < share:
                    first, last = max(begin, call.offset), min(begin + _SECTOR, end)
                    part = call.data[first - call.offset : last - call.offset]
                    _put(kept, first, part)
        size = rng.choice((sizes[-1], sizes[-1], rng.choice(sizes)))
        return bytes(kept[:size]).ljust(size, b"\0")


def _put(content: bytearray, offset: int, data: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def _apply(content: bytearray, call: Call) -> None:
    if call.what == "W":
        _put(content, call.offset, call.data)
    elif call.size < len(content):
        del content[call.size :]
    else:
        content.extend(bytes(call.size - len(content)))


_Names = dict[str, int | None]
"""A path's file, or None for a folder."""


class Disk:
    """The disk under a story: what is safe, and what was asked since."""

    def __init__(self, folder: Path) -> None:
        self._names: _Names = {}
        self._files: dict[int, _File] = {}
        self._number: dict[int, int] = {}
        self._since: list[tuple[Call, int]] = []
        for each in folder.iterdir():
            number = self._new(each.stat().st_ino)
            self._names[str(each)] = number
            self._files[number].safe = bytearray(each.read_bytes())

    def _new(self, inode: int) -> int:
        """A number of its own: a system gives those of deleted files again."""
        number = self._number[inode] = len(self._files)
        self._files[number] = _File(bytearray())
        return number

    def ask(self, call: Call) -> None:
        """Takes a call as the disk does."""
        if call.what == "C":
            self._since.append((call, self._new(call.file)))
        elif call.what in "RUM":
            self._since.append((call, -1))
        elif call.what == "D":
            for each, number in self._since:
                _rename(self._names, each, number)
            self._since.clear()
        elif call.what in "WT":
            self._files[self._number[call.file]].since.append(call)
        elif call.what == "S":
            self._files[self._number[call.file]].sync()

    def lose(self, rng: Random, into: Path, folder: Path) -> None:
        """Lays out in the folder `into` what of `folder` is left."""
        names, way = dict(self._names), rng.randrange(4)
        some = self._since[: rng.randint(0, len(self._since))] if way == 1 else self._since
        for call, number in some if way else ():
            if way != 2 or rng.random() < 0.5:
                _rename(names, call, number)
        for name, number in sorted(names.items(), key=lambda each: each[0]):
            path = into / Path(name).relative_to(folder)
            if number is None:
                path.mkdir(parents=True, exist_ok=True)
            elif not name.endswith("-shm") and path.parent.exists():
                path.write_bytes(self._files[number].left(rng))


def _rename(names: _Names, call: Call, number: int) -> None:
    """What a call about names makes of them; nothing where what it speaks of isn't there."""
    first = call.names[0]
    if call.what == "C":
        names[first] = number
    elif call.what == "M":
        names[first] = None
    elif call.what == "U":
        names.pop(first, None)
    elif first in names:
        names[call.names[1]] = names.pop(first)


def lost_power(rng: Random, seed: int) -> Iterator[str]:
    """One story, and what it left on the disk had the power been lost here or there."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        laid_out(folder)
        disk = Disk(folder)
        calls = told(folder, seed).calls
    places = sorted(rng.choices(range(len(calls)), k=ROUNDS))
    said: list[Said] = []
    for place, call in enumerate(calls):
        if call.what == "A":
            said.append(call.word)
        else:
            disk.ask(call)
        for _ in range(places.count(place)):
            with TemporaryDirectory() as left:
                disk.lose(rng, Path(left), folder)
                what = sorted(each.name for each in Path(left).iterdir())
                found = list(wrong(Path(left), said))
                yield from (f"story {seed}, call {place}: {each} ({what})" for each in found)
