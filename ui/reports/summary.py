"""The month's summary for a group chat: as text, and as a picture for phones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QObject, QPoint
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QTextDocument
from PySide6.QtWidgets import QWidget

from kwt_books.book import Book
from kwt_books.domain.chain import short_code
from kwt_books.domain.files import file_name_for
from kwt_books.domain.values import Month
from kwt_books.queries.overview import Overview, overview
from kwt_books.reports.context import Parameters
from ui.kit.chart_picture import save_picture
from ui.kit.file_dialog import ask_where
from ui.kit.look import UiContext
from ui.kit.popup import Menu
from ui.kit.workspace import Workspace

_ACROSS, _AROUND = 480, 24
"""Of the picture, at a text size of 100 percent: as wide as a chart's for phones."""


@dataclass(frozen=True, slots=True)
class MonthSummary:
    """The figures of the summary, whether they are provisional, and the chain's last hash."""

    overview: Overview
    provisional: bool
    head: str


class Line(NamedTuple):
    """What a figure is called, the figure and the one of the month before, as they are read."""

    what: str
    amount: str
    before: str


def month_summary(book: Book, month: Month, language: str) -> MonthSummary:
    """The figures of a month's summary; runs on the worker."""
    result = book.report("profit-loss", Parameters(month=month), language)
    return MonthSummary(book.read(overview, month), result.provisional, result.head)


def summary_title(ui: UiContext, found: MonthSummary) -> str:
    """`Ringkasan Juni 2026`, and whether its figures are provisional."""
    title = ui.t("Summary of {month}", month=ui.formats.month(found.overview.this.month))
    if found.provisional:
        title = ui.t("{title} (provisional, the month is not closed yet)", title=title)
    return title


def summary_lines(ui: UiContext, found: MonthSummary) -> tuple[Line, ...]:
    """Turnover, profit or loss, money and assets, each beside the month before."""
    t, rupiah, this, before = ui.t, ui.formats.rupiah, found.overview.this, found.overview.before
    rows = (
        (t("Turnover"), this.turnover, before.turnover),
        (t("Profit") if this.profit >= 0 else t("Loss"), abs(this.profit), before.profit),
        (t("Cash & bank"), this.cash, before.cash),
        (t("Assets"), this.assets, before.assets),
    )
    return tuple(Line(what, rupiah(amount), rupiah(earlier)) for what, amount, earlier in rows)


def summary_text(ui: UiContext, found: MonthSummary) -> str:
    """The summary as plain text; stars make a chat program show the group's name bold."""
    t, group = ui.t, found.overview.group
    name = ui.formats.month_alone(found.overview.before.month)
    lines = [f"*{group.name}*"] if group is not None else []
    lines += [summary_title(ui, found), ""]
    for what, amount, before in summary_lines(ui, found):
        words = t(
            "{what}: {amount} ({month}: {before})",
            what=what, amount=amount, month=name, before=before,
        )  # fmt: skip
        lines.append(words)
    lines += ["", t("Seal {seal}", seal=short_code(found.head))]
    return "\n".join(lines)


def summary_picture(ui: UiContext, found: MonthSummary) -> QImage:
    """The summary as wide as a phone, in light colours; long names go on in the next line."""
    from ui.kit.phone import WIDTH  # not at the start: it loads what draws PDF

    theme, px = ui.theme, ui.theme.px
    scale = WIDTH / px(_ACROSS)
    with theme.on_paper():
        page = QTextDocument()
        page.setDefaultFont(theme.font("body"))
        page.setDocumentMargin(px(_AROUND))
        page.setHtml(_html(ui, found))
        page.setTextWidth(px(_ACROSS))
        image = QImage(WIDTH, round(page.size().height() * scale), QImage.Format.Format_RGB32)
        image.fill(theme.color("surface"))
        painter = QPainter(image)
        painter.scale(scale, scale)
        page.drawContents(painter)
        painter.end()
    return image


def _html(ui: UiContext, found: MonthSummary) -> str:
    color = ui.theme.color
    dark, quiet, line = (color(name).name() for name in ("text", "text2", "line"))
    heading, body, small = (
        ui.theme.font(size).pixelSize() for size in ("title", "card", "caption")
    )
    name, group = ui.formats.month_alone(found.overview.before.month), found.overview.group
    rows = "".join(
        f'<tr><td style="font-size:{body}px">{escape(what)}</td>'
        f'<td align="right"><b style="font-size:{heading}px">{escape(amount)}</b><br>'
        f'<span style="color:{quiet};font-size:{small}px">{escape(f"{name}: {before}")}</span>'
        "</td></tr>"
        for what, amount, before in summary_lines(ui, found)
    )
    seal = ui.t("Seal {seal}", seal=short_code(found.head))
    return (
        f'<body style="color:{dark}">'
        f'<p style="font-size:{heading}px"><b>{escape(group.name if group else "")}</b></p>'
        f'<p style="font-size:{body}px">{escape(summary_title(ui, found))}</p>'
        f'<hr style="background-color:{line}">'
        f'<table width="100%" cellpadding="6" cellspacing="0">{rows}</table>'
        f'<hr style="background-color:{line}">'
        f'<p style="color:{quiet};font-size:{small}px">{escape(seal)}</p></body>'
    )


class Summary(QObject):
    """What is done with the summary of the month that is looked at."""

    def __init__(self, workspace: Workspace, owner: QWidget) -> None:
        super().__init__(owner)
        self._workspace, self._ui, self._owner = workspace, workspace.ui, owner

    def menu(self) -> Menu:
        """What is offered."""
        t, made = self._ui.t, Menu(self._ui, self._owner)
        made.offer(t("Copy as text"), self.copy_text, "copy", keys="Ctrl+Shift+C")
        made.offer(t("Copy as a picture"), self.copy_picture, "image")
        made.offer(t("Save as a picture"), self.choose_file, "floppy-disk")
        return made

    def show_menu(self, button: QWidget) -> None:
        """Offers it below the button."""
        made = self.menu()
        made.aboutToHide.connect(made.deleteLater)
        made.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _ask(self, then: Callable[[MonthSummary], object]) -> None:
        month, language = self._workspace.month, self._ui.language
        self._workspace.tasks.run(
            lambda book: month_summary(book, month, language),
            then,
            self._workspace.problems.show,
            key="summary",
            owner=self._owner,
        )

    def copy_text(self) -> None:
        """Copies the summary as text."""

        def copied(found: MonthSummary) -> None:
            QGuiApplication.clipboard().setText(summary_text(self._ui, found))
            self._say_copied(self._ui.t("Summary copied."))

        self._ask(copied)

    def copy_picture(self) -> None:
        """Copies the summary as a picture; what takes no pictures pastes its text."""

        def copied(found: MonthSummary) -> None:
            both = QMimeData()
            both.setImageData(summary_picture(self._ui, found))
            both.setText(summary_text(self._ui, found))
            QGuiApplication.clipboard().setMimeData(both)
            self._say_copied(self._ui.t("The picture is copied."))

        self._ask(copied)

    def _say_copied(self, strong: str) -> None:
        self._workspace.say(self._ui.t("Paste it into the group's chat."), strong=strong)

    def choose_file(self) -> None:
        """Asks for a file, and writes the picture into it."""
        title, kinds = self._ui.t("Save as a picture"), [(".png", "PNG (*.png)")]
        name = self._ui.t("Summary of {month}", month=self._ui.formats.month(self._workspace.month))
        if path := ask_where(self._owner.window(), title, file_name_for(name), kinds):
            self.save(path)

    def save(self, path: Path) -> None:
        """Writes the picture, whole or not at all; shows the error of a disk that refuses."""
        self._ask(lambda found: save_picture(
            self._workspace, summary_picture(self._ui, found), path))  # fmt: skip
