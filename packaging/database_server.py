"""A PostgreSQL server for as long as a trial takes, on this computer alone."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

OWNER, DATABASE = "pengurus", "kwt"
_VERSIONS = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """The folder of the newest server's programs, as Debian installs them; None without one."""
    found = {int(each.parts[-3]): each.parent for each in _VERSIONS.glob("*/bin/initdb")}
    return found[max(found)] if found else None


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of an empty database of books: whoever asks on this computer is trusted.

    `folder` holds the server's `programs`.
    """
    # PostgreSQL refuses to be run by root.
    root = os.geteuid() == 0
    nobody: dict[str, Any] = {"user": "nobody", "group": "nogroup", "extra_groups": ()}
    with TemporaryDirectory() as scratch:
        if root:
            shutil.chown(scratch, "nobody", "nogroup")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]

        def run(program: str, *arguments: str) -> None:
            command = [str(folder / program), *arguments]
            how = {"cwd": scratch, "stdout": subprocess.DEVNULL, **(nobody if root else {})}
            subprocess.run(command, check=True, **how)

        data, log = f"{scratch}/data", f"{scratch}/log"
        making = ("-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run("initdb", "-D", data, *making)
        listening = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories="
        run("pg_ctl", "-D", data, "-l", log, "-o", listening, "-w", "start")
        try:
            run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", OWNER, DATABASE)
            yield f"postgresql://{OWNER}@127.0.0.1:{port}/{DATABASE}"
        finally:
            run("pg_ctl", "-D", data, "-m", "fast", "-w", "stop")
