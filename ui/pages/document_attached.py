"""Photos and PDFs beside a document: listed, looked at, added by drag and drop."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QScrollArea, QWidget

from kwt_books.queries.entry import Attached
from ui.desk import Desk
from ui.forms.receipt_photo import files_in
from ui.help_keys import add_help_keys
from ui.kit import Kit
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.label import column, row, rule
from ui.widgets.opened import open_up

_PDF = "application/pdf"


class AttachedPart(QWidget):
    """A button each. Those of which the book has the digest alone say so."""

    def __init__(self, desk: Desk, attached: tuple[Attached, ...]) -> None:
        super().__init__()
        self._desk = desk
        line = FlowLayout(self, space=8)
        for each in attached:
            icon = "file-pdf" if each.type == _PDF else "image"
            button = Button(desk.kit, _short(each.name), icon, scale="small")
            button.setEnabled(each.size is not None)
            button.hint(each.name if each.size else desk.kit.t("The file itself is not here"))
            line.addWidget(button.when_clicked(partial(self.open, each)))

    def open(self, attached: Attached) -> None:
        self._desk.tasks.run(
            lambda book: book.attachment(attached.sequence), self._show, key="file", owner=self
        )

    def _show(self, found: tuple[str, str, bytes] | None) -> None:
        if found is None:
            return
        name, kind, data = found
        if kind == _PDF:
            from ui.papers import PaperDialog

            PaperDialog(self._desk.kit, Path(name).stem, data, self.window()).open()
        else:
            PhotoDialog(self._desk.kit, name, data, self.window()).open()


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:12]}…{name[-10:]}"


class PhotoDialog(QDialog):
    """A photo as large as the window; + and − make it larger and smaller."""

    def __init__(self, kit: Kit, name: str, data: bytes, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        add_help_keys(self, kit)
        self.photo = QPixmap()
        self.photo.loadFromData(data)
        self._percent = 0
        page = column(self)
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if self.photo.isNull():
            self._label.setText(kit.t("This picture can't be shown."))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(self._label)
        page.addWidget(self._area, 1)
        page.addWidget(rule())
        t, line = kit.t, row(space=8, margins=GUTTER)
        less = Button(kit, "", "minus").hint(t("Smaller"), "-")
        whole = Button(kit, t("Whole picture"))
        more = Button(kit, "", "plus").hint(t("Larger"), "+")
        line.addWidget(less.when_clicked(lambda: self.zoom(-1)))
        line.addWidget(whole.when_clicked(lambda: self.zoom(0)))
        line.addWidget(more.when_clicked(lambda: self.zoom(1)))
        for button, keys in ((less, "-"), (more, "+")):
            button.setShortcut(keys)
        line.addStretch(1)
        close = Button(kit, t("Close"), kind="primary").when_clicked(self.accept)
        close.setDefault(True)
        line.addWidget(close)
        page.addLayout(line)
        open_up(self, kit.theme.px(760), kit.theme.px(600))

    def zoom(self, step: int) -> None:
        """0 shows the whole picture."""
        if self._percent == 0:
            shown = self._label.pixmap().width() or 1
            self._percent = max(10, 100 * shown // max(self.photo.width(), 1))
        change = {-1: self._percent * 4 // 5, 0: 0, 1: self._percent * 5 // 4 + 1}[step]
        self._percent = min(change, 400)
        self._draw()

    def _draw(self) -> None:
        if self.photo.isNull():
            return
        size = self._area.viewport().size()
        if self._percent:
            size = self.photo.size() * (self._percent / 100)
        mode = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        self._label.setPixmap(self.photo.scaled(size, mode, smooth))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if not self._percent:
            self._draw()


class DropPlace(QObject):
    """Lets photos and PDFs be dropped onto a widget; says so while they hang above it."""

    dropped = Signal(object)
    """The paths."""

    def __init__(self, kit: Kit, over: QWidget) -> None:
        super().__init__(over)
        self.text = ""
        """What is said while something hangs above; empty: nothing may be dropped."""
        self._over = over
        self._veil = _Veil(kit, over)
        over.setAcceptDrops(True)
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._veil.hide()
            self.dropped.emit(files_in(event.mimeData()))
            event.acceptProposedAction()
            return True
        if isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter:
            if self.text and files_in(event.mimeData()):
                self._veil.say(self.text)
                event.acceptProposedAction()
            return True
        if isinstance(event, QDragLeaveEvent):
            self._veil.hide()
            return True
        return False


class _Veil(QWidget):
    """Lies over a widget and says what letting go will do."""

    def __init__(self, kit: Kit, over: QWidget) -> None:
        super().__init__(over)
        self._kit, self._text = kit, ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, text: str) -> None:
        self._text = text
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(QRect(QPoint(0, 0), parent.size()))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.color("soft")
        ground.setAlpha(235)
        painter.setBrush(ground)
        painter.setPen(QPen(theme.color("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(6, 6, -6, -6), 8, 8)
        side = theme.px(32)
        middle = self.rect().center()
        icon = QRect(middle.x() - side // 2, middle.y() - side - 6, side, side)
        theme.draw_icon(painter, "paperclip", theme.color("accent_text"), icon)
        painter.setPen(theme.color("accent_text"))
        painter.setFont(theme.font("body", bold=True))
        below = QRect(GUTTER, middle.y(), self.width() - 2 * GUTTER, theme.px(60))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, int(flags | Qt.TextFlag.TextWordWrap), self._text)
