"""All books: in both languages, of empty books, empty days, and with names that never end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.i18n.catalogue import Translator, locale_dir
from kwt_books.queries.setup import BookView
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.model import ColumnType, Report, RowKind
from kwt_books.reports.registry import KINDS, build_report
from tests.books import opened
from tests.conftest import NOW
from tests.oracle.streams import random_stream

from .trade import ITEMS, buy, market, send

BookOf = Callable[..., Book]

BOOKS = (
    "journal", "general-ledger", "cash-book", "stock", "stock-card", "lots", "nursery",
    "production", "sales", "market-day", "consignment", "receivables", "payables", "assets",
    "savings",
)  # fmt: skip
TYPES: dict[ColumnType, tuple[type, ...]] = {
    ColumnType.TEXT: (str,),
    ColumnType.CODE: (str,),
    ColumnType.DATE: (date,),
    ColumnType.MONEY: (int,),
    ColumnType.QUANTITY: (int,),
    ColumnType.COUNT: (int,),
    ColumnType.PERCENT: (int,),
}


class Listening(Translator):
    """A translator that remembers what it was asked for."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.asked: set[str] = set()

    def gettext(self, msgid: str) -> str:
        self.asked.add(msgid)
        return super().gettext(msgid)


@pytest.fixture(scope="module")
def paths(books: Books, sample_path: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The sample month, a random book with everything in it, and an empty one."""
    folder = tmp_path_factory.mktemp("books")
    stream = "\n".join(random_stream(7, 300, 3)).encode()
    books.import_stream(folder / "acak.kwt", BytesIO(stream))
    books.create(folder / "kosong.kwt").close()
    return [sample_path, folder / "acak.kwt", folder / "kosong.kwt"]


def _reports(path: Path, words: Translator) -> Iterator[Report]:
    file = opened(path)
    with file.reading() as connection:
        view = BookView(connection)
        item = next(iter(view.setup.items), None)
        lot = connection.exec_driver_sql("SELECT item, name FROM lot ORDER BY ordinal").first()
        for month in ("2026-02", "2026-06", "2031-01", None):
            for name in BOOKS:
                asked: dict[str, Any] = {"month": month}
                if name == "stock-card":
                    if item is None:
                        continue
                    asked["item"] = item
                yield _made(name, connection, asked, words, view)
        if lot is not None:
            yield _made("lots", connection, {"item": lot[0], "lot": lot[1]}, words, view)
    file.close()


def _made(name: str, connection: Any, asked: Any, words: Translator, view: BookView) -> Report:
    context = Context(connection, Parameters(**asked), words, NOW, view)
    return build_report(name, context)


def test_nothing_is_left_in_english(paths: list[Path]) -> None:
    known: set[str] = set()
    for po in (locale_dir() / "id" / "LC_MESSAGES").glob("*.po"):
        with po.open("rb") as file:
            found = [each for each in read_po(file) if each.id and each.string]
        known |= {str(each.id) for each in found if isinstance(each.id, str)}
    words = Listening("id")
    for path in paths:
        assert list(_reports(path, words))
    assert len(words.asked) > 150
    assert words.asked <= known, sorted(words.asked - known)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_book_is_whole(paths: list[Path], language: str) -> None:
    titles = Translator(language)
    for path in paths:
        for found in _reports(path, titles):
            _check(found)


def _check(found: Report) -> None:
    """Cells of the right kind under every column; no text with a placeholder left in it."""
    assert found.name in KINDS
    keys = [column.key for column in found.columns]
    assert len(keys) == len(set(keys))
    for row in found.rows:
        assert len(row.cells) == len(found.columns), (found.name, row)
        assert row.code, (found.name, row)
        if row.kind is RowKind.SECTION:
            continue
        for column, cell in zip(found.columns, row.cells, strict=True):
            assert cell is None or isinstance(cell, TYPES[column.type]), (found.name, column, cell)
    texts = (*(row.label for row in found.rows), *found.closing, found.period, found.title)
    assert not [text for text in texts if not text or "{" in text]


def test_an_empty_book_comes_to_nothing(paths: list[Path]) -> None:
    for found in _reports(paths[2], Translator("id")):
        assert not any(found.figures.values()), found.name
        assert not [row for row in found.rows if row.kind is RowKind.LINE]


def test_names_that_never_end_stand_whole(book_of: BookOf) -> None:
    """What is too long for a line is the printer's business: a report cuts nothing."""
    long = "Kelompok " * 22
    named = [{**each, "name": long} for each in ITEMS]
    book = book_of(
        *named, buy("2026-01-02", "keripik", 10, 50_000, memo="memo " * 700),
        send("2026-01-03", "siti", "keripik", 4),
        market("2026-01-04", 20_000, {"item": "keripik", "taken": 2, "sold": 2}, venue=long),
    )  # fmt: skip
    for name in BOOKS:
        item = "keripik" if name == "stock-card" else None
        found = book.report(name, Parameters(item=item), "id")
        _check(found)
    labels = [row.label for row in book.report("journal", Parameters(), "id").rows]
    assert any(len(label) > 3_000 for label in labels)
