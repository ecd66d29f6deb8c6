"""The grid of the printed page. All lengths are points unless said otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kwt_books.reports.model import Layout

MM = 72 / 25.4
"""Points in a millimetre."""

# Rules, points.
THICK, THIN = 1.5, 0.4
BAND_RULE, BAND_GREY = 0.8, 0.93
SUBTOTAL_RULE, TOTAL_RULE, TOTAL_APART = 0.5, 0.5, 1.9
GRID_RULE, SUM_RULE = 0.25, 0.8
BAR_GREY = 0.82

INDENT = 11.0
LETTERHEAD = 20.5 * MM
CONTINUATION = 9 * MM
FOOTER = 15 * MM
EMBLEM = 16 * MM
QR = 10 * MM
SIGN_COLUMN, SIGN_RULE = 62 * MM, 42 * MM
SIGN_SPACE, TIGHT_SIGN_SPACE = 15 * MM, 11.5 * MM
MEMBER_NOTE = 17 * MM


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper with its margins."""

    name: str
    width: float
    height: float
    left: float = 22 * MM
    right: float = 15 * MM
    top: float = 12 * MM
    bottom: float = 11 * MM

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def floor(self) -> float:
        """Lowest point of the body, above the footer."""
        return self.bottom + FOOTER + 1.5 * MM

    def ceiling(self, *, first: bool) -> float:
        """Highest point of the body, below letterhead or continuation head."""
        return self.height - self.top - (LETTERHEAD if first else CONTINUATION)

    def turned(self) -> Sheet:
        """Landscape. The punched edge is at the top then."""
        return replace(
            self, width=self.height, height=self.width, left=15 * MM, right=15 * MM, top=15 * MM
        )


F4 = Sheet("F4", 215 * MM, 330 * MM)
A4 = Sheet("A4", 210 * MM, 297 * MM)
SHEETS = {sheet.name: sheet for sheet in (F4, A4)}


def sheet_named(name: str) -> Sheet:
    """F4 for an unknown name: the paper the offices here use."""
    return SHEETS.get(name.upper(), F4)


@dataclass(frozen=True, slots=True)
class Setting:
    """Type size and row pitch of one layout; `least` is how far a page may close up."""

    size: float
    pitch: float
    least: float
    figure: float
    """Wanted width of a column of money."""
    grid: bool = False
    numbered: bool = False
    smallest: float = 6.0
    """Type size below which the columns no longer count as fitting."""

    @property
    def leading(self) -> float:
        return self.size * 1.17

    def sized(self, size: float) -> Setting:
        """The same at a smaller type size, pitch in proportion."""
        ratio = size / self.size
        return replace(
            self, size=size, pitch=max(self.pitch * ratio, size * 1.2), least=size * 1.16
        )

    def squeezed(self, squeeze: float) -> Setting:
        """Pitch between nominal (0) and least (1)."""
        return replace(self, pitch=self.pitch + (self.least - self.pitch) * squeeze)


# Layout -> (type size F4, A4), (pitch F4, A4), least pitch, wanted figure width mm
_SETTINGS = {
    Layout.STATEMENT: ((10, 9.5), (14.6, 13), 10.8, 31),
    Layout.BOOK: ((9, 9), (13.6, 12.8), 10.8, 23),
    Layout.LEDGER: ((8.8, 8.8), (13.2, 12.6), 10.8, 21.5),
    Layout.TRIAL_BALANCE: ((8.5, 8.5), (11.6, 11.2), 10.3, 20.0),
    Layout.NOTES: ((9.5, 9), (12.6, 12), 10.8, 27.5),
}


def setting_of(layout: Layout, sheet: Sheet) -> Setting:
    sizes, pitches, least, figure = _SETTINGS[layout]
    at = 1 if sheet.name == "A4" else 0
    grid = layout in (Layout.BOOK, Layout.LEDGER)
    return Setting(
        sizes[at], pitches[at], least, figure * MM, grid=grid, numbered=layout is Layout.BOOK
    )


def part_setting(layout: Layout, sheet: Sheet) -> Setting:
    """A table that shares its page with others is set in the size of the books."""
    setting = setting_of(layout, sheet)
    if layout is not Layout.STATEMENT:
        return setting
    return replace(setting, size=9.2 if sheet.name == "F4" else 9, figure=27.5 * MM)


def crowded(setting: Setting, figures: int) -> Setting:
    """Many columns of money are set closer, so that names keep their room."""
    return setting if figures < 5 else replace(setting, figure=min(setting.figure, 21.5 * MM))


@dataclass(frozen=True, slots=True)
class Squeeze:
    """How far a page closes up: pitch 0 to 1, and the space for signing, points."""

    pitch: float = 0
    sign: float = SIGN_SPACE
