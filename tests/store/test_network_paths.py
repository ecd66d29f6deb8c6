"""Books on a Windows network share."""

from __future__ import annotations

from pathlib import PureWindowsPath

import pytest

from kwt_books.store.driver import uri_of


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (r"C:\Buku Kas\juni.kwt", "file:///C:/Buku%20Kas/juni.kwt"),
        # SQLite takes no server: the share is a path that begins with two strokes.
        (r"\\server\buku\juni.kwt", "file:////server/buku/juni.kwt"),
    ],
)
def test_a_share_is_a_path_to_sqlite(path: str, uri: str) -> None:
    assert uri_of(PureWindowsPath(path)) == uri
