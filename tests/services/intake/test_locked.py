"""A workbook of any kind that a password locks is told apart from what is no workbook."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from struct import pack
from zipfile import ZipFile

import pytest

from kwt_books.domain.errors import RuleError
from kwt_books.services.intake.sheet import open_sheets

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, LEAST = 512, 4096
"""Bytes of a sector, and of the shortest stream that has sectors of its own."""


def compound(name: str, content: bytes) -> bytes:
    """A compound file, as Excel wraps what it locks and what is of 1997, with one stream: its
    header, its table of sectors, its directory, the stream ([MS-CFB])."""
    content = content.ljust(LEAST, b"\0")
    sectors = len(content) // SECTOR
    header = pack(
        "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, LEAST, END, 0, END, 0,
    ) + pack("<109I", 0, *[FREE] * 108)  # fmt: skip
    chain = [TABLE, END, *range(3, 2 + sectors), END]
    table = pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    directory = entry("Root Entry", 5, 1, END, 0) + entry(name, 2, FREE, 2, len(content))
    return header + table + directory.ljust(SECTOR, b"\0") + content


def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    written = f"{name}\0".encode("utf-16-le")
    return pack("<64sH2B3I36xIQ", written, len(written), kind, 1, FREE, FREE, child, first, size)


def of_excel() -> bytes:
    return compound("EncryptedPackage", b"what only the password opens")


def of_1997() -> bytes:
    """The records with which a workbook of BIFF8 begins: BOF, and FILEPASS of RC4."""
    begins = pack("<8H2I", 0x809, 16, 0x600, 5, 0, 0, 0, 0, 0, 0)[:20]
    return compound("Workbook", begins + pack("<2HH52x", 0x2F, 54, 1))


def of_libre_office() -> bytes:
    kept = BytesIO()
    with ZipFile(kept, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", b"what only the password opens")
        file.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest"
            ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
            '<manifest:encryption-data manifest:checksum="x"></manifest:encryption-data>'
            "</manifest:file-entry></manifest:manifest>",
        )
    return kept.getvalue()


@pytest.mark.parametrize("locked", [of_excel, of_1997, of_libre_office])
@pytest.mark.parametrize("name", ["kas.xlsx", "kas.xls", "kas"])
def test_a_workbook_that_a_password_locks_is_told_so(
    tmp_path: Path, locked: Callable[[], bytes], name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(locked())
    with pytest.raises(RuleError) as told:
        open_sheets(path)
    assert told.value.code == "sheet-locked"
    assert told.value.params == {"name": name}
