"""What the computer is set to: dark or light, and whether contrast comes first."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QStyleHints

_COLOR_WINDOW = 5
"""Windows' number of the ground that text stands on."""


def wants_contrast(hints: QStyleHints) -> bool:
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def wants_dark(hints: QStyleHints) -> bool:
    """A contrast theme of Windows is neither light nor dark to Qt; its own colours tell."""
    scheme = hints.colorScheme()
    if scheme == Qt.ColorScheme.Unknown and sys.platform == "win32":
        return window_is_dark(ctypes.windll.user32)
    return scheme == Qt.ColorScheme.Dark


def window_is_dark(user32: Any) -> bool:
    color = int(user32.GetSysColor(_COLOR_WINDOW))
    red, green, blue = (color >> shift & 0xFF for shift in (0, 8, 16))
    return red * 299 + green * 587 + blue * 114 < 128_000
