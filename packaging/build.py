"""Makes the setup for Windows from this checkout, and tries it.

    python3 packaging/build.py [--work DIR] [--out DIR] [--step bundle|setup|refusals|trial]...
                               [--key FILE] [--certificate FILE] [--whole] [--quick]

On Debian it gets Wine and whatever else it needs first; on Windows it needs Python 3.11 or newer
and NSIS. `dist` holds the folder, the setup with its digest, and pictures of the trial.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import bundle
import installer
import machine
from places import Places, default_places
from refusals import Refusals
from trial import Trial

_STEPS = ("bundle", "setup", "refusals", "trial")
_MOST = {"setup": 60, "folder": 200}
"""Megabytes: what fits a cheap USB stick and an old disk."""


def main() -> int:
    usual = default_places()
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--work", type=Path, default=usual.work)
    parser.add_argument("--out", type=Path, default=usual.out)
    parser.add_argument("--step", action="append", choices=_STEPS)
    parser.add_argument("--key", type=Path, help="the private half that signs the setup")
    parser.add_argument("--certificate", type=Path, help="signs programs and setup for Windows")
    parser.add_argument("--whole", action="store_true",
                        help="what a setup refuses: tried with the setup itself")  # fmt: skip
    parser.add_argument("--quick", action="store_true",
                        help="a setup packed sooner and larger: only to be tried")  # fmt: skip
    asked = parser.parse_args()
    places = Places(asked.work.resolve(), asked.out.resolve())
    steps = asked.step or _STEPS
    _say("the machine")
    windows = machine.prepare(places)
    if "bundle" in steps:
        _say("the folder")
        bundle.make(windows, places)
        _measure("folder", places.folder)
    if "setup" in steps:
        _say("the setup")
        installer.make(places, asked.key, asked.certificate, quick=asked.quick)
        if not asked.quick:
            _measure("setup", places.setup)
    if "refusals" in steps:
        _say("what a setup refuses")
        Refusals(windows, places, whole=asked.whole).run(asked.certificate)
    if "trial" in steps:
        _say("the trial")
        Trial(windows, places).run()
    _say("done")
    return 0


def _measure(what: str, path: Path) -> None:
    size = bundle.megabytes(path)
    print(f"  {path.name}: {size:.1f} MB", flush=True)
    if size > _MOST[what]:
        raise SystemExit(f"  NOT SO: at most {_MOST[what]} MB")


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
