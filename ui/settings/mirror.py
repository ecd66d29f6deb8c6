"""The copy of the book that somebody who looks after groups reads on a server."""

from __future__ import annotations

from pathlib import Path

from ui.kit.button import Button
from ui.kit.card import Card, Note
from ui.kit.layout import label, row
from ui.kit.workspace import Workspace


class MirrorCard(Card):
    """Says when the book was last sent, and offers to send what is new. Books on a server have
    none.
    """

    def __init__(self, workspace: Workspace) -> None:
        t = workspace.ui.t
        super().__init__(t("Mirror on a server"), margins=20, space=12)
        self._workspace, self._ui, self._t = workspace, workspace.ui, t
        self.state = Note(self._ui)
        self.body.addWidget(self.state)
        self.body.addWidget(
            label(
                t("An LKM or a city's programme can read a copy of the book on its server. What was"
                  " recorded here since goes there when you send it; nobody records there."),
                wrap=True,
            )
        )  # fmt: skip
        self.send_button = Button(self._ui, t("Send what is new"), "upload-simple")
        self.send_button.when_clicked(workspace.push_wanted.emit)
        self.body.addLayout(row(self.send_button, ...))
        self.setVisible(isinstance(workspace.book, Path))

    def refresh(self) -> None:
        """Shows when and where to the book was last sent."""
        t, workspace = self._t, self._workspace
        noted = workspace.preferences.of(workspace.book)
        day, mirror = noted.sent, noted.mirror
        if day is None or mirror is None:
            self.state.say("", strong=t("The book was never sent from this computer."))
            return
        told = t("{day}, to {place}", day=self._ui.formats.day(day), place=mirror)
        self.state.say(told, "good", strong=t("Last sent:"))
