"""What a process asks of the disk: counted, written down, refused, or the last thing it does.

`disk.c` stands between the program and the C library, so that SQLite's writes are seen too. It is
loaded before anything else of a process, by `LD_PRELOAD`; each attack then forks a child of it.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from traceback import format_exc

SOURCE = Path(__file__).with_name("disk.c")
_LINE = struct.Struct("5q")


class Mode(IntEnum):
    """What happens at one call to the disk."""

    FREE = 0
    KILL = 1
    """The process is killed, in the middle of what it writes."""
    FAIL = 2
    FAIL_ON = 3
    """It is refused, and so is every later one."""
    SHORT = 4
    """Half is written; of what can't be halved, nothing, as on a full disk."""
    FAIL_SAME = 5
    """It is refused, and so is every later one of its kind: a disk that doesn't flush."""


Said = dict[str, object]


@dataclass(frozen=True, slots=True)
class Call:
    """One thing that was asked of the disk: `W`rite, `S`ync, `T`runcate, `C`reate, `R`ename,
    `U`nlink, `M`ake a folder, sync a `D`irectory; and `A`, something the program said."""

    what: str
    file: int
    offset: int
    size: int
    data: bytes

    @property
    def names(self) -> list[str]:
        """The paths of a call that is about names."""
        return [os.fsdecode(each) for each in self.data.split(b"\0")]

    @property
    def word(self) -> Said:
        """What the program said."""
        word: Said = json.loads(self.data)
        return word


@dataclass(frozen=True, slots=True)
class Ran:
    """What a child did: all it asked of the disk, what it said meanwhile, and how it ended."""

    calls: tuple[Call, ...]
    killed: bool

    @property
    def said(self) -> list[Said]:
        """What the program said, in its order."""
        return [call.word for call in self.calls if call.what == "A"]


def available() -> bool:
    """Whether this machine has what it takes: Linux and a C compiler."""
    return sys.platform == "linux" and shutil.which("cc") is not None


@cache
def _built() -> Path:
    digest = sha256(SOURCE.read_bytes()).hexdigest()[:16]
    made = Path(gettempdir()) / f"kwt-disk-{os.getuid()}-{digest}.so"
    if not made.exists():
        own = made.with_suffix(f".{os.getpid()}")
        subprocess.run(
            ["cc", "-O2", "-shared", "-fPIC", "-o", own, SOURCE, "-ldl"], check=True
        )  # fmt: skip
        own.replace(made)
    return made


def environment() -> dict[str, str]:
    """For a process whose calls to the disk can be watched."""
    return {**os.environ, "LD_PRELOAD": str(_built())}


def loaded() -> bool:
    """Whether this is such a process."""
    return hasattr(ctypes.CDLL(None), "disk_watch")


def say(**what: object) -> None:
    """Writes a word of the program among its calls to the disk."""
    ctypes.CDLL(None).disk_mark(json.dumps(what).encode())


def run(
    folder: Path, work: Callable[[], None], mode: Mode = Mode.FREE, at: int = -1, error: int = 0,
    *, reads: bool = False,
) -> Ran:  # fmt: skip
    """Does the work in a child whose calls within `folder` are watched; the `at`-th of them, from
    0, meets with `mode`. `reads`: reading counts as well."""
    trace = os.memfd_create("trace")
    child = os.fork()
    if child == 0:
        _work(folder, work, trace, mode, at, error, reads)
    _, status = os.waitpid(child, 0)
    with os.fdopen(trace, "rb") as file:
        file.seek(0)
        calls = tuple(_calls(file.read()))
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    if not killed and os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(f"the child ended with {status}")
    return Ran(calls, killed)


def _work(
    folder: Path, work: Callable[[], None], trace: int, mode: Mode, at: int, error: int, reads: bool
) -> None:
    """In the child, which never returns."""
    shim = ctypes.CDLL(None)
    try:
        shim.disk_watch(bytes(folder), trace, int(mode), ctypes.c_long(at), error, int(reads))
        work()
        say(calls=shim.disk_calls())
        os._exit(0)
    except BaseException:
        relent()
        say(raised=format_exc(limit=-6))
        os._exit(0)


def relent() -> None:
    """From here on the disk of this process does what it is asked."""
    ctypes.CDLL(None).disk_relent()


def _calls(raw: bytes) -> Iterator[Call]:
    place = 0
    while place + _LINE.size <= len(raw):
        what, file, offset, size, length = _LINE.unpack_from(raw, place)
        place += _LINE.size
        yield Call(chr(what), file, offset, size, raw[place : place + length])
        place += length
