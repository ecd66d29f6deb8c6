"""What stands in a grid of goods, and how wide it is."""

from __future__ import annotations

from dataclasses import dataclass

from ui.tokens import GUTTER

STOCK, PRICE, AMOUNT, GAP = 44, 72, 78, 8
_NAME = 92


@dataclass(frozen=True, slots=True)
class CounterColumn:
    """`key` as in the command; `tip` says what the number is."""

    key: str
    title: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Headings; measures at a text size of 100 percent."""

    counters: tuple[CounterColumn, ...]
    stock: str = ""
    price: str = ""
    amount: str = ""
    counter_width: int = 82
    tight: bool = False
    """Stock and price stand below the name instead of in columns of their own."""

    @property
    def beside(self) -> tuple[int, ...]:
        """Widths of what stands between the name and the numbers."""
        return () if self.tight else (STOCK, PRICE)

    def width(self) -> int:
        """What a row needs on one line, with room for a name."""
        cells = [*self.beside, *[self.counter_width] * len(self.counters), AMOUNT]
        return 2 * GUTTER + _NAME + sum(cells) + GAP * len(cells)
