"""Every code that the core can raise, with the parameters it passes, read from the source."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests import ROOT

CORE = ROOT / "kwt_books"

_CODE_AT = {
    "Issue": 1,
    "RuleError": 0,
    "StorageError": 0,
    "LineError": 0,
    "ParseError": 0,
    "wrong": 2,
    "odd": 2,
    "asked": 2,
    "asked_of": 1,
    "refuse": 1,
    "_refuse": 0,
    "_found": 0,
    "AccountCode": 1,
    "_compare": 1,
}
"""Which argument of a call holds a code."""
_PASSED_BY = {"AccountCode": {"account"}, "_compare": {"account", "balance", "detail"}}
"""What is passed along with a code that is given to be used later."""


def used_codes() -> dict[str, set[str]]:
    """Each code with the parameters that every place that raises it passes."""
    found: defaultdict[str, list[set[str]]] = defaultdict(list)
    for path in sorted(CORE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for code, params in _uses(tree):
            found[code].append(params)
    return {code: set.intersection(*params) for code, params in found.items()}


def _uses(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    for function in ast.walk(tree):
        if isinstance(function, ast.Call):
            name = getattr(function.func, "id", getattr(function.func, "attr", ""))
            at = _CODE_AT.get(name)
            if at is not None and len(function.args) > at:
                params = _PASSED_BY.get(name) or _params(function, at)
                for code in _constants(function.args[at], tree):
                    yield code, params
    for table in _tables(tree):
        for code in table:
            yield code, {"detail"}


def _params(call: ast.Call, at: int) -> set[str]:
    names = {keyword.arg for keyword in call.keywords if keyword.arg}
    for argument in call.args[at + 1 :]:
        if isinstance(argument, ast.Dict):
            names |= {key.value for key in argument.keys if isinstance(key, ast.Constant)}
    return names


def _constants(value: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The texts an argument can be: itself, either branch, or what its name was set to."""
    if isinstance(value, ast.Constant):
        if isinstance(value.value, str):
            yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _constants(value.body, tree)
        yield from _constants(value.orelse, tree)
    elif isinstance(value, ast.Name):
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == value.id for target in node.targets
            ):
                yield from _constants(node.value, tree)


def _tables(tree: ast.Module) -> Iterator[list[str]]:
    """What SQLite says beside the code it stands for."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_MESSAGES":
            pairs = ast.literal_eval(node.value)
            yield [code for _, code in pairs]
