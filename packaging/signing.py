"""Signs a setup, so that programs that are installed already offer it; makes the key for that.

    .venv/bin/python packaging/signing.py new-key FILE
    .venv/bin/python packaging/signing.py sign FILE SETUP

`new-key` writes the private half to FILE, which must lie outside of the checkout and is to be kept
where nobody else comes, and the public half to `resources/setup-key.txt`, which goes into the
program. Whoever loses FILE can renew no program that knows this key. `sign` writes `SETUP.sig`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
from base64 import b64decode, b64encode
from pathlib import Path

from nacl.signing import SigningKey

ROOT = Path(__file__).resolve().parents[1]
PUBLIC = ROOT / "resources" / "setup-key.txt"
_SETUP = re.compile(r"KWT-Books-\d+\.\d+\.\d+-Setup\.exe")


def new_key(private: Path, public: Path = PUBLIC) -> None:
    """Refuses a private half within the checkout, and to write over a key."""
    if private.resolve().is_relative_to(ROOT):
        raise SystemExit("The private half must not lie in the checkout. Choose another folder.")
    key = SigningKey.generate()
    try:
        with os.fdopen(os.open(private, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(b64encode(bytes(key)) + b"\n")
    except FileExistsError:
        raise SystemExit(f"{private} is there already. A key is never written over.") from None
    public.write_text(b64encode(bytes(key.verify_key)).decode() + "\n", encoding="ascii")


def sign(private: Path, setup: Path) -> Path:
    """The file beside the setup that holds its signature: over its digest and its name."""
    if not _SETUP.fullmatch(setup.name):
        raise SystemExit(f"{setup.name} is not called as setups are.")
    try:
        key = SigningKey(b64decode(private.read_bytes(), validate=False))
    except (OSError, ValueError) as error:
        raise SystemExit(f"{private} holds no key: {error}") from error
    with setup.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    signature = key.sign(f"{digest}  {setup.name}\n".encode("ascii")).signature
    beside = setup.with_name(setup.name + ".sig")
    beside.write_text(b64encode(signature).decode() + "\n", encoding="ascii", newline="\n")
    return beside


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    steps = parser.add_subparsers(dest="step", required=True)
    made = steps.add_parser("new-key")
    made.add_argument("private", type=Path)
    signed = steps.add_parser("sign")
    signed.add_argument("private", type=Path)
    signed.add_argument("setup", type=Path)
    asked = parser.parse_args()
    if asked.step == "new-key":
        new_key(asked.private)
        print(f"Keep {asked.private} where nobody else comes; commit {PUBLIC.name}.")
    else:
        print(sign(asked.private, asked.setup))


if __name__ == "__main__":
    main()
