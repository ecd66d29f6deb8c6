"""Two files compared, as a pack to be written out."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from kwt_books import __version__
from kwt_books.i18n.catalogue import Translator
from kwt_books.queries.chain import chain_head
from kwt_books.queries.setup import SetupBook
from kwt_books.reports.context import identity
from kwt_books.reports.model import Imprint
from kwt_books.reports.pack import Pack
from kwt_books.services.compare.report import Named, comparison_report
from kwt_books.services.compare.walk import Progress, compare
from kwt_books.store.book import BookFile


def comparison_pack(
    first: Path,
    second: Path,
    imprinted: tuple[datetime, str],
    language: str | None = None,
    progress: Progress | None = None,
) -> Pack:
    """Opens both to be read only. The paper is the first book's, in its language or another.

    `imprinted`: when, and by whom.
    """
    with ExitStack() as stack:
        connections = []
        for path in (first, second):
            file = BookFile.open(path, read_only=True)
            stack.callback(file.close)
            connections.append(stack.enter_context(file.reading()))
        mine, theirs = connections
        setup = SetupBook(mine)
        words = Translator(language or (setup.group.language if setup.group is not None else "id"))
        names = _names(first, second)
        report = comparison_report(
            compare(mine, theirs, progress),
            Named(names[0], setup),
            Named(names[1], SetupBook(theirs)),
            words,
        )
        chain = chain_head(mine)
        imprint = Imprint(chain.hash, chain.documents, *imprinted, __version__)
        return Pack((report,), identity(setup), imprint, words.language)


def _names(first: Path, second: Path) -> tuple[str, str]:
    """The files' names, with their folders where the names alone are the same."""
    if first.name != second.name:
        return first.name, second.name
    return str(first), str(second)
