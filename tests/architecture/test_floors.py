"""The house stands: who imports whom, and how large its pieces are."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ROOT

MOST_OF_A_FILE, MOST_OF_A_FUNCTION, MOST_OF_MAIN = 700, 50, 80
SOURCES = ("main.py", "kwt_books", "ui", "benchmarks")
MAIN_MAY_IMPORT = ("kwt_books", "ui")
"""By main.py, besides the standard library; import-linter can't look into a plain file."""


def sources(*names: str) -> Iterator[Path]:
    for name in names:
        path = ROOT / name
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def test_main_imports_the_program_alone() -> None:
    for module in imports(ROOT / "main.py"):
        first = module.partition(".")[0]
        assert first in MAIN_MAY_IMPORT or first in sys.stdlib_module_names, module


def test_the_desktop_is_imported_only_when_it_is_opened() -> None:
    """Nobody without a screen, and no command, pays for Qt."""
    code = (
        "import sys, main, kwt_books.cli.commands;"
        "print(sorted({'PySide6', 'ui', 'reportlab', 'xlsxwriter', 'rich.progress', 'babel'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", [*sources("kwt_books/domain")], ids=lambda path: path.stem)
def test_the_domain_imports_the_standard_library_alone(path: Path) -> None:
    for module in imports(path):
        first = module.partition(".")[0]
        assert module.startswith("kwt_books.domain") or first in sys.stdlib_module_names, module


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_modules(path: Path, known: set[str]) -> Iterator[str]:
    """Those of `known` that a file imports anywhere, `from package import module` too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in known)
        elif isinstance(node, ast.ImportFrom):
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                if inner in known:
                    yield inner
                elif node.module in known:
                    yield node.module


def test_no_circle_of_files() -> None:
    """Counted with the imports inside functions and those for types alone."""
    files = {module_of(path): path for path in sources("kwt_books", "ui")}
    known = set(files)
    graph = {name: {*imported_modules(path, known)} - {name} for name, path in files.items()}
    while free := [name for name, needed in graph.items() if not needed & graph.keys()]:
        for name in free:
            del graph[name]
    assert not graph, {name: sorted(needed & graph.keys()) for name, needed in graph.items()}


def test_files_and_functions_stay_short() -> None:
    too_long = []
    for path in sources(*SOURCES):
        text = path.read_text(encoding="utf-8")
        most = MOST_OF_MAIN if path.name == "main.py" else MOST_OF_A_FILE
        name = path.relative_to(ROOT)
        if (lines := text.count("\n")) > most:
            too_long.append(f"{name}: {lines} lines")
        too_long += [f"{name}:{found}" for found in long_functions(text)]
    assert not too_long, "\n".join(too_long)


def long_functions(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MOST_OF_A_FUNCTION:
                yield f"{node.lineno} {node.name}: {length} lines"
