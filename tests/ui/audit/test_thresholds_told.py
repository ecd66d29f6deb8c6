"""The page of thresholds over a desk whose book never answers: what it asks, shows and keeps."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from kwt_books.domain.access import Role
from kwt_books.domain.audit import LIMITS, Thresholds, Unit
from kwt_books.reports.exceptions.report import RULE_TITLES, TITLES, worded
from tests.ui.audit.stand_ins import Audit, buttons
from tests.ui.windows import said, shown_with
from ui.audit.exceptions import ThresholdsPage
from ui.kit.field import MoneyField
from ui.kit.worker import Change
from ui.kit.workspace import Message, Workspace


@pytest.fixture
def page(still: Workspace, around: QWidget) -> ThresholdsPage:
    made = ThresholdsPage(still)
    made.setParent(around)
    around.show()
    shown_with(made, page=Thresholds())
    return made


def test_every_threshold_stands_with_its_reason_and_its_usual_value(
    page: ThresholdsPage, still: Workspace
) -> None:
    t, usual = still.ui.t, asdict(Thresholds())
    assert list(page.fields) == list(LIMITS)
    words = said(page)
    for name, limit in LIMITS.items():
        assert t(TITLES[name]) in words
        assert t(RULE_TITLES[limit.rule]) in words
        row, value = page.rows[name], worded(name, usual[name], t, still.ui.formats)
        assert row.message == f"usually {value}"
        assert isinstance(row.field, MoneyField) is (limit.unit is Unit.RUPIAH)
    units = {Unit.DAYS: "days", Unit.MONTHS: "months", Unit.PERCENT: "%"}
    for name, limit in LIMITS.items():
        shown = [each for each in said(page.rows[name].field) if each != "Rp"]
        assert shown == ([units[limit.unit]] if limit.unit in units else []), name
    assert page.read() == Thresholds()
    assert page.save_button.toolTip() == "Save (Ctrl+S)"
    assert page.save_button.property("kind") == "primary"
    assert not page.concerns(Change(frozenset({"payment"})))


@pytest.mark.parametrize("name", LIMITS)
def test_each_threshold_ends_at_its_bounds(page: ThresholdsPage, name: str) -> None:
    limit, row = LIMITS[name], page.rows[name]
    scale = 100 if limit.unit is Unit.PERCENT else 1
    for value, taken in ((limit.least, True), (limit.most, True), (limit.least - 1, False),
                         (limit.most + 1, False)):  # fmt: skip
        row.field.set_value(value * scale)
        found = page.read()
        assert (found is not None) is taken, value
        if taken:
            assert getattr(found, name) == value
        else:
            assert row.field.property("tone") == "error"
    page.fill(Thresholds())
    assert row.field.property("tone") != "error"


def test_what_is_beyond_is_told_with_its_ends(page: ThresholdsPage) -> None:
    page.rows["day_begins"].field.set_value(13)
    assert page.read() is None
    assert "12" in page.rows["day_begins"].message
    page.rows["cash_limit_days"].field.set_value(None)
    assert page.read() is None
    page.fill(Thresholds())
    page.rows["difference_from"].field.set_value(0)
    assert page.read() is None
    assert page.wrong_with("difference_from") == "From Rp1 to Rp1,000,000,000,000"


@pytest.mark.parametrize("auditor", [False, True])
def test_where_they_are_kept_is_told_and_so_it_is(
    page: ThresholdsPage, still: Workspace, monkeypatch: pytest.MonkeyPatch, auditor: bool
) -> None:
    still.person = replace(still.person, role=Role.AUDITOR if auditor else Role.TREASURER)
    messages: list[Message] = []
    changed: list[bool] = []
    written: list[object] = []
    still.said.connect(messages.append)
    still.thresholds_changed.connect(lambda: changed.append(True))

    def write(work, done) -> None:  # type: ignore[no-untyped-def]
        written.append(work(Audit()))
        done(None)

    monkeypatch.setattr(page.room, "write", write)
    shown_with(page, page=Thresholds())
    kept = page.room.file.name if auditor else still.person.name
    assert kept in page.where.text
    assert ("own file, " in page.where.text) is auditor
    wanted = Thresholds(cash_limit=7)
    page.rows["cash_limit"].field.set_value(7)
    for keys in page.findChildren(QShortcut):
        if keys.key().toString() == "Ctrl+S":
            keys.activated.emit()
    noted = still.preferences.of(still.book).thresholds(still.person.name)
    assert noted == (Thresholds() if auditor else wanted)
    assert written == [f"audit.notebook.set_thresholds({wanted!r},)"] * auditor
    assert [each.text for each in messages] == ["The thresholds are saved."]
    assert changed == [True]
    page.rows["cash_limit"].field.set_value(None)
    page.save_button.click()
    assert len(messages) == 1, "what is wrong is not kept"
    buttons(page)["Back to the usual ones"].click()
    assert page.read() == Thresholds()
