"""`report programme --proofs`: what could not be shown is told, and only a PDF has proofs."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path

from kwt_books.app import Books
from kwt_books.domain.documents.correction import Attachment
from tests.cli.conftest import Run
from tests.conftest import DATA


def test_what_could_not_be_shown_is_told(run: Run, books: Books, tmp_path: Path) -> None:
    path = tmp_path / "bantuan.kwt"
    lines = (DATA / "edisi-2.jsonl").read_bytes().splitlines(keepends=True)
    books.import_stream(path, BytesIO(b"".join(x for x in lines if b'"kind": "person"' not in x)))
    broken = b"bukan foto"
    with_book = books.open(path)
    with_book.record(
        Attachment(of="BKK-2612-0002", name="nota.jpg", type="image/jpeg",
                   sha256=sha256(broken).hexdigest(), data=broken)
    )  # fmt: skip
    with_book.close()
    asked = ("report", path, "programme", "--programme", "p2l", "--month", "2026-12", "--proofs")

    done = run(*asked, "--out", tmp_path / "lpj.pdf")
    assert done.exit_code == 0
    assert "Bukti 2: nota.jpg tidak bisa dibuka" in done.stderr
    assert (tmp_path / "lpj.pdf").read_bytes().startswith(b"%PDF-")

    refused = run(*asked, "--as", "csv")
    assert refused.exit_code == 2
    assert "--proofs hanya untuk PDF" in refused.stderr
