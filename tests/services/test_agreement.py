"""The core and an independent reading of the manual, line by line and figure by figure.

`scripts/campaign.py` is the long form of this.
"""

import pytest

from tests.conftest import DATA
from tests.oracle.streams import random_stream
from tests.services.agreement import compare
from tests.services.mutations import mutated_stream, offered_stream


def test_the_worked_month() -> None:
    assert compare((DATA / "juni-2026.jsonl").read_text(encoding="utf-8").splitlines()) == []


@pytest.mark.parametrize("seed", range(10))
def test_random_streams(seed: int) -> None:
    assert compare(random_stream(seed, 150, 4)) == []


@pytest.mark.parametrize("seed", range(100, 106))
def test_all_that_was_offered_to_a_stream(seed: int) -> None:
    assert compare(offered_stream(seed, 150, 4)) == []


@pytest.mark.parametrize("seed", range(200, 220))
def test_streams_with_mistakes_in_them(seed: int) -> None:
    assert compare(mutated_stream(seed, 100, 4)) == []
