"""The look: contrast, sizes, icons that follow, and the ring around what has the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.i18n.paths import resources_dir
from ui.kit import Kit
from ui.pages.registry import PLACES, VERBS
from ui.theme import Mode, Theme
from ui.tokens import DARK, LIGHT, Palette
from ui.widgets.button import Button
from ui.widgets.card import NOTE_ICONS
from ui.widgets.field import TextField
from ui.widgets.focus_ring import FocusRing


def luminance(color: str) -> float:
    """Relative luminance (WCAG 2)."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_can_be_read_on_its_ground(palette: Palette) -> None:
    grounds = (palette.canvas, palette.surface, palette.head, palette.sunken, palette.side)
    for ground in grounds:
        for text in (palette.text, palette.text2, palette.text3):
            assert contrast(text, ground) >= 4.5, (text, ground)
    for text, ground in (
        (palette.on_accent, palette.accent),
        (palette.accent_text, palette.soft),
        (palette.accent_text, palette.surface),
        (palette.amber, palette.amber_bg),
        (palette.red, palette.red_bg),
        (palette.amber, palette.surface),
        (palette.red, palette.surface),
    ):
        assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(palette.field, palette.surface) >= 3


@pytest.fixture
def restored(theme: Theme) -> Iterator[Theme]:
    yield theme
    theme.use(Mode.LIGHT, 100)


def test_the_sheet_is_filled_in_whole(restored: Theme) -> None:
    for mode in (Mode.LIGHT, Mode.DARK):
        restored.use(mode, 125)
        sheet = restored.style_sheet()
        rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
        assert "@" not in rules
        assert not re.search(r"\d+dp\b", rules)
        for path in re.findall(r'url\("([^"]+)"\)', rules):
            assert Path(path).is_file()
            assert Path(path).with_stem(Path(path).stem + "@2x").is_file()


def test_measures_grow_with_the_letters(restored: Theme) -> None:
    restored.use(Mode.LIGHT, 150)
    assert restored.px(36) == 54
    assert restored.font().pixelSize() == restored.px(14)
    restored.use(Mode.LIGHT, 900)
    assert restored.percent == 150, "beyond that nothing fits"


def test_everyone_is_told_when_the_look_changes(restored: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(restored.changed):
        restored.use(Mode.DARK, 100)
    assert restored.dark
    assert QApplication.palette().window().color() == QColor(DARK.canvas)


def inked(image: QImage) -> set[str]:
    """The colours of the opaque pixels."""
    found = set()
    for y in range(image.height()):
        for x in range(image.width()):
            color = image.pixelColor(x, y)
            if color.alpha() == 255:
                found.add(color.name().upper())
    return found


def test_an_icon_follows_the_theme(restored: Theme) -> None:
    icon = restored.icon("leaf", "accent")
    for mode, palette in ((Mode.LIGHT, LIGHT), (Mode.DARK, DARK)):
        restored.use(mode, 100)
        assert palette.accent in inked(icon.pixmap(QSize(48, 48)).toImage())


def test_every_icon_that_is_named_exists(theme: Theme) -> None:
    names = {place.icon for place in PLACES.values()} | {verb.icon for verb in VERBS}
    for name in names | set(NOTE_ICONS.values()):
        assert inked(theme.icon(name, "text").pixmap(QSize(48, 48)).toImage()), name


def test_figures_are_of_one_width(theme: Theme) -> None:
    from PySide6.QtGui import QFontMetrics

    metrics = QFontMetrics(theme.font(figures=True))
    assert len({metrics.horizontalAdvance(digit * 8) for digit in "0123456789"}) == 1


def test_the_licences_of_the_fonts_are_shipped() -> None:
    fonts = resources_dir() / "fonts"
    assert list(fonts.glob("Inter-*.otf"))
    assert "SIL OPEN FONT LICENSE" in (fonts / "Inter-OFL.txt").read_text(encoding="utf-8")


def test_palettes_differ_in_every_role_that_lies_beneath_text() -> None:
    assert len(astuple(LIGHT)) == len(astuple(DARK))
    assert LIGHT.canvas != DARK.canvas


# -- the ring ------------------------------------------------------------------------------


@pytest.fixture
def ring(qapp: QApplication, theme: Theme) -> Iterator[FocusRing]:
    made = FocusRing(qapp, theme)
    yield made
    made.deleteLater()


def test_the_ring_follows_the_keyboard(kit: Kit, ring: FocusRing, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    page = QVBoxLayout(window)
    button, field = Button(kit, "Simpan"), TextField(kit)
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


def test_the_ring_outlives_the_window_it_was_in(kit: Kit, ring: FocusRing, qtbot: QtBot) -> None:
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
