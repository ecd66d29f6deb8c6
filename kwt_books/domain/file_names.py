"""Names for files that any system takes, Windows too."""

from __future__ import annotations

_REFUSED = frozenset('<>:"/\\|?*')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt")
                                   for number in range(1, 10))}
)  # fmt: skip
_LONGEST = 100


def file_name_for(name: str) -> str:
    """As like `name` as can be."""
    plain = "".join(" " if char in _REFUSED or not char.isprintable() else char for char in name)
    plain = " ".join(plain.split())[:_LONGEST].strip(" .")
    if not plain or plain.partition(".")[0].rstrip().lower() in _DEVICES:
        return f"Buku {plain}".strip()
    return plain
