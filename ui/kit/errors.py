"""Errors shown as dialogs (expected ones with what can be done, bugs with details to copy), the
program's log, and reports of crashes.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import QObject, QSysInfo, Qt, Signal, qVersion
from PySide6.QtWidgets import QApplication, QWidget

from kwt_books import __version__
from kwt_books.domain.errors import BookError, InvalidDocument, Issue, StorageError, StreamError
from kwt_books.i18n.catalogue import Translator, noop
from ui.kit.folders import guarded
from ui.kit.look import UiContext

if TYPE_CHECKING:
    from kwt_books.services.explain import Names
    from ui.kit.dialog import MessageDialog


REMEDIES = {
    "not-a-book": noop(
        "Choose another file: a book's name ends in .kwt. If this was your book, open its latest "
        "backup."
    ),
    "setup-unsigned": noop(
        "Get the setup again from whoever hands it out, together with the .sig file beside it."
    ),
    "setup-changed": noop(
        "Get the setup again from whoever hands it out, together with the .sig file beside it."
    ),
    "setup-unreadable": noop(
        "Check that the flash drive is plugged in and that there is space on this computer, then "
        "try again."
    ),
    "no-such-book": noop("Check whether it was moved or renamed, then open it from there."),
    "not-permitted": noop("Ask whoever is responsible for this to record it."),
    "insufficient-stock": noop("Lower the quantity, or first record what is still missing."),
}
"""What can be done about an error, in words, by its code, where the error itself doesn't tell."""


_REFUSALS = ("cannot-write", "read-only", "cannot-open")
_NOT_SAVED = ("cannot-write", "disk-full", "would-replace-book")
"""Refusals of one file, or of one entry: the book itself can be used as before."""


def remedy(t: Translator, code: str) -> str:
    """What can be done about an error of that code; empty where nothing is known."""
    if code in _REFUSALS:
        return held_back(t)
    return t(REMEDIES[code]) if code in REMEDIES else ""


def held_back(t: Translator) -> str:
    """What to allow where Windows keeps the program from writing; empty where it doesn't."""
    if not guarded():
        return ""
    return t(
        "On this computer Windows lets only programs that it knows write to Documents and the"
        " desktop (Controlled folder access). Allow KWT Books in Windows Security › Virus & threat"
        " protection › Ransomware protection › Allow an app through Controlled folder access."
    )


def _title_of(error: BookError) -> str:
    """The head of a message, in English, where whoever asked has none of its own."""
    if not isinstance(error, StorageError):
        return noop("This can't be recorded yet")
    if error.code in _NOT_SAVED:
        return noop("This was not saved")
    return noop("The book can't be used")


class Problems(QObject):
    """Shows errors in dialogs over `window`; of bugs only the first, as long as
    its dialog is open.
    """

    _from_elsewhere = Signal(object)

    def __init__(self, ui: UiContext, logger: logging.Logger, log: Path | None = None) -> None:
        super().__init__()
        self._ui = ui
        self._logger = logger
        self._log = log
        self.shown: MessageDialog | None = None
        self.mends: dict[str, tuple[str, Callable[[], object]]] = {}
        """By an error's code: the words of the button that mends it, and what it does."""
        self.names: Names | None = None
        """The names in the book, so that messages can name what codes stand for."""
        self._from_elsewhere.connect(self.show_bug, Qt.ConnectionType.QueuedConnection)

    def say(self, issue: Issue | BookError) -> str:
        """An issue or an error in words."""
        from kwt_books.services.explain import explain

        return explain(issue, self.names, self._ui.t, self._ui.formats)

    def show(self, error: BookError, title: str = "") -> MessageDialog:
        """Shows an expected error: what is wrong, and what can be done."""
        t = self._ui.t
        if isinstance(error, StreamError):
            text = t("Line {line}: {problem}", line=error.line, problem=self.say(error))
        elif isinstance(error, InvalidDocument):
            text = "\n".join(dict.fromkeys(self.say(issue) for issue in error.issues))
        else:
            text = self.say(error)
        return self._show(
            title or t(_title_of(error)),
            text,
            remedy(t, error.code),
            details=self._details(error) if isinstance(error, StorageError) else "",
            mend=self.mends.get(error.code),
        )

    def show_bug(self, error: BaseException) -> MessageDialog | None:
        """Logs a mistake of the program and shows it with details to pass on; None while another
        one is shown.
        """
        self._logger.error("bug", exc_info=error)
        if self._log is not None:
            facts = f"KWT Books {__version__} · {QSysInfo.prettyProductName()} · Qt {qVersion()}"
            CrashReports(self._log.parent).write(error, self._ui.clock(), facts)
        if self.shown is not None:
            return None
        t = self._ui.t
        return self._show(
            t("Something went wrong in the program"),
            t("The last step was not carried out. The book is unchanged."),
            t("Try once more. If it happens again, copy the details and send them to "
              "whoever helps you with this program."),
            details=self._details(error),
        )  # fmt: skip

    def install(self) -> None:
        """Shows uncaught exceptions, of all threads, from now on."""
        sys.excepthook = self.uncaught
        threading.excepthook = lambda found: self._from_elsewhere.emit(found.exc_value)

    def uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Shows what nobody caught as a bug; `sys.excepthook` while the program runs."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._from_elsewhere.emit(error)

    def _details(self, error: BaseException) -> str:
        lines = traceback.format_exception(error)
        if self._log is not None:
            lines.append(str(self._log))
        return "".join(lines)

    def _show(
        self,
        title: str,
        text: str,
        what: str,
        details: str,
        mend: tuple[str, Callable[[], object]] | None = None,
    ) -> MessageDialog:
        from ui.kit.dialog import Choice, MessageDialog

        close = Choice(self._ui.t("Close"), "default" if mend else "primary")
        dialog = MessageDialog(
            self._ui,
            title,
            text,
            what=what,
            details=details,
            choices=(close, Choice(mend[0], "primary", mend[1])) if mend else (close,),
            parent=_window(),
        )
        self.shown = dialog
        dialog.finished.connect(self._forget)
        dialog.open()
        return dialog

    def _forget(self) -> None:
        self.shown = None


def _window() -> QWidget | None:
    return QApplication.activeModalWidget() or QApplication.activeWindow()


def keep_log(folder: Path) -> tuple[logging.Logger, Path]:
    """The program's logger and the path of its file, in the user's log folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "kwt-books.log"
    logger = logging.getLogger("kwt_books.desktop")
    logger.setLevel(logging.INFO)
    if not logger.handlers:
        logger.addHandler(_Log(path))
    return logger, path


class _Log(logging.Handler):
    """Opens the rotating file, whose module is slow to import, at the first record."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            self._file = log_file(self._path)
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


# -- Reports of crashes: where in the program it happened, and nothing from the book -------------


_KEPT, _TAIL = 10, 40
_LOG_BYTES, _LOG_FILES = 1_000_000, 3
_REPORT, _FAULT = "crash-", "fault-"


def discreet(error: BaseException) -> str:
    """An error's types and places in the program, without its messages, which may have names or
    sums in them.
    """
    return "\n".join(line for each in _chain(error) for line in _told(each))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and its causes, the first cause first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _chain(before)
    yield error


def _told(error: BaseException) -> Iterator[str]:
    kind = type(error)
    code = f" {error.code}" if isinstance(error, BookError) else ""
    yield f"{kind.__module__}.{kind.__qualname__}{code}"
    home = str(Path.home())
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename.replace(home, '~')}:{frame.lineno} {frame.name}"


class _Formatter(logging.Formatter):
    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        return discreet(ei[1]) if isinstance(ei, tuple) and ei[1] is not None else ""


def log_file(path: Path) -> logging.Handler:
    """A handler for a few small files, the newest at `path`; its module is imported here."""
    from logging.handlers import RotatingFileHandler

    class LogFiles(RotatingFileHandler):
        def rotate(self, source: str, dest: str) -> None:
            """Renames the file, unless another window has it open, which Windows doesn't allow."""
            with suppress(OSError):
                super().rotate(source, dest)

    made = LogFiles(path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8")
    made.setFormatter(_Formatter("%(asctime)s %(levelname)s %(message)s"))
    return made


class CrashReports:
    """Reports of crashes in the folder of the log; the newest few are kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.fault: TextIO | None = None

    def write(self, error: BaseException, now: datetime, facts: str = "") -> Path | None:
        """Writes a report; gives its path, None where the disk refuses."""
        text = "\n".join(filter(None, (facts, discreet(error), "", *self._tail())))
        return self._keep(f"{now:%Y%m%d-%H%M%S}", text)

    def _keep(self, when: str, text: str) -> Path | None:
        path = self._folder / f"{_REPORT}{when}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n", encoding="utf-8")
            for old in self.every()[:-_KEPT]:
                old.unlink(missing_ok=True)
        except OSError:
            return None
        return path

    def _tail(self) -> list[str]:
        try:
            log = (self._folder / "kwt-books.log").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return []
        return log.splitlines()[-_TAIL:]

    def every(self) -> list[Path]:
        """The reports, the oldest first."""
        return sorted(self._folder.glob(f"{_REPORT}*.txt"))

    # -- crashes of the interpreter itself ---------------------------------------------------

    def watch(self, process: int) -> None:
        """Lets a crash of the interpreter write a trace into a file of this process; `rest` ends
        that.
        """
        with suppress(OSError, RuntimeError):
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{_FAULT}{process}.txt"
            self.fault = path.open("w", encoding="utf-8")
            faulthandler.enable(self.fault)

    def rest(self) -> None:
        """Stops watching and deletes the file, which is empty then."""
        if self.fault is not None:
            faulthandler.disable()
            self.fault.close()
            with suppress(OSError):
                Path(self.fault.name).unlink()
            self.fault = None

    def collect(self) -> None:
        """Turns traces that crashes of the interpreter left into reports."""
        for path in sorted(self._folder.glob(f"{_FAULT}*.txt")):
            with suppress(OSError):
                found = path.stat()
                if not found.st_size:
                    continue  # another window, which is open, writes it
                when = datetime.fromtimestamp(found.st_mtime).astimezone()
                text = path.read_text(encoding="utf-8", errors="replace")
                path.unlink()
                told = text.replace(str(Path.home()), "~")
                self._keep(f"{when:%Y%m%d-%H%M%S}", "\n".join((told, *self._tail())))
