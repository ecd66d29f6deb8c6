"""What pages are made of, there before anybody opens one: above all modules, imported while the
book is asked nothing; then questions whose first answer takes long.

Those of the core are imported on the worker. Those of the screen make classes of Qt, and PySide6
keeps what it knows of classes where the screen's thread looks without a lock: made on the worker,
they crash the program now and then. So they are imported on the screen's thread, one at a time.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap

from kwt_books.domain.kind import named
from ui.kit.worker import Tasks

_CORE = "kwt_books"
"""The package whose modules know nothing of Qt."""
_QUIET, _BETWEEN = 250, 10  # milliseconds


def imported_by(name: str) -> Iterator[str]:
    """The modules that a module's own lines import; none where its code can't be read."""
    spec = find_spec(name)
    read = getattr(spec.loader, "get_code", None) if spec is not None else None
    code = read(name) if read is not None else None
    if code is not None:
        yield from (each for each in code.co_names if "." in each)  # only imports have dots


def with_what_it_needs(name: str, core: str = _CORE) -> list[str]:
    """The modules of a screen's module that nobody has imported yet, each after those it needs,
    itself last; imports those of the core.
    """
    found: dict[str, None] = {}

    def walk(each: str) -> None:
        if each in sys.modules or each in found:
            return
        found[each] = None
        for needed in imported_by(each):
            if needed.startswith(f"{core}."):
                import_module(needed)
            elif needed.partition(".")[0] == name.partition(".")[0]:
                walk(needed)
        found[each] = found.pop(each)

    walk(name)
    return list(found)


def fill_once() -> None:
    """Fills a pixel that nobody sees. An area may be filled with a gradient, so with the first that
    is filled PySide6 makes the names of all 169 of Qt's.
    """
    unseen = QPixmap(1, 1)
    painter = QPainter(unseen)
    painter.fillRect(unseen.rect(), QColor("white"))
    painter.end()


class Ahead(QObject):
    """Imports modules and what they need, and asks questions, so that the first opening of a page
    need not wait.
    """

    def __init__(
        self,
        tasks: Tasks,
        modules: Iterable[str],
        parent: QObject,
        core: str = _CORE,
        questions: Iterable[str] = (),
    ) -> None:
        """`questions`: functions of a book, each as `module:name`, asked once the modules are
        there; a far server is spared.
        """
        super().__init__(parent)
        self._questions = deque(questions)
        self._tasks, self._core = tasks, core
        self._left, self._here = deque(modules), deque[str]()
        """What is still to be looked at, and what the screen's thread has to import of it."""
        self._own = False
        """Whether the worker is busy with one of these modules."""
        self._done = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.read_next)
        tasks.busy_changed.connect(self._busy_changed)
        self._timer.start(_QUIET)
        QTimer.singleShot(_QUIET, self, fill_once)

    def _busy_changed(self, busy: bool) -> None:
        if busy:
            self._timer.stop()
        else:
            self._go_on(_BETWEEN if self._own else _QUIET)
            self._own = False

    def _go_on(self, wait: int) -> None:
        if self._left or self._here or self._questions:
            self._timer.start(wait)
        elif not self._done:
            self._done = True
            self._tasks.collector.keep()

    def read_next(self) -> None:
        """Imports the next module, unless the book is being asked."""
        if self._tasks.busy:
            return
        if self._here:
            import_module(self._here.popleft())
            self._go_on(_BETWEEN)
        elif self._left:
            self._own = True
            work = partial(with_what_it_needs, self._left.popleft(), self._core)
            self._tasks.submit(work, self._here.extend, owner=self)
        elif self._questions:
            self._own = True
            ask = named(self._questions.popleft())
            self._tasks.run(
                lambda book: None if book.is_far else ask(book), _nothing, _nothing, owner=self
            )


def _nothing(_said: object) -> None:
    """What comes of a question that is asked so that the next answer is quick."""
