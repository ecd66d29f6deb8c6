"""What every widget is made with: the look, the words, and how values are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QWidget

from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Kit:
    """`t("Save")` is the text in the language chosen; `formats.rupiah(5000)` the amount."""

    theme: Theme
    t: Translator
    formats: Formats
    clock: Callable[[], datetime]

    @property
    def language(self) -> str:
        return self.t.language

    @property
    def today(self) -> date:
        return self.clock().date()

    @property
    def locale(self) -> QLocale:
        """Qt's own idea of the language, for calendars and the like."""
        if self.language == "en":
            return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
        return QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet looks at, and dress the widget anew if they changed."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        for each in (widget, *widget.findChildren(QWidget)):
            style.unpolish(each)
            style.polish(each)
        widget.update()
