"""The setup lines and the opening of a random stream."""

from random import Random
from typing import Any

from .ledger import STOCK_ACCOUNTS

Line = dict[str, Any]

SHOPS = ("warung-a", "warung-b", "warung-c")
MEMBERS = tuple(f"anggota-{n:02d}" for n in range(1, 8))
RESIDENTS = tuple(f"warga-{n}" for n in range(1, 5))
OTHERS = {"toko": "supplier", "pasar": "supplier", "bu-rt": "customer", "dinas": "agency"}
OFFICERS = ("Aminah", "Siti Rohmah", "Yuliana", "Dewi Sartika", "Nur'aini", "Hj. Fatimah, S.P.")
SHARES = (
    {"3202": 30, "3203": 30, "3204": 25, "3201": 15},
    {"3201": 33, "3202": 33, "3203": 34},
    {"3204": 25, "3205": 25, "3202": 25, "3201": 25},
    {"3201": 100},
    {"2111": 7, "3205": 13, "3203": 17, "3202": 23, "3201": 40},
    {"3202": 0, "3203": 1, "2111": 99},
)
BUDGET_LINES = ("A1", "A2", "B1", "C1")
ITEMS: tuple[Line, ...] = (
    {"code": "benih-a", "class": "seed", "unit": "biji"},
    {"code": "benih-b", "class": "seed", "unit": "sachet"},
    {"code": "media", "class": "input", "unit": "karung"},
    {"code": "pupuk", "class": "input", "unit": "kg", "standard_cost": 5000},
    {"code": "bibit-a", "class": "seedling", "unit": "batang", "price": 2500},
    {"code": "bibit-b", "class": "seedling", "unit": "batang", "price": 1333},
    {
        "code": "bibit-c",
        "class": "seedling",
        "unit": "polybag",
        "price": 7501,
        "sales_account": "4106",
        "cost_account": "5106",
    },
    {"code": "sayur", "class": "produce", "unit": "kg", "price": 12000, "standard_cost": 4000},
    {"code": "bayam", "class": "produce", "unit": "ikat", "price": 2333, "standard_cost": 777},
    {"code": "daun", "class": "produce", "unit": "kg", "price": 9000},
    {
        "code": "tepung",
        "class": "ingredient",
        "unit": "kg",
        "price": 17000,
        "sales_account": "4106",
        "cost_account": "5106",
    },
    {"code": "minyak", "class": "ingredient", "unit": "liter"},
    {"code": "kemasan", "class": "packaging", "unit": "lembar", "standard_cost": 801},
    {
        "code": "keripik-a",
        "class": "finished",
        "unit": "bungkus",
        "price": 10000,
        "shelf_life_days": 75,
        "standard_cost": 6001,
        "sales_account": "4102",
        "cost_account": "5102",
    },
    {
        "code": "keripik-b",
        "class": "finished",
        "unit": "bungkus",
        "price": 9999,
        "shelf_life_days": 20,
        "sales_account": "4103",
        "cost_account": "5103",
    },
    {
        "code": "sambal",
        "class": "finished",
        "unit": "botol",
        "price": 21500,
        "sales_account": "4106",
        "cost_account": "5106",
    },
)
ACCOUNTS: tuple[Line, ...] = (
    {"code": "1105", "name": "Kas QRIS", "type": "asset", "normal": "debit", "cash": True},
    {"code": "3205", "name": "Dana Pendidikan", "type": "equity", "normal": "credit"},
    {"code": "4106", "name": "Penjualan Lain", "type": "income", "normal": "credit"},
    {"code": "5106", "name": "HPP Lain", "type": "cost", "normal": "debit"},
    {"code": "6112", "name": "Beban Pelatihan", "type": "expense", "normal": "debit"},
)


def group(rng: Random, year: int, shares: dict[str, int] | None = None) -> Line:
    """Return the group's line, with officers and shares drawn anew."""
    line: Line = {
        "kind": "group",
        "name": "KWT Uji Coba",
        "village": "Kaliawi Persada",
        "district": "Tanjungkarang Pusat",
        "city": "Bandar Lampung",
        "chair": rng.choice(OFFICERS),
        "treasurer": rng.choice(OFFICERS),
        "language": rng.choice(["id", "en"]),
        "paper": rng.choice(["A4", "F4"]),
        "allocation": {
            "decision": f"BA-{rng.randint(1, 99):02d}/KWT/{year}",
            "date": f"{year}-01-{rng.randint(1, 28):02d}",
            "shares": shares or dict(rng.choice(SHARES)),
        },
    }
    if rng.random() < 0.5:
        line["extension_officer"] = {"name": "Ir. Bambang", "nip": "19780101 200501 1 002"}
        if rng.random() < 0.3:
            del line["extension_officer"]["nip"]
    if rng.random() < 0.7:
        line["umbrella"] = {"name": "LKM Uji", "coordinator": rng.choice(OFFICERS)}
    if rng.random() < 0.5:
        line["village_kind"] = rng.choice(["desa", "kelurahan"])
    if rng.random() < 0.6:
        line["allocation"]["basis"] = rng.choice(["profit", *["before_fund_spending"] * 3])
    if rng.random() < 0.08:
        del line["allocation"]
    return line


def programme(rng: Random, code: str) -> Line:
    line: Line = {"kind": "programme", "code": code, "name": f"Program {code}"}
    if rng.random() < 0.5:
        line["party"] = "dinas"
    if rng.random() < 0.5:
        line |= {"from": "2026-01-01", "until": "2026-12-31"}
    if code == "p2l":
        line["budget"] = [
            {"line": name, "name": f"Belanja {name}", "amount": rng.randint(1, 10**6)}
            for name in BUDGET_LINES
        ]
        line["budget"][0] |= {"section": "A. Sarana", "qty": "2.5", "unit": "kg"}
    return line


def budget(rng: Random, year: int) -> Line:
    codes = rng.sample(["4101", "4102", "5101", "6102", "6104", "3202"], rng.randint(1, 4))
    line: Line = {"kind": "budget", "year": year}
    line["lines"] = [{"account": code, "amount": rng.randint(1, 10**7)} for code in codes]
    if rng.random() < 0.5:
        line["decision"] = "BA-01/RAT"
    return line


def account(rng: Random, base: Line) -> Line:
    line = {"kind": "account", **base, "name_en": f"Account {base['code']}"}
    if rng.random() < 0.5:
        line["lkm_code"] = f"{rng.randint(11010, 51999)}"
    return line


def item(rng: Random, base: Line) -> Line:
    """Return an item's line, its price, standard cost and shelf life changed a little."""
    line = {"kind": "item", "name": str(base["code"]).title(), **base}
    for key in ("price", "standard_cost", "shelf_life_days"):
        if key in line and rng.random() < 0.7:
            line[key] = max(1, line[key] + rng.randint(-line[key] // 4, line[key] // 4))
    return line


def party(rng: Random, code: str, role: str) -> Line:
    line = {"kind": "party", "code": code, "name": code.replace("-", " ").title(), "role": role}
    if rng.random() < 0.3:
        line["phone"] = f"08{rng.randint(10**8, 10**9 - 1)}"
    if rng.random() < 0.3:
        line["address"] = f"Jl. Kaliawi No. {rng.randint(1, 99)}"
    if role == "member" and rng.random() < 0.5:
        line |= {"born": f"{rng.randint(1950, 2000)}-04-21", "sex": rng.choice("LP")}
        line |= {"work": "Penjahit", "joined": "2019-02-10"}
        if rng.random() < 0.2:
            line["left"] = "2026-03-31"
    return line


def recipe(rng: Random) -> Line:
    return {
        "kind": "recipe",
        "code": "resep-a",
        "output": "keripik-a",
        "yield": rng.randint(30, 50),
        "inputs": [{"item": "bayam", "qty": "5.5"}, {"item": "tepung", "qty": 2.25}],
    }


def roles() -> dict[str, str]:
    return {
        **dict.fromkeys(SHOPS, "shop"),
        **dict.fromkeys(MEMBERS, "member"),
        **dict.fromkeys(RESIDENTS, "resident"),
        **OTHERS,
    }


def setup(rng: Random, year: int) -> list[Line]:
    """Return the setup lines a random stream starts with."""
    return [
        *(account(rng, base) for base in ACCOUNTS),
        group(rng, year),
        *({"kind": "item", "name": str(base["code"]).title(), **base} for base in ITEMS),
        *(party(rng, code, role) for code, role in roles().items()),
        recipe(rng),
        *(programme(rng, code) for code in ("p2l", "bpm")),
        *([budget(rng, year)] if rng.random() < 0.5 else []),
    ]


def people() -> list[Line]:
    return [
        {"kind": "person", "name": "Siti Rohmah", "role": "chair"},
        {"kind": "person", "name": "Aminah", "role": "treasurer"},
    ]


def opening(rng: Random, date: str) -> Line:
    """Return an opening balance with stock, beds, batches, assets and parties."""
    stock = opening_stock(rng)
    beds: list[Line] = [{"bed": "kebun", "value": 700001}, {"bed": "sudut", "value": 0}]
    batches: list[Line] = [{"batch": "SM-AWAL", "item": "bibit-a", "qty": 120, "value": 54321}]
    assets = [opening_asset(rng, n, account) for n, account in enumerate(("1201", "1202", "1204"))]
    balances = {"1101": 850000, "1103": rng.randint(10**6, 10**7), "1104": 225000, "1112": 180000}
    balances |= {"2104": -225000, "2106": -300000, "3101": -1000000, "3202": -400000}
    balances |= {"1111": 90000, "1141": 250000, "2101": -180000}
    programmes = [{"programme": "bpm", "amount": -rng.randint(1, 600000)}]
    if rng.random() < 0.5:
        programmes.append({"programme": "p2l", "amount": -rng.randint(1, 600000)})
    if rng.random() < 0.7:
        balances["2110"] = sum(entry["amount"] for entry in programmes)
    balances |= {"3203": -rng.randint(1, 400000), "3204": -rng.randint(1, 400000)}
    classes = {base["code"]: base["class"] for base in ITEMS}
    for entry in stock:
        account = STOCK_ACCOUNTS[classes[entry["item"]]] if "place" not in entry else "1130"
        balances[account] = balances.get(account, 0) + entry["value"]
    balances["1123"] = sum(entry["value"] for entry in beds + batches)
    for asset in assets:
        balances[asset["account"]] = asset["cost"]
        balances[f"121{asset['account'][3]}"] = -asset["accumulated"]
    balances["3301"] = rng.choice([rng.randint(-400000, 400000), -sum(balances.values()) // 2])
    balances["3104"] = -sum(balances.values())
    parties: list[Line] = [
        {"party": "warung-a", "account": "1112", "amount": 100000},
        {"party": "warung-b", "account": "1112", "amount": 80000},
        {"party": "anggota-01", "account": "2106", "amount": -200000},
        {"party": "anggota-02", "account": "2106", "amount": -rng.randint(1, 100000)},
        {"party": "toko", "account": "2101", "amount": -180000},
        {"party": "bu-rt", "account": "1111", "amount": rng.randint(1, 90000)},
    ]
    rng.shuffle(parties)
    restricted = {"programmes": programmes} if "2110" in balances and rng.random() < 0.8 else {}
    return {
        "kind": "opening_balance",
        "date": date,
        "balances": {code: amount for code, amount in balances.items() if amount},
        "parties": parties[: rng.randint(1, 6)],
        **restricted,
        "stock": stock,
        "beds": beds,
        "batches": batches,
        "assets": assets,
    }


def opening_stock(rng: Random) -> list[Line]:
    lot = {"item": "keripik-a", "lot": "KA-AWAL", "expires": "2031-07-31"}
    return [
        {"item": "benih-a", "qty": 400, "value": rng.randint(1, 90000)},
        {"item": "pupuk", "qty": "24.5", "value": rng.randint(1, 150000)},
        {"item": "bibit-b", "qty": 30, "value": 0},
        {**lot, "qty": 20, "value": rng.randint(1, 150000)},
        {**lot, "qty": 15, "value": 85500, "place": "shop:warung-a"},
        {**lot, "qty": "2.125", "value": 0, "place": "shop:warung-b"},
        {"item": "keripik-a", "qty": 7, "value": 40003, "lot": "KA-LAMA"},
    ]


def opening_asset(rng: Random, number: int, account: str) -> Line:
    cost = rng.randint(100000, 6000000)
    return {
        "code": f"AWAL-{number}",
        "name": f"Aset awal {number}",
        "account": account,
        "cost": cost,
        "accumulated": rng.randint(0, cost // 2),
        "acquired": f"{rng.randint(2020, 2025)}-{rng.randint(1, 12):02d}-15",
        "life_months": rng.randint(12, 96),
    }
