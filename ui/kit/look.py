"""The look: palettes and sizes, what the computer is set to, the theme that styles the program and
draws icons; and `UiContext`, with which every widget is made.
"""

from __future__ import annotations

import ctypes
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QLocale, QObject, QPoint, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QIcon,
    QIconEngine,
    QPaintDevice,
    QPainter,
    QPalette,
    QPixmap,
    QStyleHints,
)
from PySide6.QtWidgets import QApplication, QWidget

from kwt_books.domain.values import Month, month_of
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats

# -- Colours and sizes; no other module names any ------------------------------------------------


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by their use. Text on its background has a contrast of 4.5 or more.

    With strong contrast it is 7, and lines are as dark or light as the text.
    """

    canvas: str
    surface: str
    head: str
    sunken: str
    side: str
    line: str
    grid: str
    field: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_text: str
    soft: str
    amber: str
    amber_bg: str
    red: str
    red_bg: str
    bar: str
    bar_edge: str
    bar_now: str
    chart_line: str


_SHADES: Final = {
    "canvas": ("#F6F4EF", "#161917", "#FFFFFF", "#000000"),
    "surface": ("#FFFFFF", "#1F2321", "#FFFFFF", "#000000"),
    "head": ("#FAF8F4", "#232826", "#FFFFFF", "#000000"),
    "sunken": ("#EFECE5", "#191C1A", "#F0F0F0", "#1C1C1C"),
    "side": ("#EFECE5", "#121513", "#FFFFFF", "#000000"),
    "line": ("#DFDBD2", "#343A36", "#000000", "#FFFFFF"),
    "grid": ("#E9E6DE", "#2B302D", "#9C9C9C", "#555555"),
    "field": ("#8A867C", "#7A8079", "#4A4A4A", "#B8B8B8"),
    "text": ("#20241F", "#ECEBE5", "#000000", "#FFFFFF"),
    "text2": ("#575C55", "#B7BBB3", "#1A1A1A", "#F2F2F2"),
    "text3": ("#666A62", "#9DA39B", "#2B2B2B", "#DEDEDE"),
    "accent": ("#1F6B3D", "#7CC794", "#00481D", "#7DF0A3"),
    "accent_hover": ("#18572F", "#94D6A8", "#000000", "#FFFFFF"),
    "on_accent": ("#FFFFFF", "#0F2417", "#FFFFFF", "#000000"),
    "accent_text": ("#1B5E35", "#8FD3A5", "#00481D", "#7DF0A3"),
    "soft": ("#E3EFE4", "#233A2B", "#CFEBD5", "#0A3A1C"),
    "amber": ("#855100", "#F0C468", "#4A2C00", "#FFD75E"),
    "amber_bg": ("#FCF1DA", "#352A15", "#FFEBC2", "#332500"),
    "red": ("#A3312A", "#F2A39A", "#7A0008", "#FFB8B0"),
    "red_bg": ("#FBE9E6", "#3C2320", "#FFDEDA", "#470D08"),
    "bar": ("#BBD7C0", "#37604A", "#A9CFB2", "#3F7354"),
    "bar_edge": ("#6B9F79", "#639A75", "#000000", "#FFFFFF"),
    "bar_now": ("#1F6B3D", "#7CC794", "#00481D", "#7DF0A3"),
    "chart_line": ("#3A3128", "#F1E3C8", "#000000", "#FFF27A"),
}
"""The light, the dark, the strong light and the strong dark colour, by use."""


def _palette(place: int) -> Palette:
    return Palette(**{use: shades[place] for use, shades in _SHADES.items()})


LIGHT, DARK, STRONG_LIGHT, STRONG_DARK = map(_palette, range(4))

SIZES: Final = {"caption": 13, "body": 14, "card": 16, "title": 20, "figure": 28}
"""Sizes of letters, in pixels at a text size of 100 percent."""

CENTRE: Final = Qt.AlignmentFlag.AlignCenter
ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
GUTTER: Final = 16
RADIUS_BUTTON, RADIUS_CARD, RADIUS_POPUP = 8, 10, 10
GAP_POPUP: Final = 4
"""Pixels between what pops up and what it belongs to."""

SIDEBAR, SIDEBAR_FOLDED = 200, 64
HEADER, TABS = 64, 40
VERB = 76
FIELD, FIELD_SMALL = 36, 24
ROW_REPORT, ROW_LIST, ROW_TWO_LINES, ROW_TODO, ROW_NAV = 28, 36, 56, 60, 36
ICON_SMALL, ICON, ICON_LARGE, ICON_VERB = 16, 18, 20, 26
SETTINGS: Final = 1160
"""Greatest width of settings, in pixels, however wide the screen is."""

SHEET: Final = 1320
"""Greatest width of goods beside the money taken: numbers stay near the names they belong to."""

TEXT_SIZES: Final = (100, 110, 125, 150)
"""The text sizes to choose from, in percent."""


# -- What the computer is set to: dark or light, high contrast -----------------------------------


_COLOR_WINDOW = 5
"""COLOR_WINDOW: the background of text on Windows."""


def wants_contrast(hints: QStyleHints) -> bool:
    """Whether the computer is set to high contrast."""
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def wants_dark(hints: QStyleHints) -> bool:
    """Whether the computer is set to dark; Windows' contrast themes are judged by their own
    colours, for Qt calls them neither light nor dark.
    """
    scheme = hints.colorScheme()
    if scheme == Qt.ColorScheme.Unknown and sys.platform == "win32":
        return window_is_dark(ctypes.windll.user32)
    return scheme == Qt.ColorScheme.Dark


def window_is_dark(user32: Any) -> bool:
    """Whether Windows' background of text is dark, by its luma."""
    color = int(user32.GetSysColor(_COLOR_WINDOW))
    red, green, blue = (color >> shift & 0xFF for shift in (0, 8, 16))
    return red * 299 + green * 587 + blue * 114 < 128_000


# -- The look in force: light, dark or strong contrast, size of letters, icons in its colours ----


_FAMILY, _FALLBACK = "Segoe UI", "Inter"
_ICON_GAP = 4
"""Pixels added to an icon at its right, for Qt leaves too little before the text."""


class Mode(StrEnum):
    """What the look follows: the computer, or a choice."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"
    """Strong contrast, light or dark like the computer."""


class Theme(QObject):
    """The look in force; it styles the application anew whenever mode or text size change."""

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
        self._icon_fonts: dict[int, QFont] = {}
        self._colors: dict[str, QColor] = {}
        self.percent = 100
        self._mode = Mode.SYSTEM
        app.setStyle("Fusion")
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    def use(self, mode: Mode, percent: int) -> None:
        """Takes a mode and a text size of 100 to 150 percent."""
        self._mode, self.percent = mode, max(100, min(percent, 150))
        self._app.styleHints().setColorScheme(_SCHEMES[mode])
        self._dress()

    @property
    def dark(self) -> bool:
        """Whether the palette in force is dark."""
        return self.palette in (DARK, STRONG_DARK)

    @property
    def strong(self) -> bool:
        """Whether contrast is strong: lines and rings are thicker then."""
        return self.palette in (STRONG_LIGHT, STRONG_DARK)

    def px(self, pixels: int) -> int:
        """A size in pixels, scaled to the text size chosen."""
        return (pixels * self.percent + 50) // 100

    def color(self, name: str) -> QColor:
        """A colour of the palette by name."""
        color = self._colors.get(name)
        if color is None:
            color = self._colors[name] = QColor(getattr(self.palette, name))
        return QColor(color)

    def font(self, size: str = "body", *, bold: bool = False, figures: bool = False) -> QFont:
        """A font of a size by name; `figures` has digits of one width, for columns of numbers."""
        return QFont(self._lettering(size, bold, figures)[0])

    def metrics(
        self, size: str = "body", *, bold: bool = False, figures: bool = False
    ) -> QFontMetrics:
        """The metrics of the font that `font` gives."""
        return self._lettering(size, bold, figures)[1]

    def _lettering(self, size: str, bold: bool, figures: bool) -> tuple[QFont, QFontMetrics]:
        """A font and its metrics, kept, because Qt resolves every new font anew."""
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
        """A Phosphor icon in a colour of the theme; `gap` leaves room before a button's text."""
        return QIcon(_Engine(self, name, color, _ICON_GAP if gap else 0))

    def icon_size(self, pixels: int = ICON, *, gap: bool = False) -> QSize:
        """An icon's size, scaled; `gap` as for `icon`."""
        side = self.px(pixels)
        return QSize(side + (_ICON_GAP if gap else 0), side)

    def draw_icon(self, painter: QPainter, name: str, color: QColor, rect: QRect) -> None:
        """Draws an icon in the middle of `rect`, as high as `rect`."""
        painter.save()
        painter.setFont(self._icon_font(rect.height()))
        painter.setPen(color)
        glyph = chr(int(self._icon_codes[name], 16))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, glyph)
        painter.restore()

    def _icon_font(self, pixels: int) -> QFont:
        """The icons' font at a size, kept, because Qt resolves every new font anew."""
        font = self._icon_fonts.get(pixels)
        if font is None:
            font = self._icon_fonts[pixels] = QFont(self._icon_family)
            font.setPixelSize(pixels)
        return font

    def write(
        self,
        painter: QPainter,
        rect: QRect | QRectF,
        text: str,
        color: str = "text",
        size: str = "body",
        *,
        bold: bool = False,
        figures: bool = False,
        at: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
        elided: bool = False,
    ) -> None:
        """Writes a text into `rect`, in a colour of the palette; `elided`: it ends in … where there
        is no room for all of it.
        """
        painter.setFont(self.font(size, bold=bold, figures=figures))
        painter.setPen(self.color(color))
        if elided:
            room = int(rect.width())
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, int(at), text)

    def paint_round(
        self, painter: QPainter, rect: QRect | QRectF, ground: str, radius: float, *, edge: str = ""
    ) -> None:
        """Paints a rectangle with round corners; colours of the palette, or empty for none."""
        self._fill_with(painter, ground, edge)
        painter.drawRoundedRect(rect, radius, radius)

    def paint_disc(
        self, painter: QPainter, rect: QRect | QRectF, ground: str, *, edge: str = ""
    ) -> None:
        """Paints a disc that fills `rect`."""
        self._fill_with(painter, ground, edge)
        painter.drawEllipse(rect)

    def _fill_with(self, painter: QPainter, ground: str, edge: str) -> None:
        painter.setPen(self.color(edge) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(self.color(ground) if ground else Qt.BrushStyle.NoBrush)

    def pixmap(self, name: str, color: str, pixels: int) -> QPixmap:
        """An icon as a picture, scaled to the text size."""
        return self.icon(name, color).pixmap(self.icon_size(pixels))

    @contextmanager
    def on_paper(self) -> Iterator[None]:
        """Colours of the light look, for a picture that leaves the program."""
        seen, self.palette = self.palette, LIGHT
        self._colors.clear()
        try:
            yield
        finally:
            self.palette = seen
            self._colors.clear()

    # -- styling ---------------------------------------------------------------------------

    def _system_changed(self) -> None:
        if self.palette is not self._wanted():
            self._dress()

    def _wanted(self) -> Palette:
        """The palette for the mode and the computer's settings."""
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
        self._app.setStyleSheet(self.style_sheet())
        # After the first sheet Qt gives menus, lists and tooltips the system's letters again.
        self._app.setFont(self.font())
        self.changed.emit()

    def style_sheet(self) -> str:
        """The style sheet with `@colour`, `12dp`, `36dp-2` and `@icon(name, colour, size)` filled
        in.
        """
        colors = asdict(self.palette)
        sheet = self._sheet + (self._strong_sheet if self.strong else "")
        sheet = _COLOR.sub(lambda found: colors[found[1]], sheet)
        sheet = _MEASURE.sub(self._measured, sheet)
        # Last: a path may hold whatever a user is called.
        return _ICON_URL.sub(lambda found: self._exported(*found.groups()), sheet)

    def _measured(self, found: re.Match[str]) -> str:
        """The pixels of `12dp`, and of `36dp-2`: what grows with the letters, less two pixels."""
        return f"{self.px(int(found[1])) + int(found[2] or 0)}px"

    def _exported(self, name: str, color: str, size: str) -> str:
        """The path of an icon's picture, for a style sheet can only show files."""
        tone = getattr(self.palette, color).lstrip("#")
        pixels = self.px(int(size))
        path = self._cache / f"{name}-{tone}-{pixels}px.png"
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
_COLOR = re.compile(r"@(?!icon\()(\w+)")
_MEASURE = re.compile(r"\b(\d+)dp([+-]\d+)?\b")


class _Engine(QIconEngine):
    """Draws an icon in the colour that the theme has while it is painted."""

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
        pixmap = QPixmap((QSizeF(size) * scale).toSize())  # Qt asks in pixels of the layout
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        rect = QRect(QPoint(0, 0), size - QSize(self._gap, 0))
        disabled = mode == QIcon.Mode.Disabled
        color = self._theme.color("field" if disabled else self._color)
        self._theme.draw_icon(painter, self._name, color, rect)
        painter.end()
        return pixmap


def tabular() -> QFont.Tag:
    """The font feature for digits of one width."""
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


Go = Callable[[str, str], None]
"""Shows a place of the sidebar, and a part of it."""
Guide = Callable[[QWidget, "UiContext", str, Go | None], object]
"""Opens the guide over a window at a chapter; with `Go`, its links lead to places."""


def _no_guide(_window: QWidget, _ui: UiContext, _topic: str, _go: Go | None) -> None:
    """The guide of a context that has none: does nothing."""


@dataclass(slots=True)
class Days:
    """What calendars know of the book, as it was learnt last."""

    closed_through: Month | None = None
    """The last closed month; None before the first close."""
    recorded: tuple[Month, Month] | None = None
    """The first and last month that anything is dated in; None: nothing is."""

    def can_hold(self, month: Month, today: date) -> bool:
        """Whether anything is, or may yet be, dated in a month: not in one to come, nor in one that
        was closed along with the first of the book.
        """
        if self.recorded is None:
            return month <= month_of(today)
        first, last = self.recorded
        closed = self.closed_through is not None and month <= self.closed_through
        return month <= max(month_of(today), last) and (month >= first or not closed)


@dataclass(frozen=True, slots=True)
class UiContext:
    """What every widget is made with: theme, translator, formats, clock and guide. `t("Save")` is
    the text in the language chosen, `formats.rupiah(5000)` the amount.
    """

    theme: Theme
    t: Translator
    formats: Formats
    clock: Callable[[], datetime]
    guide: Guide = _no_guide
    days: Days = field(default_factory=Days, compare=False)

    @property
    def language(self) -> str:
        """The language's code: `id` or `en`."""
        return self.t.language

    @property
    def today(self) -> date:
        """The clock's day."""
        return self.clock().date()

    def short_day(self, day: date) -> str:
        """`5 Jun`, `5 Jun 2024` where that isn't the current year."""
        return self.formats.short_day(day, self.today.year)

    @property
    def locale(self) -> QLocale:
        """Qt's locale of the language, for calendars and the like."""
        if self.language == "en":
            return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
        return QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia)


def smooth(on: QPaintDevice) -> QPainter:
    """A painter on a widget; what it paints has smooth edges."""
    painter = QPainter(on)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def restyle(widget: QWidget, **properties: object) -> None:
    """Sets properties that the style sheet looks at, and styles the widget anew if they changed."""
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
