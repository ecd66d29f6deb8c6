"""Notes that pass by: what was saved, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from ui.desk import Message
from ui.kit import Kit
from ui.widgets.button import Button
from ui.widgets.card import Note
from ui.widgets.label import row

_SHOWN = 8_000  # milliseconds; long enough to read and to reach for the button


class Toast(QFrame):
    """At the foot of `parent`. Stays while the mouse is over it; Esc or × closes it."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit, self._over = kit, parent
        self._line = row(self, space=0)
        self._note: Note | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        return self._note.text if self._note is not None and not self.isHidden() else ""

    def show_message(self, message: Message) -> None:
        if self._note is not None:
            self._line.removeWidget(self._note)
            self._note.deleteLater()
        self._note = Note(self._kit, message.text, message.tone, strong=message.strong)
        if message.offer and message.act is not None:
            act = message.act
            offered = self._note.offer(message.offer, self.hide)
            offered.when_clicked(act)
        close = Button(self._kit, "", "x", kind="quiet", scale="small")
        self._note.line.addWidget(close.hint(self._kit.t("Close")).when_clicked(self.hide))
        self._line.addWidget(self._note)
        self._note.show()  # Qt would only do so after the size is taken
        self.setFixedWidth(self._kit.theme.px(460))
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def _place(self) -> None:
        left = (self._over.width() - self.width()) // 2
        self.move(QPoint(left, self._over.height() - self.height() - 24))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().leaveEvent(event)
        self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
