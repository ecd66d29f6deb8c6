"""Names that the program suggests: codes, accounts, files."""

from __future__ import annotations

import pytest

from kwt_books.domain.accounts import AccountType, kept_by_detail
from kwt_books.domain.files import file_name_for
from kwt_books.domain.suggested import code_for, free_account, own_accounts


def test_codes_are_plain_and_free() -> None:
    assert code_for("Warung Bu Siti", ()) == "warung-bu-siti"
    assert code_for("Warung Bu Siti", {"warung-bu-siti"}) == "warung-bu-siti-2"
    assert code_for("Kue é & teh", ()) == "kue-e-teh"
    assert code_for("中文", {"x"}) == "x-2"
    assert code_for("Warung", {"warung", "warung-2"}) == "warung-3"
    assert code_for("x" * 200, ()) == "x" * 40
    assert code_for("x" * 39 + " y", ()) == "x" * 39, "no sign hangs at its end"


def test_a_product_gets_a_pair_of_its_own() -> None:
    taken = {f"41{n:02}" for n in range(1, 6)} | {"5106", "4107"}
    sales, cost = own_accounts("Keripik singkong", "Cassava chips", taken)
    assert (sales.type, cost.type) == (AccountType.INCOME, AccountType.COST)
    assert sales.code[2:] == cost.code[2:]
    assert {sales.code, cost.code}.isdisjoint(taken)
    many = {f"{start}{n:02}" for n in range(100) for start in ("41", "51")}
    assert [each.code for each in own_accounts("x", "x", many)] == ["41100", "51100"]
    assert [each.code for each in own_accounts("x", "x", ())] == ["4101", "5101"]
    sold, spent = own_accounts("x", "y", {"4101", "5102"})
    assert (sold.code, spent.code, sold.name, spent.name_en) == (
        "4103", "5103", "Penjualan x", "Cost: y",
    )  # fmt: skip
    longest = "x" * 200  # as long as the name of goods may be
    for each in own_accounts(longest, longest, taken):
        assert each.name.endswith(" " + "x" * 180)
        assert each.name_en.endswith(" " + "x" * 180)


def test_a_free_account_is_not_one_that_rules_keep() -> None:
    assert free_account("1142", {"1142"}) == "1143"
    assert free_account("1142", ()) == "1142"
    assert free_account("1121", ()) == "1128", "no class of goods has it"
    assert not kept_by_detail(free_account("1200", {"1200"}))


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ('KWT "Melati"/Mawar: 1?', "KWT Melati Mawar 1"),
        ("  KWT Melati. ", "KWT Melati"),
        ("Con", "Buku Con"),
        ("lpt1.x", "Buku lpt1.x"),
        ("???", "Buku"),
        ("KWT Séjahtera", "KWT Séjahtera"),
        ("x" * 300, "x" * 100),
    ],
)
def test_names_of_files_are_legal_on_windows(name: str, plain: str) -> None:
    assert file_name_for(name) == plain
