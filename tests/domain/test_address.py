"""Where a book lies, as somebody writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kwt_books.domain.address import ServerAddress, address_of, server_address, server_of
from kwt_books.domain.errors import StorageError


def test_a_file_is_a_path() -> None:
    assert address_of("buku/melati.kwt") == Path("buku/melati.kwt")
    assert address_of("C:/Buku #1.kwt") == Path("C:/Buku #1.kwt")
    assert address_of("c://Buku/melati.kwt") == Path("c://Buku/melati.kwt")


def test_a_book_on_a_server() -> None:
    found = address_of("postgresql://siti@contoh.id:5433/kwt?sslmode=require#melati-3")
    assert isinstance(found, ServerAddress)
    assert found.server == "postgresql://siti@contoh.id:5433/kwt?sslmode=require"
    assert (found.book, found.name, found.database) == ("melati-3", "melati-3", "kwt")
    assert found.of("mawar").book == "mawar"
    assert (found.host, found.user) == ("contoh.id:5433", "siti")
    assert server_of("postgresql://contoh.id/kwt#melati").user == ""


def test_a_password_is_shown_nowhere() -> None:
    found = server_of("postgresql://siti:r%40hasia@contoh.id/kwt#melati")
    assert found.password == "r@hasia"
    for shown in (str(found), repr(found), found.server):
        assert "hasia" not in shown
    assert found == server_of("postgresql://siti@contoh.id/kwt#melati")


def test_a_password_among_the_parameters_is_shown_nowhere_either() -> None:
    found = server_of("postgresql://siti@contoh.id/kwt?password=r%40hasia&sslmode=require#melati")
    assert found.password == "r@hasia"
    assert str(found) == "postgresql://siti@contoh.id/kwt?sslmode=require#melati"


def test_what_somebody_fills_in() -> None:
    found = server_address("contoh.id:5433", "kwt", "siti rohmah", "melati")
    assert str(found) == "postgresql://siti%20rohmah@contoh.id:5433/kwt#melati"
    assert found.user == "siti rohmah"


@pytest.mark.parametrize(
    "host", ["a b", "contoh.id/kwt", "contoh.id#melati", "contoh.id?x=1", "siti@contoh.id",
             "postgresql://contoh.id", "contoh.id:pintu"],
)  # fmt: skip
def test_more_than_a_server_s_name_is_no_server_s_name(host: str) -> None:
    """The rest of it would be taken for the database or for the book."""
    with pytest.raises(StorageError) as refused:
        server_address(host, "kwt", "siti", "melati")
    assert (refused.value.code, refused.value.params) == ("bad-host", {"host": host})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("postgresql://contoh.id/kwt", "no-book-named"),
        ("postgresql://contoh.id#melati", "bad-address"),
        ("mysql://siti@contoh.id/kwt#melati", "bad-address"),
        ("postgresq://siti@contoh.id/kwt#melati", "bad-address"),
        ("https://contoh.id/melati.kwt", "bad-address"),
        ("postgresql://contoh.id:pintu/kwt#melati", "bad-address"),
        ("postgresql://contoh.id/kwt#Melati", "bad-book-name"),
        ("postgresql://contoh.id/kwt#pg_catalog", "bad-book-name"),
        ("postgresql://contoh.id/kwt#public", "bad-book-name"),
        ("postgresql://contoh.id/kwt#" + "a" * 41, "bad-book-name"),
        ("postgresql://contoh.id/kwt#a%22b", "bad-book-name"),
    ],
)
def test_an_address_that_can_t_be_one_is_refused(text: str, code: str) -> None:
    with pytest.raises(StorageError) as refused:
        address_of(text)
    assert refused.value.code == code
