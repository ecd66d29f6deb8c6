"""Which of those that bore a name in turn - beds, batches, assets - an entry concerned."""

from __future__ import annotations

from collections.abc import Sequence

from kwt_books.domain.posting import Named, bearing_name


def concerned(rows: Sequence[Named], source: int) -> Named | None:
    """The one of these that stood at entry `source`; of several, the newest by then.

    For a correction, `source` is the entry that it undid.
    """
    found = bearing_name(rows, source)
    if found is not None:
        return found
    return max((row for row in rows if row.opened <= source), key=_opened, default=None)


def _opened(row: Named) -> int:
    return row.opened
