"""Keep the translations whole: `compile`, `check`, `extract`.

compile  the catalogues (.po) of each language become the one .mo beside them that the program reads
         (written only when its messages changed)
check    every message is translated, none fuzzy, placeholders agree, every .mo is up to date,
         no text of the code is missing, and none is there that the code does not ask for
extract  lists texts of the code that the Indonesian catalogues lack
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kwt_books.i18n.catalogue import DOMAIN  # noqa: E402 - the program's own code lies above

LOCALE = ROOT / "resources" / "locale"
CODE = ("main.py", "kwt_books", "ui")
# The other names are what code calls the translator it was given.
CALLS = {
    "_",
    "t",
    "tr",
    "words",
    "say",
    "_t",
    "_tr",
    "translator",
    "_translator",
    "gettext",
    "ngettext",
    "noop",
    "noop_plural",
}
# What is declared: which keywords, or places of arguments, hold texts.
DECLARED: dict[str, tuple[str | int, ...]] = {
    "Kind": ("title", "sentences"),
    "Paper": (1,),
    "SheetColumn": (1, 5, "note"),
    "SheetTable": (1, 2),
}
# Codes of errors: which argument holds them.
CODES = {"RuleError": 0, "StorageError": 0, "ParseError": 0, "Issue": 1}
# Texts that Qt and click ask for.
OF_QT = "Qt|"
OF_OTHERS = ("Show this message and exit.",)


class Use(NamedTuple):
    msgid: str
    where: str
    error: bool


# -- catalogues ----------------------------------------------------------------------------


def po_files() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def load(po: Path) -> Catalog:
    with po.open("rb") as file:
        return read_po(file, locale=po.parent.parent.name, domain=po.stem)


def messages(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What the program would see: no header, no fuzzy, no empty message; plurals as tuples."""
    return {texts(m.id): texts(m.string) for m in catalog if m.id and m.string and not m.fuzzy}


def mo_files() -> list[Path]:
    return [folder / f"{DOMAIN}.mo" for folder in sorted(LOCALE.glob("*/LC_MESSAGES"))]


def whole(folder: Path) -> Catalog:
    """All messages of a language. Errors come first: no text may answer for one of their codes."""
    first, *others = sorted(folder.glob("*.po"), key=lambda po: (po.stem != "errors", po.stem))
    found = Catalog(locale=folder.parent.name)
    found.mime_headers = load(first).mime_headers  # how many plural forms there are
    for po in (first, *others):
        for message in load(po):
            if message.id and message.string and not message.fuzzy and message.id not in found:
                found.add(message.id, message.string)
    return found


def is_current(mo: Path) -> bool:
    if not mo.exists():
        return False
    with mo.open("rb") as file:
        return messages(read_mo(file)) == messages(whole(mo.parent))


def compile_all() -> int:
    for mo in mo_files():
        if not is_current(mo):
            with mo.open("wb") as file:
                write_mo(file, whole(mo.parent))
            print(f"compiled {mo.relative_to(ROOT)}")
    return 0


# -- check ---------------------------------------------------------------------------------


def texts(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def wrong_message(message: Message) -> Iterator[str]:
    first = texts(message.id)[0]
    if message.fuzzy:
        yield f"fuzzy: {first!r}"
    forms = texts(message.string)
    if not all(forms):
        yield f"not translated: {first!r}"
        return
    wanted = set().union(*map(placeholders, texts(message.id)))
    for form in forms:
        if placeholders(form) != wanted:
            yield f"placeholders differ: {first!r} -> {form!r}"


def wrong_catalogue(po: Path) -> Iterator[str]:
    for message in load(po):
        if not message.id:
            continue
        if po.stem == "errors":  # the msgid is a code: its placeholders are those of English
            if message.fuzzy or not message.string:
                yield f"not translated or fuzzy: {message.id!r}"
        else:
            yield from wrong_message(message)


def wrong_errors() -> Iterator[str]:
    """Both languages word the same codes with the same placeholders."""
    english, indonesian = (
        messages(load(po)) if (po := LOCALE / lang / "LC_MESSAGES" / "errors.po").exists() else {}
        for lang in ("en", "id")
    )
    for code in sorted({*english, *indonesian}):
        one, other = english.get(code), indonesian.get(code)
        if one is None or other is None:
            yield f"errors: {code[0]!r} is worded in one language only"
        elif placeholders(one[0]) != placeholders(other[0]):
            yield f"errors: placeholders of {code[0]!r} differ"


def said_twice() -> Iterator[str]:
    """One text means one thing: the first catalogue that has it would answer for the others."""
    found: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
    for po in po_files():
        if po.parent.parent.name != "id":
            continue
        for key, said in messages(load(po)).items():
            other, before = found.setdefault(key, (po.stem, said))
            if before != said:
                yield f"{key[0]!r} is {before[0]!r} in {other}, {said[0]!r} in {po.stem}"


def unasked() -> Iterator[str]:
    """Texts that stand nowhere in the program: nobody will ever see them."""
    written: set[object] = set(OF_OTHERS)
    for path in sources():
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        written.update(node.value for node in nodes if isinstance(node, ast.Constant))
    for po in po_files():
        if po.parent.parent.name == "id" and po.stem != "errors":
            for key in messages(load(po)):
                if not key[0].startswith(OF_QT) and written.isdisjoint(key):
                    yield f"{po.stem}: nobody asks for {key[0]!r}"


def check() -> int:
    problems = [f"{po.relative_to(ROOT)}: {p}" for po in po_files() for p in wrong_catalogue(po)]
    problems += [
        f"{mo.relative_to(ROOT)}: not up to date: run `translations.py compile`"
        for mo in mo_files()
        if not is_current(mo)
    ]
    problems += wrong_errors()
    problems += said_twice()
    problems += unasked()
    problems += [f"{use.where}: no translation of {use.msgid!r}" for use in missing()]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


# -- extract -------------------------------------------------------------------------------


def sources() -> Iterator[Path]:
    for name in CODE:
        path = ROOT / name
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def uses(path: Path) -> Iterator[Use]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        func = node.func
        name = func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")
        where = f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        yield from (Use(text, where, False) for text in declared(name, node))
        at = CODES.get(name, 0)
        if (name in CALLS or name in CODES) and len(node.args) > at:
            arg = node.args[at]
            if isinstance(arg, ast.Constant) and isinstance(arg.value, str) and arg.value:
                yield Use(arg.value, where, name in CODES)


def declared(name: str, node: ast.Call) -> Iterator[str]:
    """The texts in the arguments of a declaration such as `Kind(title="Sale")`."""
    given: dict[str | int, ast.expr] = dict(enumerate(node.args))
    given.update({each.arg: each.value for each in node.keywords if each.arg})
    for place in DECLARED.get(name, ()):
        for part in ast.walk(given[place]) if place in given else ():
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def missing() -> list[Use]:
    known: set[str] = set()
    codes: set[str] = set()
    for po in po_files():
        if po.parent.parent.name == "id":
            found = {key[0] for key in messages(load(po))}
            (codes if po.stem == "errors" else known).update(found)
    every = [use for path in sources() for use in uses(path)]
    return [use for use in every if use.msgid not in (codes if use.error else known | codes)]


def extract() -> int:
    for use in missing():
        print(f"{use.where}: {use.msgid!r}{' (error code)' if use.error else ''}")
    return 0


def main(arguments: list[str]) -> int:
    commands = {"compile": compile_all, "check": check, "extract": extract}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__)
        return 2
    return commands[arguments[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
