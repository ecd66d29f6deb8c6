"""What forms begin with, before anybody has typed: the day, where money lies, the usual way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pytestqt.qtbot import QtBot

from kwt_books.domain.kind import named
from kwt_books.domain.kinds import form_named
from ui.kit.workspace import Workspace

CASH, BANK, RESIDENTS = "1101", "1103", "1104"
BEGIN: dict[str, dict[str, object]] = {
    "payment": {"from": CASH, "fund": None, "programme": None, "party": None},
    "receipt": {"into": CASH, "party": None},
    "purchase": {"paid_from": CASH, "way": "paid", "fund": None, "programme": None},
    "purchase_return": {"into": CASH, "way": "off"},
    "asset_acquisition": {"paid_from": CASH, "way": "paid", "fund": None},
    "asset_disposal": {"into": CASH, "way": "sold"},
    "transfer": {"from": CASH, "to": BANK, "amount": None},
    "shop_debt": {"into": CASH, "amount": None},
    "savings": {"account": CASH, "way": "in", "type": "mandatory"},
    "dues": {"account": RESIDENTS, "for": None, "year": "2026"},
    "grant": {"cash.into": BANK, "account": "3104", "programme": None},
    "cash_count": {"account": CASH, "counted": None},
    "bank_reconciliation": {"account": BANK, "statement": None},
    "stock_count": {"place": "store"},
    "tending": {"where": "bed"},
    "depreciation": {"month": "2026-06"},
    "party": {"role": "shop"},
    "person": {"role": "treasurer", "active": True},
}


def test_forms_begin_with_what_is_usual(
    workspace: Workspace, qtbot: QtBot, settle: Callable[[Workspace], None]
) -> None:
    """In a month that is over it is its last day; the clock stands on the first of July."""
    workspace.learn_setup()
    settle(workspace)
    found: dict[str, dict[str, object]] = {}
    for name, wanted in BEGIN.items():
        form = form_named(name)
        assert form is not None, name
        dialog = named(form.make)(workspace, {})
        qtbot.addWidget(dialog)
        settle(workspace)
        fields = dialog.form.fields
        found[name] = {key: fields[key].value() for key in wanted}
        if "date" in fields:
            assert fields["date"].value() == date(2026, 6, 30), name
    assert found == BEGIN
