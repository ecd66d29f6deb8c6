"""What Beranda says of the book, by what the watch hears: no book is behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from kwt_books.app import Books
from kwt_books.domain.chain import Standing
from kwt_books.domain.errors import StorageError
from kwt_books.services.integrity.entries import Outcome
from tests.conftest import NOW
from ui.kit.worker import Change
from ui.kit.workspace import Destination, Workspace
from ui.shell.book_watch import BookWatch

HERE = Standing("book-1", 1_200, "a" * 64, NOW - timedelta(hours=2))
SEEN = replace(HERE, entries=1_300, head="b" * 64, at=NOW - timedelta(hours=1))


class Asked:
    """Stands for the tasks of a book: what is asked waits for its answer."""

    def __init__(self) -> None:
        self.answers: list[Callable[..., object]] = []

    def run(self, _work: object, done: Callable[..., object], *_more: Any, **_about: Any) -> None:
        self.answers.append(done)


@pytest.fixture
def asked(still: Workspace, monkeypatch: pytest.MonkeyPatch) -> Asked:
    made = Asked()
    monkeypatch.setattr(still.tasks, "run", made.run)
    return made


@pytest.fixture
def watch(still: Workspace, books: Books, asked: Asked) -> Iterator[BookWatch]:
    made = BookWatch(still, books)
    yield made
    made.close()


def told(watch: BookWatch) -> dict[str, tuple[str, str, str]]:
    return {
        each.key: (each.tone, each.strong, each.text) for each in watch.workspace.notices.standing
    }


def seen_here(watch: BookWatch) -> None:
    watch.workspace.preferences.note_seen(SEEN.book, SEEN.entries, SEEN.head, SEEN.at)


class Checks:
    """Stands for the worker that checks the book: it comes to what a test says."""

    busy = False

    def __init__(self) -> None:
        self.times = 0

    def submit(self, _work: object, done: Callable[..., object], *_more: Any, **_about: Any) -> Any:
        self.times, self.done = self.times + 1, done

    def close(self) -> None:
        pass


@pytest.fixture
def checks(watch: BookWatch) -> Checks:
    watch.worker = made = Checks()  # type: ignore[assignment]
    return made


def kept(watch: BookWatch) -> object:
    return watch.workspace.preferences.seen(HERE.book)


def test_the_first_sight_is_noted(watch: BookWatch, asked: Asked) -> None:
    (looked,) = asked.answers
    looked(None)
    assert kept(watch) is None
    looked(HERE)
    assert kept(watch) == (HERE.entries, HERE.head, HERE.at)
    assert told(watch) == {}


@pytest.mark.parametrize(
    ("course", "words"),
    [("older", "This is an older copy of the book."),
     ("apart", "This copy of the book has different contents.")],
)  # fmt: skip
def test_another_copy_is_told_with_what_both_hold(
    watch: BookWatch, asked: Asked, course: str, words: str
) -> None:
    seen_here(watch)
    asked.answers[0](HERE)
    asked.answers[1](course)
    date_time = watch.workspace.ui.formats.date_time
    ((tone, strong, text),) = told(watch).values()
    assert (tone, strong) == ("warn", words)
    assert f"It holds 1,200 entries, the newest of {date_time(HERE.at)}." in text
    assert f"before held 1,300, the newest of {date_time(SEEN.at)}." in text
    assert kept(watch) == (SEEN.entries, SEEN.head, SEEN.at), "until somebody goes on with it"
    (notice,) = watch.workspace.notices.standing
    (offer,) = notice.offers
    assert offer.text == "Continue with this one"
    offer.act()
    assert (told(watch), kept(watch)) == ({}, (HERE.entries, HERE.head, HERE.at))


def test_a_book_that_went_on_takes_the_notice_away(watch: BookWatch, asked: Asked) -> None:
    seen_here(watch)
    asked.answers[0](HERE)
    asked.answers[1]("older")
    asked.answers[0](replace(HERE, entries=1))
    assert told(watch).keys() == {"older"}
    asked.answers[2]("on")
    assert told(watch) == {}
    assert kept(watch) == (1, HERE.head, HERE.at)


@pytest.mark.parametrize(
    ("ahead", "wrong"),
    [(timedelta(0), False), (timedelta(days=1), False), (timedelta(days=1, seconds=1), True)],
)
def test_entries_of_the_future_speak_of_the_clock(
    watch: BookWatch, asked: Asked, ahead: timedelta, wrong: bool
) -> None:
    at: datetime = watch.workspace.ui.clock() + ahead
    asked.answers[0](replace(HERE, at=at))
    assert (told(watch).keys() == {"clock"}) is wrong
    if wrong:
        tone, strong, text = told(watch)["clock"]
        assert (tone, strong) == ("warn", "The clock of this computer is probably wrong.")
        assert watch.workspace.ui.formats.date_time(at) in text
    asked.answers[0](HERE)
    assert "clock" not in told(watch)


def test_a_failed_check_is_told_and_offers_to_look(watch: BookWatch, checks: Checks) -> None:
    gone: list[Destination] = []
    watch.workspace.place_wanted.connect(gone.append)
    today = watch.workspace.ui.today
    noted = watch.workspace.preferences.of(watch.workspace.book)
    assert watch.due, "never yet"
    bad, good = Outcome("chain", False, 49), Outcome("postings", True)
    checks.busy = True
    watch.check()
    checks.busy = False
    assert checks.times == 0, "one at a time"
    watch.check()
    checks.done((good, bad))
    tone, strong, text = told(watch)["check"]
    assert (tone, strong) == ("error", "The book did not pass its daily check.")
    assert text
    assert (noted.checked, watch.due) == ((today, False), True)
    (notice,) = watch.workspace.notices.standing
    assert notice.offers[0].text == "Check the book"
    notice.offers[0].act()
    assert gone == [Destination("audit", "verify")]
    watch.check()
    checks.done((good, good))
    assert (told(watch), noted.checked, watch.due) == ({}, (today, True), False)
    watch.check()
    assert checks.times == 2
    noted.checked = (today - timedelta(days=1), True)
    assert watch.due, "a day later"


def test_sums_that_disagree_bring_the_check_forward(
    watch: BookWatch, checks: Checks, asked: Asked
) -> None:
    watch.check()
    checks.done((Outcome("postings", True),))
    for agree, times in ((True, 1), (False, 2)):
        watch.compare()
        asked.answers[-1](agree)
        assert (checks.times, watch.due) == (times, not agree)


def test_what_happens_starts_the_watch_and_closing_ends_it(watch: BookWatch) -> None:
    timers = watch.rest_timer, watch.compare_timer, watch.check_timer
    assert [each.isActive() for each in timers] == [False, True, True]
    assert all(each.isSingleShot() for each in timers)
    watch.workspace.tasks.changed.emit(Change(frozenset({"sale"})))
    watch.compare_timer.stop()
    watch.workspace.month_changed.emit("2026-05")
    assert [each.isActive() for each in timers] == [True, True, True]
    watch.close()
    assert [each.isActive() for each in timers] == [False, False, False]


def test_doubt_is_told_from_the_beginning(still: Workspace, books: Books, asked: Asked) -> None:
    still.doubt = StorageError("damaged", path=still.book)
    watch = BookWatch(still, books)
    tone, strong, text = told(watch)["doubt"]
    words = "Something is wrong with this book, so it can only be read."
    assert (tone, strong, text) == ("error", words, still.explain(still.doubt))
    watch.close()
