"""A finished file gets its name also where Windows refuses for a moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kwt_books.store.engine import take_place

Refuse = Callable[[int], list[float]]


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """So many times a file is held by another program; what was waited meanwhile."""

    def begin(times: int) -> list[float]:
        waited: list[float] = []
        left = iter(range(times))
        real = Path.replace

        def replace(self: Path, target: Path) -> Path:
            if next(left, None) is not None:
                raise PermissionError(13, "in use")
            return real(self, target)

        monkeypatch.setattr(Path, "replace", replace)
        monkeypatch.setattr("kwt_books.store.engine._WAITS", (1.0, 2.0))
        monkeypatch.setattr("time.sleep", waited.append)
        return waited

    return begin


@pytest.mark.parametrize("times", [0, 1, 2])
def test_it_is_tried_again(times: int, refuse: Refuse, tmp_path: Path) -> None:
    unfinished, path = tmp_path / "buku.unfinished", tmp_path / "buku.kwt"
    unfinished.write_text("baru", encoding="utf-8")
    path.write_text("lama", encoding="utf-8")
    waited = refuse(times)
    take_place(unfinished, path)
    assert path.read_text(encoding="utf-8") == "baru"
    assert waited == [1.0, 2.0][:times]


def test_who_keeps_it_open_keeps_it(refuse: Refuse, tmp_path: Path) -> None:
    unfinished, path = tmp_path / "buku.unfinished", tmp_path / "buku.kwt"
    unfinished.touch()
    path.write_text("lama", encoding="utf-8")
    refuse(3)
    with pytest.raises(PermissionError):
        take_place(unfinished, path)
    assert path.read_text(encoding="utf-8") == "lama"
