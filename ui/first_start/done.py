"""The book is there: its recovery key, its first page, and on to the first Friday."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kwt_books.services.first_start import Begun
from ui.kit import Kit
from ui.recovery_key import KeyCard
from ui.widgets.button import Button
from ui.widgets.check_field import CheckField
from ui.widgets.fixed import wrapped
from ui.widgets.icon import Disc
from ui.widgets.label import column, row

_WIDTH = 520


class Done(QWidget):
    print_key_wanted = Signal()
    print_page_wanted = Signal()
    go_wanted = Signal(str)
    """On to the book: the place of it to begin with."""

    def __init__(self, kit: Kit, begun: Begun, name: str) -> None:
        super().__init__()
        t = kit.t
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        ground = QWidget()
        ground.setFixedWidth(kit.theme.px(_WIDTH))
        page = column(ground, space=8)
        page.addWidget(Disc(kit, "check"), 0, Qt.AlignmentFlag.AlignHCenter)
        page.addSpacing(8)
        page.addWidget(wrapped(kit, t("The book is ready"), "figure", _WIDTH, centred=True))
        page.addWidget(wrapped(kit, name, "body", _WIDTH, centred=True))
        page.addSpacing(8)
        self.kept: CheckField | None = None
        if begun.recovery_key is not None:
            self._key(kit, page, begun.recovery_key)
        buttons = row(space=8)
        buttons.addStretch(1)
        first_page = Button(kit, t("Print the first page"), "printer", scale="large")
        buttons.addWidget(first_page.when_clicked(self.print_page_wanted.emit))
        self.go = Button(
            kit, t("Record the first Friday"), "shopping-bag-open", kind="primary", scale="large"
        )
        self.go.when_clicked(lambda: self.go_wanted.emit("sell"))
        buttons.addWidget(self.go)
        buttons.addStretch(1)
        page.addLayout(buttons)
        self.home = Button(kit, t("Just open the book"), kind="quiet")
        self.home.when_clicked(lambda: self.go_wanted.emit("home"))
        page.addWidget(self.home, 0, Qt.AlignmentFlag.AlignHCenter)
        whole = column(self)
        whole.addStretch(1)
        whole.addWidget(ground, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(1)
        self._allow()

    def _key(self, kit: Kit, page: QVBoxLayout, key: str) -> None:
        t, lines = kit.t, column(space=8)
        lines.addWidget(
            wrapped(kit, t("Keep this key: whoever forgets a password can make a new one with it."
                           " It is shown only now."), "body", _WIDTH)
        )  # fmt: skip
        lines.addWidget(KeyCard(kit, key, self.print_key_wanted.emit))
        self.kept = CheckField(t("I have printed it or written it down"))
        self.kept.changed.connect(self._allow)
        lines.addWidget(self.kept, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addSpacing(8)
        page.addLayout(lines)

    def _allow(self) -> None:
        """On to the book once the key is kept."""
        allowed = self.kept is None or self.kept.isChecked()
        for button in (self.go, self.home):
            button.setEnabled(allowed)
