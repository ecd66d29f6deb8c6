"""Lines of a document: as many rows of the same fields as are needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.kit import Kit, restyle
from ui.widgets.button import Button
from ui.widgets.label import column, label, row


@dataclass(frozen=True, slots=True)
class LineField:
    """A column: the key in the command, its heading, and what makes a field for it.

    `hint`: what to write there and why, said below the lines.
    """

    key: str
    title: str
    make: Callable[[], Any]
    stretch: int = 1
    hint: str = ""


class Line(QWidget):
    """One row. `fields` by key; what is wrong stands below."""

    changed = Signal()
    touched = Signal()

    def __init__(self, kit: Kit, fields: tuple[LineField, ...], remove: Button) -> None:
        super().__init__()
        self.was_touched = False
        self.fields: dict[str, Any] = {each.key: each.make() for each in fields}
        self.field: QWidget = next(iter(self.fields.values()))
        self._pristine = self.state()
        page = column(self, space=2)
        across = row(space=8)
        for each in fields:
            field = self.fields[each.key]
            field.setAccessibleName(each.title)
            field.setAccessibleDescription(each.hint)
            field.changed.connect(self.changed)
            field.installEventFilter(self)
            across.addWidget(field, each.stretch)
        across.addWidget(remove)
        page.addLayout(across)
        self._message = label("", "caption", wrap=True)
        self._message.hide()
        page.addWidget(self._message)

    @property
    def message(self) -> str:
        return self._message.text()

    def say(self, text: str, tone: str = "") -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))
        restyle(self._message, tone=tone if text else "")

    def problem(self) -> str:
        return next(filter(None, (field.problem() for field in self.fields.values())), "")

    def state(self) -> dict[str, object]:
        return {key: field.state() for key, field in self.fields.items()}

    def restore(self, state: object) -> None:
        if isinstance(state, dict):
            for key, field in self.fields.items():
                field.restore(state.get(key))

    def empty(self) -> None:
        """As it was made."""
        self.blockSignals(True)  # half emptied, it would ask for another line
        self.restore(self._pristine)
        self.blockSignals(False)
        self.was_touched = False
        self.say("")

    @property
    def blank(self) -> bool:
        """Nothing was filled in: such a line is passed over."""
        return self.state() == self._pristine

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.FocusOut and not self.was_touched:
            self.was_touched = True
            self.touched.emit()
        return False


class Lines(QWidget):
    """Rows of fields. It is an input and the teller of its lines: `lines.2.qty` is shown
    below the third line that is not blank.

    The last line is always a blank one: filling it in brings the next.
    """

    changed = Signal()
    touched = Signal()

    def __init__(self, kit: Kit, fields: tuple[LineField, ...]) -> None:
        super().__init__()
        self._kit, self._fields = kit, fields
        self.was_touched = False
        self.lines: list[Line] = []
        page = column(self, space=6)
        heads = QGridLayout()
        heads.setHorizontalSpacing(8)
        for place, each in enumerate(fields):
            heads.addWidget(label(each.title, "label"), 0, place)
            heads.setColumnStretch(place, each.stretch)
        heads.setColumnMinimumWidth(len(fields), kit.theme.px(36) + 8)  # no gap before nothing
        page.addLayout(heads)
        self._rows = column(space=6)
        page.addLayout(self._rows)
        self._message = label("", "caption", "error", wrap=True)
        self._message.hide()
        page.addWidget(self._message)
        said = [f"{each.title}: {each.hint}." for each in fields if each.hint]
        if said:
            page.addWidget(label(" ".join(said), "caption", wrap=True))
        self._append()

    @property
    def filled(self) -> list[Line]:
        """The lines that say something."""
        return [line for line in self.lines if not line.blank]

    @property
    def field(self) -> QWidget:
        wrong = (line for line in self.lines if line.problem() and not line.blank)
        return next(wrong, self.lines[0]).field

    def _append(self) -> Line:
        remove = Button(self._kit, "", "x", kind="quiet").hint(self._kit.t("Remove this line"))
        remove.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        line = Line(self._kit, self._fields, remove)
        remove.when_clicked(lambda: self.remove(line))
        line.changed.connect(self._line_changed)
        line.touched.connect(self._line_touched)
        self._rows.addWidget(line)
        self._put_in_tab_order(line)
        self.lines.append(line)
        return line

    def _put_in_tab_order(self, line: Line) -> None:
        """After the line above it, not after everything else in the window.

        The first line is never taken away: it holds the place of all.
        """
        above = list(self.lines[-1].fields.values()) if self.lines else []
        nowhere = Qt.FocusPolicy.NoFocus  # one that is only shown would break the chain
        goes_to = [each for each in above if each.focusPolicy() != nowhere][-1:]
        goes_to += [each for each in line.fields.values() if each.focusPolicy() != nowhere]
        for before, after in pairwise(goes_to):
            QWidget.setTabOrder(before, after)

    def remove(self, line: Line) -> None:
        if line not in self.lines:
            return
        if line is self.lines[0]:
            self.restore([each.state() for each in self.filled if each is not line])
            return
        self._drop(line)
        if not self.lines[-1].blank:
            self._append()
        self.changed.emit()

    def _drop(self, line: Line) -> None:
        self.lines.remove(line)
        self._rows.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _line_changed(self) -> None:
        if not self.lines[-1].blank:
            self._append()
        self.changed.emit()

    def _line_touched(self) -> None:
        self.was_touched = True
        self.touched.emit()

    # -- as an input -----------------------------------------------------------------------

    def problem(self) -> str:
        return "" if self.filled else self._kit.t("Fill in at least one line")

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong in each line, by its number."""
        found = [(str(place), line.problem()) for place, line in enumerate(self.filled)]
        return [(place, problem) for place, problem in found if problem]

    def state(self) -> object:
        return [line.state() for line in self.filled]

    def restore(self, state: object) -> None:
        wanted = state if isinstance(state, list) else []
        for line in self.lines[1:]:
            self._drop(line)
        self.lines[0].empty()
        for each in wanted:
            self.lines[-1].restore(each)  # which brings the next
        self.changed.emit()

    # -- as a teller -----------------------------------------------------------------------

    def say(self, text: str, tone: str = "") -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))

    def say_at(self, rest: str, text: str) -> bool:
        """`2.qty` below the third filled line; False where there is none such."""
        number = rest.partition(".")[0]
        if not number.isdecimal() or int(number) >= len(self.filled):
            return False
        self.filled[int(number)].say(text, "error")
        return True

    def clear(self) -> None:
        for line in self.lines:
            line.say("")
