"""The programs in `packaging` are run from there, and so are looked for there."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "packaging"))
