"""Books to make pictures of: the demo with a photo and an audit's notes, a new one, one locked."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTransform

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Person, Role
from kwt_books.domain.documents.correction import Attachment
from kwt_books.domain.documents.setup import PersonSetup
from kwt_books.domain.sampling import Method, Plan
from kwt_books.domain.values import last_day, month_of
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.reports.context import Parameters
from kwt_books.reports.diary import Sought, diary_page
from kwt_books.services.audit.sampling import AGREES, DIFFERS, MISSING, Asked
from kwt_books.services.audit.service import AuditService

DEMO = resources_dir() / "demo" / "2026.jsonl"
WIB = timezone(timedelta(hours=7))
PASSWORD = "sebelas kata"
PEOPLE = (("Aryanah", Role.CHAIR), ("Siti Rohmah", Role.TREASURER), ("Hi. Chandra", Role.AUDITOR))
SAMPLE = "S-1"

Line = dict[str, Any]


def demo_lines() -> list[Line]:
    """The demo's documents; numbers with a comma as text, as they are typed."""
    text = DEMO.read_text(encoding="utf-8").splitlines()
    return [json.loads(line, parse_float=str) for line in text]


class SampleBooks:
    """`full`, `empty` and `people` in a folder of their own; the clock stands at their end."""

    def __init__(self, folder: Path) -> None:
        last = date.fromisoformat(max(line["date"] for line in demo_lines() if "date" in line))
        self.now = datetime.combine(last_day(month_of(last)), time(9, 12), WIB)
        self.books = Books(resources_dir(), lambda: self.now, Person("Aryanah", Role.CHAIR))
        names = {"full": "KWT Melati 2026", "empty": "Buku baru", "people": "KWT Melati"}
        self.paths = {name: folder / f"{stem}.kwt" for name, stem in names.items()}
        self.photo = ""
        for name in ("full", "people"):
            with DEMO.open("rb") as file:
                self.books.import_stream(self.paths[name], file)
        self.books.create(self.paths["empty"]).close()
        self._fill()

    def _fill(self) -> None:
        book = self.books.open(self.paths["full"])
        self.photo = _attach(book)
        _audit(book.audit, self.now.date())
        book.close()
        book = self.books.open(self.paths["people"])
        people = [PersonSetup(name=name, role=role) for name, role in PEOPLE]
        book.people.begin([(each, PASSWORD) for each in people])
        book.close()


def _attach(book: Book) -> str:
    """A photo of a receipt beside the newest purchase; its number."""
    number = book.read_in("id", diary_page, Sought(kinds=("purchase",))).lines[0].number
    assert isinstance(book.path, Path)
    photo = receipt_photo(book.path.parent)
    digest = sha256(photo).hexdigest()
    name = "nota-pasar-kemiling.png"
    book.record(
        Attachment(
            id="foto-nota", of=number, name=name, type="image/png", sha256=digest, data=photo
        )
    )
    return number


def receipt_photo(folder: Path) -> bytes:
    """What a phone makes of a market's note: paper on a table, a little askew."""
    paper = QImage(520, 700, QImage.Format.Format_RGB32)
    paper.fill(QColor("#f4efe0"))
    painter = QPainter(paper)
    painter.setPen(QColor("#26323f"))
    lines = (
        ("Toko Tani Kemiling", 30), ("Pasar Kemiling, Bandar Lampung", 20), ("", 20),
        ("Tepung beras   5 kg      76.500", 22), ("Minyak         4 l       86.000", 22),
        ("Bumbu          1         28.500", 22), ("Kemasan       50         40.000", 22),
        ("", 20), ("Jumlah                 231.000", 26), ("", 20), ("Lunas", 30),
    )  # fmt: skip
    top = 40
    for text, size in lines:
        font = QFont("Inter")
        font.setPixelSize(size)
        painter.setFont(font)
        painter.drawText(QRect(36, top, 460, size + 14), Qt.AlignmentFlag.AlignLeft, text)
        top += size + 26
    painter.end()
    photo = QImage(900, 1100, QImage.Format.Format_RGB32)
    photo.fill(QColor("#7a6a58"))
    painter = QPainter(photo)
    painter.setTransform(QTransform().translate(180, 200).rotate(-3))
    painter.drawImage(0, 0, paper)
    painter.end()
    path = folder / "nota.png"
    photo.save(str(path))
    return path.read_bytes()


def _audit(workspace: AuditService, today: date) -> None:
    """A sample partly ticked off, findings with an answer, an opinion."""
    asked = Parameters(start=date(2026, 11, 1), end=today)
    plan = Plan(Method.MONETARY, "kaliawi", 500_000)
    workspace.sample(plan, Asked(), asked, "id", SAMPLE)
    items = workspace.notebook.sample(SAMPLE).items
    found = ((AGREES, None, ""), (DIFFERS, 60_000, "Nota Rp60.000"), (MISSING, None, "Nota hilang"))
    for item, (outcome, audited, note) in zip(items, found, strict=False):
        workspace.notebook.tick(SAMPLE, item.document, outcome, audited, note)
    first = items[0].document
    workspace.notebook.find(
        "Nota belanja tidak ada di map; jumlahnya cocok dengan catatan warung.",
        first, 60_000, "Simpan nota asli bersama bukti kas, urut nomor.",
    )  # fmt: skip
    workspace.notebook.find("Hitung kas dilakukan dua hari setelah akhir bulan.", None, None, "")
    workspace.notebook.reply(1, "Nota sudah diminta ulang ke toko dan akan disimpan di map.")
