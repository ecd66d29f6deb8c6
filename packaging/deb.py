"""Makes Debian's package of the program from this checkout, and tries it on a bare Debian.

    python3 packaging/deb.py [--work DIR] [--out DIR] [--trial DIR]

It is made for Debian's own Python on this machine, which the package then asks for; everything else
but the system's libraries is inside. `--trial`, by root, installs it on the bare Debian that
bare_debian.py makes in that folder.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import bare_debian
import debian
import licences
import wheels
from bare_debian import Machine, expect, say
from bundle import LICENCES, megabytes
from deb_contents import belongs
from places import HERE, ROOT, version
from system_packages import QT_LIBRARIES

NAME = "kwt-books"
FOLDER = f"/usr/lib/{NAME}"
PYTHON = Path("/usr/bin/python3")
_FILES = HERE / "linux"
_LAID_OUT = {
    _FILES / "kwt-books.desktop": "usr/share/applications/kwt-books.desktop",
    _FILES / "kwt-books.xml": "usr/share/mime/packages/kwt-books.xml",
    ROOT / "resources" / "icons" / "kwt-books.png":
        "usr/share/icons/hicolor/256x256/apps/kwt-books.png",
}  # fmt: skip
_USED = (
    "kwt-books demo",
    "kwt-books verify ~/Documents/*/demo.kwt",
    "kwt-books template --out a.xlsx && kwt-books take ~/Documents/*/demo.kwt a.xlsx --dry-run",
    "kwt-books --self-check a.txt && cat a.txt",
    "! kwt-books verify postgresql://siti@127.0.0.1:9/kwt#juni 2> said && grep -q 9 said",
)
_KIND = "application/x-kwt-book"
_MOST = 70
"""Megabytes."""


def make(work: Path, out: Path) -> Path:
    """The package, in `out`; `work` may be thrown away at any time."""
    packages, tree = work / "packages", work / "tree"
    wheels.install_for(PYTHON, packages)
    shutil.rmtree(tree, ignore_errors=True)
    folder = tree / FOLDER.lstrip("/")
    copy_packages(packages, folder)
    copy_program(folder)
    write_licences(packages, folder, tree)
    python = PYTHON.resolve().name
    compiled = [str(PYTHON), "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    subprocess.run([*compiled, "-s", str(tree), "-p", "/", str(folder)], check=True)
    for source, name in _LAID_OUT.items():
        copy(source, tree / name)
    command = tree / "usr" / "bin" / NAME
    command.parent.mkdir(parents=True)
    text = (_FILES / NAME).read_text(encoding="utf-8")
    command.write_text(text.format(python=python, folder=FOLDER), encoding="utf-8")
    command.chmod(0o755)
    said = subprocess.run(
        ["dpkg", "--print-architecture"], check=True, capture_output=True, text=True
    )
    architecture = said.stdout.strip()
    write_control(tree, python, architecture)
    out.mkdir(parents=True, exist_ok=True)
    made = out / f"{NAME}_{version()}_{architecture}.deb"
    building = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(made)]
    subprocess.run(building, check=True, stdout=subprocess.DEVNULL)
    return made


def copy_packages(packages: Path, folder: Path) -> None:
    for path in sorted(packages.rglob("*")):
        name = path.relative_to(packages).as_posix()
        if path.is_file() and belongs(name):
            copy(path, folder / name)


def copy_program(folder: Path) -> None:
    """Of the checkout, as `pyproject.toml` lays out the wheel."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = told["tool"]["hatch"]["build"]["targets"]["wheel"]
    places = {**{name: name for name in wheel["packages"]}, **wheel["force-include"]}
    for source, name in places.items():
        for path in files(ROOT / source):
            within = path.relative_to(ROOT / source)
            copy(path, folder / name / within if within.parts else folder / name)


def files(source: Path) -> Iterator[Path]:
    """A file itself, or those in a folder, but for what Python leaves there."""
    found = sorted(source.rglob("*")) if source.is_dir() else [source]
    return (path for path in found if path.is_file() and "__pycache__" not in path.parts)


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def write_licences(packages: Path, folder: Path, tree: Path) -> None:
    (qt,) = (
        each.version for each in distributions(name="pyside6-essentials", path=[str(packages)])
    )
    names = (path.relative_to(packages).as_posix() for path in packages.rglob("*"))
    sources = [f"{packages.as_posix()}/{name}" for name in names if belongs(name)]
    found = licences.shipped_packages(packages, sources)
    asked = subprocess.run(
        [str(PYTHON), "-c", licences.KEPT_WITH],
        env={**os.environ, "PYTHONPATH": str(packages)},
        check=True,
        capture_output=True,
    )
    parts = [*licences.common_parts({"qt": qt, **json.loads(asked.stdout)}), *found]
    text = licences.as_text(parts, f"{FOLDER}/PySide6/Qt/lib")
    (folder / LICENCES).write_text(text, encoding="utf-8")
    listed = folder / "kwt_books" / "resources" / "shipped.json"
    listed.write_text(licences.as_json(parts), encoding="utf-8")
    own = (ROOT / "LICENSE").read_text(encoding="utf-8")
    copyright_file = tree / "usr" / "share" / "doc" / NAME / "copyright"
    copyright_file.parent.mkdir(parents=True)
    copyright_file.write_text(f"{own}\n{text}", encoding="utf-8")


def write_control(tree: Path, python: str, architecture: str) -> None:
    libraries = ", ".join(sorted(set(QT_LIBRARIES.values())))
    kilobytes = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    control = tree / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        f"Package: {NAME}\n"
        f"Version: {version()}\n"
        f"Architecture: {architecture}\n"
        "Maintainer: KWT Books contributors\n"
        "Section: office\n"
        "Priority: optional\n"
        f"Installed-Size: {kilobytes}\n"
        f"Depends: {python}, libpq5, {libraries}\n"
        "Recommends: desktop-file-utils, hicolor-icon-theme, shared-mime-info\n"
        "Suggests: libcups2\n"
        "Description: books of a women farmers' group or a community group\n"
        " Events go in: what was sown, harvested, fried, left at the shop and sold; the\n"
        " statements that the treasurer signs come out. In Indonesian and English, without\n"
        " internet, and a book proves itself to its auditor.\n",
        encoding="utf-8",
    )


def attempt(package: Path, folder: Path) -> None:
    """Installs the package on a bare Debian, uses it as somebody, and removes it again."""
    base = folder / bare_debian.SUITE
    bare_debian.make_base(base, bare_debian.SUITE, bare_debian.MIRROR)
    machine = Machine(base, folder / "deb", bare_debian.USER)
    machine.prepare([])
    copy(package, machine.root / "tmp" / package.name)
    installing = f"apt-get update -qq && apt-get install -yqq /tmp/{package.name} >/tmp/said 2>&1"
    expect(machine.run("root", ["sh", "-c", installing])[0] == 0, "the package installs")
    for command in _USED:
        code, said = machine.run(bare_debian.USER, ["sh", "-ec", command])
        expect(code == 0 and "Traceback" not in said, f"{command} works")
    opened = "DISPLAY=:9 QT_QPA_PLATFORM=offscreen timeout 10 kwt-books ~/Documents/*/demo.kwt"
    code, said = machine.run(bare_debian.USER, ["sh", "-c", opened])
    expect(code == 124 and "Traceback" not in said, "the desktop opens and stays open")
    expect(kinds_of_books(machine.root) == {_KIND}, "books are known by their ending")
    openers = (machine.root / "usr/share/applications/mimeinfo.cache").read_text(encoding="utf-8")
    expect(f"{_KIND}={NAME}.desktop;\n" in openers, "a double click opens them")
    expect(machine.run("root", ["apt-get", "remove", "-yqq", NAME])[0] == 0, "it is removed")
    expect(not (machine.root / FOLDER.lstrip("/")).exists(), "nothing of it is left")
    books = machine.root / "home" / bare_debian.USER / "Documents"
    expect(any(books.rglob("demo.kwt")), "books are left alone")
    bare_debian.remove(machine.root)


def kinds_of_books(root: Path) -> set[str]:
    """What files that end as books do are taken for: the kinds whose pattern weighs most."""
    listed = (root / "usr/share/mime/globs2").read_text(encoding="utf-8").splitlines()
    patterns = [each.split(":") for each in listed if not each.startswith("#")]
    weights = {kind: int(weight) for weight, kind, pattern, *_ in patterns if pattern == "*.kwt"}
    return {kind for kind, weight in weights.items() if weight == max(weights.values())}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "debian")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--trial", type=Path, metavar="DIR")
    asked = parser.parse_args()
    debian.install_packages("python3-venv", *(["debootstrap", "git"] if asked.trial else []))
    say("the package")
    package = make(asked.work.resolve(), asked.out.resolve())
    size = megabytes(package)
    print(f"  {package.name}: {size:.1f} MB", flush=True)
    expect(size <= _MOST, f"at most {_MOST} MB")
    if asked.trial:
        say("the trial")
        attempt(package, asked.trial.resolve())
    say("done")
    return 0


if __name__ == "__main__":
    sys.exit(main())
