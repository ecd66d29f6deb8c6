"""The list of what is shipped."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from licences import (
    Part,
    as_json,
    as_text,
    common_parts,
    crates,
    licence_of,
    shipped_packages,
)
from places import ROOT


def _install(folder: Path, name: str, *told: str) -> None:
    (folder / name).mkdir()
    (folder / name / "__init__.py").touch()
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    head = ["Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0", *told]
    (info / "METADATA").write_text("\n".join(head) + "\n", encoding="utf-8")
    (info / "LICENSE").write_text(f"Terms of {name}", encoding="utf-8")
    listed = [f"{name}/__init__.py,,", f"{info.name}/METADATA,,", f"{info.name}/LICENSE,,"]
    (info / "RECORD").write_text("\n".join(listed) + "\n", encoding="utf-8")


@pytest.fixture
def site_packages(tmp_path: Path) -> Path:
    folder = tmp_path / "site-packages"
    folder.mkdir()
    _install(folder, "used", "License-Expression: MIT")
    _install(folder, "classified", "Classifier: License :: OSI Approved :: ISC License (ISCL)")
    _install(folder, "idle", "License: BSD")
    return folder


def test_packages_of_which_nothing_went_in_are_not_listed(site_packages: Path) -> None:
    sources = [
        r"Z:\python\Lib\site-packages\Used\__init__.py",
        r"Z:\python\Lib\site-packages\classified\__init__.py",
        r"Z:\python\Lib\json\__init__.py",
    ]
    found = {each.name: each for each in shipped_packages(site_packages, sources)}
    assert set(found) == {"used", "classified"}
    assert (found["used"].licence, found["used"].texts) == ("MIT", ("Terms of used",))
    assert found["classified"].licence == "ISC License (ISCL)"


def test_a_text_that_two_parts_share_is_printed_once() -> None:
    parts = [Part("One", "1", "MIT", "https://one", ("Shared terms",)),
             Part("Two", "2", "MIT", "https://two", ("Shared terms\n",))]  # fmt: skip
    text = as_text(parts)
    assert text.count("Shared terms") == 1
    assert "One 1" in text
    assert text.endswith("https://two\n\nIts terms stand below One.\n")


def test_the_programs_list_has_every_part_without_its_text() -> None:
    told = json.loads(as_json([Part("Qt", "6.12", "LGPL-3.0-only", "https://qt.io", ("long",))]))
    assert told["parts"] == [
        {"name": "Qt", "version": "6.12", "licence": "LGPL-3.0-only", "home": "https://qt.io"}
    ]


def test_what_no_wheel_names_brings_its_notice_and_its_terms() -> None:
    asking = {"MIT": "above copyright notice", "BSD-2-Clause": "in binary form must reproduce",
              "BSD-3-Clause": "Neither the name", "OFL-1.1": "SIL OPEN FONT LICENSE",
              "LGPL-3.0-only": "GNU LESSER GENERAL PUBLIC LICENSE"}  # fmt: skip
    versions = dict.fromkeys(("qt", "sqlite", "sqlcipher", "cipher_openssl"), "1")
    parts = common_parts(versions)
    assert {"Qt", "SQLCipher", "Phosphor Icons", "HarfBuzz (in Qt)"} <= {p.name for p in parts}
    for each in parts:
        text = "\n".join(each.texts)
        for licence in each.licence.split(" AND "):
            assert asking.get(licence, "") in text, each.name
        if each.licence not in {"public domain", "CC0-1.0"}:
            assert re.search(r"copyright|\(c\) ", text, re.IGNORECASE), each.name


def test_of_each_text_of_what_is_inside_its_source_is_told() -> None:
    folder = ROOT / "packaging" / "windows" / "licences"
    inside = json.loads((folder / "inside.json").read_text(encoding="utf-8"))
    assert all(each["from"] and (each["texts"] or each["copyright"]) for each in inside)
    named = {name for each in inside for name in each["texts"]}
    kept = {path.relative_to(folder).as_posix() for path in (folder / "inside").iterdir()}
    assert {name for name in named if "/" in name} == kept


def test_rust_that_is_compiled_into_a_package_is_named_with_its_licence() -> None:
    told = {"name": "zip", "version": "9.2", "licenses": [{"expression": "MIT"}], "author": "Mat"}
    assert "zip 9.2: MIT, Mat" in crates(json.dumps({"components": [told]}))


def _leaned_on() -> set[str]:
    """The names of all that the program needs, and of what that needs."""
    locked = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    listed = {each["name"]: each for each in locked}
    found: set[str] = set()
    waiting = [{"name": "kwt-books"}]
    while waiting:
        wanted = waiting.pop()
        each = listed[wanted["name"]]
        for extra in wanted.get("extra", ()):
            waiting += each["optional-dependencies"][extra]
        if each["name"] not in found:
            found.add(each["name"])
            waiting += each.get("dependencies", ())
    return found


def test_nothing_that_is_packed_asks_for_the_whole_to_be_handed_on_under_its_own_terms() -> None:
    names = _leaned_on()
    packed = [each for each in distributions() if each.name.lower().replace("_", "-") in names]
    told = {each.name: licence_of(each).split(" OR ") for each in packed}
    assert {"PySide6_Essentials", "psycopg-binary", "reportlab"} <= set(told)
    whole = ("GPL", "AGPL", "GNU General", "GNU Affero")
    asking = [name for name, ways in told.items() if all(way.startswith(whole) for way in ways)]
    assert not asking
