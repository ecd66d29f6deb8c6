"""A process that is killed, again and again: what was acknowledged is there, whole."""

import random

import pytest

from tests.store.killing import kill_while_copying, kill_while_importing, kill_while_recording


@pytest.mark.parametrize("seed", range(5))
def test_what_was_acknowledged_survives_a_kill(seed: int) -> None:
    """Six books at once: 30 kills."""
    assert kill_while_recording(random.Random(seed)) > 0


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_import_leaves_no_trace(seed: int) -> None:
    kill_while_importing(random.Random(seed))


@pytest.mark.parametrize("seed", range(2))
def test_what_a_killed_program_made_is_whole(seed: int) -> None:
    assert kill_while_copying(random.Random(seed)) > 0
