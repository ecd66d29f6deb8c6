"""Where in the order of Tab something stands that is made late."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tabbed_before(widget: QWidget) -> QWidget | None:
    """What Tab reaches last before it; None: it is the first of its window."""
    each = widget.previousInFocusChain()
    while each is not None and each is not widget.window():
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return each
        each = each.previousInFocusChain()
    return None
