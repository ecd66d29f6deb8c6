"""Where the photo or PDF of a receipt is dropped; it goes into the book with the document."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from ui.forms.receipt_files import SUFFIXES, largest
from ui.kit import Kit, restyle
from ui.widgets.button import Button
from ui.widgets.icon import Icon
from ui.widgets.label import Elided, column, label, row

_MOST = 6


def files_in(mime: QMimeData) -> list[Path]:
    """Files of this computer that are dragged, whatever their kind."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


class _File(QWidget):
    """A file's name, and a way to take it off again."""

    def __init__(self, kit: Kit, path: Path, remove: Button) -> None:
        super().__init__()
        line = row(self, space=8)
        icon = "file-pdf" if path.suffix.lower() == ".pdf" else "image"
        line.addWidget(Icon(kit, icon, "accent_text"))
        line.addWidget(Elided(path.name), 1)
        line.addWidget(remove)


class ReceiptPhoto(QFrame):
    """An input: the paths of the files. Files are read when the document is saved."""

    changed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.paths: list[Path] = []
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        page = column(self, space=4)
        page.setContentsMargins(12, 8, 8, 8)
        self._rows = column(space=2)
        page.addLayout(self._rows)
        line = row(space=8)
        self._icon = Icon(kit, "paperclip", "text2")
        self._words = label("", "caption", wrap=True)
        self.choose_button = Button(kit, kit.t("Choose a file"), kind="quiet", scale="small")
        self.choose_button.when_clicked(self.choose)
        line.addWidget(self._icon)
        line.addWidget(self._words, 1)
        line.addWidget(self.choose_button)
        page.addLayout(line)
        self.say("")

    def say(self, text: str) -> None:
        """What was wrong with a file; empty: the invitation."""
        invited = self._kit.t("Drop the photo or PDF of the receipt here")
        more = self._kit.t("Drop another page here")
        self._words.setText(text or (more if self.paths else invited))
        restyle(self._words, tone="warn" if text else "")
        self._icon.show_icon("warning" if text else "paperclip", "amber" if text else "text2")

    def choose(self) -> None:
        t = self._kit.t
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        found, _ = QFileDialog.getOpenFileNames(
            self, t("Choose the receipt"), "", f"{t('Photos and PDF')} ({patterns})"
        )
        self.take(Path(path) for path in found)

    def take(self, paths: Iterable[Path]) -> None:
        """Adds files; says which it can't take."""
        said, before = "", len(self.paths)
        for path in paths:
            if path in self.paths:
                continue
            if problem := self._against(path):
                said = problem
                continue
            self.paths.append(path)
            self._show(path)
        self.say(said)
        if len(self.paths) != before:
            self.changed.emit()

    def _against(self, path: Path) -> str:
        t = self._kit.t
        if len(self.paths) >= _MOST:
            return t("{n} files are enough for one receipt.", n=_MOST)
        if path.suffix.lower() not in SUFFIXES:
            return t("{name} is neither a photo nor a PDF.", name=path.name)
        try:
            size = path.stat().st_size
        except OSError:
            return t("{name} can't be read.", name=path.name)
        if size > largest(path):
            most = self._kit.formats.number(largest(path) // 1_000_000)
            return t("{name} is larger than {most} MB.", name=path.name, most=most)
        return ""

    def _show(self, path: Path) -> None:
        remove = Button(self._kit, "", "x", kind="quiet", scale="small")
        remove.hint(self._kit.t("Take {name} off", name=path.name))
        shown = _File(self._kit, path, remove)
        remove.when_clicked(partial(self._remove, path, shown))
        self._rows.addWidget(shown)

    def _remove(self, path: Path, shown: QWidget) -> None:
        self.paths.remove(path)
        self._rows.removeWidget(shown)
        shown.hide()
        shown.deleteLater()
        self.say("")
        self.changed.emit()

    # -- as an input -----------------------------------------------------------------------

    def problem(self) -> str:
        return ""

    def state(self) -> object:
        return [str(path) for path in self.paths]

    def restore(self, state: object) -> None:
        while self.paths:
            item = self._rows.itemAt(0)
            shown = item.widget() if item is not None else None
            assert shown is not None
            self._remove(self.paths[0], shown)
        wanted = state if isinstance(state, list) else []
        there = [Path(path) for path in wanted if isinstance(path, str)]
        self.take(path for path in there if path.is_file())

    # -- dragging --------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if files_in(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.show_over(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        self.show_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self.show_over(over=False)
        self.take(files_in(event.mimeData()))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def show_over(self, *, over: bool) -> None:
        """Whether something hangs above that can be let go."""
        restyle(self, over=over)
