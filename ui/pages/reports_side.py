"""The right side of the reports: print, keep, share, and the paper as it will look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QStackedWidget, QWidget

from ui.kit import Kit
from ui.pages.document_writing import PaperWriter, WritingStrip
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.card import Card, bare
from ui.widgets.icon import Icon
from ui.widgets.label import column, label, row, rule

if TYPE_CHECKING:
    from ui.widgets.pdf_preview import PdfPreview

WIDE, NARROW = 334, 60


class ReportSide(Card):
    """Open it shows the pages; folded it keeps its buttons, as icons."""

    print_wanted = Signal()
    pdf_wanted = Signal()
    table_wanted = Signal()
    summary_wanted = Signal()
    preview_wanted = Signal()
    """The pages are to be made after all, or to be seen large."""
    fold_wanted = Signal(bool)
    list_wanted = Signal()
    """The list of reports is to stand beside the table again."""

    def __init__(self, kit: Kit, *writers: PaperWriter) -> None:
        super().__init__(margins=0, space=0)
        self._kit = kit
        self.preview: PdfPreview | None = None
        self._wide, self._narrow = self._open_part(writers), self._folded_part()
        self.body.addWidget(self._wide)
        self.body.addWidget(self._narrow)
        self.fold(narrow=False)

    def _buttons(self) -> tuple[tuple[str, str, str, str, str, SignalInstance], ...]:
        """Name, text, icon, kind, keys, and what is emitted."""
        t = self._kit.t
        return (
            ("print", t("Print"), "printer", "primary", "Ctrl+P", self.print_wanted),
            ("pdf", t("Save PDF"), "file-pdf", "default", "Ctrl+S", self.pdf_wanted),
            ("table", t("Excel / CSV"), "table", "default", "Ctrl+E", self.table_wanted),
            ("copy", t("Copy summary"), "copy", "default", "Ctrl+Shift+C", self.summary_wanted),
        )

    def _open_part(self, writers: tuple[PaperWriter, ...]) -> QWidget:
        part = bare()
        page = column(part)
        grid = QGridLayout()
        grid.setContentsMargins(12, 12, 12, 12)
        grid.setSpacing(8)
        self.buttons: dict[str, Button] = {}
        for place, (name, text, icon, kind, keys, signal) in enumerate(self._buttons()):
            button = Button(self._kit, text, icon, kind=kind).hint(self._hint(name, text), keys)
            button.when_clicked(signal.emit)
            self.buttons[name] = button
            grid.addWidget(button, place // 2, place % 2)
        page.addLayout(grid)
        page.addWidget(rule())
        self.strip = WritingStrip(self._kit, *writers)
        page.addWidget(self.strip)
        self._stack = QStackedWidget()
        self._ground = self._waiting()
        self._stack.addWidget(self._ground)
        page.addWidget(self._stack, 1)
        return part

    def _hint(self, name: str, text: str) -> str:
        t = self._kit.t
        if name == "copy":
            return t("A short text of the month for WhatsApp, on the clipboard")
        if name == "table":
            return t("Save as a table for Excel or other programs")
        return text

    def _waiting(self) -> QWidget:
        """In place of the pages: why there are none."""
        ground = QFrame()
        ground.setObjectName("sunken")
        page = column(ground, margins=GUTTER, space=8)
        page.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        page.addWidget(Icon(self._kit, "file-text", "text3", 32), 0, centre)
        self._why = label("", "caption", wrap=True)
        self._why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        page.addWidget(self._why)
        self._make = Button(self._kit, self._kit.t("Show the pages"), "eye")
        self._make.when_clicked(self.preview_wanted.emit)
        page.addWidget(self._make, 0, centre)
        page.addStretch(1)
        return ground

    def _folded_part(self) -> QWidget:
        part = bare()
        page = column(part, margins=12, space=8)
        t = self._kit.t
        self.list_button = Button(self._kit, "", "list").hint(t("Find a report"), "Ctrl+L")
        page.addWidget(self.list_button.when_clicked(self.list_wanted.emit))
        self.list_button.hide()
        for name, text, icon, kind, keys, signal in self._buttons():
            button = Button(self._kit, "", icon, kind=kind)
            button.hint(self._hint(name, text), keys).setAccessibleName(text)
            page.addWidget(button.when_clicked(signal.emit))
        look = Button(self._kit, "", "eye").hint(t("Look at the pages"))
        page.addWidget(look.when_clicked(self.preview_wanted.emit))
        page.addStretch(1)
        self._unfold = Button(self._kit, "", "caret-double-left", kind="quiet")
        self._unfold.hint(t("Show the pages beside the table"))
        page.addWidget(self._unfold.when_clicked(lambda: self.fold_wanted.emit(False)))
        return part

    # -- wide or narrow --------------------------------------------------------------------

    @property
    def folded(self) -> bool:
        return not self._narrow.isHidden()

    def fold(self, *, narrow: bool, forced: bool = False, wide: int = 0) -> None:
        """`forced`: there is no room to open it; `wide` is how much there is for it else."""
        self._narrow.setVisible(narrow)
        self._wide.setVisible(not narrow)
        self._unfold.setVisible(not forced)
        px = self._kit.theme.px
        self.setFixedWidth(px(NARROW) if narrow else max(px(WIDE), wide))

    # -- the pages -------------------------------------------------------------------------

    def show_pages(self, pdf: bytes) -> None:
        if self.preview is None:
            from ui.widgets.pdf_preview import PdfPreview

            self.preview = PdfPreview(self._kit)
            self.preview.layout().addLayout(self._tools())  # type: ignore[union-attr]
            self._stack.addWidget(self.preview)
        self.preview.show_pdf(pdf)
        self._stack.setCurrentWidget(self.preview)

    def _tools(self) -> QHBoxLayout:
        """Below the pages: large, or out of the way."""
        t, line = self._kit.t, row(space=4)
        line.setContentsMargins(8, 0, 8, 8)
        large = Button(self._kit, t("Larger window"), "arrows-out-simple", kind="quiet",
                       scale="small")  # fmt: skip
        line.addWidget(large.when_clicked(self.preview_wanted.emit))
        line.addStretch(1)
        away = Button(self._kit, "", "caret-double-right", kind="quiet", scale="small")
        away.hint(t("More room for the table"))
        line.addWidget(away.when_clicked(lambda: self.fold_wanted.emit(True)))
        return line

    def show_none(self, why: str, *, offer: bool = False) -> None:
        """No pages: `why`, and whether they can be made all the same."""
        self._why.setText(why)
        self._make.setVisible(offer)
        self._stack.setCurrentWidget(self._ground)

    def enable(self, *, on: bool) -> None:
        """Without a report there is nothing to print or keep."""
        for name in ("print", "pdf", "table"):
            self.buttons[name].setEnabled(on)
