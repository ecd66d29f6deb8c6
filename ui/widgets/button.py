"""Buttons: one primary a view, large or small, with an icon that follows the theme."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton

from kwt_books.i18n.catalogue import Translator
from ui.kit import Kit, restyle
from ui.tokens import ICON

_ICON_COLORS = {"primary": "on_accent", "quiet": "accent_text", "danger": "red"}


class Button(QPushButton):
    """`kind`: primary, default, quiet, danger. `scale`: normal, large, small.

    Without text it is square and needs a `hint`, which is also its accessible name.
    """

    def __init__(
        self,
        kit: Kit,
        text: str,
        icon: str = "",
        *,
        kind: str = "default",
        scale: str = "normal",
    ) -> None:
        super().__init__(text.replace("&", "&&"))  # a lone one would be a mnemonic
        self._kit = kit
        self.setProperty("kind", kind)
        self.setProperty("scale", scale)
        self.setAutoDefault(False)
        if icon:
            self.set_icon(icon)
        if not text:
            self.setProperty("square", True)

    def set_icon(self, name: str) -> None:
        color = _ICON_COLORS.get(str(self.property("kind")), "text")
        gap = bool(self.text())
        self.setIcon(self._kit.theme.icon(name, color, gap=gap))
        self.setIconSize(self._kit.theme.icon_size(ICON, gap=gap))

    def set_kind(self, kind: str) -> None:
        restyle(self, kind=kind)

    def when_clicked(self, act: Callable[[], object]) -> Button:
        self.clicked.connect(lambda _checked=False: act())
        return self

    def hint(self, text: str, shortcut: str = "") -> Button:
        """The tooltip, with the keys that do the same."""
        self.setToolTip(with_keys(self._kit.t, text, shortcut))
        if not self.text():
            self.setAccessibleName(text)
        return self


def with_keys(t: Translator, text: str, shortcut: str) -> str:
    """`Simpan (Ctrl+S)`."""
    if not shortcut:
        return text
    keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    return t("{what} ({keys})", what=text, keys=keys)
