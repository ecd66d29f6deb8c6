"""Tries the README's two commands on a Debian that has `python3` and nothing else.

    python3 packaging/bare_debian.py DIR [--as root|user]... [--command start|check]... [-- TEST...]

To be run by root on a Debian. DIR gets the bare Debian, made by debootstrap once, and a copy of it
for each try, which is thrown away when it went well. Each try begins with a fresh machine; what
stands behind `--` is handed to check.py. Where the way to PyPI needs more than a bare machine has,
`--file` and `--variable` say what of this machine goes along; a certificate for it lies elsewhere
than where Debian's own package of them writes.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import debian
from places import ROOT

MIRROR = "http://deb.debian.org/debian"
SUITE = "trixie"
USER = "siti"
_LANGUAGE = {"LANG": "C.UTF-8"}
_PATHS = {"root": "/usr/sbin:/usr/bin:/sbin:/bin", USER: "/usr/local/bin:/usr/bin:/bin"}
_ENTER = (
    'mount -t proc proc "$0/proc"; mount --rbind /dev "$0/dev"; exec /usr/sbin/chroot "$0" "$@"'
)
"""In a mount namespace of its own, so that nothing stays mounted."""
_PASTE = re.compile(r"^(?:sudo|su) .*apt-get install .*$", re.MULTILINE)
_MOST_MINUTES, _CORES = 10, 2


@dataclass
class Machine:
    """A fresh copy of the bare Debian, with the checkout in the home of whoever tries it."""

    base: Path
    root: Path
    person: str
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> str:
        return "/root" if self.person == "root" else f"/home/{self.person}"

    def prepare(self, files: list[Path]) -> None:
        remove(self.root)
        subprocess.run(["cp", "-a", self.base, self.root], check=True)
        for path in [Path("/etc/resolv.conf"), *files]:
            copy = self.root / path.relative_to("/")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        if self.person != "root":
            self.run("root", ["useradd", "--create-home", self.person])
        self._copy_checkout()

    def _copy_checkout(self) -> None:
        """The files that git knows, as they are now; nothing that a build or a test left."""
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, check=True, capture_output=True,
        ).stdout.decode()  # fmt: skip
        folder = self.root / self.checkout.relative_to("/")
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        self.run("root", ["chown", "-R", f"{self.person}:", str(self.checkout)])

    @property
    def checkout(self) -> Path:
        return Path(self.home) / "kwt-books"

    def run(self, person: str, command: list[str], *, online: bool = True) -> tuple[int, str]:
        """What a command ends with and says; it is shown while it is said."""
        home = "/root" if person == "root" else f"/home/{person}"
        own = {"PATH": _PATHS[person], "HOME": home, "USER": person}
        script = f"cd {shlex.quote(str(self.checkout))} 2>/dev/null; exec {shlex.join(command)}"
        inside = ["sh", "-c", script]
        if person != "root":
            inside = ["setpriv", f"--reuid={person}", f"--regid={person}", "--init-groups", *inside]
        apart = ["--mount", "--pid", "--fork", "--kill-child", *([] if online else ["--net"])]
        entering = ["unshare", *apart, "sh", "-ec", _ENTER, str(self.root)]
        said: list[str] = []
        with subprocess.Popen(
            [*entering, *inside], env=_LANGUAGE | self.variables | own, encoding="utf-8",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            errors="replace",
        ) as running:  # fmt: skip
            assert running.stdout is not None
            for each in running.stdout:
                print(f"    {each}", end="", flush=True)
                said.append(each)
        return running.returncode, "".join(said)

    def files(self) -> set[str]:
        """Of the checkout, but for what git ignores."""
        folder = self.root / self.checkout.relative_to("/")
        ignored = {".venv", ".venv-uv", "__pycache__", ".hypothesis"}
        return {
            str(path.relative_to(folder))
            for path in folder.rglob("*")
            if not ignored & set(path.relative_to(folder).parts) and path.is_file()
            and not any(part.endswith("_cache") for part in path.relative_to(folder).parts)
        }  # fmt: skip


def remove(folder: Path) -> None:
    if folder.exists():
        subprocess.run(["rm", "-rf", "--one-file-system", str(folder)], check=True)


def make_base(base: Path, suite: str, mirror: str) -> None:
    """The bare Debian, once; it gets its name when it is whole."""
    if base.exists():
        return
    half = base.with_name(base.name + ".unfinished")
    remove(half)
    say(f"a bare Debian, {suite}")
    subprocess.run(
        ["debootstrap", "--variant=minbase", "--include=python3", suite, str(half), mirror],
        check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PATH": _PATHS["root"]},
    )  # fmt: skip
    half.rename(base)


def attempt(machine: Machine, command: list[str]) -> str:
    """What the command says when it works, after tries without internet.

    Root needs nothing else; for somebody else, root pastes the line that the command gave.
    """
    ended_well(*machine.run(machine.person, command, online=False))
    if machine.person != "root":
        code, said = machine.run(machine.person, command)
        pasted = _PASTE.search(said)
        expect(code != 0 and pasted is not None, "there is a line to paste")
        assert pasted is not None
        say(f"pasted by root: {pasted[0]}")
        pasting = ["env", f"PATH={_PATHS[USER]}", "sh", "-c", pasted[0]]
        expect(machine.run("root", pasting)[0] == 0, "the line does it")
        ended_well(*machine.run(machine.person, command, online=False))
    begun = time.monotonic()
    code, said = machine.run(machine.person, command)
    expect(code == 0, f"{shlex.join(command)} works, after {time.monotonic() - begun:.0f} s")
    return said


def ended_well(code: int, said: str) -> None:
    expect(code == 1 and "Traceback" not in said, "it says what is missing and ends")


def try_start(machine: Machine) -> None:
    before = machine.files()
    command = ["python3", "scripts/start.py", "demo"]
    said = attempt(machine, command)
    for end in ("demo.kwt", "demo-2026-06.pdf"):
        named = re.search(rf"(/\S.*/{re.escape(end)})$", said, re.MULTILINE)
        there = named is not None and (machine.root / named[1].lstrip("/")).is_file()
        expect(there, f"{end} is where it is said to be")
    hint = re.search(r"python3 scripts/start\.py report .*", said)
    expect(hint is not None, "there is a way on without a screen")
    assert hint is not None
    expect(machine.run(machine.person, shlex.split(hint[0]))[0] == 0, "the way on works")
    expect(machine.files() == before, "nothing is left in the checkout")
    again = machine.run(machine.person, command)
    expect(again[0] == 0 and "apt-get" not in again[1], "the next start asks for nothing")
    mended(machine, command)


def mended(machine: Machine, command: list[str]) -> None:
    """Environments of which little is there are made anew."""
    for each in (".venv", ".venv-uv"):
        folder = machine.root / machine.checkout.relative_to("/") / each
        for path in folder.iterdir():
            if path.name != "pyvenv.cfg":
                remove(path)
    code, said = machine.run(machine.person, command)
    expect(code == 0 and said.count("half made") == 2, "half-made environments are made anew")


def try_check(machine: Machine, tests: list[str]) -> None:
    """Time is counted as the processors' own, so that it is no matter what else they do."""
    before = processor_seconds()
    said = attempt(machine, ["python3", "scripts/check.py", *tests])
    ended = re.search(r"(\d+) passed", said)
    expect(ended is not None, "tests ran")
    minutes = (processor_seconds() - before) / _CORES / 60
    expect(minutes < _MOST_MINUTES, f"all of it in {minutes:.1f} minutes of {_CORES} cores")


def processor_seconds() -> float:
    """Of everything that was started here and has ended."""
    used = os.times()
    return used.children_user + used.children_system


def expect(holds: bool, what: str) -> None:
    if not holds:
        raise SystemExit(f"  NOT SO: {what}")
    print(f"  {what}", flush=True)


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--as", dest="people", action="append", choices=("root", "user"))
    parser.add_argument("--command", action="append", choices=("start", "check"))
    parser.add_argument("--suite", default=SUITE)
    parser.add_argument("--mirror", default=MIRROR)
    parser.add_argument("--file", type=Path, action="append", default=[])
    parser.add_argument("--variable", action="append", default=[], metavar="NAME")
    parser.add_argument("tests", nargs="*", metavar="TEST")
    asked = parser.parse_intermixed_args()  # options stand between DIR and tests
    debian.install_packages("debootstrap", "git")
    folder: Path = asked.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    base = folder / asked.suite
    make_base(base, asked.suite, asked.mirror)
    variables = {name: os.environ[name] for name in asked.variable}
    for who in asked.people or ("root", "user"):
        for command in asked.command or ("start", "check"):
            say(f"{command}.py as {who}")
            person = "root" if who == "root" else USER
            machine = Machine(base, folder / f"{who}-{command}", person, variables)
            machine.prepare(asked.file)
            if command == "start":
                try_start(machine)
            else:
                try_check(machine, asked.tests)
            remove(machine.root)
    say("done")
    return 0


if __name__ == "__main__":
    sys.exit(main())
