"""What is kept of a mistake of the program: where it happened, and nothing from the book."""

from __future__ import annotations

import faulthandler
import logging
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TextIO

from kwt_books.domain.errors import BookError

_KEPT, _TAIL = 10, 40
_LOG_BYTES, _LOG_FILES = 1_000_000, 3
_REPORT, _FAULT = "crash-", "fault-"


def discreet(error: BaseException) -> str:
    """Kinds of errors and places in the program: what an error says may be a name or a sum."""
    return "\n".join(line for each in _chain(error) for line in _told(each))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """From the first cause on."""
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
    """A few small files, the newest at `path`. Imported when there is something to write."""
    from logging.handlers import RotatingFileHandler

    class LogFiles(RotatingFileHandler):
        def rotate(self, source: str, dest: str) -> None:
            """Another window of the program may have it open; Windows then keeps its name."""
            with suppress(OSError):
                super().rotate(source, dest)

    made = LogFiles(path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8")
    made.setFormatter(_Formatter("%(asctime)s %(levelname)s %(message)s"))
    return made


class CrashReports:
    """Files in the folder of the log; the newest few are kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fault: TextIO | None = None

    def write(self, error: BaseException, now: datetime, facts: str = "") -> Path | None:
        """Where the report lies; None where the disk refuses."""
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
        """The oldest first."""
        return sorted(self._folder.glob(f"{_REPORT}*.txt"))

    # -- where the program ends with nobody to write anything --------------------------------

    def watch(self, process: int) -> None:
        """From here on even the interpreter's own end leaves a trace; `rest` takes it away."""
        with suppress(OSError, RuntimeError):
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{_FAULT}{process}.txt"
            self._fault = path.open("w", encoding="utf-8")
            faulthandler.enable(self._fault)

    def rest(self) -> None:
        if self._fault is not None:
            faulthandler.disable()
            self._fault.close()
            with suppress(OSError):
                Path(self._fault.name).unlink()
            self._fault = None

    def collect(self) -> None:
        """What such an end left the last time becomes a report like the others."""
        for path in sorted(self._folder.glob(f"{_FAULT}*.txt")):
            with suppress(OSError):
                found = path.stat()
                if not found.st_size:
                    continue  # of a window that is open
                when = datetime.fromtimestamp(found.st_mtime).astimezone()
                text = path.read_text(encoding="utf-8", errors="replace")
                path.unlink()
                told = text.replace(str(Path.home()), "~")
                self._keep(f"{when:%Y%m%d-%H%M%S}", "\n".join((told, *self._tail())))
