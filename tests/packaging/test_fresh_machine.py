"""What a fresh machine is told, and how what was left half made is mended."""

from __future__ import annotations

import ast
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from typing import IO

import bootstrap
import pytest
import system_packages
from required_python import refuse_other_pythons
from system_packages import QT_LIBRARIES, NotInstalled, beginning, install, line, progress

from kwt_books.i18n.catalogue import CALLED

SCRIPTS = Path(bootstrap.__file__).parent
NEW_IN_PYTHON_3 = (
    ast.AnnAssign, ast.AsyncFunctionDef, ast.FormattedValue, ast.JoinedStr, ast.Match,
    ast.NamedExpr, ast.Nonlocal, ast.Starred, ast.TryStar, ast.YieldFrom,
)  # fmt: skip


# -- which Python --------------------------------------------------------------------------


@pytest.mark.parametrize("version", [(2, 7), (3, 10), (3, 14)])
def test_another_python_is_told_which_it_takes(
    version: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["scripts/start.py", "--demo"])
    with pytest.raises(SystemExit) as ended:
        refuse_other_pythons(version)
    said = str(ended.value)
    assert "3.11, 3.12 or 3.13" in said
    assert f"this is {version[0]}.{version[1]}." in said
    assert said.endswith("scripts/start.py --demo")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_these_pythons_are_taken(version: tuple[int, int]) -> None:
    refuse_other_pythons(version)


@pytest.mark.parametrize("name", ["start.py", "check.py", "required_python.py"])
def test_old_pythons_can_read_what_tells_them(name: str) -> None:
    text = (SCRIPTS / name).read_text(encoding="ascii")  # Python 2 asks for a line about others
    for node in ast.walk(ast.parse(text)):
        assert not isinstance(node, NEW_IN_PYTHON_3), ast.dump(node)
        if isinstance(node, ast.FunctionDef):
            arguments = node.args
            assert node.returns is None
            assert not arguments.kwonlyargs
            assert not arguments.posonlyargs
            assert not any(each.annotation for each in arguments.args)
        if isinstance(node, ast.ImportFrom):
            assert node.module != "__future__"


# -- Debian's packages ---------------------------------------------------------------------


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A Debian, with these programs on its path."""

    def lay_out(*programs: str, root: bool) -> None:
        found = {"apt-get", *programs}
        monkeypatch.setattr(shutil, "which", lambda name: name if name in found else None)
        monkeypatch.setattr(system_packages, "is_root", lambda: root)
        monkeypatch.setattr(bootstrap, "is_root", lambda: root)

    return lay_out


@pytest.mark.parametrize(
    ("programs", "begun", "ended"),
    [
        (["sudo"], "sudo apt-get update && sudo apt-get install --yes", " libgl1 hledger"),
        ([], 'su - -c "apt-get update && apt-get install --yes', ' libgl1 hledger"'),
    ],
)
def test_the_line_to_paste_names_everything(
    apt: Callable[..., None], programs: list[str], begun: str, ended: str
) -> None:
    apt(*programs, root=False)
    with pytest.raises(NotInstalled) as refused:
        install(["libgl1", "hledger"])
    said = str(refused.value).splitlines()
    assert line(["libgl1", "hledger"]) in said
    assert line(["libgl1", "hledger"]).startswith(begun)
    assert line(["libgl1", "hledger"]).endswith(ended)


class FailingApt:
    """What apt-get's installing ends with where there is no internet."""

    returncode = 100

    def __init__(self, command: Sequence[str], *, stderr: IO[str], **_: object) -> None:
        self.stdout = ["Need to get 98.3 MB of archives.\n"]
        stderr.writelines(f"E: Failed to fetch {name}.deb\n" for name in command[-20:])

    def __enter__(self) -> FailingApt:
        return self

    def __exit__(self, *_: object) -> None: ...


def test_root_without_internet_is_told_so_in_a_few_lines(
    apt: Callable[..., None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    apt("sudo", root=True)
    monkeypatch.setattr(system_packages.subprocess, "run", lambda *_, **__: None)
    monkeypatch.setattr(system_packages.subprocess, "Popen", FailingApt)
    packages = [f"lib{number}" for number in range(20)]
    with pytest.raises(NotInstalled) as refused:
        install(packages)
    said = str(refused.value).splitlines()
    assert sum("Failed to fetch" in each for each in said) == 5
    assert "  (and 15 more)" in said
    assert said[-1].startswith("apt-get update && apt-get install ")
    assert said[-1].endswith(" ".join(packages))
    assert "Need to get" in capsys.readouterr().out


@pytest.mark.parametrize(("lines", "more"), [(5, False), (6, True)])
def test_what_is_left_unsaid_is_counted(lines: int, more: bool) -> None:
    said = beginning([f"line {number}" for number in range(lines)])
    assert said.count("line") == 5
    assert ("(and 1 more)" in said) is more


def test_where_there_is_no_apt_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(NotInstalled, match="hledger"):
        install(["hledger"])


def test_of_what_apt_says_the_size_and_a_step_now_and_then_are_left() -> None:
    said = ["Reading package lists...\n", "Need to get 98.3 MB of archives.\n"]
    said += [f"Unpacking lib{number}:amd64 (1.0) ...\n" for number in range(30)]
    said += [f"Setting up lib{number}:amd64 (1.0) ...\n" for number in range(30)]
    left = list(progress(said))
    assert left[0] == "Need to get 98.3 MB of archives."
    assert left[1:] == [f"{what} ..." for what in (
        "Unpacking lib19:amd64", "Setting up lib9:amd64", "Setting up lib29:amd64",
    )]  # fmt: skip


# -- one command ---------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What `prepare` would have installed; the environment itself is left alone."""
    calls: list[list[str]] = []

    def install(packages: Sequence[str]) -> None:
        calls.append(list(packages))

    monkeypatch.setattr(bootstrap, "install", install)
    monkeypatch.setattr(bootstrap, "fill_environment", lambda **_: None)
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None)
    monkeypatch.setattr(bootstrap, "found_uv", list)
    monkeypatch.setattr(bootstrap, "missing_qt_libraries", lambda: [*QT_LIBRARIES])
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return calls


VENV = "python{}.{}-venv".format(*sys.version_info)


def test_without_a_screen_the_program_asks_for_no_library_of_qt(
    apt: Callable[..., None], asked: list[list[str]]
) -> None:
    apt(root=False)
    bootstrap.prepare(for_tests=False)
    assert asked == [[VENV]]


def test_with_a_screen_everything_is_asked_for_at_once(
    apt: Callable[..., None], asked: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    apt(root=False)
    bootstrap.prepare(for_tests=False)
    ((first, *libraries),) = asked
    assert first == VENV
    assert sorted(libraries) == sorted(set(QT_LIBRARIES.values()))


@pytest.mark.parametrize("root", [True, False])
def test_only_for_root_hledger_is_a_matter_of_its_own(
    apt: Callable[..., None], asked: list[list[str]], root: bool
) -> None:
    apt(root=root)
    bootstrap.prepare(for_tests=True)
    assert ("hledger" in asked[0]) is not root
    assert asked[1:] == [["hledger"]]


def test_what_hledger_cannot_be_had_for_goes_on(
    apt: Callable[..., None], asked: list[list[str]], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    apt(root=False)
    monkeypatch.setattr(bootstrap, "install", install)
    monkeypatch.setattr(bootstrap, "missing_qt_libraries", list)
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: object())
    bootstrap.prepare(for_tests=True)
    assert "hledger are skipped" in capsys.readouterr().out


def test_where_nothing_is_missing_nothing_is_installed(
    apt: Callable[..., None], asked: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    apt("hledger", root=True)
    monkeypatch.setattr(bootstrap, "missing_qt_libraries", list)
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: object())
    bootstrap.prepare(for_tests=True)
    assert asked == []


def test_libraries_are_named_where_there_is_no_apt(
    asked: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match=r"libxcb-cursor\.so\.0"):
        bootstrap.prepare(for_tests=True)


def test_the_program_is_told_how_it_was_called() -> None:
    assert bootstrap.CALLED == CALLED


# -- half-made environments ----------------------------------------------------------------


class Uv:
    """Does what uv does to an environment, as far as is looked at here, or fails."""

    def __init__(self, environment: Path) -> None:
        self.environment = environment
        self.fails = False
        self.synced = False
        self.seen_unfinished = False

    def run(self, command: Sequence[str], **how: object) -> CompletedProcess[bytes]:
        if "--check" in command:
            return CompletedProcess(command, 0 if self.synced else 1)
        if "venv" in command:
            bootstrap.PYTHON.parent.mkdir(parents=True)
            bootstrap.PYTHON.touch()
        elif "sync" in command:
            self.seen_unfinished = (self.environment / "unfinished").exists()
            if self.fails:
                return CompletedProcess(command, 2)
            self.synced = True
        elif not bootstrap.PYTHON.exists():
            raise FileNotFoundError(command[0])
        return CompletedProcess(command, 0)


@pytest.fixture
def uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Uv:
    environment = tmp_path / ".venv"
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", environment)
    monkeypatch.setattr(bootstrap, "PYTHON", environment / "bin" / "python")
    monkeypatch.setattr(bootstrap, "uv", lambda: ["uv"])
    monkeypatch.setattr(bootstrap, "missing_qt_libraries", list)
    monkeypatch.setattr(bootstrap, "missing_for_uv", list)
    made = Uv(environment)
    monkeypatch.setattr(bootstrap.subprocess, "run", made.run)
    return made


def test_an_environment_is_marked_while_it_is_filled(uv: Uv) -> None:
    bootstrap.prepare(for_tests=False)
    assert uv.seen_unfinished
    assert not (uv.environment / "unfinished").exists()


def test_what_lacks_its_python_is_made_anew(uv: Uv, capsys: pytest.CaptureFixture[str]) -> None:
    (uv.environment / "lib").mkdir(parents=True)
    bootstrap.prepare(for_tests=False)
    assert uv.synced
    assert not (uv.environment / "lib").exists()
    assert "half made" in capsys.readouterr().out


def test_what_was_cut_off_is_made_anew(uv: Uv) -> None:
    bootstrap.prepare(for_tests=False)
    left = [uv.environment / name for name in ("unfinished", "half a package")]
    for path in left:
        path.touch()
    bootstrap.prepare(for_tests=False)
    assert not any(path.exists() for path in left)


def test_a_first_try_without_internet_ends_with_a_sentence_and_the_next_works(uv: Uv) -> None:
    uv.fails = True
    with pytest.raises(SystemExit, match="internet"):
        bootstrap.prepare(for_tests=False)
    uv.fails = False
    bootstrap.prepare(for_tests=False)
    assert uv.synced


def test_without_internet_an_environment_that_works_is_kept(uv: Uv) -> None:
    bootstrap.prepare(for_tests=False)
    (uv.environment / "package").touch()
    uv.fails, uv.synced = True, False
    with pytest.raises(SystemExit, match="internet"):
        bootstrap.prepare(for_tests=False)
    uv.synced = True
    bootstrap.prepare(for_tests=False)
    assert (uv.environment / "package").exists()


def test_what_is_complete_is_left_alone_without_a_word(
    uv: Uv, capsys: pytest.CaptureFixture[str]
) -> None:
    bootstrap.prepare(for_tests=False)
    capsys.readouterr()
    uv.seen_unfinished = False
    bootstrap.prepare(for_tests=False)
    assert not uv.seen_unfinished
    assert capsys.readouterr().out == ""


def test_a_half_made_uv_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / ".venv-uv"
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").touch()
    monkeypatch.setattr(bootstrap, "_UV_ENVIRONMENT", folder)
    monkeypatch.setattr(bootstrap, "_OWN_UV", folder / "bin" / "uv")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    run: list[str] = []

    def runs(command: Sequence[str], **_: object) -> CompletedProcess[bytes]:
        if command[0] == str(folder / "bin" / "uv"):
            raise FileNotFoundError(command[0])
        assert run or not folder.exists()
        run.append(command[2])
        return CompletedProcess(command, 0)

    monkeypatch.setattr(bootstrap.subprocess, "run", runs)
    assert bootstrap.uv() == [str(folder / "bin" / "uv")]
    assert run == ["venv", "pip"]
