"""A book with something of everything that `verify` looks at."""

from __future__ import annotations

import base64
import io
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Books
from tests.conftest import DATA

RECEIPT = b"\xff\xd8 a photographed receipt"

JULY: tuple[dict[str, Any], ...] = (
    {"kind": "attachment", "of": "p1", "name": "nota.jpg", "type": "image/jpeg",
     "sha256": sha256(RECEIPT).hexdigest(), "data": base64.b64encode(RECEIPT).decode()},
    {"kind": "asset_acquisition", "date": "2026-07-02", "code": "BL-1", "name": "Blender",
     "account": "1203", "cost": 600000, "life_months": 24, "party": "pasar"},
    {"kind": "purchase", "date": "2026-07-02", "party": "toko-tani", "lines": [
        {"item": "pupuk", "qty": 4, "amount": 20000, "lot": "PK-07", "expires": "2027-07-01"}]},
    {"kind": "sale", "date": "2026-07-03", "party": "kpp", "lines": [
        {"item": "keripik-pare", "qty": 1, "price": 9000}]},
    {"kind": "planting_end", "date": "2026-07-04", "bed": "kebun"},
    {"kind": "payment", "date": "2026-07-05", "from": "1101", "memo": "Fotokopi",
     "lines": [{"account": "6105", "amount": 7500}]},
)  # fmt: skip


@pytest.fixture(scope="session")
def second_edition_path(books: Books, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two months with programmes, savings and dues; not to be written to."""
    path = tmp_path_factory.mktemp("edisi") / "edisi.kwt"
    with (DATA / "edisi-2.jsonl").open("rb") as stream:
        books.import_stream(path, stream)
    return path


@pytest.fixture(scope="session")
def full_path(books: Books, sample_stream: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample month and a few July days; not to be written to."""
    path = tmp_path_factory.mktemp("full") / "full.kwt"
    july = "\n".join(json.dumps(line) for line in JULY).encode()
    books.import_stream(path, io.BytesIO(sample_stream.read_bytes().rstrip() + b"\n" + july))
    return path
