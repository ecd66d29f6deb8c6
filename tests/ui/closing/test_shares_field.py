"""The percents of the funds as an input, without a book."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import FUNDS, Account, AccountType, Side
from kwt_books.domain.values import UNIT, share_out
from kwt_books.i18n.formats import NIL
from ui.closing.shares import SharesField
from ui.kit.look import UiContext

RESERVE, SOCIAL, *_ = FUNDS
CAPITAL, OTHER = "3101", "1101"
DECIDED = {SOCIAL: 33, RESERVE: 67}


def account(code: str, kind: AccountType) -> Account:
    return Account(code, f"Dana {code}", f"Fund {code}", kind, Side.CREDIT)


ACCOUNTS = {code: account(code, AccountType.EQUITY) for code in (*FUNDS, CAPITAL)}
ACCOUNTS |= {OTHER: account(OTHER, AccountType.ASSET)}


def setup(shares: Mapping[str, int] | None = None) -> Any:
    group = None if shares is None else SimpleNamespace(shares=shares)
    return SimpleNamespace(group=group, accounts=ACCOUNTS)


@pytest.fixture
def field(english: UiContext, qtbot: QtBot) -> SharesField:
    made = SharesField(english)
    qtbot.addWidget(made)
    made.learn(setup(DECIDED))
    made.show()
    return made


def told(field: SharesField) -> str:
    return field.total.text if field.total.isVisible() else ""


def test_what_was_decided_stands_first_and_can_be_had_again(field: SharesField) -> None:
    assert [*field.by_fund][:2] == [SOCIAL, RESERVE]
    assert {*field.by_fund} == {*FUNDS}
    assert (field.value(), field.own, field.complete) == (DECIDED, None, True)
    assert (told(field), field.reset_button.isHidden()) == ("100%, all of it is shared", True)
    heard: list[dict[str, int]] = []
    field.changed.connect(lambda: heard.append(field.value()))
    field.by_fund[SOCIAL].stepper.stepBy(2)
    assert heard == [{SOCIAL: 35, RESERVE: 67}]
    assert (told(field), field.complete) == ("2% too many", False)
    field.by_fund[RESERVE].stepper.stepBy(-5)
    assert told(field) == "3% missing"
    assert (field.own, field.parts) == ({SOCIAL: 35, RESERVE: 62}, {})
    assert not field.reset_button.isHidden()
    field.reset_button.click()
    assert (field.value(), heard[-1]) == (DECIDED, DECIDED)
    assert len(heard) == 3, "told once, not by each row"


def test_amounts_and_what_rounding_left_over(field: SharesField) -> None:
    assert field.problem() == "", "there is nothing to share"
    field.show_shared(1_000)
    parts = share_out(1_000, field.value())
    assert field.parts == parts == {SOCIAL: 330, RESERVE: 670}
    amounts = {code: each.amount.text() for code, each in field.by_fund.items()}
    assert amounts == {code: str(parts[code]) if code in parts else NIL for code in FUNDS}
    assert not any(each.extra.isVisible() for each in field.by_fund.values())
    field.show_shared(1_001)
    parts = share_out(1_001, field.value())
    extra = [code for code, each in field.by_fund.items() if each.extra.isVisible()]
    assert extra == [code for code in parts if parts[code] > 1_001 * DECIDED[code] // 100]
    field.by_fund[SOCIAL].stepper.stepBy(1)
    assert field.problem() == "The shares must add up to 100%"
    assert {each.amount.text() for each in field.by_fund.values()} == {NIL}
    edit = field.by_fund[SOCIAL].stepper.lineEdit()
    assert edit is not None
    edit.setText("x")
    edit.textEdited.emit("x")
    assert field.problem() == field.by_fund[SOCIAL].stepper.problem() != ""
    assert told(field) == "", "nobody knows"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(amount=st.integers(1, 10**12), first=st.integers(0, 100))
def test_every_rupiah_is_shared(field: SharesField, amount: int, first: int) -> None:
    field.set_shares({SOCIAL: first, RESERVE: 100 - first})
    field.show_shared(amount)
    assert sum(field.parts.values()) == amount
    assert all(abs(part * 100 - amount * field.value()[code]) < 100
               for code, part in field.parts.items())  # fmt: skip


def test_another_fund_can_be_added(field: SharesField) -> None:
    codes = field.more.codes
    assert CAPITAL in codes
    assert not {*FUNDS, OTHER} & {*codes}
    field.more.set_value(CAPITAL)
    assert CAPITAL in field.by_fund
    assert CAPITAL not in field.more.codes
    assert field.more.value() is None
    names = [each.text() for each in field.findChildren(QLabel)]
    assert f"Fund {CAPITAL}" in names
    field.by_fund[CAPITAL].stepper.set_value(5 * UNIT)
    assert field.value() == {**DECIDED, CAPITAL: 5}


def test_percents_wait_until_the_funds_are_known(english: UiContext, qtbot: QtBot) -> None:
    field = SharesField(english)
    qtbot.addWidget(field)
    field.set_value({SOCIAL: 40, RESERVE: 60, "x": "y"})
    assert field.state() == {SOCIAL: 40, RESERVE: 60}
    assert field.field is field, "no row is there yet"
    field.learn(setup())
    assert field.value() == {SOCIAL: 40, RESERVE: 60}
    field.show()
    assert field.by_fund[SOCIAL].stepper.value() == 40 * UNIT
    assert field.reset_button.isHidden(), "nothing was decided"
    assert field.field is field.by_fund[next(iter(field.by_fund))].stepper
    field.set_value("nonsense")
    assert (field.value(), field.complete) == ({}, False)
