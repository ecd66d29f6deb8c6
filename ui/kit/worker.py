"""The worker, the one thread that owns the book: jobs go in, frozen results come out on the
screen's thread. Also the garbage collector, kept on the screen's thread.
"""

from __future__ import annotations

import gc
import queue
import threading
import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from kwt_books.book import Book
from kwt_books.domain.access import Recorded
from kwt_books.domain.errors import BookError

if TYPE_CHECKING:
    from kwt_books.domain.documents.base import Command


# -- Python's garbage collector, kept on the screen's thread -------------------------------------
#
# By itself it runs on whichever thread happens to allocate, and destroys Qt's objects there;
# destroyed on another thread than their own, they crash the program.


_EVERY = 1000  # milliseconds


class Collector(QObject):
    """Disables automatic collecting, and collects from a timer on the screen's thread instead."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collects the oldest generation that has grown past its threshold."""
        gc.disable()  # another collector may have enabled it
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [at for at in range(3) if 0 < thresholds[at] < counts[at]]
        if due:
            gc.collect(due[-1])

    def keep(self) -> None:
        """Leaves out of collecting what is there by now: modules above all, which stay to the end.
        To look through them all takes a tenth of a second, in which no key is heard.
        """
        gc.freeze()

    def let_go(self) -> None:
        """Enables automatic collecting again, once no other thread works."""
        self._timer.stop()
        gc.enable()


T = TypeVar("T")
Progress = Callable[[int], None]
_THREAD = "book"
_BETWEEN_REPORTS = 0.1  # seconds; reporting more often would slow the work


class Cancelled(Exception):  # noqa: N818 - not an error: someone pressed Cancel
    """Raised inside long work when its result is no longer wanted."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a recording changed: the kinds of entry, and the voucher's number where it was one."""

    kinds: frozenset[str]
    number: str | None = None


class Job(Generic[T]):
    """A piece of work for the worker. `cancel` may be called at any time, from
    the screen's thread.
    """

    def __init__(
        self,
        call: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[BookError], object] | None,
        settled: Callable[[], object] | None,
        owner: QObject | None,
    ) -> None:
        self.call = call
        self.done = done
        self.failed = failed
        self.settled = settled
        self.owner = owner
        self.result: T | None = None
        self.error: Exception | None = None
        self.done_with = False
        """Whether the work came to its end."""
        self.holds = False
        """Whether its result is told though it was cancelled, where the work came to its end."""
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Gives up the result; long work stops at its next report."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self._cancelled.is_set()

    @property
    def wanted(self) -> bool:
        """Whether its result is still wanted: it isn't cancelled, and its owner is still there."""
        return not self.cancelled and self.heard

    @property
    def heard(self) -> bool:
        """Whether there is somebody to be told."""
        return self.owner is None or isValid(self.owner)

    @property
    def told(self) -> bool:
        """Whether its result or error is delivered."""
        return self.wanted or (self.holds and self.done_with and self.heard)

    def work(self) -> None:
        """Does the work; runs on the worker."""
        if self.cancelled:
            return
        try:
            self.result = self.call()
            self.done_with = True
        except Cancelled:
            self.cancel()
        except Exception as error:
            self.error = error


class Worker(QObject):
    """A thread for slow work. Callbacks run on the thread that made the worker.

    A bug in the work is raised there too, as one on the screen's thread would be.
    """

    refused = Signal(object)
    """An expected error (`BookError`) of a job without `failed`."""
    busy_changed = Signal(bool)
    _finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.collector = Collector(self)
        self._queue: queue.SimpleQueue[Job[Any] | None] = queue.SimpleQueue()
        self._worked: queue.SimpleQueue[Job[Any]] = queue.SimpleQueue()
        self._latest: dict[Hashable, Job[Any]] = {}
        self._pending: set[Job[Any]] = set()
        self._gate = threading.Event()
        self._gate.set()
        self._working: Job[Any] | None = None
        """The job being worked on; only the worker reads it."""
        self._finished.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._loop, name=_THREAD, daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether any job is waiting or being worked on."""
        return bool(self._pending)

    def submit(
        self,
        call: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[BookError], object] | None = None,
        *,
        settled: Callable[[], object] | None = None,
        key: Hashable | None = None,
        owner: QObject | None = None,
    ) -> Job[T]:
        """Runs `call` on the worker, then `done` with its result.

        `failed` is called with expected errors; `settled` comes last whatever happened. A later job
        of the same `key` supersedes this one. Nothing is called back once `owner` is gone.
        """
        job = Job(call, done, failed, settled, owner)
        if key is not None:
            if (earlier := self._latest.get(key)) is not None:
                earlier.cancel()
            self._latest[key] = job
        was_busy = self.busy
        self._pending.add(job)
        self._queue.put(job)
        if not was_busy:
            self.busy_changed.emit(True)
        return job

    def pause(self) -> None:
        """Lets jobs wait until `resume`, for the screen needs the processor."""
        self._gate.clear()

    def resume(self) -> None:
        """Lets the worker go on."""
        self._gate.set()

    def close(self) -> None:
        """Ends the thread after the job being worked on; jobs that wait are dropped."""
        for job in self._pending:
            job.cancel()
        self.finish()

    def finish(self) -> None:
        """Ends the thread once all jobs are done; nothing is called back any more."""
        self._queue.put(None)
        self.resume()
        self._thread.join()
        self._pending.clear()
        if not any(thread.name == _THREAD for thread in threading.enumerate()):
            self.collector.let_go()

    def _loop(self) -> None:
        try:
            while (job := self._queue.get()) is not None:
                self._gate.wait()
                self._working = job
                job.work()
                self._working = None
                self._worked.put(job)
                del job  # widgets that it refers to must not be destroyed on this thread
                self._finished.emit()
        finally:
            self._end()

    def _end(self) -> None:
        """Cleans up as the last thing on the worker."""

    def _settle(self) -> None:
        job = self._worked.get()
        if job not in self._pending:
            return
        self._pending.remove(job)
        for key in [key for key, latest in self._latest.items() if latest is job]:
            del self._latest[key]
        try:
            if job.told:
                self._deliver(job)
        finally:
            if job.settled is not None and job.heard:
                job.settled()
            if not self.busy:
                self.busy_changed.emit(False)

    def _deliver(self, job: Job[Any]) -> None:
        if job.error is None:
            job.done(job.result)
        elif not isinstance(job.error, BookError):
            raise job.error
        elif job.failed is not None:
            job.failed(job.error)
        else:
            self.refused.emit(job.error)


class Tasks(Worker):
    """The worker of one book, which never leaves its thread."""

    changed = Signal(object)
    """A `Change`, after each recording."""

    def __init__(self, open_book: Callable[[], Book], parent: QObject | None = None) -> None:
        self._open = open_book
        self._opened: Book | None = None
        super().__init__(parent)

    def run(
        self,
        work: Callable[[Book], T],
        done: Callable[[T], object],
        failed: Callable[[BookError], object] | None = None,
        *,
        settled: Callable[[], object] | None = None,
        key: Hashable | None = None,
        owner: QObject | None = None,
    ) -> Job[T]:
        """`submit` for work on the book, whose result must be frozen."""
        return self.submit(
            lambda: work(self._book()), done, failed, settled=settled, key=key, owner=owner
        )

    def read(
        self,
        work: Callable[[Book], T],
        done: Callable[[T], object],
        failed: Callable[[BookError], object] | None = None,
        *,
        key: Hashable | None = None,
        owner: QObject | None = None,
    ) -> Job[T]:
        """`run` for work that only reads: once cancelled, it stops in the middle of a query."""
        return self.run(
            lambda book: self._stoppable(book, work), done, failed, key=key, owner=owner
        )

    def _stoppable(self, book: Book, work: Callable[[Book], T]) -> T:
        job = self._working
        assert job is not None
        with book.reading_until(lambda: not job.wanted):
            return work(book)

    def record(
        self,
        command: Command,
        done: Callable[[Recorded], object],
        failed: Callable[[BookError], object] | None = None,
        *,
        before: Iterable[Command] = (),
        settled: Callable[[], object] | None = None,
        owner: QObject | None = None,
        first: Callable[[Book], object] = lambda _book: None,
    ) -> Job[Recorded]:
        """Calls `first`, records the command after those `before` it, all or none, calls `done`,
        then emits `changed`. Where `first` raises, nothing is recorded.
        """
        every = (*before, command)
        kinds = frozenset(each.kind for each in every)

        def work(book: Book) -> Recorded:
            first(book)
            return book.record_all(every)[-1]

        def change(found: Recorded) -> Change:
            return Change(kinds, found.number)

        return self._write(work, change, done, failed, settled=settled, owner=owner)

    def change(
        self,
        work: Callable[[Book], T],
        kinds: Iterable[str],
        done: Callable[[T], object],
        failed: Callable[[BookError], object] | None = None,
        *,
        settled: Callable[[], object] | None = None,
        owner: QObject | None = None,
    ) -> Job[T]:
        """Runs work that writes in other ways, then emits `changed`; `kinds` are the kinds of entry
        it touches.
        """
        touched = Change(frozenset(kinds))
        return self._write(work, lambda _: touched, done, failed, settled=settled, owner=owner)

    def _write(
        self,
        work: Callable[[Book], T],
        changed: Callable[[T], Change],
        done: Callable[[T], object],
        failed: Callable[[BookError], object] | None,
        *,
        settled: Callable[[], object] | None,
        owner: QObject | None,
    ) -> Job[T]:
        """Runs work without an owner: what a closed form recorded has changed the book all the
        same, and its error must still be shown."""

        def there() -> bool:
            return owner is None or isValid(owner)

        def written(found: T) -> None:
            if there():
                done(found)
            self.changed.emit(changed(found))

        def refused(error: BookError) -> None:
            if failed is not None and there():
                failed(error)
            else:
                self.refused.emit(error)

        def finished() -> None:
            if settled is not None and there():
                settled()

        return self.run(work, written, refused, settled=finished)

    def long(
        self,
        work: Callable[[Book, Progress], T],
        done: Callable[[T], object],
        progress: Callable[[int], object],
        failed: Callable[[BookError], object] | None = None,
        *,
        settled: Callable[[], object] | None = None,
        reads: bool = False,
        holds: bool = False,
        owner: QObject | None = None,
    ) -> Job[T]:
        """Runs work that reports how far it is; it stops at its next report once it is cancelled or
        `owner` is gone.

        Where it only `reads`, it stops in the middle of a query too. `holds`: what came to its end
        before it heard that it was cancelled is told all the same, for it is recorded.
        """
        teller = _Teller(progress)

        def told(book: Book) -> T:
            return work(book, teller.tell)

        job = self.run(
            (lambda book: self._stoppable(book, told)) if reads else told,
            done,
            failed,
            settled=settled,
            owner=owner,
        )
        job.holds = holds
        teller.job = job
        return job

    def _book(self) -> Book:
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _end(self) -> None:
        if self._opened is not None:
            self._opened.close()


class _Teller(QObject):
    """Passes progress to the screen's thread, no more often than it can be shown."""

    _told = Signal(object)

    def __init__(self, show: Callable[[int], object]) -> None:
        super().__init__()
        self.job: Job[Any] | None = None
        self._next = 0.0
        self._told.connect(show, Qt.ConnectionType.QueuedConnection)

    def tell(self, amount: int) -> None:
        """On the worker."""
        if self.job is not None and not self.job.wanted:
            raise Cancelled
        if (now := time.monotonic()) >= self._next:
            self._next = now + _BETWEEN_REPORTS
            self._told.emit(amount)
