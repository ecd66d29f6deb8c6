"""A small book, and an example of every kind of line that it takes as its next."""

from __future__ import annotations

from typing import Any

Line = dict[str, Any]

SHARES = {"3202": 30, "3203": 30, "3204": 25, "3201": 15}
GROUP: Line = {
    "kind": "group", "name": "KWT Melati", "village": "Kaliawi", "district": "Tanjungkarang",
    "city": "Bandar Lampung", "chair": "Aryanah", "treasurer": "Siti",
    "village_kind": "kelurahan",
    "umbrella": {"name": "LKM", "coordinator": "Chandra"},
    "extension_officer": {"name": "Bambang", "nip": "1978"}, "language": "id", "paper": "F4",
    "allocation": {"decision": "BA-01", "date": "2026-01-11", "shares": SHARES, "basis": "profit"},
}  # fmt: skip


def item(code: str, class_: str, **more: Any) -> Line:
    return {
        "kind": "item",
        "code": code,
        "name": code.title(),
        "unit": "kg",
        "class": class_,
    } | more


def party(code: str, role: str, **more: Any) -> Line:
    return {"kind": "party", "code": code, "name": code.title(), "role": role} | more


ITEMS = (
    item("benih", "seed"),
    item("pupuk", "input", standard_cost=5000),
    item("bibit", "seedling", price=2500),
    item("sayur", "produce", price=12000, standard_cost=4000),
    item("daun", "produce"),
    item("tepung", "ingredient"),
    item("plastik", "packaging"),
    item("keripik", "finished", price=10000, shelf_life_days=75, sales_account="4102",
         cost_account="5102"),
    item("sambal", "finished", sales_account="4103", cost_account="5103"),
)  # fmt: skip
PARTIES = (
    party("siti", "shop"), party("joko", "shop"), party("toko", "supplier"),
    party("rt", "customer"), party("ani", "member"), party("budi", "member"),
    party("dinas", "agency"),
)  # fmt: skip
PROGRAMME: Line = {
    "kind": "programme", "code": "p2l", "name": "Pekarangan Pangan Lestari", "party": "dinas",
    "from": "2026-01-01", "until": "2026-12-31", "budget": [
        {"line": "A1", "name": "Benih", "section": "A. Sarana", "qty": 40, "unit": "sachet",
         "amount": 600_000},
        {"line": "B1", "name": "Upah", "amount": 400_000},
    ],
}  # fmt: skip
OPENING: Line = {
    "kind": "opening_balance", "id": "awal", "date": "2026-06-01",
    "balances": {
        "1101": 1_000_000, "1103": 2_000_000, "1112": 50_000, "1121": 60_000, "1122": 100_000,
        "1123": 330_000, "1124": 20_000, "1125": 41_001, "1126": 70_000, "1127": 8_000,
        "1129": 100_003, "1130": 30_000, "1201": 6_000_000, "1211": -1_000_000,
        "2106": -100_000, "2110": -50_000, "3201": -200_000, "3202": -50_000, "3301": -500_000,
    },
    "parties": [{"party": "siti", "account": "1112", "amount": 50_000}],
    "stock": [
        {"item": "benih", "qty": 400, "value": 60_000},
        {"item": "pupuk", "qty": 20, "value": 100_000},
        {"item": "bibit", "qty": 10, "value": 20_000},
        {"item": "sayur", "qty": "10.5", "value": 41_001},
        {"item": "tepung", "qty": 5, "value": 70_000},
        {"item": "plastik", "qty": 80, "value": 8_000},
        {"item": "keripik", "qty": 9, "value": 50_000, "lot": "K1", "expires": "2026-08-01"},
        {"item": "keripik", "qty": 8, "value": 50_003, "lot": "K2", "expires": "2026-07-01"},
        {"item": "keripik", "qty": 5, "value": 30_000, "lot": "K1", "expires": "2026-08-01",
         "place": "shop:siti"},
    ],
    "beds": [{"bed": "kebun", "value": 200_000}],
    "batches": [{"batch": "SM-1", "item": "bibit", "qty": 130, "value": 130_000}],
    "assets": [{"code": "RB-1", "name": "Rumah bibit", "account": "1201", "cost": 6_000_000,
                "accumulated": 1_000_000, "acquired": "2025-01-20", "life_months": 60}],
    "programmes": [{"programme": "p2l", "amount": -50_000}],
}  # fmt: skip
OPENING["balances"]["3104"] = -sum(OPENING["balances"].values())
SETUP = (GROUP, *ITEMS, *PARTIES, PROGRAMME)
BASE = (*SETUP, OPENING)


def goods(code: str, qty: Any, **more: Any) -> Line:
    return {"item": code, "qty": qty} | more


def cost(amount: int, source: str = "1101", label: str = "Upah") -> Line:
    return {"label": label, "amount": amount, "from": source}


def on(kind: str, day: int | str, **values: Any) -> Line:
    """A document of June 2026. `from_` stands for the key `from`."""
    dated = f"2026-06-{day:02}" if isinstance(day, int) else day
    return {"kind": kind, "date": dated} | {key.rstrip("_"): each for key, each in values.items()}


PAYMENT = on("payment", 9, from_="1101", lines=[{"account": "6101", "amount": 30_000}], id="bayar")

NEXT: dict[str, tuple[Line, ...]] = {
    "group": (GROUP,),
    "account": ({"kind": "account", "code": "1105", "name": "Kas QRIS", "name_en": "QRIS",
                 "type": "asset", "normal": "debit", "cash": True, "lkm_code": "11011"},),
    "item": (item("jahe", "produce", price=1, standard_cost=1, shelf_life_days=9,
                  sales_account="4101", cost_account="5101"),),
    "party": (party("wati", "member", phone="0812", address="Jl. Kaliawi", born="1974-03-12",
                    sex="P", work="Penjahit", joined="2019-02-10", left="2026-12-31"),),
    "programme": (PROGRAMME,),
    "budget": ({"kind": "budget", "year": 2027, "decision": "BA-2",
                "lines": [{"account": "4101", "amount": 9_000_000}]},),
    "recipe": ({"kind": "recipe", "code": "resep", "output": "keripik", "yield": 40,
                "inputs": [goods("tepung", "2.5"), goods("plastik", 40)]},),
    "person": ({"kind": "person", "name": "Aryanah", "role": "chair", "active": True},),
    "receipt": (on("receipt", 5, into="1101", party="dinas",
                   lines=[{"account": "7101", "amount": 12_000},
                          {"account": "2104", "amount": 8_000}]),),
    "payment": (on("payment", 5, from_="1103", fund="3201", party="toko",
                   lines=[{"account": "6101", "amount": 150_000},
                          {"account": "6104", "amount": 100_000}]),),
    "transfer": (on("transfer", 5, from_="1101", to="1103", amount=250_000),),
    "purchase": (on("purchase", 5, paid_from="1101", party="toko", fund="3202", lines=[
        goods("tepung", 4, amount=60_001), goods("pupuk", "2.5", amount=12_000, lot="PK-6",
                                                 expires="2027-06-01")]),),
    "purchase_return": (
        on("purchase", 4, party="toko", lines=[goods("pupuk", 3, amount=12_001, lot="PK-7")]),
        on("purchase_return", 5, party="toko", lines=[
            goods("pupuk", "1.5", amount=7_000, lot="PK-7"), goods("sayur", 1, amount=3_000)])),
    "sowing": (on("sowing", 5, batch="SM-2", item="bibit", qty=300,
                  inputs=[goods("benih", 100), goods("pupuk", 1)], costs=[cost(25_000)]),),
    "tending": (on("tending", 5, bed="sudut", seedlings=[goods("bibit", 4)],
                   inputs=[goods("pupuk", "0.5")], costs=[cost(10_000, "1103")]),),
    "seedlings_ready": (on("seedlings_ready", 5, batch="SM-1", ready=100, lost=10, destroyed=7),),
    "harvest": (on("harvest", 5, bed="kebun", item="sayur", qty=20, spoiled="1.5"),),
    "planting_end": (on("planting_end", 5, bed="kebun"),),
    "production": (on("production", 5, item="keripik", qty=38, lot="K3", expires="2026-08-10",
                      inputs=[goods("tepung", "2.5"), goods("sayur", 6), goods("plastik", 38)],
                      costs=[cost(18_000), cost(30_000, "1103", "Gas")]),),
    "market_day": (on("market_day", 5, venue="Outlet", received={"1101": 90_000, "1102": 5_000},
                      lines=[{"item": "sayur", "taken": 9, "sold": "7.5", "returned": "0.5",
                              "spoiled": "0.75", "sampled": "0.25", "price": 12_000}]),),
    "sale": (on("sale", 5, received={"1101": 60_000}, discount=2_000, party="rt",
                lines=[goods("keripik", 8, price=9_500), goods("bibit", 3)]),),
    "sale_return": (on("sale_return", 5, party="rt", refund={"1101": 5_000}, lines=[
        goods("keripik", 3, price=9_500, spoiled=1), goods("bibit", 2)]),),
    "consignment": (on("consignment", 5, shop="joko", lines=[goods("keripik", 10)]),),
    "consignment_settlement": (on("consignment_settlement", 5, shop="siti", commission=1_000,
                                  received={"1101": 15_000}, lines=[
        {"item": "keripik", "sold": 2, "returned": 1, "spoiled": 1, "price": 9_000}]),),
    "grant": (on("grant", 5, account="3104", cash={"into": "1103", "amount": 500_000},
                 items=[goods("benih", 50, value=7_500, lot="HB-1")], party="dinas",
                 assets=[{"code": "CG-1", "name": "Cangkul", "account": "1202", "cost": 90_000,
                          "life_months": 24}]),),
    "distribution": (on("distribution", 5, lines=[goods("sayur", 2)]),),
    "stock_count": (on("stock_count", 5, place="store", lines=[
        {"item": "sayur", "counted": 9}, {"item": "keripik", "counted": 19},
        {"item": "tepung", "counted": 5}]),),
    "cash_count": (on("cash_count", 5, account="1101", counted=999_500,
                      denominations={"100000": 9, "500": 199}),),
    "asset_acquisition": (on("asset_acquisition", 5, code="BL-1", name="Blender", account="1203",
                             cost=600_000, life_months=24, paid_from="1103", party="toko",
                             fund="3201"),),
    "asset_disposal": (on("asset_disposal", 5, code="RB-1", received={"1101": 4_900_000}),),
    "depreciation": ({"kind": "depreciation", "month": "2026-06"},),
    "savings": (
        on("savings", 4, type="voluntary", account="1101",
           lines=[{"party": "budi", "amount": 60_000}]),
        on("savings", 5, type="voluntary", account="1101", lines=[
            {"party": "ani", "amount": 50_000}, {"party": "budi", "amount": -20_000}])),
    "dues": (on("dues", 5, account="1103", for_="2104", lines=[
        {"party": "rt", "months": ["2026-05", "2026-06"], "amount": 10_000}]),),
    "bank_reconciliation": (
        on("payment", 8, from_="1103", lines=[{"account": "6101", "amount": 30_000}], id="cek"),
        on("bank_reconciliation", 9, account="1103", statement=2_000_000, outstanding=["cek"])),
    "memorial": (on("memorial", 5, reason="Panjar", programme="p2l", lines=[
        {"account": "2110", "debit": 5_000, "party": "dinas"},
        {"account": "4201", "credit": 5_000}]),),
    "appropriation": (on("appropriation", 5, decision="BA-RAT", lines=[
        {"account": "2107", "amount": 100_000, "party": "ani"},
        {"account": "3201", "amount": 1}]),),
    "register": (on("register", 5, book="guests", name="Rina", from_="Dinas", position="Staf",
                    purpose="Meninjau", impression="Rapi"),),
    "month_close": (on("receipt", 4, into="1101", lines=[{"account": "7101", "amount": 77_777}]),
                    {"kind": "month_close", "month": "2026-06", "decision": "BA-6",
                     "shares": {"3201": 60, "3204": 40}}),
    "month_reopen": ({"kind": "month_close", "month": "2026-06"},
                     {"kind": "month_reopen", "month": "2026-06", "reason": "Nota terlewat"}),
    "attachment": ({"kind": "attachment", "of": "awal", "name": "nota.jpg",
                    "type": "image/jpeg", "data": "bm90YQ==",
                    "sha256": "108ffcf2ca98995731f8cb8111f0bbdfa3dd1c5d4b25f3a8ddf52ba86e449545"},),
    "correction": (PAYMENT, on("correction", 9, of="bayar", reason="Salah akun")),
}  # fmt: skip
"""By kind: the line, behind those that it needs. Every key stands in it, or in one of `ALSO`."""

ALSO: dict[str, tuple[Line, ...]] = {
    "payment of a programme": (on("payment", 5, from_="1103", programme="p2l", lines=[
        {"account": "6102", "amount": 30_000, "budget": "B1"},
        {"account": "2110", "amount": 8_000}]),),
    "purchase in part": (on("purchase", 5, paid_from="1103", party="toko", paid=20_000,
                            programme="p2l",
                            lines=[goods("benih", 10, amount=30_000, budget="A1")]),),
    "asset in part": (on("asset_acquisition", 5, code="BL-2", name="Sealer", account="1203",
                         cost=40_000, life_months=24, paid_from="1103", party="toko",
                         paid=10_000, programme="p2l", budget="A1"),),
    "programme's money": (on("grant", 5, account="2110", party="dinas", programme="p2l",
                             cash={"into": "1103", "amount": 500_000}),),
    "goods back for money": (on("purchase_return", 5, into="1101", party="toko",
                                lines=[goods("sayur", 1, amount=3_000)]),),
    "activities": (on("register", 5, book="activities", title="Gotong royong", place="Kebun",
                      people=18, result="Bersih"),),
    "minutes": (on("register", 5, book="minutes", title="RAT", number="BA-1", place="Balai",
                   people=0, decisions="Disetujui"),),
    "letters": (on("register", 5, book="letters", direction="in", number="520", party="Dinas",
                   subject="Bantuan"),),
    "advice": (on("register", 5, book="advice", officer="Wahyu", advice="Kurangi air",
                  done="Jadwal diubah"),),
    "upkeep": (on("register", 5, book="upkeep", facility="Drainase", condition="minor",
                  action="Kerja bakti"),),
}  # fmt: skip
"""What else a kind can say, by a name of its own: keys that exclude each other."""
SETUP_KINDS = {"group", "account", "item", "party", "recipe", "person", "programme", "budget"}
"""The kinds of set-up lines."""
