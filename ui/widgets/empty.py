"""What a page shows while there is nothing yet: one sentence and one thing to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent

from ui.kit import Kit
from ui.widgets.button import Button
from ui.widgets.card import Card, Key
from ui.widgets.fixed import wrapped
from ui.widgets.icon import Disc
from ui.widgets.label import label, row

_WIDTH, _BELOW_DISC = 430, 18


class EmptyState(Card):
    def __init__(
        self, kit: Kit, icon: str, title: str, text: str = "", *, width: int = _WIDTH
    ) -> None:
        """`width` of the words: less in a part that has little room."""
        super().__init__(space=0)
        self._kit = kit
        centre = Qt.AlignmentFlag.AlignHCenter
        self.body.addStretch(1)
        self._disc = Disc(kit, icon)
        self.body.addWidget(self._disc, 0, centre)
        self.body.addSpacing(_BELOW_DISC)
        self._title = wrapped(kit, title, "title", width, centred=True)
        self.body.addWidget(self._title, 0, centre)
        self.body.addSpacing(6)
        if text:
            self.body.addWidget(wrapped(kit, text, "body", width, centred=True), 0, centre)
        self.body.addSpacing(22)
        self._buttons = row(space=8)
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        self.body.addLayout(self._buttons)
        self._keys = row(space=4)
        self.body.addSpacing(16)
        self.body.addLayout(self._keys)
        self.body.addStretch(1)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The disc goes first where there is little room."""
        least = super().minimumSizeHint()
        return least if self._disc.isHidden() else least - QSize(0, self._disc.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        least = super().minimumSizeHint().height()
        if self._disc.isHidden():
            least += self._disc.height()
        self._disc.setVisible(self.height() >= least)

    def retitle(self, title: str) -> None:
        self._title.setText(title)
        self._title.setFixedHeight(self._title.heightForWidth(self._title.width()))

    def offer(
        self, text: str, act: Callable[[], object], icon: str = "", *, primary: bool = True
    ) -> Button:
        kind = "primary" if primary else "default"
        button = Button(self._kit, text, icon, kind=kind, scale="large").when_clicked(act)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def tell_keys(self, before: str, keys: tuple[str, ...], after: str) -> None:
        """`atau tekan [Alt] [6] dari halaman mana pun`."""
        self._keys.addStretch(1)
        self._keys.addWidget(label(before, "quiet"))
        for key in keys:
            self._keys.addWidget(Key(key))
        self._keys.addWidget(label(after, "quiet"))
        self._keys.addStretch(1)
