"""What the desktop looks like, as numbers and colours. The only place that names either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for. Text on its ground keeps a contrast of 4.5 or more.

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


LIGHT: Final = Palette(
    canvas="#F6F4EF",
    surface="#FFFFFF",
    head="#FAF8F4",
    sunken="#EFECE5",
    side="#EFECE5",
    line="#DFDBD2",
    grid="#E9E6DE",
    field="#8A867C",
    text="#20241F",
    text2="#575C55",
    text3="#666A62",
    accent="#1F6B3D",
    accent_hover="#18572F",
    on_accent="#FFFFFF",
    accent_text="#1B5E35",
    soft="#E3EFE4",
    amber="#855100",
    amber_bg="#FCF1DA",
    red="#A3312A",
    red_bg="#FBE9E6",
    bar="#BBD7C0",
    bar_edge="#6B9F79",
    bar_now="#1F6B3D",
    chart_line="#3A3128",
)

DARK: Final = Palette(
    canvas="#161917",
    surface="#1F2321",
    head="#232826",
    sunken="#191C1A",
    side="#121513",
    line="#343A36",
    grid="#2B302D",
    field="#7A8079",
    text="#ECEBE5",
    text2="#B7BBB3",
    text3="#9DA39B",
    accent="#7CC794",
    accent_hover="#94D6A8",
    on_accent="#0F2417",
    accent_text="#8FD3A5",
    soft="#233A2B",
    amber="#F0C468",
    amber_bg="#352A15",
    red="#F2A39A",
    red_bg="#3C2320",
    bar="#37604A",
    bar_edge="#639A75",
    bar_now="#7CC794",
    chart_line="#F1E3C8",
)

STRONG_LIGHT: Final = Palette(
    canvas="#FFFFFF",
    surface="#FFFFFF",
    head="#FFFFFF",
    sunken="#F0F0F0",
    side="#FFFFFF",
    line="#000000",
    grid="#9C9C9C",
    field="#4A4A4A",
    text="#000000",
    text2="#1A1A1A",
    text3="#2B2B2B",
    accent="#00481D",
    accent_hover="#000000",
    on_accent="#FFFFFF",
    accent_text="#00481D",
    soft="#CFEBD5",
    amber="#4A2C00",
    amber_bg="#FFEBC2",
    red="#7A0008",
    red_bg="#FFDEDA",
    bar="#A9CFB2",
    bar_edge="#000000",
    bar_now="#00481D",
    chart_line="#000000",
)

STRONG_DARK: Final = Palette(
    canvas="#000000",
    surface="#000000",
    head="#000000",
    sunken="#1C1C1C",
    side="#000000",
    line="#FFFFFF",
    grid="#555555",
    field="#B8B8B8",
    text="#FFFFFF",
    text2="#F2F2F2",
    text3="#DEDEDE",
    accent="#7DF0A3",
    accent_hover="#FFFFFF",
    on_accent="#000000",
    accent_text="#7DF0A3",
    soft="#0A3A1C",
    amber="#FFD75E",
    amber_bg="#332500",
    red="#FFB8B0",
    red_bg="#470D08",
    bar="#3F7354",
    bar_edge="#FFFFFF",
    bar_now="#7DF0A3",
    chart_line="#FFF27A",
)

SIZES: Final = {"caption": 13, "body": 14, "card": 16, "title": 20, "figure": 28}
"""Letters, in pixels at a text size of 100 percent."""

GUTTER: Final = 16
RADIUS_BUTTON, RADIUS_CARD = 8, 10

SIDEBAR, SIDEBAR_FOLDED, FOLD_BELOW = 200, 64, 1200
HEADER, TABS = 64, 40
VERB = 76
FIELD, FIELD_SMALL = 36, 24
ROW_REPORT, ROW_LIST, ROW_TWO_LINES, ROW_TODO, ROW_NAV = 28, 36, 56, 60, 36
ICON_SMALL, ICON, ICON_LARGE, ICON_VERB = 16, 18, 20, 26
SETTINGS: Final = 1160
"""What is read and filled in gets no wider than this, however wide the screen is."""

TEXT_SIZES: Final = (100, 110, 125, 150)
"""Percents one can choose from."""
