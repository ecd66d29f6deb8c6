"""Qt's own texts (Undo, Save, Print …) in the language chosen: Qt ships no Indonesian ones.

The texts stand in the `ui` catalogue as `Qt|English`: apart from our own, whose `Left` may be
what is left over. Names of keys stay English, as they stand on the keyboards.
"""

from __future__ import annotations

from PySide6.QtCore import QTranslator

from kwt_books.i18n.catalogue import Translator

CONTEXTS = frozenset(
    {
        "QPlatformTheme", "QDialogButtonBox", "QLineEdit", "QWidgetTextControl", "QMessageBox",
        "QFileDialog", "QFileSystemModel", "QPrintDialog", "QPrintPreviewDialog",
        "QPrintPropertiesWidget", "QPrintPropertiesDialog", "QPageSetupWidget", "QPrintWidget",
        "QPrintSettingsOutput", "QAbstractSpinBox", "QProgressDialog", "QScrollBar", "QComboBox",
        "QInputDialog", "QDialog", "QCalendarWidget",
    }
)  # fmt: skip


class QtTexts(QTranslator):
    def __init__(self, t: Translator) -> None:
        super().__init__()
        self._t = t
        t.knows("Qt|Cancel")  # reads the catalogue now: Qt asks with a lock held

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Qt's own English where we have nothing; an empty text would be shown as such."""
        msgid = f"Qt|{source}"
        return self._t.gettext(msgid) if self._knows(context, msgid) else source

    def _knows(self, context: str, msgid: str) -> bool:
        return context in CONTEXTS and self._t.knows(msgid)
