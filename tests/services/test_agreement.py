"""The core and an independent reading of the manual, line by line and figure by figure.

`scripts/campaign.py` is the long form of this.
"""

import pytest

from kwt_books.domain.address import Address
from tests.conftest import DATA
from tests.oracle.near_misses import stream_with_near_misses
from tests.oracle.streams import random_stream
from tests.services.agreement import compare
from tests.services.mutations import mutated_stream


def edges() -> dict[str, list[str]]:
    """Small streams by name, each behind the same set-up, of lines to take and to refuse."""
    blocks = (DATA / "edges.jsonl").read_text(encoding="utf-8").split("\n\n")
    setup, *streams = (block.strip().split("\n") for block in blocks)
    return {name.removeprefix("# "): setup[1:] + lines for name, *lines in streams}


@pytest.mark.parametrize("lines", edges().values(), ids=edges().keys())
def test_the_edges_of_rules(lines: list[str], new_address: Address) -> None:
    assert compare(lines, new_address) == []


@pytest.mark.parametrize("sample", ["juni-2026", "edisi-2"])
def test_the_worked_months(sample: str, new_address: Address) -> None:
    assert (
        compare((DATA / f"{sample}.jsonl").read_text(encoding="utf-8").splitlines(), new_address)
        == []
    )


@pytest.mark.parametrize("seed", range(8))
def test_random_streams(seed: int, new_address: Address) -> None:
    assert compare(random_stream(seed, 150, 4), new_address) == []


@pytest.mark.parametrize("seed", range(100, 106))
def test_streams_that_ask_for_the_least_too_much(seed: int, new_address: Address) -> None:
    assert compare(stream_with_near_misses(seed, 150, 4), new_address) == []


@pytest.mark.parametrize("seed", range(200, 214))
def test_streams_with_mistakes_in_them(seed: int, new_address: Address) -> None:
    assert compare(mutated_stream(seed, 100, 4), new_address) == []
