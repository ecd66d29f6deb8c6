"""What went wrong, said calmly: expected errors with what to do, bugs with details to copy."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSysInfo, Qt, Signal, qVersion
from PySide6.QtWidgets import QApplication, QWidget

from kwt_books import __version__
from kwt_books.domain.errors import BookError, InvalidDocument, Issue, StorageError, StreamError
from kwt_books.i18n.catalogue import Translator, noop
from ui.kit import Kit

if TYPE_CHECKING:  # not needed to show a window, and slow to import
    from kwt_books.services.explain import Names
    from ui.widgets.dialog import MessageDialog

REMEDIES = {
    "disk-full": noop("Make room on the disk, then try again. What was recorded before is safe."),
    "locked": noop("Close the other program that has this book open, then try again."),
    "read-only": noop(
        "Copy the book to a folder of your own, or ask for the right to write there."
    ),
    "cannot-open": noop("See that the disk or flash drive is plugged in, then try again."),
    "cannot-write": noop("Choose another folder, or ask for the right to write there."),
    "damaged": noop("Don't use this file any more. Open the latest backup."),
    "disk-error": noop("Copy the book to another disk now, then open the copy."),
    "newer-book": noop("Install the newest version of KWT Books on this computer."),
    "not-a-book": noop("Choose a file that ends in .kwt."),
    "setup-without-digest": noop(
        "Copy the setup to the flash drive again, together with the file beside it, then try again."
    ),
    "setup-changed": noop(
        "Copy the setup to the flash drive again, together with the file beside it, then try again."
    ),
    "setup-unreadable": noop(
        "See that the flash drive is plugged in and that there is room on this computer, then try"
        " again."
    ),
    "no-such-book": noop("See whether it was moved or renamed, then open it from there."),
    "book-exists": noop("Choose another name or another folder."),
    "month-closed": noop("Choose a date in a month that is open."),
    "not-permitted": noop("Ask the one whose task it is to record this."),
    "insufficient-stock": noop("Lower the quantity, or record first what is still missing."),
}
"""What can be done about an error, by its code."""


def remedy(t: Translator, code: str) -> str:
    return t(REMEDIES[code]) if code in REMEDIES else ""


class Problems(QObject):
    """Shows errors in dialogs over `window`. One bug at a time: the first is what matters."""

    _from_elsewhere = Signal(object)

    def __init__(self, kit: Kit, logger: logging.Logger, log: Path | None = None) -> None:
        super().__init__()
        self._kit = kit
        self._logger = logger
        self._log = log
        self._open: MessageDialog | None = None
        self.names: Names | None = None
        """What is set up in the book, so that codes can be named."""
        self._from_elsewhere.connect(self.show_bug, Qt.ConnectionType.QueuedConnection)

    def say(self, issue: Issue | BookError) -> str:
        """An issue or an error in words."""
        from kwt_books.services.explain import explain

        return explain(issue, self.names, self._kit.t, self._kit.formats)

    def show(self, error: BookError, title: str = "") -> MessageDialog:
        """An expected refusal: what is wrong, and what can be done."""
        t = self._kit.t
        if isinstance(error, StreamError):
            text = t("Line {line}: {problem}", line=error.line, problem=self.say(error))
        elif isinstance(error, InvalidDocument):
            text = "\n".join(dict.fromkeys(self.say(issue) for issue in error.issues))
        else:
            text = self.say(error)
        default = noop("The book can't be used") if isinstance(error, StorageError) else ""
        return self._show(
            title or t(default or "This can't be recorded yet"),
            text,
            remedy(t, error.code),
            details=self._details(error) if isinstance(error, StorageError) else "",
        )

    def show_bug(self, error: BaseException) -> MessageDialog | None:
        """A mistake of the program: logged, and shown with details to pass on."""
        self._logger.error("bug", exc_info=error)
        if self._log is not None:
            facts = f"KWT Books {__version__} · {QSysInfo.prettyProductName()} · Qt {qVersion()}"
            from ui.crash_reports import CrashReports

            CrashReports(self._log.parent).write(error, self._kit.clock(), facts)
        if self._open is not None:
            return None
        t = self._kit.t
        return self._show(
            t("Something went wrong in the program"),
            t("The last step was not carried out. The book is unchanged."),
            t("Try once more. If it happens again, copy the details and send them to "
              "whoever helps you with this program."),
            details=self._details(error),
        )  # fmt: skip

    def install(self) -> None:
        """Uncaught exceptions come here from now on."""
        sys.excepthook = self._uncaught
        threading.excepthook = lambda found: self._from_elsewhere.emit(found.exc_value)

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._from_elsewhere.emit(error)

    def _details(self, error: BaseException) -> str:
        lines = traceback.format_exception(error)
        if self._log is not None:
            lines.append(str(self._log))
        return "".join(lines)

    def _show(self, title: str, text: str, what: str, details: str) -> MessageDialog:
        from ui.widgets.dialog import Choice, MessageDialog

        dialog = MessageDialog(
            self._kit,
            title,
            text,
            what=what,
            details=details,
            choices=(Choice(self._kit.t("Close"), "primary"),),
            parent=_window(),
        )
        self._open = dialog
        dialog.finished.connect(self._forget)
        dialog.open()
        return dialog

    def _forget(self) -> None:
        self._open = None


def _window() -> QWidget | None:
    return QApplication.activeModalWidget() or QApplication.activeWindow()


def keep_log(folder: Path) -> tuple[logging.Logger, Path]:
    """The program's log: a few small files in the user's own log folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "kwt-books.log"
    logger = logging.getLogger("kwt_books.desktop")
    logger.setLevel(logging.INFO)
    if not logger.handlers:
        logger.addHandler(_Log(path))
    return logger, path


class _Log(logging.Handler):
    """Writes through a rotating file, whose module is slow to import, from the first word on."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        from ui.crash_reports import log_file

        if self._file is None:
            self._file = log_file(self._path)
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()
