"""Commands to JSON and back, by the shapes of their fields."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar

from kwt_books.domain.documents.shapes import Issues, Path, Shape, wrong
from kwt_books.domain.facts import Facts

C = TypeVar("C")


@dataclasses.dataclass(frozen=True, slots=True)
class _Field:
    name: str
    key: str
    shape: Shape
    required: bool
    default: Any
    refers: bool
    """Whether the value can name something of the book."""


_never = object()
"""The default of a field that has none."""


class Codec(Generic[C]):
    """Reads, writes and looks up one class of command or line."""

    def __init__(self, made: type[C]) -> None:
        self._made = made
        self._fields = [_field(each) for each in dataclasses.fields(made)]  # type: ignore[arg-type]
        self._by_key = {each.key: (each.name, each.shape.parse) for each in self._fields}
        self._required = [each for each in self._fields if each.required]
        self._referring = [each for each in self._fields if each.refers]
        self._writing = [
            (each.name, each.key, each.shape.encode, _never if each.required else each.default)
            for each in sorted(self._fields, key=lambda each: each.key)
        ]

    def parse(self, raw: object, path: Path, issues: Issues) -> C | None:
        """The command, or nothing when `issues` grew."""
        if type(raw) is not dict:
            wrong(issues, path, "not-an-object")
            return None
        before = len(issues)
        values: dict[str, object] = {}
        for key, value in raw.items():
            known = self._by_key.get(key)
            if known is None:
                wrong(issues, (path, key), "unknown-key", key=key[:40])
            else:
                name, parse = known
                values[name] = parse(value, (path, key), issues)
        for field in self._required:
            if field.name not in values:
                wrong(issues, (path, field.key), "missing", key=field.key)
        return self._made(**values) if len(issues) == before else None

    def encode(self, command: C) -> dict[str, object]:
        """JSON values with sorted keys; what stands at its default is left out."""
        written: dict[str, object] = {}
        for name, key, encode, default in self._writing:
            value = getattr(command, name)
            if value != default:
                written[key] = encode(value)
        return written

    def refer(self, command: C, facts: Facts, path: Path, issues: Issues) -> None:
        for known in self._referring:
            value = getattr(command, known.name)
            if value is not None:
                known.shape.refer(value, facts, (path, known.key), issues)


def _field(declared: dataclasses.Field[Any]) -> _Field:
    shape: Shape = declared.metadata["shape"]
    return _Field(
        name=declared.name,
        key=declared.metadata["key"] or declared.name,
        shape=shape,
        required=declared.metadata["required"],
        default=declared.default,
        refers=shape.refers,
    )


class One(Generic[C]):
    """A nested object."""

    refers: ClassVar[bool] = True

    def __init__(self, made: type[C]) -> None:
        self._codec = Codec(made)

    def parse(self, raw: object, path: Path, issues: Issues) -> C | None:
        return self._codec.parse(raw, path, issues)

    def encode(self, value: C) -> Mapping[str, object]:
        return self._codec.encode(value)

    def refer(self, value: C, facts: Facts, path: Path, issues: Issues) -> None:
        self._codec.refer(value, facts, path, issues)


class Many(Generic[C]):
    """A list of objects; `least` of them at the least."""

    refers: ClassVar[bool] = True

    def __init__(self, made: type[C], least: int = 1) -> None:
        self._codec = Codec(made)
        self._least = least

    def parse(self, raw: object, path: Path, issues: Issues) -> tuple[C | None, ...]:
        if type(raw) is not list:
            wrong(issues, path, "not-a-list")
            return ()
        if len(raw) < self._least:
            wrong(issues, path, "empty-list")
        return tuple(
            [self._codec.parse(each, (path, place), issues) for place, each in enumerate(raw)]
        )

    def encode(self, value: tuple[C, ...]) -> list[Mapping[str, object]]:
        return [self._codec.encode(each) for each in value]

    def refer(self, value: tuple[C, ...], facts: Facts, path: Path, issues: Issues) -> None:
        for place, each in enumerate(value):
            self._codec.refer(each, facts, (path, place), issues)
