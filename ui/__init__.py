"""The desktop: windows, pages and forms over `kwt_books.app`."""

import ctypes
import sys

# PySide6 6.12 is built as if None were immortal, which it is from Python 3.12 on: every call that
# answers None takes a reference that was never given. Python 3.11 would end after some ten
# thousand calls ("deallocating None"), so None gets more references than any session can take.
if sys.version_info < (3, 12):
    ctypes.c_ssize_t.from_address(id(None)).value += 1 << 40
