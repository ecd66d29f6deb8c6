"""The default chart of accounts, as setup entries."""

from __future__ import annotations

import csv
from pathlib import Path

from kwt_books.domain.accounts import AccountType, Side
from kwt_books.domain.documents.setup import AccountSetup


def default_chart(resources: Path) -> list[AccountSetup]:
    with (resources / "accounts.csv").open(encoding="utf-8", newline="") as file:
        return [
            AccountSetup(
                code=row["code"],
                name=row["name"],
                name_en=row["name_en"],
                type=AccountType(row["type"]),
                normal=Side(row["normal"]),
            )
            for row in csv.DictReader(file)
        ]
