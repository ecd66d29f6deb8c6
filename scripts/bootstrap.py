"""Gets a fresh machine ready: the project's own environment, and the libraries Qt leans on.

Only the standard library is used here, since nothing else is there yet.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from system_packages import (  # fmt: skip
    QT_LIBRARIES,
    SERVER,
    NotInstalled,
    has_apt,
    has_server,
    install,
    is_root,
    missing_qt_libraries,
)

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
_WINDOWS = sys.platform == "win32"
_PYTHON_WITHIN = "Scripts/python.exe" if _WINDOWS else "bin/python"
PYTHON = ENVIRONMENT / _PYTHON_WITHIN
_UNFINISHED = "unfinished"
"""A file in an environment while it is being filled; what was cut off is made anew."""
_UV_ENVIRONMENT = ROOT / ".venv-uv"
_OWN_UV = _UV_ENVIRONMENT / ("Scripts/uv.exe" if _WINDOWS else "bin/uv")
_SIZES = {
    "uv": ("uv, which gets the rest", 18, 65),
    "program": ("what the program needs", 110, 325),
    "tests": ("what the program and its tests need", 155, 465),
}
"""In megabytes."""
CALLED = "KWT_BOOKS_CALLED"
"""Tells the program what one types instead of its name."""
_TRY_AGAIN = "Is there internet, and room on the disk? Then run the same command again."


@contextmanager
def stopping_is_said() -> Iterator[None]:
    """Ctrl+C ends with a sentence."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit("\nStopped. The same command goes on from here.")


@stopping_is_said()
def run_program(arguments: Sequence[str]) -> int:
    """Runs `main.py` in its environment and gives what it ends with."""
    prepare(for_tests=False)
    called = {CALLED: f"{sys.orig_argv[0]} {sys.argv[0]}"}
    command = [str(PYTHON), str(ROOT / "main.py"), *arguments]
    return subprocess.run(command, check=False, env={**os.environ, **called}).returncode


def prepare(*, for_tests: bool) -> None:
    """Makes `.venv` what `uv.lock` says, and sees to it that Qt can be loaded where it is used.

    Ends with what is to be done where that takes somebody else.
    """
    libraries = missing_qt_libraries() if for_tests or _has_screen() else []
    if libraries and not has_apt():
        sys.exit(f"Install the libraries that Qt needs first: {', '.join(libraries)}")
    needed = [*missing_for_uv(), *dict.fromkeys(QT_LIBRARIES[each] for each in libraries)]
    comparing = ["hledger"] if for_tests and shutil.which("hledger") is None else []
    if for_tests and not has_server() and has_apt():
        needed.append(SERVER)
    try:
        if needed:
            install(needed if is_root() else [*needed, *comparing])
        fill_environment(for_tests=for_tests)
    except NotInstalled as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"{error.filename}: {error.strerror}. Does the folder belong to somebody else?")
    if comparing:
        try:
            install(comparing)
        except NotInstalled as error:
            print(f"The tests that compare with hledger are skipped. {error}", flush=True)


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_for_uv() -> list[str]:
    """Debian leaves out of Python what a virtual environment gets its pip from."""
    if found_uv() or find_spec("ensurepip") is not None or not has_apt():
        return []
    return ["python{}.{}-venv".format(*sys.version_info)]


def uv() -> list[str]:
    """The uv on the path, else one in an environment of its own; ends where it can't be had."""
    if found := found_uv():
        return found
    _clear(_UV_ENVIRONMENT)
    _say_size("uv")
    python = str(_UV_ENVIRONMENT / _PYTHON_WITHIN)
    for command in (
        [sys.executable, "-m", "venv", str(_UV_ENVIRONMENT)],
        [python, "-m", "pip", "install", "--disable-pip-version-check", "uv"],
    ):
        if subprocess.run(command, check=False).returncode:
            shutil.rmtree(_UV_ENVIRONMENT, ignore_errors=True)
            sys.exit(f"uv could not be had; what was said of it stands above. {_TRY_AGAIN}")
    return [str(_OWN_UV)]


def found_uv() -> list[str]:
    """Empty where there is none, or a half-made one."""
    if on_path := shutil.which("uv"):
        return [on_path]
    return [str(_OWN_UV)] if _runs([str(_OWN_UV), "--version"]) else []


def fill_environment(*, for_tests: bool) -> None:
    """Makes `.venv` hold what `uv.lock` says: all of it for tests, else what the program needs."""
    own = {key: text for key, text in os.environ.items() if key != "VIRTUAL_ENV"}
    environment = own | {"UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT)}
    extent = [] if for_tests else ["--no-dev", "--inexact"]
    tool, python = uv(), ["--python", sys.executable]
    sync = [*tool, "sync", "--frozen", "--no-install-project", *python, *extent]
    mark = ENVIRONMENT / _UNFINISHED
    is_usable = not mark.exists() and _runs([str(PYTHON), "-c", ""])
    if is_usable and _runs([*sync, "--check"], environment):
        return
    _say_size("tests" if for_tests else "program")
    if not is_usable:
        _clear(ENVIRONMENT)
        _get([*tool, "venv", "--quiet", *python, str(ENVIRONMENT)], environment)
    mark.touch()
    try:
        _get(sync, environment)
    except NotInstalled:  # uv fetches everything before it changes anything
        if is_usable:
            mark.unlink()
        raise
    mark.unlink()


def _get(command: Sequence[str], environment: Mapping[str, str]) -> None:
    if subprocess.run(command, cwd=ROOT, check=False, env=environment).returncode:
        raise NotInstalled(f"{ENVIRONMENT} is not complete; uv said why above. {_TRY_AGAIN}")


def _say_size(what: str) -> None:
    names, fetched, kept = _SIZES[what]
    print(f"Getting {names}: about {fetched} MB from PyPI, {kept} MB on the disk.", flush=True)


def _runs(command: Sequence[str], environment: Mapping[str, str] | None = None) -> bool:
    """Whether it can be started and ends with 0; nothing is shown of it."""
    try:
        ran = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, env=environment)
    except OSError:
        return False
    return ran.returncode == 0


def _clear(folder: Path) -> None:
    """Puts out of the way what an earlier try left half made."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        print(f"{folder.name} was left half made, and is made anew.", flush=True)
        shutil.rmtree(folder)
