"""What is asked when a book begins comes to entries that balance, all of them or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Role
from kwt_books.domain.accounts import CLASS_ACCOUNTS, CONSIGNED, GROWING
from kwt_books.domain.documents.setup import Allocation, Group, PersonSetup, Umbrella
from kwt_books.domain.errors import RefusedAt, RuleError
from kwt_books.domain.values import half_up
from kwt_books.queries.assets import members
from kwt_books.queries.money import open_debts
from kwt_books.queries.overview import overview, setup_data
from kwt_books.queries.shops import shops
from kwt_books.reports.story import story
from kwt_books.services.first_start import Answers, Begun, Good, Member, Partner, Stock, Thing

START = date(2026, 6, 1)
GROUP = Group(
    name="KWT Melati",
    village="Kaliawi",
    district="Tanjungkarang Pusat",
    city="Bandar Lampung",
    chair="Aryanah",
    treasurer="Siti Rohmah",
    umbrella=Umbrella(name="LKM Persada", coordinator="Pak Chandra"),
    language="id",
    paper="F4",
    allocation=Allocation(
        decision="BA-01", date=date(2026, 1, 11), shares={"3201": 40, "3204": 60}
    ),
)
ANSWERS = Answers(
    group=GROUP,
    start=START,
    goods=(
        Good("Keripik bayam 100 g", "bungkus", "finished", 11_000, "keripik-bayam"),
        Good("Bibit cabai rawit", "batang", "seedling", 2_500, "bibit-cabai"),
        Good("Keripik singkong", "bungkus", "finished", 8_000),
        Good("Terong", "kg", "produce", 9_000),
    ),
    partners=(
        Partner("Warung Bu Siti", "shop", 180_000),
        Partner("Warung Pak Joko", "shop"),
        Partner("Toko Tani", "supplier", 75_000),
        Partner("UPK Kemiling", "agency", 2_000_000),
    ),
    members=(
        Member("Wati", {"principal": 50_000, "mandatory": 10_000, "voluntary": 0}),
        Member("Ani", {"principal": 50_000, "mandatory": 0, "voluntary": 25_000}),
    ),
    money={"1101": 850_000, "1103": 3_400_000, "1104": 225_000, "2104": 225_000, "3201": 90_000},
    stock=(
        Stock("keripik-bayam", 20_000, 114_000),
        Stock("keripik-bayam", 15_000, 85_500, "Warung Bu Siti"),
        Stock("tepung-beras", 5_000, 70_000),
    ),
    growing=(Stock("bibit-cabai", 300_000, 150_000), Stock("bibit-cabai", 100_000, 40_000)),
    things=(
        Thing("Rumah bibit", "1201", 6_000_000, date(2025, 8, 20), 5),
        Thing("Wajan", "1203", 400_000, date(2026, 6, 1), 4),
    ),
)


def begun(books: Books, tmp_path: Path, answers: Answers = ANSWERS) -> tuple[Book, Begun]:
    path = tmp_path / "baru.kwt"
    found = books.begin(path, books.first_entries(answers).beginning())
    return books.open(path), found


def test_the_answers_become_a_book_that_passes_every_check(books: Books, tmp_path: Path) -> None:
    book, found = begun(books, tmp_path)
    assert all(outcome.passed for outcome in book.verify())
    assert found.recovery_key is None
    assert found.opening is not None
    assert book.read_in("id", story, found.opening).kind == "opening_balance"
    setup = book.read(setup_data)
    assert setup.group == GROUP
    assert setup.items["keripik-bayam"].price == 11_000
    assert {"resep-bayam"} == setup.recipes.keys()
    made_of = {each.item for each in setup.recipes["resep-bayam"].inputs}
    assert made_of <= setup.items.keys()
    assert {"benih-cabai", "polybag"} <= setup.items.keys()
    assert "keripik-pare" not in setup.items
    book.close()


def test_a_product_of_ones_own_has_lines_of_its_own(books: Books, tmp_path: Path) -> None:
    book, _ = begun(books, tmp_path)
    setup = book.read(setup_data)
    own = next(item for item in setup.items.values() if item.name == "Keripik singkong")
    assert own.sales_account is not None
    assert own.cost_account is not None
    assert setup.accounts[own.sales_account].name == "Penjualan Keripik singkong"
    before = books.chart()
    assert {own.sales_account, own.cost_account}.isdisjoint(before)
    book.close()


def test_whatever_is_not_explained_is_the_surplus(books: Books) -> None:
    entries = books.first_entries(ANSWERS)
    assert sum(entries.balances.values()) == 0
    worn = half_up(6_000_000 * 10, 60)  # ten months, of which the first counts
    goods = sum(each.value for each in (*ANSWERS.stock, *ANSWERS.growing))
    owned = 850_000 + 3_400_000 + 225_000 + 180_000 + goods + 6_400_000 - worn
    owed = 2_000_000 + 225_000 + 75_000 + 110_000 + 25_000 + 90_000
    assert entries.surplus == owned - owed
    assert entries.opening().id == "saldo-awal"
    richer = replace(ANSWERS, money={**ANSWERS.money, "1101": 900_000})
    assert books.first_entries(richer).surplus == entries.surplus + 50_000


def test_debts_and_savings_stand_with_their_people(books: Books, tmp_path: Path) -> None:
    book, _ = begun(books, tmp_path)
    owed = {(debt.name, debt.owed) for debt in book.read(open_debts)}
    assert {("Warung Bu Siti", 180_000), ("Toko Tani", 75_000), ("UPK Kemiling", 2_000_000)} <= owed
    assert [member.party for member in book.read(members)] == ["ani", "wati"]
    assert {shop.name for shop in book.read(shops).shops} == {"Warung Bu Siti", "Warung Pak Joko"}
    book.close()


def test_with_passwords_the_chair_answers_for_the_beginning(books: Books, tmp_path: Path) -> None:
    people = (
        (PersonSetup(name="Siti Rohmah", role=Role.TREASURER), "kangkung"),
        (PersonSetup(name="Aryanah", role=Role.CHAIR), "sawi-hijau"),
    )
    book, found = begun(books, tmp_path, replace(ANSWERS, people=people))
    assert found.opening is not None
    assert book.read_in("id", story, found.opening).recorded_by == "Aryanah"
    with pytest.raises(RuleError) as error:
        book.record(GROUP)
    assert error.value.code == "sign-in-first"
    book.sign_in("Siti Rohmah", "kangkung")
    book.record(GROUP)
    assert found.recovery_key is not None
    book.people.recover("Aryanah", found.recovery_key, "bayam-merah")
    assert all(outcome.passed for outcome in book.verify())
    book.close()


def test_nothing_at_the_start_leaves_the_opening_for_later(books: Books, tmp_path: Path) -> None:
    book, found = begun(books, tmp_path, Answers(group=GROUP, start=START))
    assert found.opening is None
    assert book.read(overview, "2026-06").recorded is None
    book.close()


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"group": replace(GROUP, name="")}, 0),
        ({"stock": (Stock("keripik-bayam", 0, 5),)}, -1),
    ],
)
def test_what_is_refused_leaves_no_book(
    books: Books, tmp_path: Path, wrong: dict[str, Any], place: int
) -> None:
    path = tmp_path / "baru.kwt"
    beginning = books.first_entries(replace(ANSWERS, **wrong)).beginning()
    with pytest.raises(RefusedAt) as error:
        books.begin(path, beginning)
    assert beginning.commands[error.value.place] is beginning.commands[place]
    assert list(tmp_path.iterdir()) == []


def test_everything_usual_can_be_ticked_at_once(books: Books, tmp_path: Path) -> None:
    usual = books.usual_goods()
    goods = [
        Good(item.name, item.unit, item.item_class, item.price, item.code) for item in usual.sold
    ]
    book, _ = begun(books, tmp_path, Answers(group=GROUP, start=START, goods=goods))
    assert book.read(setup_data).items.keys() == usual.items.keys()
    assert {each.output for each in book.read(setup_data).recipes.values()} == usual.recipes.keys()
    book.close()


@pytest.mark.only_files
@pytest.mark.parametrize(
    ("acquired", "written_off"),
    [
        (date(2026, 7, 1), 0),
        (date(2026, 6, 1), 0),
        (date(2026, 5, 31), 100),
        (date(2025, 6, 30), 1_200),
        (date(2021, 6, 1), 6_000),
        (date(2015, 1, 1), 6_000),
    ],
)
def test_a_thing_is_written_off_month_by_month_before_the_book_begins(
    books: Books, acquired: date, written_off: int
) -> None:
    """Of five years and 6,000, a hundred a month, and nothing once nothing is left."""
    things = (Thing("Mesin", "1203", 6_000, acquired, 5), Thing("Wajan", "1203", 10, START, 1),
              Thing("Rumah", "1201", 10, START, 1))  # fmt: skip
    opening = books.first_entries(Answers(group=GROUP, start=START, things=things)).opening()
    first, *others = opening.assets
    assert (first.accumulated, first.life_months, first.acquired) == (written_off, 60, acquired)
    assert [each.code for each in (first, *others)] == ["1203-1", "1203-2", "1201-1"]
    assert opening.balances.get("1213", 0) == -written_off


@pytest.mark.only_files
def test_plants_and_goods_stand_where_they_are(books: Books) -> None:
    expires = date(2026, 8, 1)
    stock = (*ANSWERS.stock, Stock("keripik-bayam", 1_000, 5, "Warung Pak Joko", expires))
    opening = books.first_entries(replace(ANSWERS, stock=stock)).opening()
    assert [(each.batch, each.qty) for each in opening.batches] == [
        ("SM-0601", 300_000), ("SM-0601-2", 100_000),
    ]  # fmt: skip
    assert [(each.item, each.place, each.expires) for each in opening.stock] == [
        ("keripik-bayam", "store", None), ("keripik-bayam", "shop:warung-bu-siti", None),
        ("tepung-beras", "store", None), ("keripik-bayam", "shop:warung-pak-joko", expires),
    ]  # fmt: skip
    accounts = (CLASS_ACCOUNTS["finished"], CLASS_ACCOUNTS["ingredient"], CONSIGNED, GROWING)
    assert [opening.balances[account] for account in accounts] == [
        114_000, 70_000, 85_505, 190_000,
    ]  # fmt: skip


@pytest.mark.only_files
def test_who_is_called_alike_is_one_in_each_role(books: Books) -> None:
    partners = (Partner("Siti", "shop", 5), Partner("SITI", "shop", 7), Partner("siti", "customer"))
    entries = books.first_entries(
        Answers(group=GROUP, start=START, partners=partners, members=(Member("Siti", {}),))
    )
    assert [(each.name, each.role) for each in entries.parties.values()] == [
        ("Siti", "shop"), ("siti", "customer"), ("Siti", "member"),
    ]  # fmt: skip
    assert len(entries.parties) == len(entries.new_parties) == 3
    shop = next(iter(entries.parties))
    assert [(each.party, each.amount) for each in entries.opening().parties] == [
        (shop, 5),
        (shop, 7),
    ]


@pytest.mark.only_files
def test_what_goods_take_is_set_up_with_them_and_what_that_takes_too(books: Books) -> None:
    usual = books.usual_goods()
    bought = usual.needed(["keripik-bayam"])
    inputs = {each.item for each in usual.recipes["keripik-bayam"].inputs}
    grown = {need for item in inputs for need in usual.needs.get(item, ())}
    assert grown, "what it is made of is grown"
    assert set(bought) == inputs | grown | set(usual.needs.get("keripik-bayam", ()))
    assert bought == [code for code in usual.items if code in bought], "in the usual order"
    assert usual.needed(["keripik-bayam", *bought]) == []
    assert {each.item_class for each in usual.sold} == {"produce", "seedling", "finished"}
