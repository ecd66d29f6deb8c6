"""Two months that use all the second edition of the manual brought: every figure of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from kwt_books.app import Books
from kwt_books.domain.accounts import (
    ACCUMULATED,
    SAVINGS,
    SURPLUS_PAYABLE,
    AccountType,
    signed_for_reader,
)
from kwt_books.domain.values import first_day, last_day
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.queries.balances import results
from kwt_books.queries.programmes import programme_entries, programmes, standing_of
from kwt_books.services.integrity.verify import verify
from kwt_books.store.credentials import default_chart
from tests.books import opened
from tests.conftest import DATA
from tests.services.second_edition import dues_standings, reconciliations

MONTHS = ("2026-12", "2027-01")
EXPECTED: dict[str, Any] = json.loads((DATA / "edisi-2.expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=MONTHS)
def month(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def path(month: str, books: Books, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book as it stood when the month was closed."""
    lines = (DATA / "edisi-2.jsonl").read_bytes().splitlines()
    close = {"kind": "month_close", "month": month}
    last = next(
        place for place, line in enumerate(lines) if close.items() <= json.loads(line).items()
    )
    made = tmp_path_factory.mktemp("edisi") / "buku.kwt"
    books.import_stream(made, BytesIO(b"\n".join(lines[: last + 1])))
    return made


@pytest.fixture(scope="module")
def connection(path: Path) -> Iterator[Connection]:
    file = opened(path)
    with file.reading() as reading:
        yield reading
    file.close()


@pytest.fixture
def expected(month: str) -> dict[str, Any]:
    found: dict[str, Any] = EXPECTED[month]
    return found


def summed(connection: Connection, sql: str, *values: Any) -> dict[Any, Any]:
    sign = "?" if connection.dialect.name == "sqlite" else "%s"
    found = connection.exec_driver_sql(sql.replace("?", sign), values)
    return {key: amount for key, amount in found if amount}


def balances(connection: Connection, month: str, *, closed: bool) -> dict[str, int]:
    """What stands on each account at the month's end, with its own closing or without."""
    return summed(
        connection,
        "SELECT account, sum(debit - credit) FROM balance WHERE month < ? OR closing <= ?"
        " GROUP BY account",
        month,
        int(closed),
    )


def types(connection: Connection) -> dict[str, AccountType]:
    found = connection.exec_driver_sql("SELECT payload FROM setup WHERE kind = 'account'")
    accounts = [json.loads(payload) for (payload,) in found]
    return {each["code"]: AccountType(each["type"]) for each in accounts}


def test_the_book_passes_every_check(connection: Connection) -> None:
    outcomes = verify(connection, default_chart(resources_dir()))
    assert [str(outcome) for outcome in outcomes if not outcome.passed] == []


def test_both_trial_balances(connection: Connection, month: str, expected: dict[str, Any]) -> None:
    before = balances(connection, month, closed=False)
    assert before == expected["trial_balance_before_close"]
    assert balances(connection, month, closed=True) == expected["trial_balance_after_close"]


def test_the_profit(connection: Connection, month: str, expected: dict[str, Any]) -> None:
    moved = results(connection, first_day(month), last_day(month))
    kinds = types(connection)
    standing = (AccountType.ASSET, AccountType.LIABILITY, AccountType.EQUITY)
    found = {code: -net for code, net in moved.items() if net and kinds[code] not in standing}
    assert found == expected["profit_loss"]
    assert sum(found.values()) == expected["profit"]


def test_the_position(connection: Connection, month: str, expected: dict[str, Any]) -> None:
    kinds, stood = types(connection), balances(connection, month, closed=True)

    def of(*starts: str) -> int:
        return sum(amount for code, amount in stood.items() if code.startswith(starts))

    def all_of(kind: AccountType) -> int:
        return sum(
            signed_for_reader(kind, amount) for code, amount in stood.items() if kinds[code] is kind
        )

    assert expected["position"] == {
        "cash": of("1101", "1102", "1103", "1104"),
        "receivables": of("1111", "1112", "1113", "1141"),
        "inventories": of("112", "1130"),
        "fixed_assets_net": of(*ACCUMULATED, *ACCUMULATED.values()),
        "total_assets": all_of(AccountType.ASSET),
        "liabilities": all_of(AccountType.LIABILITY),
        "equity": all_of(AccountType.EQUITY),
    }


def test_goods_and_plants(connection: Connection, expected: dict[str, Any]) -> None:
    layers = connection.exec_driver_sql(
        "SELECT item || '@' || place, sum(quantity), sum(value) FROM layer GROUP BY item, place"
    )
    assert {
        key: {"qty_thousandths": quantity, "value": value} for key, quantity, value in layers
    } == expected["stock"]
    grown = summed(
        connection,
        "SELECT place, value FROM growing WHERE ended IS NULL",
    )
    grown = {place.partition(":")[2]: value for place, value in grown.items()}
    assert grown == expected["growing"]


def test_the_vouchers(connection: Connection, month: str, expected: dict[str, Any]) -> None:
    found = connection.exec_driver_sql(
        "SELECT number FROM document WHERE number > ''"
        f" AND date BETWEEN '{month}-01' AND '{month}-31' ORDER BY sequence"
    )
    numbers = [number for (number,) in found]
    assert numbers == expected["voucher_numbers"]
    assert len(numbers) == expected["documents"]


def test_the_programmes(connection: Connection, month: str, expected: dict[str, Any]) -> None:
    found = {}
    known = programmes(connection)
    entries = programme_entries(connection, known, date.min, last_day(month))
    for programme in known:
        standing = standing_of(programme, entries[programme.code])
        found[programme.code] = {
            "received": standing.received,
            "used_4201": standing.used_as_income,
            "used_3104": standing.used_as_capital,
            "given_back": standing.given_back,
            "left": standing.left,
            "spent_by_budget_line": standing.spent,
        }
    assert found == expected["programmes"]
    kept = summed(connection, "SELECT code, remains FROM programme")
    assert kept == {code: each["left"] for code, each in found.items() if each["left"]}


def test_the_dues(connection: Connection, month: str, expected: dict[str, Any]) -> None:
    found: dict[str, Any] = {}
    for each in dues_standings(connection, last_day(month)):
        of_party = {"months": list(each.months), "balance": each.balance}
        found.setdefault(each.account, {})[each.party] = of_party
    assert found == expected["dues"]


def test_the_savings(connection: Connection, expected: dict[str, Any]) -> None:
    by_account = {code: kind for kind, code in SAVINGS.items()}
    found: dict[str, dict[str, int]] = {}
    rows = connection.exec_driver_sql(
        "SELECT account, coalesce(party, ''), -sum(amount) FROM posting"
        " WHERE account IN ('3101', '3102', '2106') GROUP BY 1, 2"
    ).all()
    for account, party, saved in rows:
        if saved:
            found.setdefault(party, {})[by_account[account]] = saved
    assert found == expected["savings"]
    kept = connection.exec_driver_sql("SELECT party, account, saved FROM saving WHERE saved <> 0")
    assert {(party, by_account[account]): saved for party, account, saved in kept} == {
        (party, kind): saved
        for party, each in found.items()
        for kind, saved in each.items()
        if party
    }


def test_what_members_have_yet_to_be_paid(connection: Connection, expected: dict[str, Any]) -> None:
    owed = summed(
        connection,
        "SELECT party, -sum(amount) FROM posting WHERE account = ? GROUP BY party",
        SURPLUS_PAYABLE,
    )
    assert owed == expected["shu_payable"]


def test_the_reconciliations(connection: Connection, month: str, expected: dict[str, Any]) -> None:
    found = [
        {
            "number": each.number,
            "date": each.date.isoformat(),
            "account": each.account,
            "book": each.book,
            "outstanding": each.unseen,
            "statement": each.statement,
        }
        for each in reconciliations(connection, first_day(month), last_day(month))
    ]
    assert found == expected["reconciliations"]
