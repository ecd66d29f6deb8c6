"""What forms of the set-up share: they show something as it stands, or make it new."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kwt_books.domain.documents.base import Command
from kwt_books.domain.recording import Recorded
from kwt_books.queries.overview import SetupData
from ui.desk import Desk
from ui.forms.base import Form
from ui.widgets.label import row

NOTHING = SetupData(None, {}, {}, {}, {})


class SetupForm(Form):
    """`code` names what is changed; empty: it is new. Each has a draft of its own."""

    def __init__(self, desk: Desk, kind: str, code: str = "") -> None:
        mark = hashlib.sha256(code.encode("utf-8")).hexdigest()[:12]
        super().__init__(desk, f"setup-{kind}-{mark}" if code else f"setup-{kind}")
        self.code = code
        self.known: SetupData = desk.setup or NOTHING

    def across(self, *parts: tuple[QWidget, int]) -> QHBoxLayout:
        """Parts beside each other, with their shares of the room."""
        line = row(space=12)
        for part, share in parts:
            line.addWidget(part, share)
        self.body.addLayout(line)
        return line

    def start(self, standing: Mapping[str, object]) -> None:
        """Shows what stands in the book; what was typed over it last time comes on top."""
        for path, value in standing.items():
            self._inputs[path].restore(value)
        self.begin()

    def commands(self) -> tuple[Command, ...]:
        """All that is to be recorded, in one go."""
        return (self.to_command(),)

    def send(self, done: Callable[[Recorded], None]) -> None:
        commands = self.commands()
        self.desk.tasks.change(
            lambda book: book.record_all(commands)[-1],
            {each.kind for each in commands},
            done,
            self._refused,
            settled=self._settled,
            owner=self,
        )
