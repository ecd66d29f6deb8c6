"""The long form of what the tests do briefly; runs until it is done or finds something.

Run from the project's root, with how many rounds and the seed to begin with:

    python scripts/campaign.py flips 10000 --seed 500

The campaigns, and what a round of each counts as:

    agreement       a valid stream, against the second reading
    near-misses     the same with what asks for a little too much between
    mistakes        the same with lines changed at random
    kills           a process killed while it records in six books
    killed-imports  the same while it imports
    killed-copies   the same while it backs up, restores and exports
    calls           every writing act, killed within a call to the disk
    power           every writing act, the power lost at twenty instants
    refusals        every writing act, a call to the disk refused, half done, or all from there on
    faults          a disk that refuses while one file is made
    old-logs        a book made beside the log and the journal that another one left
    flips           bits of a book's file turned over
    values          cells that hold what no program wrote
    schemas         tables, triggers and views that somebody changed
    streams         a stream that broke on its way
    readers         reading while another program records

`calls`, `power` and `refusals` need Linux and a C compiler. Everything, in turn, towards what the
long form aims at, until the minutes are over; `--tally` remembers how far each has come, and
what was found:

    python scripts/campaign.py all --minutes 30 --tally campaign.json
    python scripts/campaign.py table --tally campaign.json

Ends with 1 and prints what differs at the first seed that finds something; `all` goes on to the
next campaign then.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

Attack = Callable[[int], Iterable[str]]


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


def killing(name: str) -> Attack:
    """One of `tests/store/killing.py`, in real time."""

    def run(seed: int) -> Iterable[str]:
        try:
            getattr(_tests("store.killing"), name)(random.Random(seed))
        except AssertionError as error:
            return [str(error)]
        return []

    return run


def attack(module: str, name: str) -> Attack:
    """One of `tests/attacks`, which the suite runs a few rounds of."""

    def run(seed: int) -> Iterable[str]:
        found: Iterable[str] = getattr(_tests(f"attacks.{module}"), name)(random.Random(seed))
        return found

    return run


def at_the_disk(module: str, name: str) -> Attack:
    """The same of those that stand between the program and the disk."""

    def run(seed: int) -> Iterable[str]:
        work = getattr(_tests(f"attacks.{module}"), name)
        found: Iterable[str] = work(random.Random(seed), seed)
        return found

    return run


@dataclass(frozen=True, slots=True)
class Campaign:
    """An attack, how often the long form makes it, and how many attacks a round is."""

    attack: Attack
    aim: int
    counts: int = 1


CAMPAIGNS = {
    "agreement": Campaign(agreement, 500),
    "near-misses": Campaign(near_misses, 500),
    "mistakes": Campaign(mistakes, 500),
    "kills": Campaign(killing("kill_while_recording"), 100),
    "killed-imports": Campaign(killing("kill_while_importing"), 40),
    "killed-copies": Campaign(killing("kill_while_copying"), 40),
    "calls": Campaign(at_the_disk("instants", "killed_within_a_call"), 5_000),
    "power": Campaign(at_the_disk("power", "lost_power"), 250, counts=20),
    "refusals": Campaign(at_the_disk("instants", "refused_calls"), 5_000),
    "faults": Campaign(attack("faults", "refused_writes"), 1_000),
    "old-logs": Campaign(attack("names", "old_logs"), 500),
    "flips": Campaign(attack("rot", "flipped_bits"), 10_000),
    "values": Campaign(attack("rot", "odd_values"), 2_000),
    "schemas": Campaign(attack("schemas", "hostile_schemas"), 1_000),
    "streams": Campaign(attack("streams", "broken_streams"), 10_000),
    "readers": Campaign(attack("readers", "readers_beside_a_writer"), 50),
}
AT_THE_DISK = ("calls", "power", "refusals")
_SEED = "PYTHONHASHSEED"
"""Sets are written in the order that it gives."""
_TURN = 20
"""Seconds after which the next campaign has its turn."""


class Tally:
    """How many rounds each campaign had, and what they found; kept in a file where there is one."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        there = path is not None and path.exists()
        self._kept: dict[str, dict[str, Any]] = (
            json.loads(path.read_text(encoding="utf-8")) if path is not None and there else {}
        )

    def of(self, name: str) -> dict[str, Any]:
        """Rounds and findings of a campaign."""
        return self._kept.setdefault(name, {"rounds": 0, "found": []})

    def keep(self) -> None:
        """Writes the file anew, whole."""
        if self._path is not None:
            made = self._path.with_suffix(".new")
            made.write_text(json.dumps(self._kept, indent=1), encoding="utf-8")
            made.replace(self._path)

    def table(self) -> str:
        """A row a campaign, in Markdown."""
        rows = ["| campaign | attacks | found |", "| --- | ---: | ---: |"]
        for name, each in CAMPAIGNS.items():
            had = self.of(name)
            rows.append(f"| {name} | {had['rounds'] * each.counts:,} | {len(had['found'])} |")
        return "\n".join(rows)


def run_one(name: str, rounds: int, first: int) -> int:
    """Rounds of one campaign, up to the first that finds something."""
    for seed in range(first, first + rounds):
        found = list(CAMPAIGNS[name].attack(seed))
        if found:
            print(f"seed {seed}:", *found, sep="\n  ")
            return 1
        if seed % 100 == 99:
            print(f"seed {seed}: nothing found so far", flush=True)
    return 0


def run_all(names: Iterable[str], minutes: float, tally: Tally) -> int:
    """Campaigns by turns, towards their aims."""
    end, told = time.monotonic() + minutes * 60, 0
    left = {name: CAMPAIGNS[name] for name in names}
    while left:
        for name, each in list(left.items()):
            turn, had = time.monotonic() + _TURN, tally.of(name)
            while time.monotonic() < min(turn, end) and had["rounds"] < each.aim:
                for found in each.attack(had["rounds"]):
                    had["found"].append(f"seed {had['rounds']}: {found}")
                    print(f"{name}, seed {had['rounds']}: {found}", flush=True)
                    told = 1
                had["rounds"] += 1
            tally.keep()
            if time.monotonic() > end:
                return told
            if had["rounds"] >= each.aim:
                del left[name]
    return told


def repeatable(*, watched: bool) -> None:
    """Starts this program again where a seed gives the same books each time; `watched`: and
    where its calls to the disk can be seen."""
    disk = _tests("attacks.disk")
    known = os.environ.get(_SEED) == "0"
    if not known or (watched and not disk.loaded()):
        environment = disk.environment() if watched else dict(os.environ)
        os.execve(sys.executable, [sys.executable, *sys.argv], environment | {_SEED: "0"})


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("campaign", choices=[*CAMPAIGNS, "all", "table"])
    parser.add_argument("rounds", type=int, nargs="?", default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--tally", type=Path)
    parser.add_argument("--only", nargs="*", choices=CAMPAIGNS, default=list(CAMPAIGNS))
    asked = parser.parse_args()
    if asked.campaign == "table":
        print(Tally(asked.tally).table())
        return 0
    repeatable(watched=asked.campaign in (*AT_THE_DISK, "all"))
    if asked.campaign == "all":
        return run_all(asked.only, asked.minutes, Tally(asked.tally))
    return run_one(asked.campaign, asked.rounds, asked.seed)


if __name__ == "__main__":
    sys.exit(main())
