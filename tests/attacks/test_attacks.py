"""The short form of every attack; `scripts/campaign.py` runs them as long as one likes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

import pytest

from tests.attacks.faults import refused_writes
from tests.attacks.names import old_logs
from tests.attacks.readers import readers_beside_a_writer
from tests.attacks.rot import flipped_bits, odd_values
from tests.attacks.streams import broken_streams

SHORT = [
    (old_logs, 3),
    (flipped_bits, 12),
    (odd_values, 12),
    (refused_writes, 15),
    (broken_streams, 10),
    (readers_beside_a_writer, 1),
]
ROUNDS = [(attack, seed) for attack, rounds in SHORT for seed in range(rounds)]


@pytest.mark.parametrize(
    ("attack", "seed"), ROUNDS, ids=[f"{attack.__name__}-{seed}" for attack, seed in ROUNDS]
)
def test_nothing_comes_of_it(attack: Callable[[Random], Iterable[str]], seed: int) -> None:
    assert not list(attack(Random(seed)))
