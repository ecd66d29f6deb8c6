"""Small mistakes put into a room, one at a time, and whether the tests that cover it find them.

Run from the project's root. First which test runs which line, then a sample of mistakes:

    python scripts/mutants.py map core tests/domain tests/queries tests/reports -k "not server"
    python scripts/mutants.py map selling tests/ui/selling
    python scripts/mutants.py try kwt_books/queries 60 --seed 7
    python scripts/mutants.py try kwt_books/queries/lots.py 0 --lines 40-80
    python scripts/mutants.py try kwt_books/queries 0 --again survivors.txt --budget 60

`map` runs tests and keeps under a name (in `build/mutants`) what each of them runs of the program;
what a fixture of more than one test runs counts for each test that asks for it.
`try` takes so many mutants at random, 0 for all, runs the tests of every map that is there, and
says of each whether it was found; the survivors are to be read: a test that is missing, code that
is not needed, or a difference that nobody can see. Mistakes that nobody can ever see are not made:
in types, decorators and assertions, in `strict=`, and where nothing comes (`raise AssertionError`);
nor those that are looked for in the program's text: `encoding=`, and what an error passes to its
words. Needs a system that forks. A program with a mistake in it may remove anything: root tries
mutants only where the disk can't be written to, but for the folder of `TMPDIR`:

    unshare -m sh -c 'mount -o remount,bind,ro /; mount -o remount,bind,ro /dev; exec "$@"' sh \
        env TMPDIR=/dev/shm python scripts/mutants.py try kwt_books/queries 60
"""

from __future__ import annotations

import argparse
import ast
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest
from coverage import Coverage, CoverageData

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "build" / "mutants"
_BUDGET = 20.0
"""Seconds of tests that a mutant has to survive, by what they took when they were mapped; those
who have longer say so."""
_CPU = 120
"""Seconds of a processor after which a mutant is taken to run in circles."""
_PATIENCE = 900
"""Seconds after which it is taken to wait for what never comes."""
_EXAMPLES, _TRIED_EXAMPLES = 8, 25
"""Of a random test while it is mapped, and against a mutant: a few go the same ways."""
_MAPPED = ("kwt_books", "ui")
_PRELOADED = ("sqlalchemy.dialects.sqlite", "reportlab.platypus")
"""Slow to import, and the same for each mutant; pytest wants to import its plugins itself."""

_SWAPPED: dict[type[ast.AST], Any] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.And: ast.Or, ast.Or: ast.And, ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}  # fmt: skip
_NOWHERE = ("AssertionError", "NotImplementedError")
"""Raised where nothing ever comes."""
_RAISING = frozenset(
    {"Issue", "RuleError", "StorageError", "LineError", "wrong", "odd", "asked", "asked_of",
     "refuse", "_refuse", "_found"}
)  # fmt: skip
"""What an error passes to its words is looked for in the program's text (`error_codes.py`), which
stays as it is."""


# -- mistakes ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake: its file, its place among all that could be made there, and how it reads."""

    file: Path
    place: int
    line: int
    before: str
    after: str

    def __str__(self) -> str:
        where = f"{self.file.relative_to(ROOT).as_posix()}:{self.line}"
        return f"{where}  {self.before}  ->  {self.after}"


class _Mistakes(ast.NodeTransformer):
    """Counts what could be made wrong; makes the mistake at `wanted`."""

    def __init__(self, wanted: int = -1) -> None:
        self._wanted = wanted
        self.found: list[tuple[int, str, str]] = []

    def _offer(self, node: ast.AST, other: ast.AST, shown: ast.AST | None = None) -> ast.AST:
        place = len(self.found)
        line = getattr(node, "lineno", getattr(shown, "lineno", 0))
        self.found.append((line, _text(shown or node), _text(other)))
        return ast.copy_location(other, node) if place == self._wanted else node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for name, old in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "bases", "type_comment"):
                continue
            if isinstance(old, list):
                old[:] = [
                    each if _is_docstring(node, name, place, each) else self.visit(each)
                    if isinstance(each, ast.AST) else each
                    for place, each in enumerate(old)
                ]  # fmt: skip
            elif isinstance(old, ast.AST):
                setattr(node, name, self.visit(old))
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        return node if node.arg == "strict" else self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return node
        return self.generic_visit(node)

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        other = _SWAPPED[type(node.ops[0])]()
        changed = ast.Compare(node.left, [other, *node.ops[1:]], node.comparators)
        return self._offer(node, changed)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        other = _SWAPPED.get(type(node.op))
        if other is None or _is_type(node):
            return node
        return self._offer(node, ast.BinOp(node.left, other(), node.right))

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        return self._offer(node, ast.BoolOp(_SWAPPED[type(node.op)](), node.values))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, (ast.Not, ast.USub)) and not isinstance(node.operand, ast.Constant):
            return self._offer(node, node.operand)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        other = _SWAPPED.get(type(node.op))
        if other is None:
            return node
        return self._offer(node, ast.AugAssign(node.target, other(), node.value))

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        return self._offer(node, ast.IfExp(node.test, node.orelse, node.body))

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        value = node.value
        if isinstance(value, bool):
            return self._offer(node, ast.Constant(not value))
        if isinstance(value, int):
            return self._offer(node, ast.Constant(value + 1))
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Call):
            return self._offer(node, ast.Pass())
        return node

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        if isinstance(node.exc, ast.Name) and node.exc.id in _NOWHERE:
            return node
        return self._offer(node, ast.Pass())

    def visit_Return(self, node: ast.Return) -> ast.AST:
        self.generic_visit(node)
        if node.value is None or isinstance(node.value, ast.Constant):
            return node
        return self._offer(node, ast.Return(ast.Constant(None)))

    def visit_Continue(self, node: ast.Continue) -> ast.AST:
        return self._offer(node, ast.Break())

    def visit_Call(self, node: ast.Call) -> ast.AST:
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if called in ("TypeVar", "NewType"):
            return node
        self.generic_visit(node)
        if called in _RAISING:
            return node
        for place, keyword in enumerate(node.keywords):
            if keyword.arg not in (None, "encoding", "strict"):
                rest = [*node.keywords[:place], *node.keywords[place + 1 :]]
                changed = self._offer(keyword, ast.Call(node.func, node.args, rest), node)
                if changed is not keyword:
                    return ast.copy_location(changed, node)
        return node


def _text(node: ast.AST) -> str:
    return " ".join(ast.unparse(ast.fix_missing_locations(node)).split())[:100]


def _is_docstring(node: ast.AST, name: str, place: int, each: object) -> bool:
    """A text that stands alone tells what stands before it."""
    return isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)


def _is_type(node: ast.BinOp) -> bool:
    """`int | None` outside an annotation."""
    return isinstance(node.right, ast.Constant) and node.right.value is None


def mutants_of(file: Path) -> list[Mutant]:
    """Every mistake that could be made in a file, in the order of their places."""
    mistakes = _Mistakes()
    mistakes.visit(ast.parse(file.read_text(encoding="utf-8")))
    return [
        Mutant(file, place, line, before, after)
        for place, (line, before, after) in enumerate(mistakes.found)
        if before != after
    ]


class _Mistaken(importlib.machinery.SourceFileLoader):
    """Loads a module with one mistake in it."""

    place = -1

    def get_code(self, fullname: str) -> CodeType:
        tree = ast.parse(Path(self.path).read_bytes())
        made = _Mistakes(self.place).visit(tree)
        return compile(ast.fix_missing_locations(made), self.path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the mistaken module before anybody else does."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        parts = mutant.file.relative_to(ROOT).with_suffix("").parts
        self._name = ".".join(parts).removesuffix(".__init__")

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self._name:
            return None
        loader = _Mistaken(name, str(self._mutant.file))
        loader.place = self._mutant.place
        return importlib.util.spec_from_file_location(name, self._mutant.file, loader=loader)


# -- which test runs which line ------------------------------------------------------------------


def _few_examples(number: int) -> None:
    from hypothesis import settings

    settings.register_profile("mutants", settings(), max_examples=number, database=None)
    settings.load_profile("mutants")


class _Contexts:
    """Tells the measurement whose turn it is: a test's, or a fixture's that many tests share."""

    def __init__(self, measured: Coverage) -> None:
        self._measured = measured
        self._turns: list[str] = []
        self.took: dict[str, float] = {}
        self.shared: dict[str, list[str]] = {}
        """By each test, the fixtures that it shares with others."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        _few_examples(_EXAMPLES)

    @contextmanager
    def _turn(self, name: str) -> Iterator[None]:
        self._turns.append(name)
        self._measured.switch_context(name)
        begun = time.process_time()
        yield
        took = time.process_time() - begun
        self.took[name] = self.took.get(name, 0.0) + took
        self._turns.pop()
        if self._turns:
            within = self._turns[-1]
            self.took[within] = self.took.get(within, 0.0) - took
            self._measured.switch_context(within)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Iterator[Any]:
        if fixturedef.scope == "function":
            return (yield)
        with self._turn(_shared_name(fixturedef)):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        fixtures = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
        self.shared[item.nodeid] = [
            _shared_name(each[-1]) for each in fixtures if each[-1].scope != "function"
        ]
        with self._turn(item.nodeid):
            done = yield
        test = getattr(item, "obj", None)
        asked = getattr(test, "_hypothesis_internal_use_settings", None)
        if asked is not None and asked.max_examples == _EXAMPLES:
            self.took[item.nodeid] *= _TRIED_EXAMPLES / _EXAMPLES
        return done


def _shared_name(fixture: pytest.FixtureDef[Any]) -> str:
    return f"@{fixture.baseid}:{fixture.argname}"


def make_map(name: str, tests: list[str]) -> int:
    """Runs the tests, with what else is said to pytest, and keeps what they run of the program."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / f"{name}.coverage"
    measured = Coverage(data_file=kept, source=[str(ROOT / each) for each in _MAPPED],
                        config_file=False)  # fmt: skip
    contexts = _Contexts(measured)
    measured.erase()
    measured.start()
    code = pytest.main(["-q", "-p", "no:cacheprovider", *tests], plugins=[contexts])
    measured.stop()
    measured.save()
    about = {"took": contexts.took, "shared": contexts.shared}
    kept.with_suffix(".json").write_text(json.dumps(about), encoding="utf-8")
    return int(code)


def _statement_at(mutant: Mutant) -> int:
    """Where the statement of a mistake begins: within a constant of constants no line runs."""
    tree = ast.parse(mutant.file.read_text(encoding="utf-8"))
    return max(
        each.lineno
        for each in ast.walk(tree)
        if isinstance(each, ast.stmt) and each.lineno <= mutant.line <= (each.end_lineno or 0)
    )


class Covering:
    """The tests that run a line, as many as the budget has room for.

    Those of the same room come first, and of those the quickest.
    """

    def __init__(self, budget: float = _BUDGET) -> None:
        self._budget = budget
        self._maps: list[CoverageData] = []
        self._took: dict[str, float] = {}
        self._shared: dict[str, list[str]] = {}
        for kept in sorted(KEPT.glob("*.json")):  # the last file of a map that is whole
            data = CoverageData(str(kept.with_suffix(".coverage")))
            data.read()
            self._maps.append(data)
            about = json.loads(kept.read_text(encoding="utf-8"))
            self._took |= about["took"]
            self._shared |= about["shared"]
        self._sharing: dict[str, list[str]] = {}
        for test, fixtures in self._shared.items():
            for fixture in fixtures:
                self._sharing.setdefault(fixture, []).append(test)
        self._of: dict[Path, dict[int, set[str]]] = {}

    def _lines(self, file: Path) -> dict[int, set[str]]:
        """The tests that run each line of a file, by every map; "" where importing it does."""
        lines: dict[int, set[str]] = {}
        for data in self._maps:
            for line, names in data.contexts_by_lineno(str(file)).items():
                at = lines.setdefault(line, set())
                for name in names:
                    at.update(self._sharing.get(name, ()) if name[:1] == "@" else [name])
        return lines

    def tests(self, mutant: Mutant) -> list[str]:
        """Empty where no test runs the line."""
        if mutant.file not in self._of:
            self._of[mutant.file] = self._lines(mutant.file)
        lines = self._of[mutant.file]
        at = lines.get(mutant.line) or lines.get(_statement_at(mutant), set())
        rooms = mutant.file.relative_to(ROOT).parent.parts[1:]
        its = [(f"/{room}/", f"[{room}]") for room in rooms]  # in its folder, or named for it
        if "" in at:  # while the module is imported: whatever runs or names anything of it counts
            at = set().union(*lines.values()) - {""} | self._naming(mutant.file)
            at = at or {each for each in self._shared if any(said[0] in each for said in its)}
        return self._within_budget(
            sorted(
                (each for each in at if each in self._shared),
                key=lambda name: (
                    -sum(any(each in name for each in said) for said in its),
                    self._took.get(name, 0.0),
                ),
            )
        )

    def _naming(self, file: Path) -> set[str]:
        """The tests of files that name the module: they may look at nothing but its constants."""
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        files = {each.split("::")[0] for each in self._shared}
        naming = {each for each in files if name in (ROOT / each).read_text(encoding="utf-8")}
        return {each for each in self._shared if each.split("::")[0] in naming}

    def _within_budget(self, names: list[str]) -> list[str]:
        chosen: list[str] = []
        ready: set[str] = set()
        spent = 0.0
        for name in names:
            asked = {*self._shared.get(name, ())} - ready
            cost = sum(self._took.get(each, 0.0) for each in (name, *asked))
            if chosen and spent + cost > self._budget:
                continue
            ready |= asked
            spent += cost
            chosen.append(name)
        return sorted(chosen, key=self._within_file)

    def _within_file(self, name: str) -> str:
        """The fixture that only the tests of one file share, made once where they stand together;
        empty where there is none."""
        return next((each for each in self._shared.get(name, ()) if ".py:" in each), "")


# -- one mutant after the other ------------------------------------------------------------------


def survives(mutant: Mutant, tests: list[str], told: bool = False) -> bool:
    """Whether the tests pass all the same, in a child with the mistake; `told` what pytest says."""
    child = os.fork()
    if child == 0:
        _run(mutant, tests, told)
    _, status = os.waitpid(child, 0)
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 1
    return code == 0


class _Chosen:
    """Of the parameters of a test, only those that were chosen."""

    def __init__(self, tests: list[str]) -> None:
        self._tests = set(tests)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        _few_examples(_TRIED_EXAMPLES)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [each for each in items if each.nodeid in self._tests]


def _run(mutant: Mutant, tests: list[str], told: bool) -> None:
    """In the child, which never returns."""
    functions = dict.fromkeys(each.split("[")[0] for each in tests)
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (_CPU, _CPU))
        signal.alarm(_PATIENCE)
        if not told:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
        sys.dont_write_bytecode = True
        sys.meta_path.insert(0, _Finder(mutant))
        code = int(
            pytest.main(
                ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *functions],
                plugins=[_Chosen(tests)],
            )
        )
    except BaseException:
        code = 1
    os._exit(code)


def try_some(asked: argparse.Namespace) -> int:
    """Tries mutants of a room and says of each whether it was found."""
    for name in _PRELOADED:
        importlib.import_module(name)
    place = ROOT / asked.room
    files = [place] if place.is_file() else sorted(place.rglob("*.py"))
    every = [each for file in files for each in mutants_of(file) if _within(each, asked.lines)]
    if asked.again is not None:
        before = set(asked.again.read_text(encoding="utf-8").splitlines())
        every = [each for each in every if f"SURVIVED {each}" in before]
    rng = random.Random(asked.seed)
    chosen = rng.sample(every, min(asked.number, len(every))) if asked.number else every
    covering, found, untested = Covering(asked.budget), 0, 0
    for mutant in chosen:
        tests = covering.tests(mutant)
        if tests and not found and not survives(replace(mutant, place=-1), tests, told=True):
            print("A test fails without any mistake.")
            return 1
        said = "UNTESTED" if not tests else "SURVIVED" if survives(mutant, tests) else "FOUND"
        found, untested = found + (said == "FOUND"), untested + (said == "UNTESTED")
        print(said, mutant, flush=True)
    print(f"{asked.room}: {found} of {len(chosen)} found; {untested} run by no test")
    return 0


def _within(mutant: Mutant, lines: str) -> bool:
    if not lines:
        return True
    first, _, last = lines.partition("-")
    return int(first) <= mutant.line <= int(last or first)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    acts: Any = parser.add_subparsers(dest="act", required=True)
    mapping = acts.add_parser("map")
    mapping.add_argument("name")
    mapping.add_argument("tests", nargs=argparse.REMAINDER)
    trying = acts.add_parser("try")
    trying.add_argument("room")
    trying.add_argument("number", type=int)
    trying.add_argument("--seed", type=int, default=0)
    trying.add_argument("--lines", default="")
    trying.add_argument("--again", type=Path, help="tries what survived by this file")
    trying.add_argument("--budget", type=float, default=_BUDGET)
    asked = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    if asked.act == "try" and os.geteuid() == 0 and os.access("/", os.W_OK):
        parser.error("root tries mutants only on a disk that can't be written to (see above)")
    if asked.act == "map":
        return make_map(asked.name, asked.tests)
    return try_some(asked)


if __name__ == "__main__":
    sys.exit(main())
