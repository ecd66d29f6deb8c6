"""The long form of what the tests do briefly; runs until it is done or finds something.

Run from the project's root, with how many rounds and the seed to begin with:

    python scripts/campaign.py agreement 2000     valid streams against the second reading
    python scripts/campaign.py near-misses 2000   with what asks for a little too much between
    python scripts/campaign.py mistakes 2000      the same with lines changed at random
    python scripts/campaign.py kills 300          processes killed while they record
    python scripts/campaign.py killed-imports 100
    python scripts/campaign.py killed-copies 300  while they back up, restore and export
    python scripts/campaign.py old-logs 1000      books made beside what another one left
    python scripts/campaign.py flips 10000        bits of a book's file turned over
    python scripts/campaign.py values 10000       cells that hold what no program wrote
    python scripts/campaign.py faults 5000        disks that refuse while a file is made
    python scripts/campaign.py streams 10000      streams that broke on their way
    python scripts/campaign.py readers 200        reading while another program records

Ends with 1 and prints what differs at the first seed that finds something.
"""

from __future__ import annotations

import argparse
import importlib
import random
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def _tests(module: str) -> Any:
    return importlib.import_module(f"tests.{module}")


def agreement(seed: int) -> Iterable[str]:
    rng = random.Random(seed)
    lines, months, people = rng.randint(60, 400), rng.randint(1, 8), seed % 3 == 0
    stream = _tests("oracle.streams").random_stream(seed, lines, months, people)
    found: Iterable[str] = _tests("services.agreement").compare(stream)
    return found


def near_misses(seed: int) -> Iterable[str]:
    rng = random.Random(seed)
    lines, months, people = rng.randint(60, 250), rng.randint(1, 6), seed % 3 == 0
    stream = _tests("oracle.near_misses").stream_with_near_misses(seed, lines, months, people)
    found: Iterable[str] = _tests("services.agreement").compare(stream)
    return found


def mistakes(seed: int) -> Iterable[str]:
    rng = random.Random(seed)
    stream = _tests("services.mutations").mutated_stream(seed, rng.randint(60, 200), 4, 0.7)
    found: Iterable[str] = _tests("services.agreement").compare(stream)
    return found


def kills(seed: int) -> Iterable[str]:
    return _raised(_tests("store.killing").kill_while_recording, seed)


def killed_imports(seed: int) -> Iterable[str]:
    return _raised(_tests("store.killing").kill_while_importing, seed)


def killed_copies(seed: int) -> Iterable[str]:
    return _raised(_tests("store.killing").kill_while_copying, seed)


def _raised(work: Callable[[random.Random], object], seed: int) -> Iterable[str]:
    try:
        work(random.Random(seed))
    except AssertionError as error:
        return [str(error)]
    return []


def attack(module: str, name: str) -> Callable[[int], Iterable[str]]:
    """One of `tests/attacks`, which the suite runs a few rounds of."""

    def run(seed: int) -> Iterable[str]:
        found: Iterable[str] = getattr(_tests(f"attacks.{module}"), name)(random.Random(seed))
        return found

    return run


CAMPAIGNS: dict[str, Callable[[int], Iterable[str]]] = {
    "agreement": agreement,
    "near-misses": near_misses,
    "mistakes": mistakes,
    "kills": kills,
    "killed-imports": killed_imports,
    "killed-copies": killed_copies,
    "old-logs": attack("names", "old_logs"),
    "flips": attack("rot", "flipped_bits"),
    "values": attack("rot", "odd_values"),
    "faults": attack("faults", "refused_writes"),
    "streams": attack("streams", "broken_streams"),
    "readers": attack("readers", "readers_beside_a_writer"),
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("campaign", choices=CAMPAIGNS)
    parser.add_argument("rounds", type=int)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    for seed in range(asked.seed, asked.seed + asked.rounds):
        found = list(CAMPAIGNS[asked.campaign](seed))
        if found:
            print(f"seed {seed}:", *found, sep="\n  ")
            return 1
        if seed % 100 == 99:
            print(f"seed {seed}: nothing found so far", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
