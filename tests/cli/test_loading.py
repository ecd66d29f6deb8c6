"""What a command imports: only what it needs, since whoever types it waits for all of that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ANY_COMMAND = {
    "app",
    "book",
    "cli",
    "cli.commands",
    "cli.options",
    "cli.session",
    "domain",
    "domain.access",
    "domain.accounts",
    "domain.address",
    "domain.audit",
    "domain.documents",
    "domain.documents.fields",
    "domain.errors",
    "domain.facts",
    "domain.files",
    "domain.kind",
    "domain.kinds",
    "domain.posting",
    "domain.values",
    "i18n",
    "i18n.catalogue",
    "i18n.formats",
}
OPEN_BOOK = {
    "domain.chain",
    "domain.documents.base",
    "domain.documents.registry",
    "domain.documents.setup",
    "queries",
    "queries.setup",
    "reports",
    "reports.context",
    "reports.long_rows",
    "reports.model",
    "reports.packs",
    "store",
    "store.door",
    "store.driver",
    "store.engine",
    "store.expressions",
    "store.file",
    "store.noted",
    "store.opened",
    "store.keys",
    "store.reads",
    "store.rows",
    "store.schema",
    "store.scratch",
    "store.tables",
    "store.untouched",
    "store.writes",
}
POSITION = {
    "cli.reading",
    "exporters",
    "exporters.cells",
    "exporters.formats",
    "exporters.text",
    "exporters.whole",
    "queries.balances",
    "queries.documents",
    "reports.compared",
    "reports.position",
    "reports.registry",
}


def loaded_by(*command: str | Path) -> set[str]:
    """Every module that the command imported."""
    code = (
        "import atexit, sys;"
        "atexit.register(lambda: print('\\n'.join(sys.modules), file=sys.stderr));"
        "import main; sys.exit(main.main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, command)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return set(done.stderr.split())


def test_a_report_loads_what_makes_it_and_nothing_else(june: Path) -> None:
    loaded = loaded_by("report", june, "position")
    own = {name.partition(".")[2] for name in loaded if name.startswith("kwt_books.")}
    wanted = ANY_COMMAND | OPEN_BOOK | POSITION
    assert own <= wanted, f"load later: {sorted(own - wanted)}"
    assert own >= wanted, f"strike off the list: {sorted(wanted - own)}"
    weighty = {
        "alembic",
        "psycopg",
        "sqlalchemy.dialects.postgresql",
        "argon2",
        "pydantic",
        "PySide6",
        "reportlab",
        "rich",
        "xlsxwriter",
    }
    assert not weighty & loaded


def test_the_list_of_reports_opens_no_book() -> None:
    loaded = loaded_by("reports")
    assert "sqlalchemy" not in loaded
