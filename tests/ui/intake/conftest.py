"""The window with the diary in front, from which sheets and bank lists are taken in."""

from __future__ import annotations

import pytest


@pytest.fixture
def in_front() -> str:
    return "journal"
