"""The program as `pip` and `pipx` install it."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

import main as program
from kwt_books.i18n import catalogue
from kwt_books.i18n.catalogue import COMMAND, resources_dir
from tests import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WHEEL = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]


def test_the_command_is_the_programs_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module, function = PROJECT["project"]["scripts"][COMMAND].split(":")
    assert WHEEL["force-include"]["main.py"] == module.replace(".", "/") + ".py"
    monkeypatch.setattr(sys, "argv", ["/usr/bin/kwt-books", "reports", "--help"])
    with pytest.raises(SystemExit) as ended:
        getattr(program, function)()
    assert ended.value.code == 0
    assert "kwt-books reports" in capsys.readouterr().out


def test_everything_lies_in_packages_of_the_programs_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all((ROOT / name / "__init__.py").is_file() for name in WHEEL["packages"])
    assert set(WHEEL["force-include"]) == {"main.py", "resources"}
    installed = tmp_path / WHEEL["force-include"]["resources"]
    installed.mkdir(parents=True)
    monkeypatch.setattr(
        catalogue, "__file__", str(tmp_path / "kwt_books" / "i18n" / "catalogue.py")
    )
    assert resources_dir() == installed


def test_the_licence_is_the_one_that_is_named() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith(f"{PROJECT['project']['license']} License")
    assert "KWT Books contributors" in text
    assert PROJECT["project"]["license-files"][0] == "LICENSE"
