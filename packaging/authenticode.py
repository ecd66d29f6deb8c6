"""Signs programs and setups as Windows checks them (Authenticode), with `osslsigncode`.

    python3 packaging/authenticode.py sign CERTIFICATE FILE
    python3 packaging/authenticode.py self-made CERTIFICATE

CERTIFICATE is a PKCS #12 file (`.p12`, `.pfx`); its password is in the environment,
KWT_CERTIFICATE_PASSWORD. `self-made` makes one to try the step with: Windows trusts it nowhere.
KWT_TIMESTAMP may name a server of time stamps, so that a signature outlives its certificate.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from places import NAME

_PASSWORD, _TIMESTAMP = "KWT_CERTIFICATE_PASSWORD", "KWT_TIMESTAMP"
_SIGNER = "osslsigncode"


def sign(certificate: Path, file: Path) -> None:
    """Signs the program in place. Raises `SystemExit` where that fails."""
    signed = file.with_name(f"{file.name}.signed")
    command = [_SIGNER, "sign", "-pkcs12", str(certificate), "-h", "sha256", "-n", NAME]
    if (server := os.environ.get(_TIMESTAMP)) is not None:
        command += ["-ts", server]
    command += ["-in", str(file), "-out", str(signed)]
    try:
        with _password() as told:
            done = subprocess.run([*command, *told], check=False, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{file.name} was not signed:\n{done.stdout}{done.stderr}")
        signed.replace(file)
    finally:
        signed.unlink(missing_ok=True)


@contextmanager
def _password() -> Iterator[list[str]]:
    """How the signer is told the password: among the arguments everybody would see it."""
    password = os.environ.get(_PASSWORD, "")
    if not password:
        yield ["-pass", ""]
        return
    with TemporaryDirectory() as folder:
        told = Path(folder) / "password"
        told.touch(0o600)
        told.write_text(password, encoding="utf-8")
        yield ["-readpass", str(told)]


def is_signed(file: Path, root: Path) -> bool:
    """Whether a program bears a whole signature by a certificate that `root` (PEM) stands for."""
    asked = [_SIGNER, "verify", "-CAfile", str(root), "-in", str(file)]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


def self_made(certificate: Path) -> Path:
    """Makes a certificate to try signing with, and its root beside it, which is given (PEM)."""
    key, root = certificate.with_suffix(".key"), certificate.with_suffix(".pem")
    subject = ["-subj", f"/CN={NAME} (trial)", "-days", "30", "-addext",
               "extendedKeyUsage=codeSigning", "-addext", "keyUsage=digitalSignature"]  # fmt: skip
    making = ["openssl", "req", "-x509", "-newkey", "rsa:3072", "-nodes", "-keyout", str(key)]
    subprocess.run([*making, "-out", str(root), *subject], check=True, capture_output=True)
    packing = ["openssl", "pkcs12", "-export", "-inkey", str(key), "-in", str(root)]
    password = f"env:{_PASSWORD}"
    environment = {_PASSWORD: "", **os.environ}
    subprocess.run(
        [*packing, "-out", str(certificate), "-passout", password], check=True, env=environment
    )
    key.unlink()
    return root


def command_for(certificate: Path) -> str:
    """The command that signs the file whose name follows, as a shell takes it."""
    return shlex.join([sys.executable, str(Path(__file__)), "sign", str(certificate)])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    steps = parser.add_subparsers(dest="step", required=True)
    signed = steps.add_parser("sign")
    signed.add_argument("certificate", type=Path)
    signed.add_argument("file", type=Path)
    made = steps.add_parser("self-made")
    made.add_argument("certificate", type=Path)
    asked = parser.parse_args()
    if asked.step == "sign":
        sign(asked.certificate, asked.file)
    else:
        print(self_made(asked.certificate))


if __name__ == "__main__":
    main()
