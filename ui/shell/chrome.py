"""The frame around the pages: notes that pass by, the header with search and person, the sidebar,
and the buttons by which a person is chosen.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolTip,
    QWidget,
)

from kwt_books.domain.values import LONGEST_SOUGHT
from ui.kit.button import Button, EnterPresses, OneOf, with_keys
from ui.kit.card import Key, Note
from ui.kit.date_field import MonthButton
from ui.kit.field import FieldIcon
from ui.kit.layout import Elided, column, label, row, rule
from ui.kit.look import (
    CENTRE,
    ENTER,
    GUTTER,
    HEADER,
    ICON_LARGE,
    ROW_NAV,
    ROW_TWO_LINES,
    SIDEBAR,
    SIDEBAR_FOLDED,
    UiContext,
    restyle,
    smooth,
)
from ui.kit.preferences import Brand
from ui.kit.seek import EscClears
from ui.kit.words import initials
from ui.kit.workspace import Message

_SHOWN = 8_000  # milliseconds; long enough to read and to reach for the button


_TOAST, _TOAST_WIDE = 460, 580
"""Width of a note, and of one with several buttons."""


class Toast(QFrame):
    """A note at the foot of `parent` for some seconds; it stays while the mouse is over it, and Esc
    or × closes it.
    """

    def __init__(self, ui: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui, self._over = ui, parent
        self._line = row(parent=self, space=0)
        self._note: Note | None = None
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The words shown; empty while it is hidden."""
        return self._note.text if self._note is not None and not self.isHidden() else ""

    def show_message(self, message: Message) -> None:
        """Shows a message in place of the one before."""
        if self._note is not None:
            self._line.removeWidget(self._note)
            self._note.deleteLater()
        self._note = Note(self._ui, message.text, message.tone, strong=message.strong)
        first = ((message.offer, message.act),) if message.act is not None else ()
        offers = (*first, *message.also)
        for text, act in offers:
            self._note.offer(text, self.hide).when_clicked(act)
        close = Button(self._ui, "", "x", kind="quiet", scale="small")
        self._note.line.addWidget(close.hint(self._ui.t("Close")).when_clicked(self.hide))
        self._line.addWidget(self._note)
        self._note.show()  # now: Qt would show it only after the size was computed
        self.setFixedWidth(self._ui.theme.px(_TOAST if len(offers) < 2 else _TOAST_WIDE))
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


# -- The header: the place's title, search, the month, and who is signed in ----------------------


_BESIDE = 56
"""Width of the magnifying glass and the margins in the search field, at 100 percent."""


_ASIDE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""Why a field is without the keyboard for a moment only."""


class SearchField(EscClears, QLineEdit):
    """The header's search; it shows its key while it is empty, and is empty once one leaves it."""

    cleared = Signal()
    """Esc was pressed."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._theme = ui.theme
        self.setMaxLength(LONGEST_SOUGHT)
        self._key = Key("Ctrl K", self)
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setPlaceholderText(ui.t("Search"))
        self.setToolTip(with_keys(ui.t, ui.t("Search"), "Ctrl+K"))
        self.setAccessibleName(ui.t("Search"))
        FieldIcon(ui, self, "magnifying-glass")
        self.textChanged.connect(self._show_key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Escape:
            self.cleared.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        if event.reason() not in _ASIDE:
            self.clear()

    def _show_key(self) -> None:
        """Shows the key only where there is room for it beside the placeholder."""
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        room = self.width() - self._key.sizeHint().width() - self._theme.px(_BESIDE)
        self._key.setVisible(not self.text() and words <= room)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        size = self._key.sizeHint()
        top = (self.height() - size.height()) // 2
        self._key.setGeometry(
            QRect(self.width() - size.width() - 10, top, size.width(), size.height())
        )
        self._show_key()


class PersonButton(EnterPresses, QPushButton):
    """A disc with initials, the name and the task; opens the program's menu."""

    def __init__(self, ui: UiContext, name: str, role: str) -> None:
        super().__init__()
        self._ui, self._name, self._role = ui, name, role
        self._short = False
        self.setObjectName("person")
        self.setAutoDefault(False)
        self.setAccessibleName(f"{name}, {role}")
        self.setToolTip(ui.t("Program menu"))

    def show_person(self, name: str, role: str) -> None:
        """Shows another person's name and task."""
        self._name, self._role = name, role
        self.setAccessibleName(f"{name}, {role}")
        self.updateGeometry()
        self.update()

    def shorten(self, *, short: bool) -> None:
        """Shows the disc alone, or everything again."""
        self._short = short
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        theme = self._ui.theme
        if self._short:
            return QSize(theme.px(60), theme.px(40))
        self.setFont(theme.font("caption", bold=True))
        words = self.fontMetrics().horizontalAdvance(max(self._name, self._role, key=len)[:24])
        return QSize(theme.px(40) + words + theme.px(32), theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, smooth(self)
        side, middle = theme.px(32), self.height() // 2
        disc = QRect(2, middle - side // 2, side, side)
        theme.paint_disc(painter, disc, "soft")
        theme.write(
            painter, disc, initials(self._name), "accent_text", "caption", bold=True, at=CENTRE
        )
        if not self._short:
            self._paint_words(painter, disc, middle)
        caret = theme.px(14)
        place = QRect(self.width() - caret - 2, middle - caret // 2, caret, caret)
        theme.draw_icon(painter, "caret-down", theme.color("text2"), place)

    def _paint_words(self, painter: QPainter, disc: QRect, middle: int) -> None:
        theme = self._ui.theme
        words = QRect(disc.right() + 9, 0, self.width() - disc.right() - theme.px(32), middle + 1)
        theme.write(
            painter, words, self._name, size="caption", bold=True,
            at=Qt.AlignmentFlag.AlignBottom, elided=True,
        )  # fmt: skip
        below = words.translated(0, middle)
        theme.write(painter, below, self._role, "text2", "caption", at=Qt.AlignmentFlag.AlignTop)


_WIDE = 880
"""Width below which the search is short and the person is a disc alone."""


class HeaderBar(QFrame):
    """The bar above every page."""

    def __init__(self, ui: UiContext, name: str, role: str) -> None:
        super().__init__()
        self._ui = ui
        self.setFixedHeight(ui.theme.px(HEADER))
        self._place, self._mark = label("", "title"), label("›", "title")
        self._part = Elided("", "title")
        self._subtitle = Elided("", "caption")
        self._part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.search = SearchField(ui)
        self.search.setFixedWidth(ui.theme.px(168))
        self.month = MonthButton(ui)
        self.person = PersonButton(ui, name, role)
        words = column(
            ...,
            row(self._place, self._mark, (self._part, 1), space=10),
            self._subtitle,
            ...,
            space=0,
        )
        parts = (words, 1), self.search, self.month, 10, self.person
        row(*parts, parent=self, space=8, margins=(GUTTER, 0, GUTTER, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        px = self._ui.theme.px
        wide = self.width() >= px(_WIDE)
        self.search.setFixedWidth(px(168 if wide else 120))
        self.person.shorten(short=not wide)

    @property
    def title(self) -> str:
        """The title shown, with the part's where there is one."""
        return " › ".join(filter(None, (self._place.text(), self._part.text())))

    def show_title(self, place: str, part: str = "") -> None:
        """Shows the place's title; it is grey where a part follows, as in `Laporan › Laba Rugi`."""
        self._place.setText(place)
        for each in (self._place, self._mark):
            each.setStyleSheet("font-weight: 400;" if part else "")
            restyle(each, tone="quiet" if part else "")
        self._mark.setVisible(bool(part))
        self._part.setText(part)

    def show_subtitle(self, text: str) -> None:
        """Shows the line below the title."""
        self._subtitle.setText(text)


# -- The sidebar: places with icons, folding to icons alone where the window is narrow -----------


_LEAST = 22
"""Least height of a row, where the window is low."""
_COUNT, _AROUND_NAME = 20, 56
"""Width of a count, and of the margins around icon, name and count."""
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class NavButton(EnterPresses, QAbstractButton):
    """A place in the sidebar; `count` is how much waits there."""

    def __init__(self, ui: UiContext, text: str, icon: str) -> None:
        super().__init__()
        self._ui, self._icon = ui, icon
        self.count = 0
        self.title = text
        self.setText(text.replace("&", "&&"))  # a lone one would be a mnemonic
        self.setCheckable(True)
        self.setAutoExclusive(True)  # one of several, not a box to tick, to a screen reader
        self.setMinimumHeight(ui.theme.px(_LEAST))
        self.setMaximumHeight(ui.theme.px(ROW_NAV))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(ui.theme.px(SIDEBAR_FOLDED) - 17)

    def show_count(self, count: int) -> None:
        """Shows how much waits; 0 shows nothing."""
        self.count = count
        text = self._ui.t("{place}, {count} to do", place=self.title, count=count)
        self.setAccessibleName(text if count else self.title)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self._ui.theme.px(ROW_NAV))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self._ui.theme.px(_LEAST))

    @property
    def folded(self) -> bool:
        """Whether its icon stands alone, without the place's name."""
        return self.width() < self._ui.theme.px(120)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        if self.folded and event.reason() in _BY_KEY:
            beside = self.mapToGlobal(QPoint(self.width(), 0))
            QToolTip.showText(beside, self.toolTip(), self)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, smooth(self)
        on, over = self.isChecked(), self.underMouse()
        if on or over:
            place, ground = self.rect().adjusted(0, 0, -1, -1), "surface" if on else "grid"
            theme.paint_round(painter, place, ground, 8, edge="line" if on else "")
        if on:
            theme.paint_round(painter, QRect(0, 8, 3, self.height() - 16), "accent", 1)
        folded, side = self.folded, theme.px(ICON_LARGE)
        left = (self.width() - side) // 2 if folded else 12
        place = QRect(left, (self.height() - side) // 2, side, side)
        color = theme.color("accent_text" if on else "text2" if not over else "text")
        theme.draw_icon(painter, self._icon, color, place)
        if not folded:
            words = QRect(left + side + 12, 0, self.width(), self.height())
            theme.write(painter, words, self.title, "accent_text" if on else "text", bold=on)
        if self.count:
            self._paint_count(painter, folded=folded)

    def _paint_count(self, painter: QPainter, *, folded: bool) -> None:
        theme = self._ui.theme
        side = theme.px(14 if folded else 20)
        top = 2 if folded else (self.height() - side) // 2
        circle = QRect(self.width() - side - (2 if folded else 11), top, side, side)
        theme.paint_disc(painter, circle, "amber_bg", edge="amber" if theme.strong else "")
        count = str(self.count)
        theme.write(painter, circle, count, "amber", "caption", bold=True, at=CENTRE)


class Sidebar(QFrame):
    """The places, one of them checked; ↑ and ↓ go from one to the next."""

    chosen = Signal(str)

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._buttons: dict[str, NavButton] = {}
        self._groups = OneOf(self)
        self._last_group: int | None = None
        brand = Brand(ui, 56, 8, lower=4)
        self._column = column(brand, 6, ..., parent=self, space=2, margins=(8, 0, 8, 8))
        self.fold(narrow=False)

    def add(self, name: str, title: str, icon: str, group: int) -> None:
        """Adds a place below the others; a line sets it apart from another group."""
        button = NavButton(self._ui, title, icon)
        button.setToolTip(title)
        if self._last_group not in (None, group):
            frame = column(rule(), space=0, margins=(12, 6, 12, 6))
            self._column.insertLayout(self._column.count() - 1, frame)
        self._last_group = group
        self._buttons[name] = button
        self._groups.add(button)
        self._column.insertWidget(self._column.count() - 1, button)
        button.clicked.connect(lambda _on=False, each=name: self.chosen.emit(each))

    def show_place(self, name: str) -> None:
        """Marks a place as the one shown."""
        self._buttons[name].setChecked(True)

    def show_count(self, name: str, count: int) -> None:
        """Shows how much waits at a place."""
        self._buttons[name].show_count(count)

    def fold(self, *, narrow: bool) -> None:
        """Shows icons alone, or names too: with large letters no wider than they need."""
        self.setFixedWidth(self._ui.theme.px(SIDEBAR_FOLDED) if narrow else self.unfolded)

    @property
    def unfolded(self) -> int:
        """How wide it is with its names, in pixels."""
        return max(SIDEBAR, self._words_width()) if self._ui.theme.percent > 100 else SIDEBAR

    def _words_width(self) -> int:
        """The width at which the longest name and a count beside it can be read."""
        metrics, px = self._ui.theme.metrics(bold=True), self._ui.theme.px
        words = [metrics.horizontalAdvance(each.title) for each in self._buttons.values()]
        return max(words, default=0) + px(ICON_LARGE) + px(_COUNT) + _AROUND_NAME

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        focused = self.focusWidget()
        if step is None or focused not in buttons:
            super().keyPressEvent(event)
            return
        buttons[(buttons.index(focused) + step) % len(buttons)].setFocus(
            Qt.FocusReason.TabFocusReason
        )


_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class WhoButton(QAbstractButton):
    """A person, one of several to choose from; the arrow keys go from one to the next."""

    def __init__(self, ui: UiContext, name: str, second: str) -> None:
        super().__init__()
        self._ui, self.name, self._second = ui, name, second
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(f"{name}, {second}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._ui.theme.px(200), self._ui.theme.px(ROW_TWO_LINES))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, smooth(self)
        on, over = self.isChecked(), self.underMouse()
        ground, edge = ("soft", "accent") if on else ("sunken" if over else "surface", "line")
        theme.paint_round(painter, self.rect().adjusted(0, 0, -1, -1), ground, 8, edge=edge)
        side, middle = theme.px(36), self.height() // 2
        disc = QRect(theme.px(12), middle - side // 2, side, side)
        theme.paint_disc(painter, disc, "accent" if on else "soft")
        color = "on_accent" if on else "accent_text"
        theme.write(painter, disc, initials(self.name), color, bold=True, at=CENTRE)
        left = disc.right() + theme.px(12)
        words = QRect(left, 0, self.width() - left - theme.px(12), middle)
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        theme.write(painter, words, self.name, bold=True, at=bottom, elided=True)
        below = words.translated(0, middle)
        theme.write(painter, below, self._second, "text2", "caption", at=top)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            siblings = self._siblings()
            other = siblings[(siblings.index(self) + step) % len(siblings)]
            other.setChecked(True)
            other.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in ENTER:
            self.click()
            if self.hasFocus():
                self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _siblings(self) -> list[WhoButton]:
        parent = self.parentWidget()
        return parent.findChildren(WhoButton) if parent is not None else [self]
