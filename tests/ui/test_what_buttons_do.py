"""What the buttons of each room's pages open, by their words; who may record nothing isn't offered
any of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Role
from scripts.layout_faults import parts
from tests.ui.every_form import ROOMS, EveryForm
from tests.ui.rules import broken
from ui.kit.button import Button
from ui.kit.workspace import Destination, Message, Workspace

PAPER, FILE = "PaperDialog", "a file"
OPENS: dict[str, dict[str, str]] = {
    "sell": {
        "Belum ada stok, panen dulu": "harvest item=daun-bayam",
        "Belum ada stok, produksi dulu": "production item=keripik-bayam",
    },
    "sell/fair": {"Belum ada stok, produksi dulu": "production item=keripik-bayam"},
    "sell/list": {"Retur": "sale_return"},
    "shops": {
        "Tambah warung": "party role=shop",
        "Terima bayar": "shop_debt shop=joko",
        "Terima pembayaran tagihan": "shop_debt shop=joko",
        "Hitung barang di sana": "stock_count place=shop:joko",
        "Ubah nama, telepon, atau alamat": "party code=joko",
    },
    "garden": {
        "Semai": "sowing",
        "Rawat": "tending",
        "Panen": "harvest",
        "Siap tanam": "seedlings_ready",
        "Jual": "seedling_sale",
        "Tanam": "tending seedlings=[{'item': 'bibit-cabai'}]",
        "Tambah": "tending where=new_bed",
    },
    "kitchen/made": {
        "Catat produksi": "production",
        "Cetak label": "LabelDialog",
        "Lihat catatan": "journal/BKK-2606-0006",
        "Salin daftar belanja": "Daftar belanja disalin.",
    },
    "kitchen/recipes": {
        "Buat resep ini": "production recipe=resep-bayam",
        "Ubah resep": "settings/recipes",
    },
    "kitchen/history": {"Catat produksi": "production", "Lihat catatan": "journal/BKK-2606-0006"},
    "stock/on_hand": {
        "Bagikan": "distribution",
        "Kartu Stok": "reports/stock-card?item=keripik-bayam",
    },
    "stock/count": {"Lembar hitung": PAPER},
    "cash/till": {
        "Belanja": "purchase",
        "Bayar": "payment",
        "Terima uang": "receipt",
        "Pindah uang": "transfer",
        "Hitung kas": "cash_count",
        "Cocokkan dengan bank": "bank_reconciliation",
        "Iuran warga": "dues",
    },
    "cash/debts": {
        "Biaya belum dibayar": "cost_owed",
        "Pajak terutang": "tax_due",
        "Pertanggungjawaban panjar": "advance_spent",
        "Jurnal memorial": "memorial",
        "Retur ke toko": "purchase_return",
        "Terima pelunasan": "receipt lines=[{'account': '1112', 'amount': 68000}] party=joko",
    },
    "cash/savings": {
        "Setor simpanan": "savings",
        "Tarik simpanan": "savings way=out",
        "Beri nama simpanan": "savings_named",
    },
    "cash/grants": {"Terima hibah": "grant"},
    "cash/assets": {
        "Beli aset": "asset_acquisition",
        "Lepas aset": "asset_disposal",
        "Catat penyusutan": "depreciation",
    },
    "funds": {"Bayar dengan dana ini": "payment fund=3202", "Bagi SHU": "appropriation"},
    "close": {
        "Cetak laporan bulanan": PAPER,
        "Cetak berita acara": "the paper of BM-2606-0016",
        "Buka kembali": "month_reopen",
    },
    "registers/guests": {"Pilih berkas": FILE, "Cetak": PAPER, "Formulir kosong": PAPER},
    "registers/dues": {"Rumah baru": "party role=resident"},
    "registers/members": {"Cetak": PAPER, "Formulir kosong": PAPER, "Tambah": "party role=member"},
    "registers/officers": {"Cetak": PAPER, "Formulir kosong": PAPER, "Ubah": "group"},
    "registers/inventory": {"Cetak": PAPER, "Formulir kosong": PAPER},
    "journal": {
        "Ambil dari Excel": "take_sheets",
        "Cocokkan dengan bank": "bank_list",
        "Yang diambil dari Excel": "acts",
        "Cetak": PAPER,
        "Lampirkan foto atau PDF, atau seret ke sini": FILE,
    },
    "audit/paper": {"Buka PDF-nya": FILE},
    "audit/exceptions": {
        "Ambang": "settings/exceptions",
        "Cetak atau simpan": PAPER,
        "Catat temuan": "FindingDialog",
    },
    "audit/sample": {"Sampel baru": "SamplingDialog"},
    "audit/confirm": {
        "Cetak semua surat": PAPER,
        "Daftar jawaban": FILE,
        "Isi jawaban": "AnswerDialog",
        "Cetak surat ini": PAPER,
    },
    "audit/wrap": {
        "Temuan baru": "FindingDialog",
        "Berkas lain": FILE,
        "Simpan kesimpulan": "MessageDialog",
        "Surat temuan": PAPER,
        "Simpan paket": FILE,
        "Pilih": FILE,
    },
    "settings/group": {"Simpan": "Tersimpan."},
    "settings/items": {"Ubah": "item code=daun-bayam", "Tambah": "item"},
    "settings/parties": {"Ubah": "party code=siti", "Tambah": "party"},
    "settings/recipes": {"Ubah": "recipe code=resep-bayam", "Tambah": "recipe"},
    "settings/programmes": {"Tambah": "programme"},
    "settings/budgets": {"Tambah": "budget"},
    "settings/sharing": {"Simpan": "Tersimpan. Berlaku mulai tutup bulan berikutnya."},
    "settings/accounts": {"Ubah": "account code=1101", "Tambah": "account"},
    "settings/people": {"Pakai kata sandi": "first_people"},
    "settings/backup": {"Ke folder lain": FILE, "Enkripsi buku ini": "PhraseDialog"},
    "settings/exceptions": {"Simpan": "Ambang disimpan."},
    "settings/look": {"Tentang KWT Books": "AboutBox"},
}
"""By place and part, and by the button's words: the form with what it is filled in with, the place
and part, the dialog, or what is said.
"""
RECORDS = ("Semai", "Rawat", "Panen", "Siap tanam", "Tambah", "Tambah warung", "Terima bayar",
           "Catat produksi", "Buat resep ini", "Bagikan", "Belanja", "Bayar", "Terima uang",
           "Biaya belum dibayar", "Terima pelunasan", "Setor simpanan", "Terima hibah",
           "Beli aset", "Bayar dengan dana ini", "Bagi SHU", "Rumah baru", "Ambil dari Excel",
           "Retur", "Catat", "Ubah", "Pakai kata sandi", "Buka kembali", "Simpan saja",
           "Simpan & cetak")  # fmt: skip
"""Words of buttons that lead to something that is recorded in the book."""
OWN_BOOK = {"audit"}
"""Places that keep what is recorded there in a file of their own."""
ANSWERS = {
    "getSaveFileName": ("", ""),
    "getOpenFileName": ("", ""),
    "getOpenFileNames": ([], ""),
    "getExistingDirectory": "",
}
"""Of the system's dialogs: nothing was chosen."""


class Watched:
    """A window whose wishes are written down instead of being granted."""

    def __init__(self, every: EveryForm, patch: pytest.MonkeyPatch) -> None:
        self.window, self.settle = every.window, every.settle
        self._wishes: list[str] = []
        workspace, wish = every.workspace, self._wishes.append
        for signal in (workspace.form_wanted, workspace.place_wanted, workspace.print_wanted):
            signal.disconnect()
        workspace.form_wanted.connect(lambda name, given: wish(_form(name, given)))
        workspace.place_wanted.connect(lambda there: wish(f"{there.place}/{there.part}"))
        workspace.print_wanted.connect(lambda number: wish(f"the paper of {number}"))
        workspace.said.connect(lambda message: wish(_words(message)))
        patch.setattr("ui.kit.printing.pdf_of", lambda _pack: b"")  # is looked at elsewhere
        for name, nothing in ANSWERS.items():
            patch.setattr(QFileDialog, name, partial(self._asked, nothing))

    def _asked(self, nothing: Any, *_given: object, **_more: object) -> Any:
        self._wishes.append(FILE)
        return nothing

    def buttons(self) -> dict[str, Callable[[], None]]:
        """What presses each button of the page and each line of its menus, by their words; of
        several with the same words the first.
        """
        found: dict[str, Callable[[], None]] = {}
        for each in parts(self.window.page) if self.window.page is not None else ():
            if isinstance(each, Button) and each.isVisible() and each.isEnabled():
                words = each.text().replace("&&", "&") or each.accessibleName()
                found.setdefault(words, each.click)
                for action in each.menu().actions() if each.menu() else ():
                    if action.text():
                        found.setdefault(action.text().partition("\t")[0], action.trigger)
        return found

    def comes_of(self, press: Callable[[], None]) -> str:
        self._wishes.clear()
        press()
        self.settle()
        dialogs = [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, QDialog) and each.isVisible()
        ]
        for each in dialogs:
            each.reject()
        return "; ".join([*self._wishes, *(type(each).__name__ for each in dialogs)])


def _of(room: str) -> dict[str, dict[str, str]]:
    return {where: them for where, them in OPENS.items() if where.split("/")[0] in ROOMS[room][0]}


def _form(name: str, given: dict[str, object]) -> str:
    return " ".join([name, *(f"{key}={value}" for key, value in sorted(given.items()))])


def _words(message: Message) -> str:
    return message.strong or message.text


@pytest.mark.parametrize("room", [room for room in ROOMS if _of(room)])
def test_each_button_opens_what_it_says(
    room: str, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(EveryForm(workspace, qtbot), monkeypatch)
    workspace.show_month("2026-06")
    found: dict[str, dict[str, str]] = {}
    wanted = _of(room)
    for where, them in wanted.items():
        place, _, part = where.partition("/")
        found[where] = {}
        for words in them:
            watched.window.show_place(Destination(place, part))
            watched.settle()
            qtbot.waitUntil(lambda words=words: words in watched.buttons())
            found[where][words] = watched.comes_of(watched.buttons()[words])
    assert found == wanted


def test_who_only_reads_is_offered_nothing_to_record(workspace: Workspace, qtbot: QtBot) -> None:
    workspace.person = replace(workspace.person, role=Role.AUDITOR)
    every = EveryForm(workspace, qtbot)
    workspace.show_month("2026-06")
    for where in OPENS:
        place, _, part = where.partition("/")
        every.window.show_place(Destination(place, part))
        every.settle()
        offered = {
            each.text()
            for each in parts(every.window)
            if isinstance(each, Button) and each.isVisible() and each.isEnabled()
        }
        assert place in OWN_BOOK or not offered & {*RECORDS}, where
        assert broken(every.window) == [], where
