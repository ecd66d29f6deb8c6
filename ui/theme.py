"""The look in force: light, dark or strong contrast, size of letters, icons in its colours."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication

from ui.system_look import wants_contrast, wants_dark
from ui.tokens import DARK, ICON, LIGHT, SIZES, STRONG_DARK, STRONG_LIGHT, Palette

_FAMILY, _FALLBACK = "Segoe UI", "Inter"
_ICON_GAP = 4
"""What Qt leaves between icon and text is too little; the icon brings this much of its own."""


class Mode(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"
    """Strong contrast, light or dark like the computer."""


class Theme(QObject):
    """Dresses the application, and again whenever the mode or the size of letters changes."""

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, cache: Path) -> None:
        super().__init__()
        self._app = app
        self._cache = cache
        styles = resources / "styles"
        self._sheet = (styles / "desktop.qss").read_text(encoding="utf-8")
        self._strong_sheet = (styles / "contrast.qss").read_text(encoding="utf-8")
        self._icon_family, self._icon_codes = _phosphor()
        self.family = _family(resources / "fonts")
        self.palette: Palette = LIGHT
        self._fonts: dict[tuple[str, bool, bool], tuple[QFont, QFontMetrics]] = {}
        self._colors: dict[str, QColor] = {}
        self.percent = 100
        self._mode = Mode.SYSTEM
        app.setStyle("Fusion")
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    def use(self, mode: Mode, percent: int) -> None:
        """`percent` of the normal size of letters, 100 to 150."""
        self._mode, self.percent = mode, max(100, min(percent, 150))
        self._app.styleHints().setColorScheme(_SCHEMES[mode])
        self._dress()

    @property
    def dark(self) -> bool:
        return self.palette in (DARK, STRONG_DARK)

    @property
    def strong(self) -> bool:
        """Whether contrast comes first: lines and rings are thicker then."""
        return self.palette in (STRONG_LIGHT, STRONG_DARK)

    def px(self, pixels: int) -> int:
        """A measure at the chosen size of letters."""
        return (pixels * self.percent + 50) // 100

    def color(self, name: str) -> QColor:
        color = self._colors.get(name)
        if color is None:
            color = self._colors[name] = QColor(getattr(self.palette, name))
        return QColor(color)

    def font(self, size: str = "body", *, bold: bool = False, figures: bool = False) -> QFont:
        """`figures`: digits of one width, for columns of numbers."""
        return QFont(self._lettering(size, bold, figures)[0])

    def metrics(
        self, size: str = "body", *, bold: bool = False, figures: bool = False
    ) -> QFontMetrics:
        return self._lettering(size, bold, figures)[1]

    def _lettering(self, size: str, bold: bool, figures: bool) -> tuple[QFont, QFontMetrics]:
        """Made once: Qt looks for the letters of every new font anew."""
        found = self._fonts.get((size, bold, figures))
        if found is None:
            font = QFont(self.family)
            font.setPixelSize(self.px(SIZES[size]))
            font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            if figures:
                font.setFeature(tabular(), 1)
            found = self._fonts[size, bold, figures] = (font, QFontMetrics(font))
        return found

    def icon(self, name: str, color: str = "text", *, gap: bool = False) -> QIcon:
        """A Phosphor icon that follows the theme; `gap` leaves room before a button's text."""
        return QIcon(_Engine(self, name, color, _ICON_GAP if gap else 0))

    def icon_size(self, pixels: int = ICON, *, gap: bool = False) -> QSize:
        side = self.px(pixels)
        return QSize(side + (_ICON_GAP if gap else 0), side)

    def draw_icon(self, painter: QPainter, name: str, color: QColor, rect: QRect) -> None:
        """The glyph in the middle of `rect`, as high as `rect`."""
        painter.save()
        font = QFont(self._icon_family)
        font.setPixelSize(rect.height())
        painter.setFont(font)
        painter.setPen(color)
        glyph = chr(int(self._icon_codes[name], 16))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, glyph)
        painter.restore()

    def pixmap(self, name: str, color: str, pixels: int) -> QPixmap:
        return self.icon(name, color).pixmap(self.icon_size(pixels))

    # -- dressing --------------------------------------------------------------------------

    def _system_changed(self) -> None:
        if self.palette is not self._wanted():
            self._dress()

    def _wanted(self) -> Palette:
        """The palette for the mode, and for what the computer is set to."""
        hints, mode = self._app.styleHints(), self._mode
        dark = wants_dark(hints) if mode in (Mode.SYSTEM, Mode.CONTRAST) else mode is Mode.DARK
        if mode is Mode.CONTRAST or (mode is Mode.SYSTEM and wants_contrast(hints)):
            return STRONG_DARK if dark else STRONG_LIGHT
        return DARK if dark else LIGHT

    def _dress(self) -> None:
        self.palette = self._wanted()
        self._fonts.clear()
        self._colors.clear()
        self._app.setPalette(_qt_palette(self.color))
        self._app.setFont(self.font())
        self._app.setStyleSheet(self.style_sheet())
        self.changed.emit()

    def style_sheet(self) -> str:
        """The sheet with `@colour`, `12dp` and `@icon(name, colour, size)` filled in."""
        colors = asdict(self.palette)
        sheet = self._sheet + (self._strong_sheet if self.strong else "")
        sheet = _ICON_URL.sub(lambda found: self._exported(*found.groups()), sheet)
        sheet = _COLOR.sub(lambda found: colors[found[1]], sheet)
        return _MEASURE.sub(lambda found: f"{self.px(int(found[1]))}px", sheet)

    def _exported(self, name: str, color: str, size: str) -> str:
        """A picture of an icon as a file: all that a style sheet can show of one."""
        tone = getattr(self.palette, color).lstrip("#")
        pixels = self.px(int(size))
        path = self._cache / f"{name}-{tone}-{pixels}.png"
        double = path.with_stem(path.stem + "@2x")
        if not path.exists() or not double.exists():
            self._cache.mkdir(parents=True, exist_ok=True)
            self.icon(name, color).pixmap(QSize(pixels, pixels), 1.0).save(str(path))
            self.icon(name, color).pixmap(QSize(pixels, pixels), 2.0).save(str(double))
        return f'url("{path.as_posix()}")'


_SCHEMES = {
    Mode.SYSTEM: Qt.ColorScheme.Unknown,
    Mode.LIGHT: Qt.ColorScheme.Light,
    Mode.DARK: Qt.ColorScheme.Dark,
    Mode.CONTRAST: Qt.ColorScheme.Unknown,
}
_ICON_URL = re.compile(r"@icon\(([a-z-]+), (\w+), (\d+)\)")
_COLOR = re.compile(r"@(\w+)")
_MEASURE = re.compile(r"\b(\d+)dp\b")


class _Engine(QIconEngine):
    """Draws a glyph in the colour that the theme has at that moment."""

    def __init__(self, theme: Theme, name: str, color: str, gap: int) -> None:
        super().__init__()
        self._theme, self._name, self._color, self._gap = theme, name, color, gap

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        disabled = mode == QIcon.Mode.Disabled
        color = self._theme.color("field" if disabled else self._color)
        self._theme.draw_icon(painter, self._name, color, rect.adjusted(0, 0, -self._gap, 0))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(  # noqa: N802 - Qt's name
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        gap = round(self._gap * scale)
        rect = QRect(QPoint(0, 0), size - QSize(gap, 0))
        disabled = mode == QIcon.Mode.Disabled
        color = self._theme.color("field" if disabled else self._color)
        self._theme.draw_icon(painter, self._name, color, rect)
        painter.end()
        return pixmap


def tabular() -> QFont.Tag:
    return QFont.Tag("tnum")


def _phosphor() -> tuple[str, dict[str, str]]:
    """The family of qtawesome's Phosphor font, and its icons' code points in hexadecimal.

    Only its files are read: importing qtawesome takes longer than opening the window.
    """
    found = find_spec("qtawesome")
    assert found is not None
    assert found.submodule_search_locations is not None
    fonts = Path(found.submodule_search_locations[0]) / "fonts"
    font = QFontDatabase.addApplicationFont(str(fonts / "phosphor-1.3.0.ttf"))
    codes = json.loads((fonts / "phosphor-charmap-1.3.0.json").read_text(encoding="utf-8"))
    return QFontDatabase.applicationFontFamilies(font)[0], codes


def _family(fonts: Path) -> str:
    if _FAMILY in QFontDatabase.families():
        return _FAMILY
    for path in sorted(fonts.glob("Inter-*.otf")):
        QFontDatabase.addApplicationFont(str(path))
    return _FALLBACK


def _qt_palette(color: Callable[[str], QColor]) -> QPalette:
    role, palette = QPalette.ColorRole, QPalette()
    pairs = {
        role.Window: "canvas", role.WindowText: "text", role.Base: "surface",
        role.AlternateBase: "head", role.Text: "text", role.Button: "surface",
        role.ButtonText: "text", role.ToolTipBase: "surface", role.ToolTipText: "text",
        role.Highlight: "soft", role.HighlightedText: "text", role.PlaceholderText: "text3",
        role.Link: "accent_text", role.Accent: "accent", role.Light: "surface",
        role.Midlight: "grid", role.Mid: "line", role.Dark: "field", role.Shadow: "line",
    }  # fmt: skip
    for each, name in pairs.items():
        palette.setColor(each, color(name))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, color("field"))
    return palette
