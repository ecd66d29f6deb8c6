"""Watches the open book: whether a newer copy was seen, whether its file is whole, that its log is
written into the one file when nobody records, and what other desks record in it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.address import ServerAddress
from kwt_books.domain.errors import BookError
from ui.kit.notices import Offer
from ui.kit.worker import Cancelled, Job, Worker
from ui.shell.passwords import with_password

if TYPE_CHECKING:  # not needed to show a window, and slow to import
    from kwt_books.domain.chain import Course, Standing
    from kwt_books.services.integrity.entries import Outcome
    from ui.kit.worker import Change
    from ui.kit.workspace import Workspace

_REST_AFTER, _COMPARE_AFTER, _CHECK_AFTER = 3_000, 5_000, 60_000
"""Milliseconds: a start and a row of entries need the processor themselves."""
_DAY = timedelta(days=1)


class BookWatch(QObject):
    """One a workspace, whose notices show what it finds; close it before the workspace goes."""

    def __init__(self, workspace: Workspace, books: Books) -> None:
        super().__init__(workspace)
        self.workspace, self._books = workspace, books
        self._t, self._preferences = workspace.ui.t, workspace.preferences
        self.worker: Worker | None = None
        """Checks the book over a connection of its own; made when a check is due."""
        self.rest_timer = self._timer(_REST_AFTER, self.rest)
        self.compare_timer = self._timer(_COMPARE_AFTER, self.compare)
        self.check_timer = self._timer(_CHECK_AFTER, self.check)
        workspace.tasks.changed.connect(self._changed)
        self.desks: OtherDesks | None = None
        """Of a book on a server."""
        if isinstance(workspace.book, ServerAddress):
            self.desks = OtherDesks(books, workspace.book, self)
            self.desks.heard.connect(self._elsewhere)
        else:
            workspace.month_changed.connect(self._looked_at)
            self.compare_timer.start()
        self._tell_doubt()
        workspace.tasks.run(lambda book: book.standing(), self._looked, _nothing, owner=self)
        self.check_timer.start()

    def _timer(self, after: int, work: Callable[[], object]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=after)
        timer.timeout.connect(work)
        return timer

    def _elsewhere(self) -> None:
        """Another desk recorded something: what is shown is asked anew."""
        from kwt_books.domain.kinds import KINDS
        from ui.kit.worker import Change

        self.workspace.tasks.changed.emit(Change(frozenset(KINDS)))

    def close(self) -> None:
        """Stops the timers, the check that is running and what listens."""
        if self.desks is not None:
            self.desks.close()
            self.desks = None
        for timer in (self.rest_timer, self.compare_timer, self.check_timer):
            timer.stop()
        if self.worker is not None:
            self.worker.close()
            self.worker = None

    def _tell_doubt(self) -> None:
        if self.workspace.doubt is None:
            return
        self.workspace.notices.put(
            "doubt",
            self._t("Something is wrong with this book, so it can only be read."),
            self.workspace.explain(self.workspace.doubt),
            "error",
            self._offer_check(),
        )

    def _offer_check(self) -> Offer:
        return Offer(self._t("Check the book"), lambda: self.workspace.go("audit", "verify"))

    # -- whether it is the newest --------------------------------------------------------------

    def _looked(self, now: Standing | None) -> None:
        from kwt_books.domain.chain import Standing

        if now is None:
            return
        self._tell_clock(now)
        kept = self._preferences.seen(now.book)
        if kept is None:
            self._note(now)
            return
        seen = Standing(now.book, *kept)
        self.workspace.tasks.run(
            lambda book: book.course_since(seen),
            lambda course: self._compared(now, seen, course),
            _nothing,
            owner=self,
        )

    def _compared(self, now: Standing, seen: Standing, course: Course) -> None:
        if course == "on":
            self._note(now)
            self.workspace.notices.drop("older")
        else:
            self._tell_older(now, seen, course)

    def _note(self, now: Standing) -> None:
        self._preferences.note_seen(now.book, now.entries, now.head, now.at)

    def _tell_older(self, now: Standing, seen: Standing, course: Course) -> None:
        t, said = self._t, self.workspace.ui.formats

        def known() -> None:
            self._note(now)
            self.workspace.notices.drop("older")

        strong = (
            t("This is an older copy of the book.")
            if course == "older"
            else t("This copy of the book has different contents.")
        )
        text = t.ngettext(
            "It holds {count} entry, the newest of {day}. The one that was open here before "
            "held {more}, the newest of {later}. Look for that one first: what is recorded here "
            "does not get into it.",
            "It holds {count} entries, the newest of {day}. The one that was open here before "
            "held {more}, the newest of {later}. Look for that one first: what is recorded here "
            "does not get into it.",
            now.entries,
            count=said.number(now.entries),
            day=said.date_time(now.at),
            more=said.number(seen.entries),
            later=said.date_time(seen.at),
        )
        offer = Offer(t("Continue with this one"), known)
        self.workspace.notices.put("older", strong, text, "warn", offer)

    def _tell_clock(self, now: Standing) -> None:
        """Warns where the newest entry was recorded more than a day from now by this clock."""
        if now.at <= self.workspace.ui.clock().astimezone() + _DAY:
            self.workspace.notices.drop("clock")
            return
        text = self._t(
            "The newest entry was recorded on {day}, which is in the future. Set date and time "
            "before anything is recorded.",
            day=self.workspace.ui.formats.date_time(now.at),
        )
        strong = self._t("The clock of this computer is probably wrong.")
        self.workspace.notices.put("clock", strong, text, "warn")

    # -- one file ------------------------------------------------------------------------------

    def _changed(self, _change: Change) -> None:
        self.rest_timer.start()

    def rest(self) -> None:
        """Writes the log into the book's one file after a row of entries, so that a copy of the
        file is complete.
        """

        def work(book: Book) -> Standing | None:
            book.rest()
            return book.standing()

        self.workspace.tasks.run(work, self._looked, _nothing, key="rest", owner=self)

    # -- whether it is whole -------------------------------------------------------------------

    def _looked_at(self, _month: str) -> None:
        self.compare_timer.start()

    def compare(self) -> None:
        """Compares the kept sums of the month that is looked at with its postings; where they
        differ the whole book is checked at once.
        """
        month = self.workspace.month

        def work(book: Book) -> bool:
            from kwt_books.queries.balances import kept_as_posted

            return book.read(kept_as_posted, month)

        self.workspace.tasks.run(work, self._sums_compared, _nothing, key="sums", owner=self)

    def _sums_compared(self, agree: bool) -> None:
        if not agree:
            self._preferences.of(self.workspace.book).checked = (self.workspace.ui.today, False)
            self.check()

    @property
    def due(self) -> bool:
        """Whether a check is due: once a day, and at every start as long as one fails."""
        last = self._preferences.of(self.workspace.book).checked
        return last is None or not last[1] or last[0] != self.workspace.ui.today

    def check(self) -> None:
        """Checks the whole book in the background."""
        if not self.due or (self.worker is not None and self.worker.busy):
            return
        path, books = self.workspace.book, self._books
        self.worker = self.worker or Worker(self)
        jobs: list[Job[tuple[Outcome, ...]]] = []

        def told(_passed: int, _all: int) -> None:
            if jobs and not jobs[0].wanted:
                raise Cancelled

        def work() -> tuple[Outcome, ...]:
            book = books.open(path, read_only=True)
            try:
                with book.reading_until(lambda: bool(jobs) and not jobs[0].wanted):
                    return book.verify(told)
            finally:
                book.close()

        jobs.append(self.worker.submit(work, self._checked, _nothing, owner=self))

    def _checked(self, outcomes: tuple[Outcome, ...]) -> None:
        from kwt_books.services.explain import explain_outcome

        workspace, failed = self.workspace, [each for each in outcomes if not each.passed]
        self._preferences.of(workspace.book).checked = (workspace.ui.today, not failed)
        if not failed:
            workspace.notices.drop("check")
            return
        strong = self._t("The book did not pass its daily check.")
        text = explain_outcome(failed[0], None, self._t, workspace.ui.formats)
        workspace.notices.put("check", strong, text, "error", self._offer_check())


def _nothing(_error: BookError) -> None:
    """Ignores an error: nobody asked for this, and recording will show it."""


_EACH, _AGAIN = 0.5, 5.0
"""Seconds between two looks whether it is still wanted, and until a server is called again."""


class OtherDesks(QObject):
    """Emits `heard` on the screen's thread once another desk has recorded something."""

    heard = Signal()

    def __init__(self, books: Books, address: ServerAddress, parent: QObject) -> None:
        super().__init__(parent)
        self._books, self._address = books, address
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="other desks", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listens no longer."""
        self._over.set()
        self._thread.join()

    def _listen(self) -> None:
        while not self._over.is_set():
            try:
                self._until_lost()
            except BookError:  # the book itself says so, once something is asked of it
                self._over.wait(_AGAIN)

    def _until_lost(self) -> None:
        address = with_password(self._address)
        assert isinstance(address, ServerAddress)
        with closing(self._books.bell(address)) as bell:
            while not self._over.is_set():
                if bell.wait(_EACH):
                    self.heard.emit()
