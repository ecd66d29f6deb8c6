"""Charts as pictures for phones: copied, to be pasted into a message, or saved as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from kwt_books.domain.errors import StorageError
from kwt_books.domain.files import file_name_for
from ui.kit.button import Button
from ui.kit.chart import Plot
from ui.kit.file_dialog import ask_where
from ui.kit.popup import Menu
from ui.kit.workspace import Workspace

_ACROSS, _LEAST = 480, 260
"""Width, and least height, at which a chart is drawn for a picture, at a text size of 100 percent:
its letters are as large on a phone as those of a message."""
_AROUND, _TITLE, _LEGEND, _FOOT = 16, 26, 28, 26


class ChartPicture(QObject):
    """What a chart offers at a click with the right button, at the Menu key, and behind a button in
    its corner that is there while one points at it: its picture, on the clipboard or as a file.
    """

    def __init__(self, workspace: Workspace, chart: Plot, title: str = "") -> None:
        """`title` is written above the picture; without one, what the chart is called."""
        super().__init__(chart)
        self._workspace, self._ui, self.chart = workspace, workspace.ui, chart
        self._title = title
        t = self._ui.t
        self.corner = Button(self._ui, "", "dots-three", kind="quiet", scale="small")
        self.corner.hint(t("Copy or save the chart as a picture"))
        self.corner.setParent(chart)
        self.corner.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the Menu key does the same
        self.corner.when_clicked(lambda: self._show_menu(self.corner.geometry().bottomLeft()))
        self.corner.hide()
        chart.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        chart.customContextMenuRequested.connect(self._show_menu)
        chart.installEventFilter(self)

    @property
    def title(self) -> str:
        """What is written above the picture."""
        return self._title or self.chart.accessibleName()

    def menu(self) -> Menu:
        """What is offered."""
        t, made = self._ui.t, Menu(self._ui, self.chart)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.offer(t("Copy as a picture"), self.copy, "copy")
        made.offer(t("Save as a picture"), self.choose_file, "image")
        return made

    def _show_menu(self, place: QPoint) -> None:
        self.chart.select(-1)
        self.menu().popup(self.chart.mapToGlobal(place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        kind = event.type()
        if kind in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.corner.setVisible(kind == QEvent.Type.Enter and bool(self.chart.accessibleName()))
            self.corner.move(self.chart.width() - self.corner.width(), 0)
        return False

    # -- the picture -----------------------------------------------------------------------

    def picture(self) -> QImage:
        """The chart as wide as a phone, in light colours, with its title, legend and group."""
        from ui.kit.phone import WIDTH  # not at the start: it loads what draws PDF

        px, frame = self._ui.theme.px, self.chart.frame
        line = not frame.gap  # of days, without a scale that room would make clearer
        wide, high = px(_ACROSS), px(frame.height if line else max(_LEAST, frame.height))
        swatches = px(_LEGEND) if self.chart.swatches else 0
        above = px(_AROUND) + px(_TITLE) + swatches + px(8)
        whole = above + high + px(_FOOT) + px(8)
        scale = WIDTH / wide
        image = QImage(QSize(WIDTH, round(whole * scale)), QImage.Format.Format_RGB32)
        with self._ui.theme.on_paper():
            image.fill(self._ui.theme.color("surface"))
            painter = QPainter(image)
            painter.scale(scale, scale)
            across = wide - 2 * px(_AROUND)
            self._paint_words(painter, QRect(px(_AROUND), px(_AROUND), across, whole))
            self._paint_chart(painter, QPoint(px(_AROUND), above), QSize(across, high))
            painter.end()
        return image

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        theme, left = self._ui.theme, room.left()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("card", bold=True))
        painter.setPen(theme.color("text"))
        title = painter.fontMetrics().elidedText(
            self.title, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(QRect(left, room.top(), room.width(), theme.px(_TITLE)), 0, title)
        painter.setFont(theme.font("caption"))
        for each in self.chart.swatches:
            painter.save()
            painter.translate(left, room.top() + theme.px(_TITLE) + 4)
            each.paint(painter, theme)
            painter.restore()
            left += each.width + 6
            painter.setPen(theme.color("text2"))
            advance = painter.fontMetrics().horizontalAdvance(each.words)
            spot = QRect(left, room.top() + theme.px(_TITLE) + 2, advance, 20)
            painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter.value, each.words)
            left += advance + 16
        painter.setPen(theme.color("text2"))
        group, day = self._workspace.group, self._ui.formats.day(self._ui.today)
        foot = QRect(room.left(), room.height() - theme.px(_FOOT), room.width(), theme.px(20))
        metrics, at = painter.fontMetrics(), Qt.AlignmentFlag.AlignVCenter
        if group is not None:
            beside = room.width() - metrics.horizontalAdvance(day) - _AROUND
            name = metrics.elidedText(group.name, Qt.TextElideMode.ElideRight, beside)
            painter.drawText(foot, at.value, name)
        painter.drawText(foot, (at | Qt.AlignmentFlag.AlignRight).value, day)

    def _paint_chart(self, painter: QPainter, corner: QPoint, size: QSize) -> None:
        """Draws the chart at that size; on the screen it keeps its own."""
        chart, before = self.chart, self.chart.size()
        chart.select(-1)
        chart.on_paper = True
        chart.resize(size)
        try:
            chart.render(painter, corner, QRegion(), QWidget.RenderFlag(0))
        finally:
            chart.on_paper = False
            chart.resize(before)

    # -- where it goes ---------------------------------------------------------------------

    def copy(self) -> None:
        """Puts the picture on the clipboard."""
        t = self._ui.t
        QGuiApplication.clipboard().setImage(self.picture())
        self._workspace.say(t("Paste it into the message."), strong=t("The picture is copied."))

    def choose_file(self) -> None:
        """Asks for a file, and writes the picture into it."""
        title, kinds = self._ui.t("Save as a picture"), [(".png", "PNG (*.png)")]
        if path := ask_where(self.chart.window(), title, file_name_for(self.title), kinds):
            self.save(path)

    def save(self, path: Path) -> None:
        """Writes the picture, whole or not at all; shows the error of a disk that refuses."""
        save_picture(self._workspace, self.picture(), path)


def save_picture(workspace: Workspace, picture: QImage, path: Path) -> None:
    """Writes a picture as PNG, whole or not at all, and says so; shows the error of a disk that
    refuses.
    """
    from kwt_books.exporters.whole import whole_file
    from ui.kit.phone import png_of

    try:
        with whole_file(path) as file:
            file.write(png_of(picture))
    except StorageError as error:
        workspace.problems.show(error, workspace.ui.t("The picture was not saved"))
        return
    workspace.say_saved(path)
