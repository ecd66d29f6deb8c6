"""What Beranda says of the book itself: an older copy, a wrong clock, a check that failed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import StorageError
from kwt_books.domain.values import Month
from tests.conftest import NOW
from tests.services.forging import guards_down, tampered
from ui.kit.preferences import Preferences
from ui.kit.workspace import Workspace
from ui.shell.book_watch import BookWatch
from ui.shell.start import Desktop

Settle = Callable[[Workspace], None]
OLD = "UPDATE posting SET amount = -amount WHERE document = 49"
"""An entry far behind: what is looked at at each start does not see it."""


def transfer() -> Transfer:
    return Transfer(date=date(2026, 7, 1), source="1101", to="1103", amount=5)


@pytest.fixture
def watch_over(
    books: Books, desk_for: Callable[[Path], Workspace], settle: Settle
) -> Iterator[Callable[[Path], BookWatch]]:
    made: list[BookWatch] = []

    def watch(path: Path) -> BookWatch:
        workspace = desk_for(path)
        made.append(BookWatch(workspace, books))
        settle(workspace)
        settle(workspace)
        return made[-1]

    yield watch
    for each in made:
        each.close()


def told(watch: BookWatch) -> dict[str, str]:
    return {each.key: f"{each.strong} {each.text}" for each in watch.workspace.notices.standing}


def test_an_older_copy_is_told_until_somebody_goes_on_with_it(
    watch_over: Callable[[Path], BookWatch], books: Books, book_path: Path, tmp_path: Path,
    settle: Settle,
) -> None:  # fmt: skip
    copy = Path(shutil.copy(book_path, tmp_path / "salinan.kwt"))
    with closing(books.open(book_path)) as book:
        book.record(transfer())
    watch_over(book_path)
    watch = watch_over(copy)
    assert "salinan lama" in told(watch)["older"]
    again = watch_over(copy)
    (notice,) = again.workspace.notices.standing
    notice.offers[0].act()
    assert not told(again)
    assert not told(watch_over(copy))


def test_what_was_recorded_here_is_what_was_seen(
    watch_over: Callable[[Path], BookWatch], book_path: Path, settle: Settle, tmp_path: Path,
    qtbot: QtBot,
) -> None:  # fmt: skip
    copy = Path(shutil.copy(book_path, tmp_path / "salinan.kwt"))
    watch = watch_over(book_path)
    log = book_path.with_name(book_path.name + "-wal")
    with qtbot.waitSignal(watch.workspace.tasks.changed):
        watch.workspace.tasks.record(transfer(), lambda _: None)
    assert watch.rest_timer.isActive()
    assert log.stat().st_size
    watch.rest()
    settle(watch.workspace)
    settle(watch.workspace)
    assert not log.stat().st_size, "the one file holds it all"
    assert "older" in told(watch_over(copy))


def test_a_copy_that_went_its_own_way_is_told(
    watch_over: Callable[[Path], BookWatch], books: Books, book_path: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(book_path, tmp_path / "salinan.kwt"))
    for path, entries in ((book_path, 1), (copy, 2)):
        with closing(books.open(path)) as book:
            book.record_all([transfer()] * entries)
            if path == copy:
                book.record(Transfer(date=date(2026, 7, 1), source="1103", to="1101", amount=9))
    with closing(books.open(copy)) as book:
        assert book.standing() is not None
    watch_over(copy)
    assert "older" in told(watch_over(book_path))


# -- the daily check -------------------------------------------------------------------------


def checked(watch: BookWatch, qtbot: QtBot) -> None:
    watch.check()
    assert watch.worker is not None
    qtbot.waitUntil(lambda: watch.worker is not None and not watch.worker.busy)


def test_a_book_is_checked_once_a_day(
    watch_over: Callable[[Path], BookWatch], book_path: Path, qtbot: QtBot,
    preferences: Preferences,
) -> None:  # fmt: skip
    watch = watch_over(book_path)
    assert watch.check_timer.isActive()
    assert watch.due
    checked(watch, qtbot)
    assert not told(watch)
    assert preferences.of(book_path).checked == (NOW.date(), True)
    assert not watch_over(book_path).due
    preferences.of(book_path).checked = (NOW.date() - timedelta(days=1), True)
    assert watch.due


def test_a_check_that_fails_is_told_each_time(
    watch_over: Callable[[Path], BookWatch], sample_path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tampered(sample_path, tmp_path / "t.kwt", OLD)
    watch = watch_over(path)
    assert not told(watch)
    checked(watch, qtbot)
    assert "check" in told(watch)
    assert watch_over(path).due


def test_sums_of_the_month_looked_at_that_are_not_its_postings_lead_to_a_check(
    watch_over: Callable[[Path], BookWatch], book_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    """A bit that turned over in a sum alone leaves its page and every seal as they should be."""
    watch = watch_over(book_path)
    checked(watch, qtbot)
    assert not watch.due
    with guards_down(book_path) as connection:
        connection.execute("UPDATE balance SET debit = debit + 1 WHERE month = '2026-06'")
    for month, differs in (("2026-05", False), ("2026-06", True)):
        watch.compare_timer.stop()
        watch.workspace.show_month(Month(month))
        assert watch.compare_timer.isActive()
        watch.compare()
        settle(watch.workspace)
        assert watch.due is differs
    qtbot.waitUntil(lambda: "check" in told(watch))


def test_a_check_stops_with_the_window(
    watch_over: Callable[[Path], BookWatch], book_path: Path, preferences: Preferences
) -> None:
    watch = watch_over(book_path)
    watch.check()
    watch.close()
    assert preferences.of(book_path).checked is None


# -- a book that is only read for what is wrong with it --------------------------------------


def test_a_doubtful_book_is_shown_and_why_is_told(
    desktop: Desktop, sample_path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    last = "(SELECT max(sequence) FROM document)"
    change = f"UPDATE document SET recorded_by = 'x' WHERE sequence = {last}"
    path = tampered(sample_path, tmp_path / "t.kwt", change)
    desktop.open_book(path)
    qtbot.waitUntil(
        lambda: desktop.window is not None and desktop.window.workspace.doubt is not None
    )
    assert desktop.window is not None
    workspace = desktop.window.workspace
    assert workspace.only_reads
    assert isinstance(workspace.doubt, StorageError)
    assert [each.key for each in workspace.notices.standing] == ["doubt"]
