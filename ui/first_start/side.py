"""The steps at the left of the first start, one can go back to those seen; and finding the field
that an error is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.documents.setup import Item, Party
from kwt_books.domain.errors import RefusedAt
from ui.first_start.step import Step
from ui.kit.card import Icon
from ui.kit.field import MoneyField
from ui.kit.layout import column, fill, holder, label, row
from ui.kit.lines import Lines
from ui.kit.look import ROW_TWO_LINES, SIDEBAR_FOLDED, UiContext, smooth
from ui.kit.preferences import Brand
from ui.kit.steps import StepList, WizardStep

WIDTH = 304
_LEAST = 42
"""Least height of a step, where the window is low."""
_FOOT_FROM = 660
"""Height of the window from which the foot is shown."""


class Steps(StepList):
    """The steps; a click goes to one that was seen already."""

    def __init__(self, ui: UiContext, steps: Sequence[WizardStep]) -> None:
        super().__init__(ui, steps)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(ui.theme.px(_LEAST) * len(steps))

    @property
    def row_height(self) -> int:
        """How high a step is, in pixels."""
        return min(self._ui.theme.px(ROW_TWO_LINES), self.height() // len(self.steps))

    def _at(self, event: QMouseEvent) -> int:
        return int(event.position().y()) // max(1, self.row_height)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = smooth(self)
        for place in range(len(self.steps)):
            top = place * self.row_height
            self._paint_down(painter, place, QRect(0, top, self.width(), self.row_height))


class Side(QFrame):
    """The steps with the mark above and a remark below them."""

    def __init__(self, ui: UiContext, steps: Sequence[WizardStep]) -> None:
        super().__init__()
        self._ui = ui
        self.setObjectName("side")
        page = self._page = column(parent=self)
        self.steps = Steps(ui, steps)
        said = label(
            ui.t("The books stay on this computer. No internet is needed."), "caption", wrap=True
        )
        icon = Icon(ui, "hard-drive", "text2"), 0, Qt.AlignmentFlag.AlignTop
        self._foot = holder(row(icon, (said, 1), space=8, margins=(12, 0, 12, 8)))
        fill(page, Brand(ui, 32, 12), ui.theme.px(24), self.steps, ..., self._foot)
        self.take(ui.theme.px(WIDTH), narrow=False)

    def take(self, width: int, *, narrow: bool) -> None:
        """Takes so much width; `narrow`: the steps' numbers alone, so that the step has room."""
        px = self._ui.theme.px
        beside = 8 if narrow else 16
        self._page.setContentsMargins(beside, px(24), beside, px(16))
        self.setFixedWidth(px(SIDEBAR_FOLDED) if narrow else min(px(WIDTH), width))
        self._show_foot()

    def _show_foot(self) -> None:
        px, folded = self._ui.theme.px, self.width() <= self._ui.theme.px(SIDEBAR_FOLDED)
        self._foot.setVisible(self.height() >= px(_FOOT_FROM) and not folded)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._show_foot()


# -- The field that the book's error is about ----------------------------------------------------


_PATHS = {"batches": "growing", "assets": "things", "date": "start"}
"""Keys of the opening that have another name in the steps."""
_USUAL = "usual"

Place = tuple[Step, str]
"""A step and the path of a field in it."""


def place_of(steps: Sequence[Step], commands: Sequence[Command], error: RefusedAt) -> Place | None:
    """The step and path of the field that an error is about; None where no field is."""
    command, path = commands[error.place], error.issues[0].field
    if isinstance(command, OpeningBalance):
        return _in_opening(steps, commands, command, path)
    if isinstance(command, Party):
        return _where_named(steps, command.name)
    if isinstance(command, Item):
        return _where_named(steps, command.name) or _field(steps, _USUAL)
    return _field(steps, path)


def _in_opening(
    steps: Sequence[Step], commands: Iterable[Command], opening: OpeningBalance, path: str
) -> Place | None:
    part, _, rest = path.partition(".")
    if part == "balances":  # mostly sums of several answers
        return _largest(steps)
    if part == "parties":
        code = opening.parties[int(rest.partition(".")[0])].party
        names = (each.name for each in commands if isinstance(each, Party) and each.code == code)
        return next((_where_named(steps, name) for name in names), None)
    return _field(steps, ".".join(filter(None, (_PATHS.get(part, part), rest))))


def _field(steps: Sequence[Step], path: str) -> Place | None:
    return next(((step, path) for step in steps if step.speaks_of(path)), None)


def _lines(steps: Sequence[Step]) -> Iterator[tuple[Step, str, Lines]]:
    for step in steps:
        for path, field in step.fields.items():
            if isinstance(field, Lines):
                yield step, path, field


def _where_named(steps: Sequence[Step], name: str) -> Place | None:
    for step, path, lines in _lines(steps):
        for place, line in enumerate(lines.filled):
            if "name" in line.fields and line.fields["name"].value() == name:
                return step, f"{path}.{place}.name"
    return None


def _largest(steps: Sequence[Step]) -> Place | None:
    """The largest amount of all, where a sum is too large."""
    found: list[tuple[int, Place]] = [
        (field.value() or 0, (step, path))
        for step in steps
        for path, field in step.fields.items()
        if isinstance(field, MoneyField)
    ]
    for step, path, lines in _lines(steps):
        for place, line in enumerate(lines.filled):
            amounts = [each for each in line.fields.values() if isinstance(each, MoneyField)]
            found += [(each.value() or 0, (step, f"{path}.{place}")) for each in amounts]
    return max(found, key=itemgetter(0))[1] if found else None
