"""What a document carries, as the fields of a form take it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kwt_books.domain.money import half_up
from kwt_books.domain.quantity import UNIT, parse_quantity
from ui.forms.lines import Lines
from ui.kit import Kit
from ui.widgets.field import MoneyField, QuantityField


def as_state(kit: Kit, field: Any, value: object) -> object:
    """The state of `field` for a value of a document's payload; other values stay as they are."""
    if isinstance(field, MoneyField) and isinstance(value, int):
        return kit.formats.number(value)
    if isinstance(field, QuantityField) and isinstance(value, int | str):
        return _quantity(kit, value)
    if isinstance(field, Lines) and isinstance(value, list | tuple):
        fields = field.lines[-1].fields
        return [_line(kit, fields, line) for line in value if isinstance(line, dict)]
    return value


def _line(kit: Kit, fields: dict[str, Any], line: dict[str, object]) -> dict[str, object]:
    return {key: as_state(kit, field, line.get(key)) for key, field in fields.items()}


def _quantity(kit: Kit, value: int | str) -> object:
    try:
        return kit.formats.quantity(parse_quantity(str(value)))
    except ValueError:
        return value


def months_as_years(kit: Kit, given: Mapping[str, object]) -> Mapping[str, object]:
    """`life_months` as the years that its field shows."""
    months = given.get("life_months")
    if not isinstance(months, int):
        return given
    return {**given, "life_months": kit.formats.quantity(half_up(months * UNIT, 12))}
