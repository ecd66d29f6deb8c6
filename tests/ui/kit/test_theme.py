"""The look: contrast, sizes, icons that follow, and the ring around what has the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.i18n.catalogue import resources_dir
from ui.home.verbs import VERBS
from ui.kit.button import Button
from ui.kit.card import NOTE_ICONS
from ui.kit.dialog import FocusRing
from ui.kit.field import TextField
from ui.kit.look import (
    DARK,
    LIGHT,
    STRONG_DARK,
    STRONG_LIGHT,
    Mode,
    Palette,
    Theme,
    UiContext,
    restyle,
    window_is_dark,
)
from ui.shell.places import PLACES


def luminance(color: str) -> float:
    """Relative luminance (WCAG 2)."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


LEAST = ((LIGHT, 4.5), (DARK, 4.5), (STRONG_LIGHT, 7), (STRONG_DARK, 7))
GROUNDS = ("canvas", "surface", "head", "sunken", "side", "soft", "amber_bg", "red_bg")
INKS = ("text", "text2", "text3", "accent_text", "amber", "red")


def pairs_of(sheet: str) -> set[tuple[str, str]]:
    """Ink and ground that one rule of a style sheet names together."""
    found = set()
    for selector, rule in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        named = dict(re.findall(r"(?<![\w-])(color|background):\s*@(\w+)", rule))
        if len(named) == 2 and ":disabled" not in selector:
            found.add((named["color"], named["background"]))
    return found


@pytest.mark.parametrize(("palette", "least"), LEAST)
def test_text_can_be_read_on_its_ground(palette: Palette, least: float) -> None:
    styles = resources_dir() / "styles"
    sheets = [each.read_text(encoding="utf-8") for each in sorted(styles.glob("*.qss"))]
    pairs = set(product(INKS, GROUNDS)) | pairs_of("".join(sheets))
    assert len(pairs) > len(INKS) * len(GROUNDS), "the sheets have pairs of their own"
    for ink, ground in pairs | {("on_accent", "accent_hover"), ("text", "grid")}:
        shown = contrast(getattr(palette, ink), getattr(palette, ground))
        assert shown >= least, (ink, ground, shown)


@pytest.mark.parametrize(("palette", "least"), LEAST)
def test_lines_that_mean_something_are_seen(palette: Palette, least: float) -> None:
    edges = ("field", "accent", "chart_line", "bar_now") + (("line",) if least == 7 else ())
    for edge, ground in product(edges, ("surface", "canvas")):
        assert contrast(getattr(palette, edge), getattr(palette, ground)) >= 3, (edge, ground)


def test_the_sheet_is_filled_in_whole(theme: Theme) -> None:
    for mode in (Mode.LIGHT, Mode.DARK, Mode.CONTRAST):
        theme.use(mode, 125)
        sheet = theme.style_sheet()
        rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
        assert "@" not in rules
        assert not re.search(r"\d+dp\b", rules)
        for path in re.findall(r'url\("([^"]+)"\)', rules):
            assert Path(path).is_file()
            assert Path(path).with_stem(Path(path).stem + "@2x").is_file()


def test_measures_grow_with_the_letters(theme: Theme) -> None:
    theme.use(Mode.LIGHT, 150)
    assert theme.px(36) == 54
    assert theme.font().pixelSize() == theme.px(14)
    theme.use(Mode.LIGHT, 900)
    assert theme.percent == 150, "beyond that nothing fits"


def test_everyone_is_told_when_the_look_changes(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.use(Mode.DARK, 100)
    assert theme.dark
    assert QApplication.palette().window().color() == QColor(DARK.canvas)


def system(monkeypatch: pytest.MonkeyPatch, *, dark: bool, contrast: bool) -> None:
    """What the computer is set to."""
    monkeypatch.setattr("ui.kit.look.wants_dark", lambda _hints: dark)
    monkeypatch.setattr("ui.kit.look.wants_contrast", lambda _hints: contrast)


def test_the_computer_s_own_contrast_is_followed(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    system(monkeypatch, dark=False, contrast=False)
    theme.use(Mode.SYSTEM, 100)
    assert theme.palette is LIGHT
    system(monkeypatch, dark=False, contrast=True)
    changed = QApplication.styleHints().accessibility().contrastPreferenceChanged
    changed.emit(Qt.ContrastPreference.HighContrast)
    assert theme.palette is STRONG_LIGHT
    system(monkeypatch, dark=True, contrast=True)
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.palette is STRONG_DARK
    theme.use(Mode.LIGHT, 100)
    assert theme.palette is LIGHT, "what was chosen here comes first"


@pytest.mark.parametrize(("dark", "palette"), [(False, STRONG_LIGHT), (True, STRONG_DARK)])
def test_strong_contrast_can_be_chosen(
    dark: bool, palette: Palette, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    system(monkeypatch, dark=dark, contrast=False)
    calm = theme.style_sheet()
    theme.use(Mode.CONTRAST, 100)
    assert theme.palette is palette
    assert (theme.strong, theme.dark) == (True, dark)
    assert "border: 3px" in theme.style_sheet()
    assert "border: 3px" not in calm


@pytest.mark.parametrize(
    ("color", "dark"), [(0x000000, True), (0xFFFFFF, False), (0xFF0000, True), (0x00FFFF, False)]
)
def test_windows_colours_tell_whether_its_contrast_is_dark(color: int, dark: bool) -> None:
    asked: list[int] = []
    user32 = SimpleNamespace(GetSysColor=lambda number: asked.append(number) or color)
    assert window_is_dark(user32) is dark
    assert asked == [5]


def inked(image: QImage) -> set[str]:
    """The colours of the opaque pixels."""
    found = set()
    for y in range(image.height()):
        for x in range(image.width()):
            color = image.pixelColor(x, y)
            if color.alpha() == 255:
                found.add(color.name().upper())
    return found


def test_an_icon_follows_the_theme(theme: Theme) -> None:
    icon = theme.icon("leaf", "accent")
    for mode, palette in ((Mode.LIGHT, LIGHT), (Mode.DARK, DARK)):
        theme.use(mode, 100)
        assert palette.accent in inked(icon.pixmap(QSize(48, 48)).toImage())


@pytest.mark.parametrize("scale", [1.25, 1.5, 2.0])
def test_an_icon_is_drawn_for_the_screen_it_is_on(scale: float, theme: Theme) -> None:
    """Not drawn small and then blown up."""
    icon, size = theme.icon("printer"), QSize(20, 20)
    drawn = icon.pixmap(size, scale)
    assert drawn.size() == size * scale
    assert drawn.devicePixelRatio() == scale
    smooth = Qt.TransformationMode.SmoothTransformation
    small = icon.pixmap(size, 1.0).toImage()
    blown = small.scaled(drawn.size(), mode=smooth)
    assert _edge(drawn.toImage()) < _edge(blown), "its lines are crisp"


def _edge(image: QImage) -> float:
    """How much of what is inked is neither clear nor full: more of it the more it is blurred."""
    alphas = [image.pixelColor(x, y).alpha() for x in range(image.width())
              for y in range(image.height())]  # fmt: skip
    return sum(40 < each < 215 for each in alphas) / sum(each >= 40 for each in alphas)


def test_every_icon_that_is_named_exists(theme: Theme) -> None:
    names = {place.icon for place in PLACES.values()} | {verb.icon for verb in VERBS}
    for name in names | set(NOTE_ICONS.values()):
        assert inked(theme.icon(name, "text").pixmap(QSize(48, 48)).toImage()), name


def test_figures_are_of_one_width(theme: Theme) -> None:
    metrics = QFontMetrics(theme.font(figures=True))
    assert len({metrics.horizontalAdvance(digit * 8) for digit in "0123456789"}) == 1


def test_the_licences_of_the_fonts_are_shipped() -> None:
    fonts = resources_dir() / "fonts"
    assert list(fonts.glob("Inter-*.otf"))
    assert "SIL OPEN FONT LICENSE" in (fonts / "Inter-OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("light", "dark"), [(LIGHT, DARK), (STRONG_LIGHT, STRONG_DARK)])
def test_every_ground_of_text_is_darker_in_the_dark(light: Palette, dark: Palette) -> None:
    for ground in GROUNDS:
        shown = luminance(getattr(light, ground)), luminance(getattr(dark, ground))
        assert shown[0] > 0.5 > shown[1], ground


# -- the ring ------------------------------------------------------------------------------


@pytest.fixture
def ring(qapp: QApplication, theme: Theme) -> Iterator[FocusRing]:
    made = FocusRing(qapp, theme)
    yield made
    made.deleteLater()


def test_the_ring_follows_the_keyboard(ui: UiContext, ring: FocusRing, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    page = QVBoxLayout(window)
    button, field = Button(ui, "Simpan"), TextField(ui)
    page.addWidget(button)
    page.addWidget(field)
    with qtbot.waitActive(window):
        window.show()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    assert ring.geometry().contains(button.geometry())
    before = ring.geometry()
    window.resize(window.width() + 80, window.height() + 60)
    qtbot.waitUntil(lambda: ring.geometry() != before)
    assert ring.geometry().contains(button.geometry())
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isHidden(), "fields show it themselves"


def test_the_ring_is_thicker_with_strong_contrast(
    ui: UiContext, ring: FocusRing, theme: Theme, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = Button(ui, "Simpan")
    QVBoxLayout(window).addWidget(button)
    with qtbot.waitActive(window):
        window.show()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    drawn = []
    for mode in (Mode.LIGHT, Mode.CONTRAST):
        theme.use(mode, 100)
        image, color = ring.grab().toImage(), theme.color("accent")
        column = [image.pixelColor(image.width() // 2, y) for y in range(image.height() // 2)]
        drawn.append(sum(each == color for each in column))
        ground = ring.geometry().top() + drawn[-1]
        assert button.geometry().top() - ground == 2, "the ground is seen between them"
    assert drawn == [2, 4]


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK, Mode.CONTRAST])
@pytest.mark.parametrize(("tone", "color"), [("error", "red"), ("warn", "amber")])
def test_what_is_said_of_a_field_is_seen_while_it_has_the_keyboard(
    ui: UiContext, theme: Theme, qtbot: QtBot, mode: Mode, tone: str, color: str
) -> None:
    theme.use(mode, 100)
    field = TextField(ui)
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
    field.setFocus()
    restyle(field, tone=tone)
    edge = field.grab().toImage().pixelColor(0, field.height() // 2)
    assert edge == theme.color(color)


def test_the_ring_outlives_the_window_it_was_in(
    ui: UiContext, ring: FocusRing, qtbot: QtBot
) -> None:
    windows = []
    for _ in range(2):
        window = QWidget()
        button = QPushButton("Simpan", window)
        with qtbot.waitActive(window):
            window.show()
        button.setFocus(Qt.FocusReason.TabFocusReason)
        assert ring.window() is window
        windows.append(window)
        with qtbot.waitSignal(window.destroyed):
            window.deleteLater()
    assert ring.parent() is None


def test_rules_look_no_further_up_than_the_parent(theme: Theme) -> None:
    """Else Qt goes up to the window from every widget of the rule's last type."""
    theme.use(Mode.CONTRAST, 100)
    sheet = re.sub(r"/\*.*?\*/", "", theme.style_sheet(), flags=re.DOTALL)
    selectors = [
        each.strip() for rule in sheet.split("}") for each in rule.split("{")[0].split(",")
    ]
    far = {each.split()[-1] for each in selectors if re.search(r"[^>\s]\s+[^>\s]", each)}
    rare = ("QHeaderView", "QAbstractItemView", "Note[")
    assert far
    assert not [each for each in far if not each.startswith(rare)]
