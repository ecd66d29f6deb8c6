"""Timing by ratio: what is measured and its reference take turns in the same run.

Counted is the time of the processor, which others on the machine change little; only where a disk
or a server is waited for it is the clock's.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time


@dataclass(frozen=True, slots=True)
class Pair:
    """Median seconds of the thing and of its reference, and the median of their ratios."""

    what: str
    seconds: float
    reference: float
    ratio: float
    aim: float | None = None

    def line(self) -> str:
        aim = f"{self.aim:>6.1f}" if self.aim is not None else " " * 6
        return (
            f"{self.what:<52}{_time(self.seconds):>12}{_time(self.reference):>12}"
            f"{self.ratio:>8.2f}{aim}"
        )


HEADING = f"{'':<52}{'measured':>12}{'reference':>12}{'ratio':>8}{'aim':>6}"


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


def pair(
    what: str,
    work: Callable[[], object],
    reference: Callable[[], object],
    *,
    rounds: int = 7,
    aim: float | None = None,
    warm: bool = True,
    clock: Callable[[], float] = process_time,
) -> Pair:
    """Runs both in turn, `rounds` times, after each was run once where it is to be `warm`."""
    if warm:
        work(), reference()
    times, references = [], []
    for _ in range(rounds):
        times.append(timed(work, clock))
        references.append(timed(reference, clock))
    return pair_of(what, times, references, aim)


def pair_of(what: str, times: list[float], references: list[float], aim: float | None) -> Pair:
    """Of seconds that were taken in turn."""
    ratios = [mine / theirs for mine, theirs in zip(times, references, strict=True)]
    return Pair(
        what,
        statistics.median(times),
        statistics.median(references),
        statistics.median(ratios),
        aim,
    )


def timed(work: Callable[[], object], clock: Callable[[], float] = process_time) -> float:
    """Seconds that the work takes; those of the processor, where no other `clock` is given."""
    start = clock()
    work()
    return clock() - start
