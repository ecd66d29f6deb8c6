"""Cash counted note by note, coin by coin."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ui.kit import Kit, restyle
from ui.tokens import FIELD, FIELD_SMALL
from ui.widgets.label import figures, set_tone

FACES = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100)
_MOST = 99_999
_DIGITS = QRegularExpression("[0-9]{0,5}")
"""Nothing else: a validator of whole numbers would let `1.000` in, as a language writes it."""
_LARGE, _ROW = 38, 42
"""A row that is as high as this has room for a field of the usual size; none gets higher."""


class _Count(QLineEdit):
    """A small field for a number of pieces: ↑ ↓ + − step, Enter goes on."""

    def __init__(self, kit: Kit, face: int) -> None:
        super().__init__()
        self.setProperty("scale", "small")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFont(kit.theme.font(bold=True, figures=True))
        self._kit = kit
        self.show_large(large=False)
        self.setPlaceholderText("0")
        self.setValidator(QRegularExpressionValidator(_DIGITS, self))
        self.setAccessibleName(kit.t("Pieces of {face}", face=kit.formats.rupiah(face)))

    def show_large(self, *, large: bool) -> None:
        px = self._kit.theme.px
        self.setFixedSize(px(64), px(FIELD if large else FIELD_SMALL))
        restyle(self, scale="" if large else "small")

    def pieces(self) -> int:
        return int(self.text() or 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Plus: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_Minus: -1}
        by = step.get(Qt.Key(event.key()))
        if by is not None:
            pieces = max(0, min(self.pieces() + by, _MOST))
            self.setText(str(pieces) if pieces else "")
            self.textEdited.emit(self.text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


class DenominationGrid(QWidget):
    """`total` rupiah; `counts` as a cash count wants them: face value to pieces, nil left out."""

    changed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._fields: dict[int, _Count] = {}
        self._faces = {face: figures(kit, f"{kit.formats.number(face)} ×") for face in FACES}
        self._amounts = {face: figures(kit) for face in FACES}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        for place, face in enumerate(FACES):
            field = self._fields[face] = _Count(kit, face)
            field.textEdited.connect(self._edited)
            grid.addWidget(self._faces[face], place, 0)
            grid.addWidget(field, place, 1)
            grid.addWidget(self._amounts[face], place, 2)
        self._large = False
        self._least = super().minimumSizeHint()
        self.setMaximumHeight(kit.theme.px(_ROW * len(FACES)))
        self._show()

    @property
    def total(self) -> int:
        return sum(face * pieces for face, pieces in self._pieces().items())

    @property
    def counts(self) -> dict[str, int]:
        return {str(face): pieces for face, pieces in self._pieces().items() if pieces}

    def _pieces(self) -> dict[int, int]:
        return {face: field.pieces() for face, field in self._fields.items()}

    def set_counts(self, counts: Mapping[str, int]) -> None:
        for face, field in self._fields.items():
            pieces = counts.get(str(face), 0)
            field.setText(str(pieces) if pieces else "")
        self._edited()

    def _edited(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for face, pieces in self._pieces().items():
            self._amounts[face].setText(self._kit.formats.number(face * pieces))
            for each in (self._amounts[face], self._faces[face]):
                set_tone(each, "" if pieces else "quiet")

    # -- room ------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Of small fields, also while they are large: they give their room back."""
        return self._least

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        large = self.height() >= self._kit.theme.px(_LARGE * len(FACES))
        if large != self._large:
            self._large = large
            for field in self._fields.values():
                field.show_large(large=large)

    # -- what a form asks ------------------------------------------------------------------

    def problem(self) -> str:
        return ""

    def state(self) -> object:
        return self.counts

    def restore(self, state: object) -> None:
        pairs = state.items() if isinstance(state, dict) else ()
        self.set_counts({str(face): n for face, n in pairs if isinstance(n, int)})
