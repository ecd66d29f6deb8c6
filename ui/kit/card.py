"""Cards, badges, notes, icons and keys; what a page shows while it is empty; and the line that says
why nothing can be recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.kit.button import Button
from ui.kit.layout import Elided, column, fill, label, row, wrapped
from ui.kit.look import GUTTER, ICON, ICON_SMALL, RADIUS_CARD, Theme, UiContext, restyle, smooth
from ui.kit.wrapped import Rich

# -- An icon without a button --------------------------------------------------------------------


class Icon(QWidget):
    """An icon in the theme's colours; a screen reader skips it."""

    def __init__(self, ui: UiContext, name: str, color: str = "text", pixels: int = ICON) -> None:
        super().__init__()
        self._ui, self._name, self._color = ui, name, color
        self._side = ui.theme.px(pixels)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self._side, self._side)

    def show_icon(self, name: str, color: str) -> None:
        """Shows another icon in a colour of the palette."""
        self._name, self._color = name, color
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme = self._ui.theme
        rect = QRect(0, 0, self._side, self._side)
        theme.draw_icon(QPainter(self), self._name, theme.color(self._color), rect)


class Disc(QWidget):
    """An icon on a round background, for what is still empty."""

    def __init__(self, ui: UiContext, name: str, pixels: int = 88) -> None:
        super().__init__()
        self._ui, self._name = ui, name
        self._side = ui.theme.px(pixels)
        self.setFixedSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        paint_disc(QPainter(self), self._ui.theme, self._name, self.rect())


def paint_disc(painter: QPainter, theme: Theme, name: str, place: QRect) -> None:
    """Paints an icon on a round background into `place`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    theme.paint_disc(painter, place.adjusted(0, 0, -1, -1), "soft", edge="soft")
    inset = place.width() // 4
    rect = place.adjusted(inset, inset, -inset, -inset)
    theme.draw_icon(painter, name, theme.color("accent_text"), rect)


def window_head(ui: UiContext, icon: str, title: str, second: str) -> QHBoxLayout:
    """What a window before a book is about: an icon on a round background, a title, a caption."""
    words = column(..., label(title, "title", wrap=True), label(second, "caption", wrap=True), ...)
    return row(Disc(ui, icon, 56), (words, 1), space=16)


NOTE_ICONS = {"": "info", "good": "check-circle", "warn": "warning-circle", "error": "x-circle"}
NOTE_COLORS = {"": "text2", "good": "accent_text", "warn": "amber", "error": "red"}


class Card(QFrame):
    """A framed part of a page. `body` is its column; the title, in `heading`, comes first."""

    def __init__(self, title: str = "", *, margins: int = GUTTER, space: int = 8) -> None:
        super().__init__()
        self.body: QVBoxLayout = column(parent=self, margins=margins, space=space)
        self.heading: QHBoxLayout | None = None
        self._corners = _Corners(self) if not margins else None
        if title:
            self.heading = row(label(title, "card"), ..., space=8)
            self.body.addLayout(self.heading)

    def tell(self, text: str, role: str = "body") -> None:
        """Adds words below what is there; they wrap."""
        self.body.addWidget(label(text, role, wrap=True))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if self._corners is not None:
            self._corners.setGeometry(self.rect())
            self._corners.raise_()


class _Corners(QWidget):
    """Paints a card's corners over its content, which Qt doesn't clip by round corners."""

    def __init__(self, card: Card) -> None:
        super().__init__(card)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = smooth(self)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        inside = QPainterPath()
        inside.addRoundedRect(edge, RADIUS_CARD, RADIUS_CARD)
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        palette = self.palette()
        role = palette.ColorRole
        ground = palette.color(role.Base if isinstance(self.window(), QDialog) else role.Window)
        painter.fillPath(outside.subtracted(inside), ground)
        painter.setPen(palette.color(palette.ColorRole.Mid))
        painter.drawPath(inside)


class Badge(QFrame):
    """A word or number on a coloured background. Tones: none, good, warn, error."""

    def __init__(self, ui: UiContext, text: str = "", tone: str = "", icon: str = "") -> None:
        super().__init__()
        line = row(parent=self, space=4, margins=(8, 0, 8, 0))
        self._text = QLabel(text)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        if icon:
            fill(line, Icon(ui, icon, NOTE_COLORS[tone], ICON_SMALL))
        fill(line, self._text)
        self.setFixedHeight(ui.theme.px(22))
        self.setProperty("tone", tone)

    @property
    def text(self) -> str:
        """The words shown."""
        return self._text.text()

    def show_text(self, text: str, tone: str = "") -> None:
        """Shows other words."""
        self._text.setText(text)
        restyle(self, tone=tone)


class Key(QLabel):
    """A key to press, drawn as on a keyboard."""


class Note(QFrame):
    """A strip with a remark: an icon, bold words, the rest, and perhaps a button."""

    def __init__(
        self, ui: UiContext, text: str = "", tone: str = "", *, strong: str = "", icon: str = ""
    ) -> None:
        super().__init__()
        self._ui = ui
        self.line = row(parent=self, space=8, margins=(12, 8, 12, 8))
        self._icon = Icon(ui, "info", "text2", ICON)
        self._text = Rich()
        fill(self.line, (self._icon, 0, Qt.AlignmentFlag.AlignVCenter), (self._text, 1))
        self.text = ""
        self.say(text, tone, strong=strong, icon=icon)

    def say(self, text: str, tone: str = "", *, strong: str = "", icon: str = "") -> None:
        """Shows another remark; `strong` are its bold words. Tones: none, good, warn, error."""
        self.text = " ".join(filter(None, (strong, text)))
        bold = f'<span style="font-weight:600">{escape(strong)}</span>' if strong else ""
        plain = escape(text).replace("\n", "<br>")
        self._text.show_html(" ".join(filter(None, (bold, plain))))
        self._icon.show_icon(icon or NOTE_ICONS[tone], NOTE_COLORS[tone])
        restyle(self, tone=tone)
        self.setAccessibleName(self.text)

    def offer(self, text: str, act: Callable[[], object]) -> Button:
        """Adds a button at the end of the strip, and gives it."""
        button = Button(self._ui, text, kind="quiet", scale="small").when_clicked(act)
        self.line.addWidget(button)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt puts nothing behind what Tab passes by
        QWidget.setTabOrder(self, button)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button


def bare() -> QWidget:
    """A widget without a background of its own."""
    made = QWidget()
    made.setObjectName("bare")
    return made


_WIDTH, _BELOW_DISC = 430, 20


class EmptyState(Card):
    """What a page shows while it is empty: an icon, a title, a sentence, buttons. With `later` they
    are made when `setVisible` first shows it, for most pages never are empty.
    """

    def __init__(
        self,
        ui: UiContext,
        icon: str,
        title: str,
        text: str = "",
        *,
        width: int = _WIDTH,
        later: bool = False,
    ) -> None:
        """`width` is that of the words, in pixels at a text size of 100 percent."""
        super().__init__(space=0)
        self._ui = ui
        self._disc: Disc | None = None
        self._waiting: list[Callable[[], object]] = []
        """What is still to be made, in its order."""
        self._then(partial(self._lay_out, icon, title, text, width), at_once=not later)

    def _lay_out(self, icon: str, title: str, text: str, width: int) -> None:
        ui, centre = self._ui, Qt.AlignmentFlag.AlignHCenter
        self._disc = Disc(ui, icon)
        self._title = wrapped(ui, title, "title", width, centred=True)
        fill(self.body, ..., (self._disc, 0, centre), _BELOW_DISC, (self._title, 0, centre), 6)
        if text:
            self.body.addWidget(wrapped(ui, text, "body", width, centred=True), 0, centre)
        self._buttons = row(..., ..., space=8)
        self._keys = row(space=4)
        fill(self.body, 20, self._buttons, 16, self._keys, ...)

    def _then(self, make: Callable[[], object], *, at_once: bool) -> None:
        self._waiting.append(make)
        if at_once:
            self._make()

    def _make(self) -> None:
        while self._waiting:
            self._waiting.pop(0)()

    def setVisible(self, visible: bool) -> None:  # noqa: N802 - Qt's name
        if visible:
            self._make()
        super().setVisible(visible)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The height without the disc, which is left out where there is little room."""
        least = super().minimumSizeHint()
        if self._disc is None or self._disc.isHidden():
            return least
        return least - QSize(0, self._disc.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if self._disc is None:
            return
        least = super().minimumSizeHint().height()
        if self._disc.isHidden():
            least += self._disc.height()
        self._disc.setVisible(self.height() >= least)

    def retitle(self, title: str) -> None:
        """Shows another title."""
        self._make()
        self._title.setText(title)
        self._title.setFixedHeight(self._title.heightForWidth(self._title.width()))

    def offer(
        self, text: str, act: Callable[[], object], icon: str = "", *, primary: bool = True
    ) -> None:
        """Adds a button."""
        add = partial(self._offer, text, act, icon, "primary" if primary else "default")
        self._then(add, at_once=self._disc is not None)

    def _offer(self, text: str, act: Callable[[], object], icon: str, kind: str) -> None:
        button = Button(self._ui, text, icon, kind=kind, scale="large").when_clicked(act)
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    def tell_keys(self, before: str, keys: tuple[str, ...], after: str) -> None:
        """Adds a line with keys in it: `atau tekan [Alt] [6] dari halaman mana pun`."""
        self._then(partial(self._tell_keys, before, keys, after), at_once=self._disc is not None)

    def _tell_keys(self, before: str, keys: tuple[str, ...], after: str) -> None:
        fill(self._keys, ..., label(before, "quiet"))
        for key in keys:
            self._keys.addWidget(Key(key))
        fill(self._keys, label(after, "quiet"), ...)


class ReadOnlyLine(QFrame):
    """The line below the header that says why nothing can be recorded."""

    def __init__(self, ui: UiContext, why: str) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.why = Elided(why, "caption")
        line = row(parent=self, space=10, margins=(GUTTER, 8, GUTTER, 8))
        fill(line, Badge(ui, ui.t("Read only"), "warn", "lock-simple"), (self.why, 1))
        self.setAccessibleName(f"{ui.t('Read only')}. {why}")
