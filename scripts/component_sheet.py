"""Every component on one sheet, to be looked at beside the design's own."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.kit import Kit
from ui.widgets.button import Button
from ui.widgets.card import Badge, Card, Key, Note
from ui.widgets.date_field import DateField
from ui.widgets.denominations import DenominationGrid
from ui.widgets.field import FieldRow, MoneyField, QuantityField
from ui.widgets.label import label, row
from ui.widgets.list_table import Cell, Heading, ListRow, ListTable
from ui.widgets.picker import Choice, Picker
from ui.widgets.stepper import Stepper
from ui.widgets.steps import Step, StepList
from ui.widgets.tabs import Segment


class ComponentSheet(QWidget):
    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.setObjectName("canvas")
        self.setStyleSheet(f"#canvas {{ background: {kit.theme.palette.canvas}; }}")
        page = QGridLayout(self)
        page.setContentsMargins(16, 16, 16, 16)
        page.setSpacing(16)
        left, right = QVBoxLayout(), QVBoxLayout()
        page.addLayout(left, 0, 0)
        page.addLayout(right, 0, 1)
        for card in (self._buttons(), self._fields(), self._steppers(), self._badges()):
            left.addWidget(card)
        left.addWidget(self._table(), 1)
        right.addWidget(self._pickers())
        for note in self._notes():
            right.addWidget(note)
        right.addWidget(self._steps())
        right.addWidget(self._cash(), 1)

    def _buttons(self) -> Card:
        kit, card = self._kit, Card()
        card.body.addWidget(label("Tombol", "label"))
        above, below = row(space=8), row(space=8)
        off = Button(kit, "Lanjut", kind="primary")
        off.setEnabled(False)
        for button in (
            Button(kit, "Simpan & cetak", "printer", kind="primary"),
            Button(kit, "Simpan & cetak", "printer", kind="primary", scale="large"),
            off,
        ):
            above.addWidget(button)
        for button in (
            Button(kit, "Simpan PDF", "file-pdf"),
            Button(kit, "Hapus baris", "trash", kind="danger"),
            Button(kit, "Tambah barang", "plus", kind="quiet"),
            Button(kit, "Rawat", scale="small"),
            Button(kit, "", "dots-three").hint("Lainnya"),
        ):
            below.addWidget(button)
        for line in (above, below):
            line.addStretch(1)
            card.body.addLayout(line)
        return card

    def _fields(self) -> Card:
        kit, card = self._kit, Card()
        card.body.addWidget(label("Isian", "label"))
        across = row(space=8)
        money = MoneyField(kit)
        money.set_number(10_000)
        echoed = MoneyField(kit)
        brought, sold = QuantityField(kit, unit="bungkus"), QuantityField(kit)
        brought.set_number(18_000)
        sold.set_number(21_000)
        rows = (
            FieldRow(kit, "Harga", money, "per bungkus"),
            FieldRow(kit, "Diterima tunai", echoed),
            FieldRow(kit, "Dibawa", brought),
            FieldRow(kit, "Laku", sold),
        )
        echoed.setText("3,4jt")
        echoed.textEdited.emit("3,4jt")
        rows[2].say("Stok tinggal 5 bungkus", "warn")
        rows[3].say("Lebih dari yang dibawa (18)", "error")
        for each in rows:
            across.addWidget(each, 1)
        card.body.addLayout(across)
        return card

    def _steppers(self) -> Card:
        kit, card = self._kit, Card()
        card.body.addWidget(label("Penambah angka", "label"))
        across = row(space=16)
        computed, off, wrong = Stepper(kit), Stepper(kit), Stepper(kit, 7_000)
        computed.set_computed(5_000)
        off.setEnabled(False)
        wrong.setProperty("tone", "error")
        for each in (Stepper(kit, 18_000), Stepper(kit), computed, wrong, off):
            each.setFixedWidth(96)
            across.addWidget(each)
        across.addStretch(1)
        card.body.addLayout(across)
        return card

    def _badges(self) -> Card:
        kit, card = self._kit, Card()
        card.body.addWidget(label("Tanda", "label"))
        across = row(space=8)
        for each in (
            Badge(kit, "Terbuka"),
            Badge(kit, "Cocok", "good", "check"),
            Badge(kit, "21 hari", "warn", "clock"),
            Badge(kit, "Menghalangi", "error"),
            Badge(kit, "Ditutup", icon="lock-key"),
            Badge(kit, "BKM-2606-0012"),
        ):
            across.addWidget(each)
        across.addStretch(1)
        across.addWidget(Key("Ctrl S"))
        card.body.addLayout(across)
        return card

    def _table(self) -> Card:
        card = Card(margins=0)
        table = ListTable(
            self._kit, (Heading("Barang"), Heading("Jumlah", figures=True), Heading("Nilai", True))
        )
        table.show_rows(
            [
                ListRow(name, (Cell(name, second=second), Cell(much), Cell(value, bold=True)))
                for name, second, much, value in (
                    ("Keripik bayam", "", "18 bungkus", "180.000"),
                    ("Keripik pare", "", "12 bungkus", "120.000"),
                    ("Sayur campur", "", "35 kg", "420.000"),
                )
            ]
        )
        table.choose("Keripik pare")
        card.body.addWidget(table)
        return card

    def _pickers(self) -> Card:
        kit, card = self._kit, Card()
        across = row(space=8)
        choice = Choice(kit, (("month", "Satu bulan"), ("year", "Satu tahun")))
        picker = Picker(kit, (("siti", "Warung Bu Siti"),), placeholder="Pilih warung")
        across.addWidget(FieldRow(kit, "Tanggal", DateField(kit, date(2026, 6, 5))), 2)
        across.addWidget(FieldRow(kit, "Jangka waktu", choice), 1)
        across.addWidget(FieldRow(kit, "Warung", picker), 2)
        card.body.addLayout(across)
        choices = (("give", "Titip barang"), ("settle", "Terima setoran"), ("past", "Riwayat"))
        card.body.addWidget(Segment(kit, choices, "settle"))
        return card

    def _notes(self) -> list[Note]:
        kit = self._kit
        saved = Note(kit, "Dikirim ke printer.", "good", strong="BKM-2606-0005 tersimpan.")
        saved.offer("Lihat", lambda: None)
        return [
            saved,
            Note(kit, "Dicatat sebagai selisih kas.", "warn", strong="Kas kurang Rp5.000."),
            Note(kit, "Pilih tanggal di bulan Juni.", "error", strong="Bulan Mei sudah ditutup."),
            Note(kit, "Boleh ketik 1200000, 1.200.000 atau 1,2jt."),
        ]

    def _steps(self) -> Card:
        card = Card(margins=0)
        titles = ("Periksa", "Hitung keuntungan", "Bagi ke dana", "Tutup & cetak")
        steps = StepList(self._kit, [Step(title) for title in titles], across=True)
        steps.show_step(1)
        card.body.addWidget(steps)
        return card

    def _cash(self) -> Card:
        card = Card("Uang diterima")
        grid = DenominationGrid(self._kit)
        grid.set_counts({"100000": 3, "50000": 2, "20000": 3, "10000": 3})
        card.body.addWidget(grid)
        return card
