"""The keys of every kind of line, as the tables of STREAM.md give them."""

from .reading import (
    Check,
    Fields,
    balance,
    data64,
    day,
    digest,
    face_value,
    false,
    integer,
    month,
    name,
    need,
    one_of,
    parse,
    quantity,
    quantity0,
    several,
    signed,
    table,
    text,
    thing,
    true,
    words,
)

count = money = integer(1)
money0 = integer(0)
SHARES = table(name, integer(0, 100))
RECEIVED = table(name, money0)
RECORDED = thing({"at": text, "by": text})
AMOUNTS = several({"account": name, "amount": money})
OF_PARTIES = {"account": name, "amount": money, "party?": name}
GOODS = several({"item": name, "qty": quantity})
COSTS = several({"label": text, "amount": money, "from": name})
ASSET = {"code": name, "name": name, "account": name, "cost": money, "life_months": count}

PAID: dict[str, Check] = {
    "paid_from?": name,
    "party?": name,
    "paid?": money,
    "fund?": name,
    "programme?": name,
}
REGISTERS: dict[str, dict[str, Check]] = {
    "guests": {
        "name": text,
        "from?": text,
        "position?": text,
        "purpose": text,
        "impression?": text,
    },
    "activities": {"title": text, "place?": text, "people?": money0, "result?": text},
    "minutes": {
        "title": text,
        "number?": text,
        "place?": text,
        "people?": money0,
        "decisions": text,
    },
    "letters": {"direction": one_of("in", "out"), "number": text, "party": text, "subject": text},
    "advice": {"officer": text, "advice": text, "done?": text},
    "upkeep": {
        "facility": text,
        "condition": one_of("good", "minor", "major"),
        "action?": text,
    },
}

SETUP: dict[str, dict[str, Check]] = {
    "group": {
        "name": name,
        "village": text,
        "village_kind?": one_of("desa", "kelurahan"),
        "district": text,
        "city": text,
        "chair": text,
        "treasurer": text,
        "umbrella?": thing({"name": text, "coordinator": text}),
        "extension_officer?": thing({"name": text, "nip?": text}),
        "language": one_of("id", "en"),
        "paper": one_of("A4", "F4"),
        "allocation?": thing(
            {
                "decision": text,
                "date": day,
                "shares": SHARES,
                "basis?": one_of("profit", "before_fund_spending"),
            }
        ),
    },
    "account": {
        "code": name,
        "name": name,
        "name_en": text,
        "type": one_of("asset", "liability", "equity", "income", "cost", "expense", "other", "tax"),
        "normal": one_of("debit", "credit"),
        "cash?": true,
        "lkm_code?": text,
    },
    "item": {
        "code": name,
        "name": name,
        "unit": name,
        "class": one_of(
            "seed", "input", "seedling", "produce", "ingredient", "packaging", "finished"
        ),
        "price?": money,
        "standard_cost?": money,
        "shelf_life_days?": count,
        "sales_account?": name,
        "cost_account?": name,
    },
    "party": {
        "code": name,
        "name": name,
        "role": one_of("shop", "supplier", "customer", "member", "agency", "resident"),
        "phone?": text,
        "address?": text,
        "born?": day,
        "sex?": one_of("L", "P"),
        "work?": text,
        "joined?": day,
        "left?": day,
    },
    "person": {
        "name": name,
        "role": one_of("treasurer", "chair", "auditor"),
        "active?": false,
    },
    "programme": {
        "code": name,
        "name": name,
        "party?": name,
        "from?": day,
        "until?": day,
        "budget?": several(
            {
                "line": name,
                "name": name,
                "section?": text,
                "qty?": quantity,
                "unit?": text,
                "amount": money,
            }
        ),
    },
    "budget": {"year": integer(1, 9999), "decision?": text, "lines": AMOUNTS},
    "recipe": {"code": name, "output": name, "yield": quantity, "inputs": GOODS},
}

DOCUMENTS: dict[str, dict[str, Check]] = {
    "opening_balance": {
        "date": day,
        "balances": table(name, signed),
        "parties?": several({"party": name, "account": name, "amount": signed}),
        "stock?": several(
            {
                "item": name,
                "qty": quantity,
                "value": money0,
                "place?": name,
                "lot?": name,
                "expires?": day,
            }
        ),
        "beds?": several({"bed": name, "value": money0}),
        "batches?": several({"batch": name, "item": name, "qty": quantity, "value": money0}),
        "assets?": several({**ASSET, "accumulated": money0, "acquired": day}),
        "programmes?": several({"programme": name, "amount": signed}),
    },
    "receipt": {"date": day, "into": name, "lines": AMOUNTS, "party?": name},
    "payment": {
        "date": day,
        "from": name,
        "lines": several({"account": name, "amount": money, "budget?": name}),
        "party?": name,
        "fund?": name,
        "programme?": name,
    },
    "transfer": {"date": day, "from": name, "to": name, "amount": money},
    "purchase": {
        "date": day,
        "lines": several(
            {
                "item": name,
                "qty": quantity,
                "amount": money,
                "lot?": name,
                "expires?": day,
                "budget?": name,
            }
        ),
        **PAID,
    },
    "purchase_return": {
        "date": day,
        "party?": name,
        "into?": name,
        "lines": several({"item": name, "qty": quantity, "amount": money, "lot?": name}),
    },
    "sowing": {
        "date": day,
        "batch": name,
        "item": name,
        "qty": quantity,
        "inputs?": GOODS,
        "costs?": COSTS,
    },
    "tending": {
        "date": day,
        "batch?": name,
        "bed?": name,
        "seedlings?": GOODS,
        "inputs?": GOODS,
        "costs?": COSTS,
    },
    "seedlings_ready": {
        "date": day,
        "batch": name,
        "ready": quantity0,
        "lost?": quantity0,
        "destroyed?": quantity0,
    },
    "harvest": {"date": day, "bed": name, "item": name, "qty": quantity, "spoiled?": quantity0},
    "planting_end": {"date": day, "bed": name},
    "production": {
        "date": day,
        "item": name,
        "qty": quantity,
        "inputs": GOODS,
        "costs?": COSTS,
        "lot?": name,
        "expires?": day,
    },
    "market_day": {
        "date": day,
        "venue": text,
        "lines": several(
            {
                "item": name,
                "taken": quantity,
                "sold": quantity0,
                "returned?": quantity0,
                "spoiled?": quantity0,
                "sampled?": quantity0,
                "price?": money,
            }
        ),
        "received": RECEIVED,
    },
    "sale": {
        "date": day,
        "lines": several({"item": name, "qty": quantity, "price?": money}),
        "received?": RECEIVED,
        "discount?": money0,
        "party?": name,
    },
    "sale_return": {
        "date": day,
        "lines": several({"item": name, "qty": quantity, "price?": money, "spoiled?": quantity0}),
        "refund?": table(name, money),
        "party?": name,
    },
    "consignment": {"date": day, "shop": name, "lines": GOODS},
    "consignment_settlement": {
        "date": day,
        "shop": name,
        "lines": several(
            {
                "item": name,
                "sold": quantity0,
                "returned?": quantity0,
                "spoiled?": quantity0,
                "price?": money,
            }
        ),
        "received?": RECEIVED,
        "commission?": money0,
    },
    "grant": {
        "date": day,
        "account": one_of("3104", "4201", "2110"),
        "cash?": thing({"into": name, "amount": money}),
        "items?": several({"item": name, "qty": quantity, "value": money0, "lot?": name}),
        "assets?": several(ASSET),
        "party?": name,
        "programme?": name,
    },
    "distribution": {"date": day, "lines": GOODS},
    "stock_count": {
        "date": day,
        "place": name,
        "lines": several({"item": name, "counted": quantity0}),
    },
    "cash_count": {
        "date": day,
        "account": name,
        "counted": money0,
        "denominations?": table(face_value, money0),
    },
    "asset_acquisition": {
        "date": day,
        **ASSET,
        **PAID,
        "budget?": name,
    },
    "asset_disposal": {"date": day, "code": name, "received?": RECEIVED},
    "depreciation": {"month": month},
    "savings": {
        "date": day,
        "type": one_of("principal", "mandatory", "voluntary"),
        "account": name,
        "lines": several({"party": name, "amount": signed}),
    },
    "dues": {
        "date": day,
        "account": name,
        "lines": several({"party": name, "months": words(month), "amount": money}),
        "for?": name,
    },
    "bank_reconciliation": {
        "date": day,
        "account": name,
        "statement": balance,
        "outstanding?": words(name),
    },
    "memorial": {
        "date": day,
        "reason": text,
        "lines": several({"account": name, "debit?": money, "credit?": money, "party?": name}),
        "programme?": name,
    },
    "appropriation": {"date": day, "decision": text, "lines": several(OF_PARTIES)},
    "register": {"date": day, "book": text},
    "month_close": {"month": month, "decision?": text, "shares?": SHARES},
    "month_reopen": {"month": month, "reason": text},
    "attachment": {
        "of": name,
        "name": name,
        "type": name,
        "sha256": digest,
        "data?": data64,
    },
    "correction": {"date": day, "of": name, "reason": text},
}

ALWAYS: dict[str, Check] = {"kind": text, "recorded?": RECORDED}
OF_DOCUMENTS: dict[str, Check] = {"id?": name, "memo?": text, "ref?": text}
CHECKS = {kind: thing({**ALWAYS, **keys}) for kind, keys in SETUP.items()} | {
    kind: thing({**ALWAYS, **OF_DOCUMENTS, **keys}) for kind, keys in DOCUMENTS.items()
}
IN_REGISTER = {
    book: thing({**ALWAYS, **OF_DOCUMENTS, **DOCUMENTS["register"], **keys})
    for book, keys in REGISTERS.items()
}


def read(line: str) -> Fields:
    """Return a line's checked fields; quantities in thousandths, dates as dates."""
    given = parse(line)
    need(type(given) is dict, "not-an-object")
    kind = given.get("kind")
    need(type(kind) is str and kind in CHECKS, "unknown-kind", kind)
    check = CHECKS[kind]
    if kind == "register":
        book = given.get("book")
        need(type(book) is str and book in REGISTERS, "unknown-book", book)
        check = IN_REGISTER[str(book)]
    fields: Fields = check(given)
    return fields
