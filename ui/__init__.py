"""The desktop: windows, pages and forms over `kwt_books.app`."""

import ctypes
import sys

# PySide6 6.12 is built as if None, True and False were immortal, which they are from Python 3.12
# on: calls that answer them take references that were never given. Python 3.11 would end after
# some ten thousand calls ("deallocating None"), so each gets more than any session can take.
if sys.version_info < (3, 12):
    for each in (None, True, False):
        ctypes.c_ssize_t.from_address(id(each)).value += 1 << 40

# PySide6 reads the source of every module that is imported after it, to see whether it speaks of
# PySide6, and Python keeps what was read: 25 MiB. That matters to `__feature__` alone, which
# nothing here uses, and an installed program has no source to be read.
import PySide6.QtCore  # noqa: F401 - brings the next one along

if (support := sys.modules.get("shibokensupport.feature")) is not None:
    support._mod_uses_pyside = lambda _module: False  # type: ignore[attr-defined]
