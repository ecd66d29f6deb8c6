"""The programs in `packaging` and `scripts` are run from there, and so are looked for there."""

import sys

from tests import ROOT

sys.path += [str(ROOT / "packaging"), str(ROOT / "scripts")]
