"""From a figure to its papers and back, from a lot to its purchase and its buyers: by commands."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from kwt_books.app import Books
from kwt_books.i18n.catalogue import resources_dir

from .conftest import Run

Asked = Callable[..., dict[str, Any]]
NOVEMBER = ("--month", "2026-11")


@pytest.fixture(scope="module")
def demo(books: Books, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.kwt"
    with (resources_dir() / "demo" / "2026.jsonl").open("rb") as stream:
        books.import_stream(path, stream)
    return path


@pytest.fixture
def ask(run: Run, demo: Path) -> Asked:
    """A report of the demo as JSON; its rows as mappings of what their columns are called."""

    @cache  # one lot leads to another's papers over and over
    def ask(name: str, *options: str) -> dict[str, Any]:
        done = run("report", demo, name, *options, "--as", "json")
        assert (done.exit_code, done.stderr) == (0, ""), (name, options)
        found: dict[str, Any] = json.loads(done.stdout)
        keys = [column["key"] for column in found["columns"]]
        for row in found["rows"]:
            row.update(zip(keys, row["cells"], strict=True))
        return found

    return ask


def section(report: dict[str, Any], code: str) -> Iterator[dict[str, Any]]:
    inside = False
    for row in report["rows"]:
        if row["kind"] == "section":
            inside = row["code"] == code
        elif inside:
            yield row


def test_a_figure_leads_to_an_attachment_and_the_attachment_back(ask: Asked, demo: Path) -> None:
    followed = 0
    for figure in ask("profit-loss", *NOVEMBER)["rows"]:
        if figure["kind"] != "line" or not figure["amount"]:
            continue
        ledger = ask("general-ledger", *NOVEMBER, "--account", figure["code"])
        lines = [row for row in ledger["rows"] if row["kind"] == "line"]
        moved = sum(row["debit"] - row["credit"] for row in lines)
        assert abs(moved) == abs(figure["amount"])
        for line in lines:
            document = ask("document", "--number", line["code"])
            postings = list(section(document, "postings"))
            posted = [row for row in postings if row["code"] == figure["code"]]
            assert all(row["leads_to"] == "general-ledger" for row in postings)
            posted_sum = sum((row["debit"] or 0) - (row["credit"] or 0) for row in posted)
            assert line["debit"] - line["credit"] == posted_sum
            for paper in section(document, "attachments"):
                assert paper["leads_to"] == "document"
                back = ask(paper["leads_to"], "--number", paper["code"])
                assert back["parameters"]["number"] == line["code"]
                followed += 1
    assert followed


def test_an_attachments_digest_is_that_of_its_bytes(ask: Asked) -> None:
    stream = (resources_dir() / "demo" / "2026.jsonl").read_text(encoding="utf-8").splitlines()
    given = [line for line in map(json.loads, stream) if line["kind"] == "attachment"]
    assert {line["type"] for line in given} == {"image/png", "application/pdf"}
    told = {}
    for row in ask("journal", *NOVEMBER)["rows"]:
        if row["kind"] == "section":
            papers = section(ask("document", "--number", row["code"]), "attachments")
            told.update({row["detail"]: row["code"] for row in papers})
    for line in given:
        assert sha256(b64decode(line["data"])).hexdigest() in told


def test_a_lot_leads_back_to_its_purchase_and_forward_to_the_market_day(ask: Asked) -> None:
    followed = set()
    for line in ask("general-ledger", *NOVEMBER, "--account", "4102")["rows"]:
        if line["kind"] != "line":
            continue
        sale = ask("document", "--number", line["code"])
        if sale["parameters"]["kind"] != "market_day":
            continue
        for move in section(sale, "moves"):
            assert move["leads_to"] == "lots"
            trace = ask("lots", "--item", move["item"], "--lot", move["code"])
            assert line["code"] in {row["number"] for row in section(trace, "forward")}
            origins = {row["number"] for row in section(trace, "back") if row["number"]}
            kinds = {ask("document", "--number", each)["parameters"]["kind"] for each in origins}
            followed |= kinds
    assert {"purchase", "production", "harvest"} <= followed


def test_a_correction_and_what_it_corrected_lead_to_each_other(ask: Asked) -> None:
    found = 0
    for row in ask("journal", *NOVEMBER)["rows"]:
        if row["kind"] != "section":
            continue
        document = ask("document", "--number", row["code"])
        for link in section(document, "corrections"):
            other = ask(link["leads_to"], "--number", link["code"])
            assert row["code"] in {each["code"] for each in section(other, "corrections")}
            found += 1
    assert found >= 2


def test_a_document_leads_to_the_decision_on_its_months_profit(ask: Asked) -> None:
    (decision,) = section(ask("document", "--number", "BKK-2606-0001"), "decision")
    close = ask(decision["leads_to"], "--number", decision["code"])
    assert close["parameters"]["kind"] == "month_close"
    (own,) = section(close, "decision")
    assert own["label"] == decision["label"] == "BA-06/KWT/VI/2026"
    assert not list(section(ask("document", "--number", "BKK-2611-0001"), "decision"))


def test_on_paper_too(run: Run, demo: Path, tmp_path: Path) -> None:
    for suffix in ("pdf", "xlsx"):
        out = tmp_path / f"bukti.{suffix}"
        done = run("report", demo, "document", "--number", "BKK-2606-0001", "--out", out)
        assert (done.exit_code, done.stderr) == (0, "")
    text = " ".join(PdfReader(tmp_path / "bukti.pdf").pages[0].extract_text().split())
    cells = [
        c.value for row in load_workbook(tmp_path / "bukti.xlsx").active.iter_rows() for c in row
    ]
    assert "BKK-2606-0001" in text
    assert "1101 Kas Tunai Bendahara" in text
    assert "SEMENTARA" not in text
    assert any("1101 Kas Tunai Bendahara" in str(cell) for cell in cells)


def test_a_document_is_asked_for_by_its_number(run: Run, demo: Path) -> None:
    done = run("report", demo, "document")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--number" in done.stderr
    for unknown in ("BKK-9901-0001", "#1", "#999999", "#x", "#" + "9" * 30):
        done = run("report", demo, "document", "--number", unknown)
        assert (done.exit_code, done.stdout) == (1, ""), unknown
        assert unknown in done.stderr
