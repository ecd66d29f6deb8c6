"""The programs in `packaging` and `scripts` are run from there, and so are looked for there."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "packaging"), str(ROOT / "scripts")]
