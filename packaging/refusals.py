"""What a setup refuses, and that an older version is whole then.

It is tried with a stand-in, a small program that the same script of NSIS packs, so that all of it
takes seconds; or with the setup itself. Disks that are full or in use are mounted, for which one
has to be root on Debian.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import authenticode
import installer
from machine import Machine
from places import COMMAND, NAME, PROGRAM, WINDOWS, Places
from trial import digests, expect, say, wait, words_on

_COMPILER = "x86_64-w64-mingw32-gcc"
_SOURCE = "int main(void) { return 0; }\n"
_FILLING = 3_000_000
"""Bytes of the stand-in."""
_OWN = "juni.kwt"
_VERSION = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion"
_BEFORE_1809, _USUAL = "17134", "19043"
_DONE, _STAYS, _OLD_WINDOWS, _NO_ROOM, _IN_USE = 0, 2, 4, 5, 6
"""What a setup ends with."""


class Refusals:
    """`run` raises `SystemExit` at the first thing that is not as it should be."""

    def __init__(self, machine: Machine, places: Places, *, whole: bool = False) -> None:
        """`whole`: with the setup of `places`; else with a stand-in, made for it."""
        self._machine, self._whole = machine, whole
        apart = places.work / "stand-in"
        self._places = places if whole else replace(places, work=apart, out=apart)
        self._installed = machine.home / "stand-in" / "KWT-Books"

    def run(self, certificate: Path | None = None) -> None:
        """Tries the setup; where it was signed by a `certificate` that was made to try, also that.

        The stand-in is signed by one of its own.
        """
        if WINDOWS or os.geteuid():
            say("left out: it needs root on Debian")
            return
        shutil.rmtree(self._installed.parent, ignore_errors=True)  # of a try that broke off
        if not self._whole:
            with TemporaryDirectory() as folder:
                self._make(Path(folder))
        elif certificate is not None and (root := certificate.with_suffix(".pem")).exists():
            self._signed(root, certificate.parent)
        with self._machine.screen():
            self._refuse_old_windows()
            self._install_beside_own_files()
            self._keep_what_stays()
            self._keep_on_a_full_disk()
            self._keep_what_is_in_use()
            self._remove()
        shutil.rmtree(self._installed.parent)

    # -- the setup --------------------------------------------------------------------------

    def _make(self, scratch: Path) -> None:
        places, certificate = self._places, scratch / "trial.p12"
        shutil.rmtree(places.out, ignore_errors=True)
        (places.folder / "_internal").mkdir(parents=True)
        source = scratch / "standin.c"
        source.write_text(_SOURCE, encoding="ascii")
        for each in (PROGRAM, COMMAND):
            made = str(places.folder / each)
            subprocess.run([_COMPILER, "-O1", "-o", made, str(source)], check=True)
        (places.folder / "_internal" / "filling.bin").write_bytes(os.urandom(_FILLING))
        root = authenticode.self_made(certificate)
        installer.make(places, certificate=certificate)
        self._signed(root, scratch)

    def _signed(self, root: Path, scratch: Path) -> None:
        places = self._places
        for file in (places.folder / PROGRAM, places.folder / COMMAND, places.setup):
            expect(authenticode.is_signed(file, root), f"{file.name} is signed")
        with self._machine.screen():
            expect(self._setup(self._installed) == _DONE, "the signed setup installs")
        remover = self._installed / "Uninstall.exe"
        expect(authenticode.is_signed(remover, root), "the uninstaller is signed")
        changed, whole = scratch / "changed.exe", bytearray(remover.read_bytes())
        whole[len(whole) // 2] ^= 1
        changed.write_bytes(whole)
        expect(not authenticode.is_signed(changed, root), "a changed one is told")
        shutil.rmtree(self._installed)

    def _setup(self, target: Path) -> int:
        place = f"/D={self._machine.path(target)}"  # without spaces: NSIS takes no quotes there
        asked: list[str | Path] = [self._places.setup, "/S", "/NODESKTOP", place]
        return self._machine.run(*asked, check=False).returncode

    # -- what is refused --------------------------------------------------------------------

    def _refuse_old_windows(self) -> None:
        with self._build(_BEFORE_1809):
            code = self._setup(self._installed)
            self._say_it_in_both_languages()
        expect(code == _OLD_WINDOWS, "Windows 10 before 1809 is refused")
        expect(not self._installed.exists(), "and nothing was installed there")

    def _say_it_in_both_languages(self) -> None:
        """Nobody has chosen one yet."""
        picture = self._places.out / "screenshot-old-windows.png"
        asked = self._machine.start(self._places.setup)

        def said() -> bool:
            self._machine.photograph(picture)
            text = words_on(picture)
            return text is None or {"memerlukan", "needs", "1809"} <= {*text.split()}

        wait(lambda: any(NAME in each for each in self._machine.titles()), "a message is shown")
        wait(said, "it names 1809 in both languages")
        self._machine.close(self._places.setup.name)
        expect(asked.wait(60) == _OLD_WINDOWS, "its code is the same where somebody reads it")

    @contextmanager
    def _build(self, number: str) -> Iterator[None]:
        def be(build: str) -> None:
            for name in ("CurrentBuild", "CurrentBuildNumber"):
                asked = ("reg", "add", _VERSION, "/v", name, "/d", build, "/f")
                self._machine.run(*asked, stdout=subprocess.DEVNULL)

        be(number)
        try:
            yield
        finally:
            be(_USUAL)

    def _install_beside_own_files(self) -> None:
        self._installed.mkdir(parents=True)
        own = self._installed / _OWN
        own.write_text("milik sendiri", encoding="utf-8")
        expect(self._setup(self._installed) == _DONE, "installed where a file lay already")
        inside = sorted((self._installed / "_internal").iterdir())
        gone = next(each for each in inside if each.is_file())
        gone.unlink()
        expect(self._setup(self._installed) == _DONE, "installed again in place")
        expect(gone.is_file(), "what was missing is there")
        expect(own.read_text(encoding="utf-8") == "milik sendiri", "the file of one's own too")
        self._nothing_beside()

    def _keep_what_stays(self) -> None:
        """An older version whose own removal fails: its uninstaller is another program."""
        remover = self._installed / "Uninstall.exe"
        kept = remover.read_bytes()
        find = self._machine.home.parents[1] / "windows" / "system32" / "find.exe"
        remover.write_bytes(find.read_bytes())
        self._stays(self._installed, _STAYS, "an older version that can't be removed stays")
        remover.write_bytes(kept)

    def _keep_on_a_full_disk(self) -> None:
        place = self._installed.with_name("penuh")
        size = sum(each.stat().st_size for each in self._places.folder.rglob("*") if each.is_file())
        with _mounted(place, f"size={size * 5 // 2}"):
            target = place / "KWT-Books"
            expect(self._setup(target) == _DONE, "installed on a small disk")
            room = shutil.disk_usage(place).free - size // 3
            (place / "foto.jpg").write_bytes(bytes(room))
            self._stays(target, _NO_ROOM, "a full disk is told")

    def _keep_what_is_in_use(self) -> None:
        target = self._installed.with_name("dipakai")
        with _mounted(target, "size=32m"):
            (target / PROGRAM).write_bytes(b"the older version")
            self._stays(target, _IN_USE, "a folder that can't be renamed is told")

    def _remove(self) -> None:
        """Windows forgets where this one was, or the next setup would follow it there."""
        remover = self._installed / "Uninstall.exe"
        in_place = f"_?={self._machine.path(self._installed)}"
        code = self._machine.run(remover, "/S", in_place, check=False).returncode
        expect(code == _DONE, "it is removed again")
        left = sorted(each.name for each in self._installed.rglob("*"))
        expect(left == [remover.name, _OWN], f"but for the file of one's own {left}")

    def _stays(self, target: Path, code: int, what: str) -> None:
        before = digests(target)
        found = self._setup(target)
        expect(found == code, f"{what} ({found})")
        expect(digests(target) == before, "and the older version is whole")
        self._nothing_beside()

    def _nothing_beside(self) -> None:
        left = [each.name for each in self._installed.parent.rglob("*.kwt-*")]
        expect(not left, f"nothing is left beside it {left or ''}")


@contextmanager
def _mounted(place: Path, how: str) -> Iterator[None]:
    place.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", how, "tmpfs", str(place)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)
        place.rmdir()
