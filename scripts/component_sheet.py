"""Every component on one sheet, to be looked at beside the design's own."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.kit.button import Button, Segment
from ui.kit.card import Badge, Card, Key, Note
from ui.kit.date_field import DateField
from ui.kit.field import FieldRow, MoneyField, QuantityField
from ui.kit.layout import label, row
from ui.kit.list import Heading, ListRow, ListTable
from ui.kit.look import UiContext
from ui.kit.picker import Choice, DenominationGrid, Picker, Stepper
from ui.kit.steps import StepList, WizardStep
from ui.kit.table import Cell


class ComponentSheet(QWidget):
    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self.setObjectName("canvas")
        self.setStyleSheet(f"#canvas {{ background: {ui.theme.palette.canvas}; }}")
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
        ui, card = self._ui, Card()
        card.body.addWidget(label("Tombol", "label"))
        above, below = row(space=8), row(space=8)
        off = Button(ui, "Lanjut", kind="primary")
        off.setEnabled(False)
        for button in (
            Button(ui, "Simpan & cetak", "printer", kind="primary"),
            Button(ui, "Simpan & cetak", "printer", kind="primary", scale="large"),
            off,
        ):
            above.addWidget(button)
        for button in (
            Button(ui, "Simpan PDF", "file-pdf"),
            Button(ui, "Hapus baris", "trash", kind="danger"),
            Button(ui, "Tambah barang", "plus", kind="quiet"),
            Button(ui, "Rawat", scale="small"),
            Button(ui, "", "dots-three").hint("Lainnya"),
        ):
            below.addWidget(button)
        for line in (above, below):
            line.addStretch(1)
            card.body.addLayout(line)
        return card

    def _fields(self) -> Card:
        ui, card = self._ui, Card()
        card.body.addWidget(label("Isian", "label"))
        across = row(space=8)
        money = MoneyField(ui)
        money.set_value(10_000)
        echoed = MoneyField(ui)
        brought, sold = QuantityField(ui, unit="bungkus"), QuantityField(ui)
        brought.set_value(18_000)
        sold.set_value(21_000)
        rows = (
            FieldRow(ui, "Harga", money, "per bungkus"),
            FieldRow(ui, "Diterima tunai", echoed),
            FieldRow(ui, "Dibawa", brought),
            FieldRow(ui, "Laku", sold),
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
        ui, card = self._ui, Card()
        card.body.addWidget(label("Penambah angka", "label"))
        across = row(space=16)
        computed, off, wrong = Stepper(ui), Stepper(ui), Stepper(ui, 7_000)
        computed.set_computed(5_000)
        off.setEnabled(False)
        wrong.setProperty("tone", "error")
        for each in (Stepper(ui, 18_000), Stepper(ui), computed, wrong, off):
            each.setFixedWidth(96)
            across.addWidget(each)
        across.addStretch(1)
        card.body.addLayout(across)
        return card

    def _badges(self) -> Card:
        ui, card = self._ui, Card()
        card.body.addWidget(label("Tanda", "label"))
        across = row(space=8)
        for each in (
            Badge(ui, "Terbuka"),
            Badge(ui, "Cocok", "good", "check"),
            Badge(ui, "21 hari", "warn", "clock"),
            Badge(ui, "Menghalangi", "error"),
            Badge(ui, "Ditutup", icon="lock-key"),
            Badge(ui, "BKM-2606-0012"),
        ):
            across.addWidget(each)
        across.addStretch(1)
        across.addWidget(Key("Ctrl S"))
        card.body.addLayout(across)
        return card

    def _table(self) -> Card:
        card = Card(margins=0)
        table = ListTable(
            self._ui, (Heading("Barang"), Heading("Jumlah", figures=True), Heading("Nilai", True))
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
        ui, card = self._ui, Card()
        across = row(space=8)
        choice = Choice(ui, (("month", "Satu bulan"), ("year", "Satu tahun")))
        picker = Picker(ui, (("siti", "Warung Bu Siti"),), placeholder="Pilih warung")
        across.addWidget(FieldRow(ui, "Tanggal", DateField(ui, date(2026, 6, 5))), 2)
        across.addWidget(FieldRow(ui, "Jangka waktu", choice), 1)
        across.addWidget(FieldRow(ui, "Warung", picker), 2)
        card.body.addLayout(across)
        choices = (("give", "Titip barang"), ("settle", "Terima setoran"), ("past", "Riwayat"))
        card.body.addWidget(Segment(ui, choices, "settle"))
        return card

    def _notes(self) -> list[Note]:
        ui = self._ui
        saved = Note(ui, "Dikirim ke printer.", "good", strong="BKM-2606-0005 tersimpan.")
        saved.offer("Lihat", lambda: None)
        return [
            saved,
            Note(ui, "Dicatat sebagai selisih kas.", "warn", strong="Kas kurang Rp5.000."),
            Note(ui, "Pilih tanggal di bulan Juni.", "error", strong="Bulan Mei sudah ditutup."),
            Note(ui, "Boleh ketik 1200000, 1.200.000 atau 1,2jt."),
        ]

    def _steps(self) -> Card:
        card = Card(margins=0)
        titles = ("Periksa", "Hitung keuntungan", "Bagi ke dana", "Tutup & cetak")
        steps = StepList(self._ui, [WizardStep(title) for title in titles], across=True)
        steps.show_step(1)
        card.body.addWidget(steps)
        return card

    def _cash(self) -> Card:
        card = Card("Uang diterima")
        grid = DenominationGrid(self._ui)
        grid.set_value({"100000": 3, "50000": 2, "20000": 3, "10000": 3})
        card.body.addWidget(grid)
        return card
