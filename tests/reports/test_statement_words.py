"""Every text of the statements is there in Indonesian, and each report in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kwt_books.app import Books
from kwt_books.i18n.catalogue import Translator, locale_dir
from kwt_books.queries.setup import BookView
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.funds import allocation_and_funds
from kwt_books.reports.model import Report, RowKind
from kwt_books.reports.registry import KINDS, build_report
from tests.books import opened
from tests.conftest import NOW
from tests.oracle.streams import random_stream

STATEMENTS = (
    "position", "profit-loss", "equity-changes", "cash-flow", "notes", "trial-balance", "funds",
    "allocation", "progress",
)  # fmt: skip


class Listening(Translator):
    """A translator that remembers what it was asked for."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.asked: set[str] = set()

    def gettext(self, msgid: str) -> str:
        self.asked.add(msgid)
        return super().gettext(msgid)


def _views(path: Path, words: Translator, months: list[str | None]) -> Iterator[Context]:
    file = opened(path)
    with file.reading() as connection:
        view = BookView(connection)
        for month in months:
            yield Context(connection, Parameters(month=month), words, NOW, view)
    file.close()


@pytest.fixture(scope="module")
def paths(books: Books, sample_path: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The sample month, a random book with everything in it, and an empty one."""
    folder = tmp_path_factory.mktemp("words")
    stream = folder / "acak.jsonl"
    stream.write_text("\n".join(random_stream(5, 300, 3)), encoding="utf-8")
    with stream.open("rb") as file:
        books.import_stream(folder / "acak.kwt", file)
    books.create(folder / "kosong.kwt").close()
    return [sample_path, folder / "acak.kwt", folder / "kosong.kwt"]


def test_nothing_is_left_in_english(paths: list[Path]) -> None:
    known: set[str] = set()
    for po in (locale_dir() / "id" / "LC_MESSAGES").glob("*.po"):
        with po.open("rb") as file:
            known |= {
                str(message.id)
                for message in read_po(file)
                if message.id and message.string and not message.fuzzy
            }
    words = Listening("id")
    for path in paths:
        for context in _views(path, words, ["2026-02", "2026-03", "2026-06", None]):
            for name in STATEMENTS:
                build_report(name, context)
            allocation_and_funds(context)
    assert len(words.asked) > 150
    assert words.asked <= known, sorted(words.asked - known)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_report_is_whole_in_both_languages(paths: list[Path], language: str) -> None:
    for path in paths:
        for context in _views(path, Translator(language), ["2025-12", "2026-02", None]):
            for name in STATEMENTS:
                _check(build_report(name, context), context)


def _check(report: Report, context: Context) -> None:
    """Cells under every column, no text with a placeholder left in it, the kind's own title."""
    assert report.title == context.words(KINDS[report.name].title)
    assert report.provisional == context.provisional
    assert report.head == context.chain.hash
    for row in report.rows:
        assert len(row.cells) == len(report.columns), (report.name, row)
        assert row.code or row.kind is RowKind.NOTE, (report.name, row)
    texts = (*(row.label for row in report.rows), *report.closing, report.period, report.title)
    assert not [text for text in texts if not text or "{" in text]


def test_codes_tell_the_sums_apart(paths: list[Path]) -> None:
    for context in _views(paths[1], Translator("id"), ["2026-02"]):
        for name in ("position", "profit-loss", "equity-changes", "cash-flow", "allocation"):
            codes = [row.code for row in build_report(name, context).rows]
            assert len(codes) == len(set(codes)), name
