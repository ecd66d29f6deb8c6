"""A story that ends at one of its calls to the disk: the process killed, or the disk refusing."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.attacks.acts import Story, laid_out
from tests.attacks.disk import Mode, Ran, run
from tests.attacks.held import wrong

ROUNDS = 20
"""Rounds that one story is told, each broken off elsewhere."""
_ERRORS = (errno.EIO, errno.EIO, errno.ENOSPC, errno.ENOSPC, errno.EROFS, errno.EMFILE,
           errno.EACCES)  # fmt: skip


def told(
    folder: Path, seed: int, mode: Mode = Mode.FREE, at: int = -1, error: int = 0, *,
    reads: bool = False, again: bool = False,
) -> Ran:  # fmt: skip
    """The story of a seed, in a folder that is laid out."""
    rng = Random(seed)

    def work() -> None:
        Story(folder, rng).tell(rng.randint(2, 6), again=again)

    return run(folder, work, mode, at, error, reads=reads)


@cache
def _calls(seed: int, reads: bool) -> int:
    """How often the story of a seed calls the disk."""
    with TemporaryDirectory() as folder:
        laid_out(Path(folder))
        ran = told(Path(folder), seed, reads=reads)
        assert not ran.killed
        (calls,) = [int(str(word["calls"])) for word in ran.said if "calls" in word]
        return calls


def killed_within_a_call(rng: Random, seed: int) -> Iterator[str]:
    """The process is killed within or right after a call; what it told to be done is there."""
    story = seed // ROUNDS
    with TemporaryDirectory() as folder:
        laid_out(Path(folder))
        at = rng.randrange(_calls(story, reads=False))
        ran = told(Path(folder), story, Mode.KILL, at)
        found = list(wrong(Path(folder), ran.said))
        yield from (f"story {story}, call {at}: {each}" for each in found)


def refused_calls(rng: Random, seed: int) -> Iterator[str]:
    """The disk refuses a call, or all from there on; then the process is killed, or goes on."""
    story, reads = seed // ROUNDS, rng.random() < 0.2
    mode = rng.choice((Mode.FAIL, Mode.FAIL_SAME, Mode.FAIL_ON, Mode.SHORT))
    error = rng.choice(_ERRORS)
    again = rng.random() < 0.5
    with TemporaryDirectory() as folder:
        laid_out(Path(folder))
        at = rng.randrange(_calls(story, reads))
        ran = told(Path(folder), story, mode, at, error, reads=reads, again=again)
        found = list(wrong(Path(folder), ran.said, strict=mode is not Mode.FAIL_ON or again))
        if again and "refused" in ran.said[-2]:
            found.append(f"nothing is taken once the disk is well: {ran.said[-2]}")
        how = f"story {story}, call {at}, {mode.name} {errno.errorcode[error]}"
        yield from (f"{how}{', reading too' * reads}: {each}" for each in found)
