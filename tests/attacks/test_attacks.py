"""The short form of every attack; `scripts/campaign.py` runs them as long as one likes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import pytest

from tests.attacks import disk
from tests.attacks.faults import refused_writes
from tests.attacks.names import old_logs
from tests.attacks.readers import readers_beside_a_writer
from tests.attacks.rot import flipped_bits, odd_values
from tests.attacks.schemas import hostile_schemas
from tests.attacks.streams import broken_streams

SHORT = [
    (old_logs, 3),
    (flipped_bits, 12),
    (odd_values, 12),
    (hostile_schemas, 12),
    (refused_writes, 15),
    (broken_streams, 10),
    (readers_beside_a_writer, 1),
]
ROOT = Path(__file__).resolve().parents[2]
ROUNDS = [(attack, seed) for attack, rounds in SHORT for seed in range(rounds)]


@pytest.mark.parametrize(
    ("attack", "seed"), ROUNDS, ids=[f"{attack.__name__}-{seed}" for attack, seed in ROUNDS]
)
def test_nothing_comes_of_it(attack: Callable[[Random], Iterable[str]], seed: int) -> None:
    assert not list(attack(Random(seed)))


@pytest.mark.skipif(not disk.available(), reason="needs Linux and a C compiler")
@pytest.mark.parametrize(("attack", "rounds"), [("calls", 10), ("power", 1), ("refusals", 12)])
def test_nothing_comes_of_a_disk_that_stops(attack: str, rounds: int, long: bool) -> None:
    """In a process of its own, whose calls to the disk are watched."""
    some = rounds if long else max(1, rounds // 3)
    command = [sys.executable, "scripts/campaign.py", attack, str(some)]
    ran = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=disk.environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
