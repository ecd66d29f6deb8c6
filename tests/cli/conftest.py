"""Runs commands as a person would, and says what came of it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile
from typing import Protocol

import pytest
from typer.testing import CliRunner, Result

from kwt_books.app import Books
from kwt_books.cli.commands import commands
from kwt_books.cli.session import Session
from kwt_books.i18n.catalogue import resources_dir


@pytest.fixture(autouse=True, scope="module")
def whole(whole_sentences: None) -> None:
    """Of commands too."""


class Run(Protocol):
    def __call__(
        self,
        *args: str | Path,
        given: bytes | None = None,
        desktop: Callable[[Path], int] | None = None,
    ) -> Result: ...


@pytest.fixture
def run(books: Books) -> Run:
    """One command in this process; a bug in it fails the test."""

    def run(
        *args: str | Path,
        given: bytes | None = None,
        desktop: Callable[[Path], int] | None = None,
    ) -> Result:
        session = Session(books, resources_dir(), desktop)
        return CliRunner().invoke(
            commands(), [str(arg) for arg in args], input=given, catch_exceptions=False,
            obj=session, prog_name="main.py",
        )  # fmt: skip

    return run


@pytest.fixture
def june(sample_path: Path, tmp_path: Path) -> Path:
    """The sample month, to be written to if need be."""
    path = tmp_path / "juni.kwt"
    copyfile(sample_path, path)
    return path


@pytest.fixture
def english(books: Books, sample_stream: Path, tmp_path: Path) -> Path:
    """The sample month of a group that keeps its books in English."""
    text = sample_stream.read_text(encoding="utf-8").replace('"language": "id"', '"language": "en"')
    stream, path = tmp_path / "english.jsonl", tmp_path / "june.kwt"
    stream.write_text(text, encoding="utf-8")
    with stream.open("rb") as file:
        books.import_stream(path, file)
    return path


@pytest.fixture
def usual_signals() -> Iterator[None]:
    """A shell lets what it starts in the background ignore Ctrl+C, and so all that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
