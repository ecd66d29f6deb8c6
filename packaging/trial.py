"""What a user does with the setup, from the double click to the removal, and what came of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import database_server
from machine import Machine
from places import COMMAND, NAME, PROGRAM, ROOT, Places

_STREAM = ROOT / "tests" / "data" / "juni-2026.jsonl"
_EXPECTED = _STREAM.with_suffix(".expected.json")
_PATIENCE = 120  # seconds
_STOPPED, _RUNNING = 2, 3
"""What the setup ends with where an older version can't be removed, or the program is open."""
_INDONESIAN = "1057"
"""Windows' number of the language."""
_CLASSES = r"HKCU\Software\Classes"
_SQLITE = (3, 51, 3)
"""The first without the fault of the log that begins anew."""
_NO_SERVER = "postgresql://siti@127.0.0.1:9/kwt#juni"
"""Nothing listens at port 9."""
_BANK_LIST = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260630<LANGUAGE>IND
</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>
<STMTRS><CURDEF>IDR<BANKACCTFROM><BANKID>002<ACCTID>123<ACCTTYPE>SAVINGS</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260601<DTEND>20260630
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260604<TRNAMT>500000<FITID>A1<NAME>SETOR TUNAI</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>500000<DTASOF>20260630</LEDGERBAL></STMTRS></STMTTRNRS>
</BANKMSGSRSV1></OFX>
"""
Shown = tuple[tuple[str, ...], ...]
"""What must stand on the screen: of each row one text."""
_FOLDER = "Pembukuan Kelompok – Résumé"
"""Spaces and letters beyond ASCII, as Windows users have them."""


class Trial:
    def __init__(self, machine: Machine, places: Places) -> None:
        self._machine, self._places = machine, places
        home = machine.home
        self.installed = home / "AppData" / "Local" / "Programs" / NAME
        roaming = home / "AppData" / "Roaming"
        programs = roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs"
        self._in_menu, self._on_desktop = programs / f"{NAME}.lnk", home / "Desktop" / f"{NAME}.lnk"
        self._books = home / "Documents" / _FOLDER

    def run(self) -> None:
        """Raises `SystemExit` at the first thing that is not as it should be."""
        shutil.rmtree(self._books, ignore_errors=True)
        self._books.mkdir(parents=True)
        with self._machine.screen():
            self._stop_at_what_stays()
            self._install()
            self._start_and_refuse()
            self._use_commands()
            self._use_what_others_made()
            self._use_a_server()
            self._check_itself()
            self._open_by_double_click()
            self._renew()
            self._remove()

    # -- steps ------------------------------------------------------------------------------

    def _stop_at_what_stays(self) -> None:
        """An older version whose own removal fails: here a program that takes no such words."""
        older = self.installed / "Uninstall.exe"
        if older.exists():  # of a trial that broke off
            expect(self._remover_in_place() == 0, "removed what an earlier trial left")
            shutil.rmtree(self.installed)
        self.installed.mkdir(parents=True, exist_ok=True)
        fails = r"%SystemRoot%\System32\find.exe"
        self._machine.run("cmd", "/c", "copy", fails, self._path(older), stdout=subprocess.DEVNULL)
        try:
            before = digests(self.installed)
            code = self._setup()
            expect(code == _STOPPED, f"the setup stops where an older version stays ({code})")
            expect(digests(self.installed) == before, "and has changed nothing")
        finally:
            older.unlink()

    def _install(self) -> None:
        began = time.monotonic()
        expect(self._setup() == 0, "installed without a question")
        took = time.monotonic() - began
        for path in (self.installed / PROGRAM, self._in_menu, self._on_desktop):
            expect(path.is_file(), f"there is {path.relative_to(self._machine.home)}")
        kept = self._registered(rf"HKCU\Software\{NAME}", "SetupLanguage")
        expect(kept == _INDONESIAN, "a later setup by hand goes on in its language")
        say(f"installed in {took:.0f} s")

    def _start_and_refuse(self) -> None:
        program = self._machine.start(self.installed / PROGRAM)
        greeting = ("Selamat datang", "Mau membuka buku yang mana")  # the second: used here before
        self._look("start", program, (greeting, ("Buku baru",), ("Coba buku contoh",)))
        expect(program.poll() is None, "the program runs")
        expect(self._setup() == _RUNNING, "the setup refuses to install over an open program")
        expect(self._remover_in_place() == _RUNNING, "the removal refuses likewise")
        expect((self.installed / PROGRAM).is_file(), "and has removed nothing")
        self._close(program)

    def _use_commands(self) -> None:
        book, pdf = self._books / "juni.kwt", self._books / "juni.pdf"
        demo = self._machine.start(
            self.installed / COMMAND, "demo", "--out", self._path(self._books)
        )
        self._look("demo", demo, (("Beranda",), ("Sukawangi",), ("Perlu dikerjakan",)))
        self._close(demo)
        expect((self._books / "demo-2026-06.pdf").is_file(), "demo made a book and statements")
        for arguments in (
            ["import", self._path(book), self._path(_STREAM)],
            ["report", self._path(book), "trial-balance"],
            ["statements", self._path(book), "--month", "2026-06", "--out", self._path(pdf)],
            ["verify", self._path(book)],
        ):
            said = self._command(*arguments)
            last = (said.stdout.decode("utf-8").strip() or "-").split("\n")[-1].strip()
            expect(said.returncode == 0, f"{arguments[0]}: {last}")
        expect(pdf.read_bytes().startswith(b"%PDF"), f"{pdf.stat().st_size:,} bytes of PDF")
        missing = self._command("verify", self._path(self._books / "none.kwt"))
        expect(missing.returncode == 1, "a book that is not there is refused")

    def _use_what_others_made(self) -> None:
        """Workbooks, bank's lists, encryption and servers each lean on a library of their own."""
        book, sheets = self._books / "kedua.kwt", self._books / "isian.xlsx"
        words, bank = self._books / "sandi.txt", self._books / "bank.ofx"
        words.write_text("kalimat sandi untuk dicoba\n", encoding="utf-8")
        bank.write_text(_BANK_LIST, encoding="ascii")
        second = self._path(book)
        unlocked = ("--passphrase-file", self._path(words))
        locked = "a book whose passphrase is not given stays closed"
        for code, what, arguments in (
            (0, "another book", ("import", second, self._path(_STREAM))),
            (0, "a workbook is made", ("template", "--out", self._path(sheets))),
            (0, "a workbook is read", ("take", second, self._path(sheets), "--dry-run")),
            (0, "a bank's list is read", ("bank", second, self._path(bank))),
            (0, "encrypted", ("encrypt", second, "--new-passphrase-file", self._path(words))),
            (2, locked, ("verify", second)),
            (0, "an encrypted book is opened", (*unlocked, "verify", second)),
            (1, "a server that does not answer is told", ("verify", _NO_SERVER)),
        ):
            said = self._command(*arguments)
            told = (said.stdout + said.stderr).decode("utf-8", "replace")
            right = said.returncode == code and "Traceback" not in told
            expect(right, f"{what} ({said.returncode}: {told.strip()[-200:]})")
        for each in (book, sheets, words, bank):
            each.unlink()

    def _use_a_server(self) -> None:
        """Takes the book to a server and back: it says the same there."""
        programs = database_server.programs()
        if programs is None:
            say("left out: a book on a server, for which PostgreSQL must be installed")
            return
        here, back = (self._path(self._books / name) for name in ("juni.kwt", "kembali.kwt"))
        with database_server.running(programs) as database:
            there = f"{database}#juni"
            for what, arguments in (
                ("a book is taken to a server", ("move", here, there)),
                ("it verifies there", ("verify", there)),
                ("it is taken back", ("move", there, back)),
            ):
                said = self._command(*arguments)
                told = (said.stdout + said.stderr).decode("utf-8", "replace").strip()
                expect(said.returncode == 0, f"{what} ({told[-200:]})")
            balances = {self._command("report", each, "trial-balance").stdout
                        for each in (here, there, back)}  # fmt: skip
        expect(len(balances) == 1, "its trial balance is the same everywhere")
        (self._books / "kembali.kwt").unlink()

    def _check_itself(self) -> None:
        """The text that is sent in from a computer where something does not work."""
        text = self._books / "periksa.txt"
        said = self._command("--self-check", self._path(text))
        told = text.read_text(encoding="utf-8")
        failed = [each.strip() for each in told.splitlines() if "FAILED" in each]
        expect(said.returncode == 0 and not failed, f"it checks itself {failed or ''}")
        expect("psycopg" in told, "it can call a server")
        signed = re.search("this program .+ signature for Windows", told)
        expect(signed is not None, f"it looks at itself: {signed and signed[0]}")
        letters = set(re.findall(r"^  (?:Q[A-Z]\w+|tooltips): (\w+ \d+)", told, re.MULTILINE))
        expect(letters == {"Inter 14"}, f"every kind of widget has the same letters {letters}")
        kept = re.search(r"SQLite (\d+)\.(\d+)\.(\d+)", told)
        new = kept is not None and tuple(map(int, kept.groups())) >= _SQLITE
        expect(new, f"books are kept with {kept and kept[0]}")
        expect("passwords: Windows WinVaultKeyring" in told, "passwords go to Windows' own keyring")
        text.unlink()

    def _open_by_double_click(self) -> None:
        """What Windows does then: Wine 10 does not look for kinds of file with the user."""
        kind = self._registered(_CLASSES + r"\.kwt")
        command = self._registered(rf"{_CLASSES}\{kind}\shell\open\command")
        expect(command.endswith(f'{PROGRAM}" "%1"'), f"opens a book: {command}")
        icon = self._registered(rf"{_CLASSES}\{kind}\DefaultIcon")
        expect(icon.endswith(f"{PROGRAM},0"), "a book carries the program's icon")
        program = command.split('"')[1]
        opened = self._machine.start(program, self._path(self._books / "juni.kwt"))
        self._look("book", opened, (("Beranda",), ("Sukawangi",), _figures()))
        second = self._books / "BUKU DUA.KWT"
        shutil.copyfile(self._books / "juni.kwt", second)
        other = self._machine.start(program, self._path(second))
        wait(lambda: self._windows() == 2, "another book has a window of its own")
        again = self._machine.start(program, self._path(second))
        expect(again.wait(_PATIENCE) == 0, "a second double click ends by itself")
        expect(self._windows() == 2, "and calls the window that is there")
        self._close(opened, other)
        second.unlink()

    def _registered(self, key: str, name: str = "") -> str:
        """The text of a key of the registry, or of a name in it; nothing where there is none."""
        value = ["/v", name] if name else ["/ve"]
        asked = self._machine.run("reg", "query", key, *value, check=False, capture_output=True)
        return asked.stdout.decode("utf-8", "replace").partition("REG_SZ")[2].strip()

    def _renew(self) -> None:
        own = self.installed / "catatan.txt"
        own.write_text("milik sendiri", encoding="utf-8")
        self._on_desktop.unlink()
        expect(self._setup() == 0, "installed again in place")
        expect(own.is_file(), "a file of one's own beside the program stays")
        expect(not self._on_desktop.exists(), "a shortcut thrown away does not come back")
        expect(self._command("verify", self._path(self._books / "juni.kwt")).returncode == 0,
                "the renewed program verifies the book")  # fmt: skip

    def _remove(self) -> None:
        before = digests(self._books)
        settings = sorted((self._machine.home / "AppData" / "Roaming" / NAME).glob("*"))
        self._remover()
        wait(lambda: not (self.installed / "Uninstall.exe").exists(), "removed")
        left = [each.name for each in self.installed.rglob("*")]
        expect(left == ["catatan.txt"], "only a file of one's own is left")
        expect(not self._in_menu.exists(), "no shortcut is left")
        expect(not self._registered(_CLASSES + r"\.kwt"), "nothing opens books any more")
        expect(digests(self._books) == before, "books are as they were")
        expect(bool(settings) and all(each.exists() for each in settings), "settings stay")
        shutil.rmtree(self.installed)

    # -- doing ------------------------------------------------------------------------------

    def _setup(self) -> int:
        return self._machine.run(self._places.setup, "/S", check=False).returncode

    def _remover(self) -> None:
        """The uninstaller goes on in a copy of itself after it has come back."""
        self._machine.run(self.installed / "Uninstall.exe", "/S", check=False)

    def _remover_in_place(self) -> int:
        """What the uninstaller ends with; it is still there then, and nothing is left to be done.

        What stands behind `_?=` is its folder, without quotes.
        """
        place = f"_?={self._path(self.installed)}".split(" ")
        asked: list[str | Path] = [self.installed / "Uninstall.exe", "/S", *place]
        return self._machine.run(*asked, check=False).returncode

    def _command(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Nobody can type an answer."""
        how: dict[str, Any] = {"capture_output": True, "stdin": subprocess.DEVNULL}
        return self._machine.run(
            self.installed / COMMAND, *arguments, check=False, timeout=_PATIENCE * 2, **how
        )

    def _path(self, path: Path) -> str:
        return self._machine.path(path)

    def _look(self, name: str, program: subprocess.Popen[bytes], shown: Shown) -> None:
        """Waits for the program's window, keeps a picture of the screen, and reads what is on it.

        Of each row of `shown` one text must stand there.
        """

        def there() -> bool:
            if program.poll() is not None:
                raise SystemExit(f"  NOT SO: {name} runs (it ended with {program.returncode})")
            return self._windows() > 0

        wait(there, f"window of {name}")
        picture = self._places.out / f"screenshot-{name}.png"

        def filled() -> bool:
            self._machine.photograph(picture)
            text = words_on(picture)
            return text is None or all(any(each in text for each in row) for row in shown)

        wait(filled, f"{name} shows " + ", ".join(row[0] for row in shown))
        say(f"picture: {picture.name}")

    def _close(self, *programs: subprocess.Popen[bytes]) -> None:
        """Asks until all have ended: of several of one name Wine reaches one at a time."""

        def ended() -> bool:
            for each in (PROGRAM, COMMAND):
                self._machine.close(each)
            time.sleep(1)
            return all(each.poll() is not None for each in programs)

        wait(ended, "ended")
        wait(lambda: not self._windows(), "closed")

    def _windows(self) -> int:
        return sum(NAME in each for each in self._machine.titles())


def _figures() -> tuple[str, ...]:
    """Cash and assets at the end of the month that was imported, as Beranda writes them."""
    told = json.loads(_EXPECTED.read_text(encoding="utf-8"))["position"]
    figures = (told["cash"], told["total_assets"])
    return tuple(f"{figure:,}".replace(",", ".") for figure in figures)


def words_on(picture: Path) -> str | None:
    """What a picture of the screen says, by Tesseract; None on a machine without it."""
    reader = shutil.which("tesseract")
    if reader is None:
        return None
    larger = picture.with_suffix(".read.png")
    darker = ["-colorspace", "Gray", "-resize", "300%", "-level", "40%,90%"]  # grey text is text
    subprocess.run(["convert", str(picture), *darker, str(larger)], check=True)
    asked = [reader, str(larger), "-", "--psm", "11", "-l", "ind"]
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # its threads else wait for each other
    said = subprocess.run(asked, check=True, capture_output=True, encoding="utf-8", env=alone)
    larger.unlink()
    return said.stdout


def digests(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def wait(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"  NOT SO: {what}")
        time.sleep(0.2)
    say(what)


def expect(condition: bool, what: str) -> None:
    if not condition:
        raise SystemExit(f"  NOT SO: {what}")
    say(what)


def say(text: str) -> None:
    print(f"  {text}", flush=True)
