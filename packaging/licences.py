"""What is shipped beside the program's own code, in which version and under which licence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath

from places import HERE, NAME, ROOT, version

_TEXTS = HERE / "windows" / "licences"
_HEAD = f"""{NAME} {{version}}

{NAME} dibagikan dengan lisensi MIT. Program ini memakai perangkat lunak di bawah ini, masing-masing
dengan lisensinya sendiri; teks lengkapnya ada sesudah daftar.

{NAME} is released under the MIT licence. It uses the software below, each part under a licence
of its own; the full texts follow the list.

Qt, PySide6, psycopg and num2words are used under the GNU Lesser General Public License. Their
sources are at https://download.qt.io/official_releases/ and at https://pypi.org/, under the names
and versions of the list. Qt's and PySide6's libraries lie in {{qt}} as files of their own and may
be replaced by builds of your own; how {NAME} itself is built is part of its source.
"""


_UNSAID = {"sqlcipher3": "Zlib"}
"""What packages have in the text of their licence alone."""
KEPT_WITH = """
import json
from sqlcipher3 import dbapi2
made = dbapi2.connect(":memory:")
made.execute("PRAGMA key = 'x'")
(cipher,), (provider,) = (
    made.execute("PRAGMA cipher_" + name).fetchone() for name in ("version", "provider_version")
)
print(json.dumps({"sqlite": dbapi2.sqlite_version, "sqlcipher": cipher.split()[0],
    "cipher_openssl": provider.split()[1]}))
"""
"""Prints the versions of what is in `sqlcipher3`, for the Python that runs it."""


@dataclass(frozen=True)
class Part:
    name: str
    version: str
    licence: str
    home: str
    texts: tuple[str, ...] = field(default=(), repr=False)


def shipped_packages(site_packages: Path, sources: Iterable[str]) -> Iterator[Part]:
    """The packages of which at least one of `sources` went into the program, by name."""
    marker = site_packages.name.lower() + "/"
    used = {
        path.rpartition(marker)[2]
        for path in (each.replace("\\", "/").lower() for each in sources)
        if marker in path
    }
    every = sorted(distributions(path=[str(site_packages)]), key=lambda each: each.name.lower())
    for each in every:
        if used & {str(PurePosixPath(file)).lower() for file in each.files or ()}:
            yield _part(each)


def _part(package: Distribution) -> Part:
    return Part(
        package.name, package.version, licence_of(package), _home(package), tuple(_texts(package))
    )


def _texts(package: Distribution) -> Iterator[str]:
    for file in package.files or ():
        is_text = file.name.upper().startswith(("LICEN", "COPYING", "NOTICE", "AUTHORS"))
        if ".dist-info/" in file.as_posix() and is_text and "Commercial" not in file.name:
            yield _read(Path(str(package.locate_file(file))))
        if file.name.endswith(".cyclonedx.json"):
            yield crates(_read(Path(str(package.locate_file(file)))))


def crates(listed: str) -> str:
    """What a package's list of the Rust that is compiled into it says: name, licence, authors."""
    lines = []
    for each in json.loads(listed)["components"]:
        terms = " AND ".join(said["expression"] for said in each["licenses"])
        lines.append(f"{each['name']} {each['version']}: {terms}, {each.get('author', '')}")
    return "\n".join(["It holds, compiled, from https://crates.io:", *sorted(lines)])


def licence_of(package: Distribution) -> str:
    """The one line that a package says of its licence; of several ways to say it, the newest."""
    told = package.metadata
    for key in ("License-Expression", "License"):
        if key in told:
            return str(told[key]).split("\n")[0].split(" (see ")[0]
    named = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or ()
             if each.startswith("License :: ")]  # fmt: skip
    return ", ".join(named) or _UNSAID.get(package.name, "")


def _home(package: Distribution) -> str:
    return f"https://pypi.org/project/{package.name}/{package.version}/"


def windows_parts(tree: Path, versions: dict[str, str]) -> list[Part]:
    """What no wheel names of Windows' program: the interpreter and what is linked into it."""
    return [
        Part("Python", versions["python"], "PSF-2.0", "https://www.python.org/",
             (_read(tree / "LICENSE.txt"),)),
        Part("OpenSSL (libcrypto)", versions["openssl"], "Apache-2.0", "https://openssl.org/",
             (_read(_TEXTS / "Apache-2.0.txt"),)),
        Part("libpq (in psycopg-binary)", versions["libpq"], "PostgreSQL",
             "https://www.postgresql.org/", (_read(_TEXTS / "PostgreSQL.txt"),)),
        Part("OpenSSL (in psycopg-binary)", "3", "Apache-2.0", "https://openssl.org/",
             (_read(_TEXTS / "Apache-2.0.txt"),)),
        Part("Microsoft Visual C++ runtime", "14", "redistributable with Visual Studio",
             "https://visualstudio.microsoft.com/license-terms/"),
        Part("PyInstaller bootloader", versions["pyinstaller"],
             "GPL-2.0-or-later with an exception for the programs made with it",
             "https://pyinstaller.org/"),
        *common_parts(versions),
    ]  # fmt: skip


def common_parts(versions: Mapping[str, str]) -> list[Part]:
    """What no wheel names wherever the program is shipped: Qt, what is in SQLCipher, fonts, icons.

    `versions`: of `qt`, and what `KEPT_WITH` prints.
    """
    fonts, qt = ROOT / "resources" / "fonts", versions["qt"]
    return [
        Part("SQLite", versions["sqlite"], "public domain", "https://sqlite.org/"),
        Part("SQLCipher", versions["sqlcipher"], "BSD-3-Clause",
             "https://www.zetetic.net/sqlcipher/", (_read(_TEXTS / "SQLCipher.txt"),)),
        Part("OpenSSL (in SQLCipher)", versions["cipher_openssl"], "Apache-2.0",
             "https://openssl.org/", (_read(_TEXTS / "Apache-2.0.txt"),)),
        Part("Qt", qt, "LGPL-3.0-only", "https://www.qt.io/",
             (_read(_TEXTS / "LGPL-3.0.txt"), _read(_TEXTS / "GPL-3.0.txt"))),
        *_inside(),
        Part("Inter", "", "OFL-1.1", "https://rsms.me/inter/", (_read(fonts / "Inter-OFL.txt"),)),
        Part("Source Sans", "", "OFL-1.1", "https://github.com/adobe-fonts/source-sans",
             (_read(fonts / "LICENSE.txt"),)),
    ]  # fmt: skip


def _inside() -> Iterator[Part]:
    """What is compiled into Qt and its PDF viewer, and the font of icons; no version is told.

    `inside.json` says of each whose file its words were taken from (`from`).
    """
    for each in json.loads(_read(_TEXTS / "inside.json")):
        notice = ["\n".join(each["copyright"])] if "copyright" in each else []
        terms = (_read(_TEXTS / name) for name in each["texts"])
        yield Part(each["name"], "", each["licence"], each["home"], (*notice, *terms))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def as_text(parts: list[Part], qt: str = "_internal/PySide6") -> str:
    """The file beside the program: a list, then every licence text once.

    `qt` is the folder of Qt's libraries.
    """
    width = max(len(f"{each.name} {each.version}") for each in parts)
    lines = [f"{f'{each.name} {each.version}':{width}}  {each.licence}" for each in parts]
    shown: dict[str, str] = {}
    texts: list[str] = []
    for each in parts:
        told = []
        for text in map(str.strip, each.texts):
            first = shown.setdefault(text, each.name)
            told.append(text if first == each.name else f"Its terms stand below {first}.")
        if told:
            texts.append("\n\n".join((f"{'=' * 78}\n{each.name}\n{each.home}", *told)) + "\n")
    return "\n".join([_HEAD.format(version=version(), qt=qt), *lines, "", *texts])


def as_json(parts: list[Part]) -> str:
    """The same list for the program to show: `program` and `parts`."""
    told = [{key: text for key, text in asdict(each).items() if key != "texts"} for each in parts]
    return json.dumps({"program": version(), "parts": told}, ensure_ascii=False, indent=1)
