"""Whatever region the computer is set to: numbers and dates are written as the book writes them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from tests import ROOT
from ui.kit.date_field import DateField
from ui.kit.field import MoneyField, QuantityField
from ui.kit.look import UiContext
from ui.kit.picker import Stepper

REGIONS = ("en_US", "id_ID", "ar_EG", "de_CH", "hi_IN")


@pytest.fixture(params=REGIONS)
def region(request: pytest.FixtureRequest) -> Iterator[QLocale]:
    """What Qt takes for the computer's own."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield QLocale()
    QLocale.setDefault(before)


def test_amounts_and_days_are_read_and_written_alike(
    region: QLocale, ui: UiContext, qtbot: QtBot
) -> None:
    money, quantity = MoneyField(ui), QuantityField(ui)
    day = DateField(ui, date(2026, 6, 12))
    for each in (money, quantity, day):
        qtbot.addWidget(each)
    qtbot.keyClicks(money, "1.250.000")
    qtbot.keyClicks(quantity, "2,5")
    assert (money.value(), quantity.value()) == (1_250_000, 2_500)
    assert ui.formats.rupiah(1_250_000) == "Rp1.250.000"
    assert day.value() == date(2026, 6, 12)
    assert "12 Juni 2026" in day.text()


def test_counters_keep_their_digits(region: QLocale, ui: UiContext, qtbot: QtBot) -> None:
    field = Stepper(ui, 12_500)
    qtbot.addWidget(field)
    assert field.lineEdit().text() == ui.formats.quantity(12_500) == "12,5"
    field.stepUp()
    assert field.lineEdit().text().isascii()
    assert field.value() == 13_500


@pytest.mark.parametrize("region_name", ["en_US.UTF-8", "ar_EG.UTF-8", "C"])
def test_the_command_line_writes_alike(region_name: str, sample_path: Path) -> None:
    texts = []
    for given in (region_name, "id_ID.UTF-8"):
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "report", str(sample_path), "trial-balance",
             "--month", "2026-06"],
            capture_output=True, check=True, env={**os.environ, "LC_ALL": given, "LANG": given},
        )  # fmt: skip
        texts.append(done.stdout.decode("utf-8"))
    assert texts[0] == texts[1]
    assert "Juni 2026" in texts[0]
