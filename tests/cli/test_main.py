"""The program as it is started: by a person, in a pipe, at a terminal."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from contextlib import suppress
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import typer
from typer.main import get_command

import main as program
from kwt_books import __version__
from kwt_books.app import Books
from kwt_books.cli import commands as command_line
from kwt_books.cli.commands import commands, translate
from kwt_books.cli.session import Session
from kwt_books.domain.errors import StorageError
from kwt_books.i18n.catalogue import CALLED, Translator, program_name, resources_dir
from tests import ROOT

from .conftest import Run

MAIN = [sys.executable, str(ROOT / "main.py")]
COMMANDS = ("demo", "import", "export", "report", "reports", "statements", "verify")
RECEIPT = {
    "kind": "receipt", "date": "2026-06-01", "into": "1101",
    "lines": [{"account": "2104", "amount": 5}],
}  # fmt: skip
LINE = json.dumps(RECEIPT).encode() + b"\n"
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX")


def environment(**more: str) -> dict[str, str]:
    bare = {key: text for key, text in os.environ.items() if "DISPLAY" not in key}
    return {**bare, "PYTHONWARNINGS": "error", **more}


def start(*args: str | Path, **how: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*MAIN, *map(str, args)], capture_output=True, check=False, env=environment(), **how
    )


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen there")
@pytest.mark.parametrize("given", [(), ("buku.kwt",)])
def test_without_a_screen_the_desktop_says_so(given: tuple[str, ...]) -> None:
    done = start(*given)
    assert (done.returncode, done.stdout) == (1, b"")
    assert "layar" in done.stderr.decode()


def test_a_book_goes_through_pipes(sample_stream: Path, tmp_path: Path) -> None:
    stream = sample_stream.read_bytes()
    assert start("import", tmp_path / "a.kwt", "-", input=stream).returncode == 0
    out = start("export", tmp_path / "a.kwt")
    assert start("import", tmp_path / "b.kwt", "-", input=out.stdout).returncode == 0
    again = start("export", tmp_path / "b.kwt", "--out", "-")
    assert (again.returncode, again.stdout) == (0, out.stdout)


def test_exit_codes(june: Path, tmp_path: Path) -> None:
    assert start("report", june, "trial-balance").returncode == 0
    refused = start("report", tmp_path / "none.kwt", "trial-balance")
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert refused.stderr.strip()
    assert start("report", june, "nonsense").returncode == 2
    assert start("nonsense").returncode == 2


def test_signs_beyond_ascii_survive_any_console(june: Path) -> None:
    done = subprocess.run(
        [*MAIN, "report", june, "profit-loss"],
        capture_output=True, check=True, env=environment(PYTHONIOENCODING="cp1252"),
    )  # fmt: skip
    assert "–" in done.stdout.decode("utf-8")


@posix
@pytest.mark.parametrize(
    "given",
    [("report", b"\xff.kwt", "lots"), ("report", "june", "document", "--number", b"BKK-\xff"),
     ("verify", b"postgresql://\xff@localhost/kwt#melati")],
)  # fmt: skip
def test_what_is_no_text_is_said_and_not_looked_for(given: tuple[str | bytes, ...]) -> None:
    done = subprocess.run([*MAIN, *given], capture_output=True, check=False, env=environment())
    assert (done.returncode, done.stdout) == (2, b"")
    assert "\\udcff" in done.stderr.decode("utf-8")
    assert "bukan huruf" in done.stderr.decode("utf-8")


@posix
def test_a_folder_of_any_name_will_do(june: Path, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xff"
    os.mkdir(folder)  # noqa: PTH102 - a name that is no text
    book = os.path.join(folder, b"juni.kwt")  # noqa: PTH118
    shutil.copyfile(june, book)
    for given in (("verify", "juni.kwt"), ("report", "juni.kwt", "position", "--out", "a.pdf")):
        done = start(*given, cwd=folder)
        assert done.returncode == 0, done.stderr.decode()


@posix
def test_a_reader_that_goes_away_is_no_accident(june: Path) -> None:
    with subprocess.Popen(
        [*MAIN, "export", str(june)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert b"Traceback" not in said


@posix
@pytest.mark.usefixtures("usual_signals")
def test_ctrl_c_leaves_no_book(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*MAIN, "import", str(tmp_path / "a.kwt"), "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
    ) as process:  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(LINE * 10)
        process.stdin.flush()
        while not list(tmp_path.iterdir()):  # until it has begun
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, said = process.communicate()
    assert (process.returncode, out) == (130, b"")
    assert "Tidak ada yang dicatat" in said.decode()
    assert b"Traceback" not in said
    assert not list(tmp_path.iterdir())


@posix
def test_progress_is_shown_on_a_terminal(tmp_path: Path) -> None:
    import pty

    stream = tmp_path / "a.jsonl"
    stream.write_bytes(LINE * 1200)
    terminal, end = pty.openpty()
    with subprocess.Popen(
        [*MAIN, "import", tmp_path / "a.kwt", stream],
        stdout=subprocess.PIPE, stderr=end, env=environment(TERM="xterm"),
    ) as process:  # fmt: skip
        os.close(end)
        shown = b""
        with suppress(OSError):  # that is how a terminal ends on Linux
            while part := os.read(terminal, 4096):
                shown += part
        out, _ = process.communicate()
    os.close(terminal)
    assert process.returncode == 0
    said = shown.decode()
    assert "a.jsonl" in said
    assert "\x1b[" in said
    assert b"\x1b" not in out


# -- the desktop ---------------------------------------------------------------------------


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """A screen, and what would be opened on it."""
    opened: list[Path | None] = []

    def run(books: object, path: Path | None) -> int:
        opened.append(path)
        return 7

    module = ModuleType("ui.shell.start")
    module.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ui.shell.start", module)
    monkeypatch.setattr(program, "has_screen", lambda: True)
    return opened


def test_the_desktop_opens_alone_and_on_a_book(desktop: list[Path | None]) -> None:
    assert program.main([]) == 7
    assert program.main(["Buku Kami.KWT"]) == 7
    assert desktop == [None, Path("Buku Kami.KWT")]


def test_the_desktop_says_what_is_wrong_with_another_file(
    desktop: list[Path | None], tmp_path: Path
) -> None:
    notes = tmp_path / "catatan.docx"
    notes.touch()
    assert program.main([str(notes)]) == 7
    assert desktop == [notes]


@pytest.mark.parametrize(
    ("platform", "variables", "there"),
    [
        ("win32", {}, True),
        ("darwin", {}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
    ],
)
def test_where_there_is_a_screen(
    platform: str, variables: dict[str, str], there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "sys", SimpleNamespace(platform=platform))
    monkeypatch.setattr(program, "os", SimpleNamespace(environ=variables))
    assert program.has_screen() is there


# -- help ----------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_there_in_both_languages(run: Run, command: str) -> None:
    asked = [command] if command else []
    indonesian = run(*asked, "--help")
    english = run(*asked, "--help", "--language", "en")
    assert (indonesian.exit_code, english.exit_code) == (0, 0)
    assert "Pemakaian: main.py" in indonesian.stdout
    assert "Usage: main.py" in english.stdout
    assert "Pilihan" in indonesian.stdout
    assert "Options" in english.stdout
    for word in ("BOOK", "FILE", "OPTIONS", "required", "ADDRESS_OF", "SERVER_OF", "PATH"):
        assert not re.search(rf"\b{word}\b", indonesian.stdout), word
    assert not re.search(r"\b[A-Z]+_OF\b", english.stdout)


def parameters(language: str) -> dict[tuple[str, str], Any]:
    """Every argument and option by its command and name, as the help tells of them."""
    group: Any = get_command(commands())
    translate(group, Translator(language))
    found = {}
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        for each in command.get_params(typer.Context(command)):
            found[name, each.opts[0]] = each
    return found


def test_help_says_of_everything_what_it_is_in_the_users_language() -> None:
    english = parameters("en")
    for place, each in parameters("id").items():
        assert each.help, place
        assert each.help != english[place].help, place
        assert each.rich_help_panel != english[place].rich_help_panel, place
        assert not (each.default and each.show_default), f"{place}: its words tell what holds else"
        if place[1] != "--help" and not getattr(each, "is_flag", False):
            assert each.metavar, place


def test_help_begins_with_what_it_is_for_in_the_users_language() -> None:
    told = []
    for language in ("id", "en"):
        group: Any = get_command(commands())
        translate(group, Translator(language))
        every = [group, *(group.get_command(None, name) for name in group.list_commands(None))]
        told.append([each.help for each in every])
    for indonesian, english in zip(*told, strict=True):
        assert indonesian
        assert indonesian != english


def test_it_goes_by_the_name_it_was_started_with(
    books: Books, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for asked in (["report"], ["--help"], ["demo", "--out", str(tmp_path)]):
        with pytest.raises(SystemExit):
            commands()(args=asked, obj=Session(books, resources_dir()), prog_name="kwt-books")
        told = capsys.readouterr()
        assert "kwt-books" in told.out + told.err, asked
        assert "main.py" not in told.out + told.err, asked


@pytest.mark.skipif(sys.platform == "win32", reason="quotes of POSIX")
@pytest.mark.parametrize(
    ("typed", "arguments", "called"),
    [
        (["python3", "main.py", "demo"], ["main.py", "demo"], "python3 main.py"),
        ([".venv/bin/python", "main.py"], ["main.py"], ".venv/bin/python main.py"),
        (["/opt/my python/bin/python", "main.py"], ["main.py"],
         "'/opt/my python/bin/python' main.py"),
        (["/opt/bin/python", "/home/siti/.local/bin/kwt-books", "demo"],
         ["/home/siti/.local/bin/kwt-books", "demo"], "kwt-books"),
        (["python", "-m", "kwt_books", "demo"], ["/lib/kwt_books/__main__.py", "demo"],
         "python -m kwt_books"),
    ],
)  # fmt: skip
def test_it_is_called_as_it_was_typed(
    typed: list[str], arguments: list[str], called: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(CALLED, raising=False)
    monkeypatch.setattr(sys, "orig_argv", typed)
    monkeypatch.setattr(sys, "argv", arguments)
    assert program_name() == called


def test_what_started_it_says_how_it_was_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["main.py"])
    monkeypatch.setenv(CALLED, "python3 scripts/start.py")
    assert program_name() == "python3 scripts/start.py"


def test_the_built_program_is_called_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert program_name() == "kwt-books"


def test_the_readmes_main_job_works_as_it_stands(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    job = readme.partition("## The main job")[2].partition("\n## ")[0]
    asked = [line.split()[2:] for line in job.splitlines() if line.startswith(".venv/bin/python")]
    assert [each[0] for each in asked] == ["import", "statements"]
    for command in asked:
        beside = [word.replace("..", str(tmp_path), 1) for word in command]
        assert run(*beside).exit_code == 0, command
    assert {path.name for path in tmp_path.iterdir()} == {"juni.kwt", "juni.pdf"}


def test_help_lists_the_commands(run: Run) -> None:
    shown = run("--help").stdout
    assert all(f" {command} " in shown for command in COMMANDS)


def test_no_command_is_wrong_usage_and_an_unknown_one_is_told_which_there_are(run: Run) -> None:
    assert run("--language", "en").exit_code == 2
    done = run("buat")
    assert done.exit_code == 2
    assert all(command in done.stderr for command in COMMANDS)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), f"Which command? There are {', '.join(command_line.COMMANDS)}."),
        (("report",), "BOOK is missing."),
        (("template",), "--out is missing."),
        (("verify", "a.kwt", "--colour", "red"), "There is no option --colour here."),
        (("verify", "a.kwt", "--as"), "--as needs a value."),
        (("report", "a.kwt", "lots", "--blank=1"), "--blank takes no value."),
        (("sample", "a.kwt", "--size", "x"), "--size is a whole number."),
        (("verify", "a.kwt", "b", "c"),
         "b c is too much. Put a file name that contains spaces in quotes."),
    ],
)  # fmt: skip
def test_what_was_typed_wrongly_is_named(run: Run, given: tuple[str, ...], said: str) -> None:
    done = run("--language", "en", *given)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0] == said


@pytest.mark.usefixtures("usual_signals")
def test_ctrl_c_that_fell_into_a_question_to_the_book_is_no_fault_of_its(
    run: Run, june: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite calls it an error where it falls into an answer of ours."""

    def opened(*_: object, read_only: bool) -> None:
        if pressed:
            with suppress(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
        raise StorageError("locked", path=june)

    monkeypatch.setattr(Books, "open", opened)
    pressed = False
    refused = run("verify", june, "--language", "en")
    pressed = True
    signal.signal(signal.SIGINT, signal.default_int_handler)
    cancelled = run("verify", june, "--language", "en")
    assert (refused.exit_code, cancelled.exit_code) == (1, 130)
    assert cancelled.stderr == "Cancelled. Nothing was recorded.\n" != refused.stderr


def test_a_name_that_is_no_text_is_shown_by_its_bytes(run: Run) -> None:
    done = run("verify", "a\udcff.kwt", "--language", "en")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "\\udcff.kwt holds signs that are no text" in done.stderr


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == __version__
