"""Small groups to tell stories about: what their streams are made of."""

from __future__ import annotations

from typing import Any

Line = dict[str, Any]

ITEMS: tuple[Line, ...] = (
    {"kind": "item", "code": "pupuk", "name": "Pupuk NPK", "unit": "kg", "class": "input"},
    {"kind": "item", "code": "benih", "name": "Benih cabai", "unit": "biji", "class": "seed"},
    {"kind": "item", "code": "bibit", "name": "Bibit cabai", "unit": "batang",
     "class": "seedling", "price": 2_000},
    {"kind": "item", "code": "sayur", "name": "Sayur campur", "unit": "kg",
     "class": "produce", "price": 12_000, "standard_cost": 4_000},
    {"kind": "item", "code": "keripik", "name": "Keripik bayam", "unit": "bungkus",
     "class": "finished", "price": 10_000, "shelf_life_days": 30,
     "sales_account": "4102", "cost_account": "5102"},
    {"kind": "party", "code": "siti", "name": "Warung Bu Siti", "role": "shop"},
    {"kind": "party", "code": "joko", "name": "Warung Pak Joko", "role": "shop"},
    {"kind": "party", "code": "rina", "name": "Ibu Rina", "role": "customer"},
    {"kind": "party", "code": "toko", "name": "Toko Tani", "role": "supplier"},
    {"kind": "party", "code": "ani", "name": "Ani", "role": "member"},
    {"kind": "party", "code": "budi", "name": "Budi", "role": "member"},
)  # fmt: skip


def buy(day: str, item: str, qty: object, amount: int, **more: Any) -> Line:
    """Paid in cash unless a party alone is named."""
    lot = {key: more.pop(key) for key in ("lot", "expires") if key in more}
    line = {"item": item, "qty": qty, "amount": amount, **lot}
    payer = {} if "party" in more else {"paid_from": "1101"}
    return {"kind": "purchase", "date": day, "lines": [line], **payer, **more}


def market(day: str, received: int, *lines: Line, venue: str = "pasar-pagi", **more: Any) -> Line:
    money = {"1101": received}
    return {"kind": "market_day", "date": day, "venue": venue, "lines": list(lines),
            "received": money, **more}  # fmt: skip


def sell(day: str, item: str, qty: object, **more: Any) -> Line:
    price = {"price": more.pop("price")} if "price" in more else {}
    return {"kind": "sale", "date": day, "lines": [{"item": item, "qty": qty, **price}], **more}


def send(day: str, shop: str, item: str, qty: object, **more: Any) -> Line:
    lines = [{"item": item, "qty": qty}]
    return {"kind": "consignment", "date": day, "shop": shop, "lines": lines, **more}


def settle(day: str, shop: str, *lines: Line, **more: Any) -> Line:
    return {"kind": "consignment_settlement", "date": day, "shop": shop, "lines": list(lines),
            **more}  # fmt: skip


def undo(day: str, of: str, reason: str = "Salah ketik") -> Line:
    return {"kind": "correction", "date": day, "of": of, "reason": reason}


def make(day: str, qty: object, inputs: list[Line], **more: Any) -> Line:
    return {"kind": "production", "date": day, "item": "keripik", "qty": qty, "inputs": inputs,
            **more}  # fmt: skip
