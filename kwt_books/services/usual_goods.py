"""What groups of this kind usually grow and sell, to be ticked when a book begins."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kwt_books.domain.documents.registry import parse_command
from kwt_books.domain.documents.setup import Item, Recipe
from kwt_books.domain.errors import Issue

_SOLD = ("produce", "seedling", "finished")


@dataclass(frozen=True, slots=True)
class UsualGoods:
    """In the order in which they are offered, by code; recipes by what they make."""

    items: Mapping[str, Item]
    recipes: Mapping[str, Recipe]
    needs: Mapping[str, tuple[str, ...]]
    """What is bought for each, beside what its recipe says."""

    @property
    def sold(self) -> list[Item]:
        return [item for item in self.items.values() if item.item_class in _SOLD]

    def needed(self, sold: Iterable[str]) -> list[str]:
        """Codes of everything that growing and making these takes; those themselves left out."""
        wanted = list(dict.fromkeys(sold))
        found: dict[str, None] = {}
        for code in wanted:
            recipe = self.recipes.get(code)
            parts = [each.item for each in recipe.inputs] if recipe is not None else []
            for need in (*parts, *self.needs.get(code, ())):
                found[need] = None
        grown = [code for code in found if code in self.needs and code not in wanted]
        for code in grown:  # what a recipe takes is grown too
            found |= dict.fromkeys(self.needs[code])
        return [code for code in self.items if code in found and code not in wanted]


def usual_goods(resources: Path) -> UsualGoods:
    text = (resources / "usual_goods.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    items: list[Item] = [_made("item", raw) for raw in read["items"]]
    recipes: list[Recipe] = [_made("recipe", raw) for raw in read["recipes"]]
    return UsualGoods(
        {item.code: item for item in items},
        {recipe.output: recipe for recipe in recipes},
        {code: tuple(needs) for code, needs in read["needs"].items()},
    )


def _made(kind: str, raw: dict[str, object]) -> Any:
    issues: list[Issue] = []
    made = parse_command({"kind": kind, **raw}, issues)
    assert made is not None, issues
    return made
