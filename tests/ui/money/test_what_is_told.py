"""What the cash accounts show of a month that no book has, and what forms of money remark before
they are saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import Account, AccountType, Side
from kwt_books.domain.documents.setup import BudgetLine, Programme
from kwt_books.queries.money import CashAccount, CashSummary, Choices, Debt, FundLeft, MoneyLine
from tests.ui.windows import said, shown_with
from ui.kit.document_form import Remark
from ui.kit.look import UiContext
from ui.kit.table import Cell
from ui.kit.workspace import Workspace
from ui.money.forms import PaymentForm, ReceiptForm, TransferForm
from ui.money.page import TillPart

DAY = date(2026, 6, 5)
BOX = Account("1101", "Kas", "Cash box", AccountType.ASSET, Side.DEBIT)
BANK = Account("1103", "Bank", "Bank", AccountType.ASSET, Side.DEBIT)
FUND = Account("3202", "Dana sosial", "Social fund", AccountType.EQUITY, Side.CREDIT)
OWED = Account("2101", "Utang", "Trade payables", AccountType.LIABILITY, Side.CREDIT)
CLAIM = Account("1111", "Piutang", "Receivables", AccountType.ASSET, Side.DEBIT)
LINE = MoneyLine("BKK-2", DAY, "payment", "Bought seeds", -75_000, 0, 425_000, None, None, True)
MOVED = replace(LINE, number="BM-1", text="To the bank", amount=0, moved=50_000, attached=False)
UNDONE = replace(LINE, number="BKK-1", corrected_by="BKK-3", attached=False)
UNDOES = replace(LINE, number="BKK-3", amount=75_000, corrects="BKK-1")
MONTH = CashSummary(
    (CashAccount(BOX, 0, 0, 0, -5_000, DAY), CashAccount(BANK, 0, 0, 0, 430_000, None)),
    (LINE, MOVED, UNDONE, UNDOES), 10_000, 85_000, True, {"2026-05": 1_000, "2026-06": 425_000},
)  # fmt: skip
PLAN = Programme(code="p", name="Seed house", budget=(
    BudgetLine(line="A1", name="Seeds", amount=50_000),
    BudgetLine(line="A2", name="Soil", amount=9_000),
))  # fmt: skip


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def till(workspace: Workspace, qtbot: QtBot) -> TillPart:
    made = TillPart(workspace)
    qtbot.addWidget(made)
    shown_with(made, page=MONTH)
    return made


def test_the_cash_accounts_tell_what_is_where_and_when_it_was_counted(till: TillPart) -> None:
    assert [each.cells for each in till.accounts.list_model.rows] == [
        (Cell("All money", bold=True), Cell("425,000", bold=True)),
        (Cell("Cash box", "Counted on 5 Jun"), Cell("−5,000", bold=True, tone="error")),
        (Cell("Bank", "Not counted yet"), Cell("430,000", bold=True)),
    ]
    assert {"As of 30 June 2026", "June 2026", "All money", "Rp425,000"} <= {*said(till)}
    accounts = (
        CashAccount(BANK, 0, 0, 0, 1, DAY, by_bank=True),
        CashAccount(BANK, 0, 0, 0, 1, None, by_bank=True),
    )
    shown_with(till, page=replace(MONTH, accounts=accounts))
    rows = [each.cells[0].second for each in till.accounts.list_model.rows]
    assert rows == ["", "Compared on 5 Jun", "Not compared yet"]
    shown_with(till, page=MONTH)
    assert till.accounts.key == ""
    bars = [(each.label, each.value, each.told, each.tone) for each in till.months.bars]
    assert bars == [
        ("May", 1_000, "May 2026: Rp1,000", ""), ("Jun", 425_000, "June 2026: Rp425,000", "now"),
    ]  # fmt: skip
    assert not till.by_month.isHidden()
    shown_with(till, page=replace(MONTH, months={"2026-06": 1}))
    assert till.by_month.isHidden(), "one month is no course"


def test_the_lines_tell_what_came_in_went_out_or_was_undone(till: TillPart) -> None:
    assert [each.cells for each in till.table.list_model.rows] == [
        (
            Cell("5 Jun"), Cell("BKK-2", tone="quiet"), Cell("Bought seeds", icon="paperclip"),
            Cell("−75,000", bold=True), Cell("425,000"),
        ),
        (
            Cell("5 Jun"), Cell("BM-1", tone="quiet"), Cell("To the bank"),
            Cell("moved 50,000", tone="quiet"), Cell("425,000"),
        ),
        (
            Cell("5 Jun", tone="quiet"), Cell("BKK-1", tone="quiet"),
            Cell("Bought seeds", aside="undone", tone="quiet", struck=True),
            Cell("−75,000", tone="quiet", struck=True), Cell("425,000", tone="quiet"),
        ),
        (
            Cell("5 Jun"), Cell("BKK-3", tone="quiet"),
            Cell("Bought seeds", icon="arrow-u-up-left"),
            Cell("+75,000", tone="good", bold=True), Cell("425,000"),
        ),
    ]  # fmt: skip
    texts = said(till.foot)
    assert texts[0] == "4 lines"
    assert [texts[texts.index(each) + 1] for each in ("In", "Out")] == ["10,000", "85,000"]
    assert till.nothing.isHidden()
    shown_with(till, page=replace(MONTH, lines=()))
    assert not till.nothing.isHidden()
    assert till.table.isHidden()
    assert till.empty.isHidden()
    shown_with(till, page=replace(MONTH, lines=(), recorded=False))
    assert not till.empty.isHidden()
    assert till.bar.isHidden(), "what to do first is offered below"


def test_a_cash_account_that_is_chosen_is_named_above_its_lines(till: TillPart) -> None:
    till.accounts.choose("1103")
    assert (till.account, till.title.text()) == ("1103", "Bank")
    assert till.accounts.key == "1103", "stays chosen when the answer comes"
    till.accounts.choose("")
    assert (till.account, till.title.text()) == (None, "All money")


# -- remarks ---------------------------------------------------------------------------------


def known(workspace: Workspace) -> Choices:
    assert workspace.setup is not None
    accounts = {**workspace.setup.accounts}
    accounts |= {each.code: replace(accounts[each.code], name=each.name, name_en=each.name_en)
                 for each in (BOX, BANK, FUND, OWED, CLAIM)}  # fmt: skip
    setup = replace(workspace.setup, accounts=accounts, programmes={"p": PLAN})
    debt = Debt(OWED, "toko-tani", "Toko Tani", 40_000, DAY)
    claim = Debt(CLAIM, "siti", "Warung Siti", 8_000, None)
    return Choices(setup, dict.fromkeys(("1101", "1102", "1103", "1104"), 30_000),
                   (FundLeft(FUND, 20_000),), (debt,), (claim,), {"p": 60_000})  # fmt: skip


@pytest.fixture
def learnt(
    workspace: Workspace,
    settle: Callable[[Workspace], None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[Any], Any]]:
    """Makes a form, and tells it what the book has; nothing was spent of a budget yet."""
    monkeypatch.setattr("ui.money.spending.spent_by_line", lambda _reading, _programme: {})

    def make(form_class: Any) -> Any:
        workspace.learn_setup()
        settle(workspace)
        form = form_class(workspace, {})
        qtbot.addWidget(form)
        settle(workspace)
        form.take(known(workspace))
        if hasattr(form, "source"):
            form.source.set_value("1101")
        return form

    yield make
    settle(workspace)  # what was asked meanwhile is answered, or fails here


def spend(form: PaymentForm, amount: int | None, budget: str | None = None) -> list[Remark]:
    fields = form.rows.lines[0].fields
    fields["account"].set_value("6101")
    fields["amount"].set_value(amount)
    fields["budget"].set_value(budget)
    return list(form.remarks())


def test_a_payment_tells_what_cash_fund_and_programme_do_not_cover(
    learnt: Callable[[Any], Any],
) -> None:
    form = learnt(PaymentForm)
    assert spend(form, 30_000) == []
    assert spend(form, 30_001) == [
        Remark(
            "Not enough in Cash box.",
            "The book says Rp30,000. Check whether money that came in still has to be recorded.",
            "warn",
        )
    ]
    form.fund.set_value("3202")
    assert spend(form, 20_000) == []
    assert spend(form, 25_000) == [
        Remark("Social fund has Rp20,000 left.", "It does not cover the other Rp5,000.", "warn")
    ]
    form.source.set_value("1103")
    form.programme.set_value("p")
    assert form.fund.value() is None, "the one or the other"
    assert spend(form, None) == [Remark("Seed house has Rp60,000 left.")]
    assert spend(form, 10_000) == [Remark("Seed house has Rp60,000 left.", "After this: Rp50,000.")]
    assert spend(form, 10_000, "A2") == [
        Remark("Seed house has Rp60,000 left.", "After this: Rp50,000."),
        Remark("Budget line A2 Soil: Rp9,000.", "This exceeds it by Rp1,000.", "warn"),
    ]
    assert spend(form, 9_000, "A2")[1] == (
        Remark("Budget line A2 Soil: Rp9,000.", "After this, Rp0 is left.")
    )
    assert Remark(
        "Seed house has Rp60,000 left.", "It leaves Rp1,000 of this uncovered.", "warn"
    ) in spend(form, 61_000)


def test_what_is_still_owed_is_told_and_filled_in(learnt: Callable[[Any], Any]) -> None:
    form = learnt(PaymentForm)
    form.party.set_value("toko-tani")
    (told,) = form.remarks()
    assert told == Remark(
        "Rp40,000 is still to be paid to Toko Tani.", "Since 5 June 2026.", "", "Pay it now"
    )
    told.act()
    line = form.rows.filled[0].fields
    assert (line["account"].value(), line["amount"].value()) == ("2101", 40_000)
    assert [each.strong for each in form.remarks()] == ["Not enough in Cash box."]
    form = learnt(ReceiptForm)
    form.party.set_value("siti")
    (told,) = form.remarks()
    assert told == Remark("Warung Siti still owes Rp8,000.", "", "", "It is paid now")
    told.act()
    assert form.total() == 8_000
    assert list(form.remarks()) == []


def test_money_is_moved_from_one_account_to_the_other(learnt: Callable[[Any], Any]) -> None:
    form = learnt(TransferForm)
    form.to.set_value("1103")
    form.turn_button.click()
    assert (form.source.value(), form.to.value()) == ("1103", "1101")
    form.amount.set_value(30_000)
    assert list(form.remarks()) == []
    form.amount.set_value(30_001)
    assert [each.strong for each in form.remarks()] == ["Not enough in Bank."]
