"""Backups that the program makes by itself: which are made, which are kept, what they hold."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.domain.documents.closing import MonthClose
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import BookError, StorageError
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.services.kept_backups import (
    FOLDER,
    KeptBackup,
    backups_in,
    too_many,
)
from tests.books import asked
from tests.conftest import Watch
from tests.services.forging import tampered
from tests.services.test_backup import TAMPERED, content


def transfer(amount: int) -> Transfer:
    return Transfer(date=date(2026, 7, 1), source="1101", to="1103", amount=amount)


@pytest.fixture
def keeping(watch: Watch, tmp_path: Path) -> Books:
    """A door that backs up by itself."""
    made = Books(resources_dir(), watch, Person("Siti Rohmah", Role.CHAIR))
    made.backups = tmp_path / "data" / "backups"
    return made


def record(books: Books, path: Path, amount: int) -> None:
    book = books.open(path)
    book.record(transfer(amount))
    book.close()


def test_a_closed_book_is_backed_up_once(keeping: Books, alone: Path, watch: Watch) -> None:
    (made,) = keeping.keep_backup(alone)
    assert content(made) == content(alone)
    watch.now += timedelta(hours=1)
    assert keeping.keep_backup(alone) == (), "nothing came to it"
    record(keeping, alone, 7)
    (again,) = keeping.keep_backup(alone)
    assert content(again) == content(alone)
    assert [each.path for each in keeping.kept_backups()] == [again], "one of a day is enough"
    found = keeping.look_into(again)
    assert found.whole
    assert (found.number, found.date) == ("BM-2607-0001", "2026-07-01")


def test_a_backup_that_was_damaged_is_made_again(keeping: Books, alone: Path, watch: Watch) -> None:
    (made,) = keeping.keep_backup(alone)
    made.write_bytes(made.read_bytes()[:5_000])
    assert not keeping.look_into(made).whole
    watch.now += timedelta(minutes=1)
    (again,) = keeping.keep_backup(alone)
    assert keeping.look_into(again).whole


@pytest.mark.parametrize("check", TAMPERED)
def test_a_damaged_book_drives_out_no_backup(
    check: str, keeping: Books, alone: Path, watch: Watch
) -> None:
    (made,) = keeping.keep_backup(alone)
    kept = made.read_bytes()
    record(keeping, alone, 7)
    tampered(alone, alone.with_name("bad.kwt"), TAMPERED[check]).replace(alone)
    watch.now += timedelta(minutes=1)
    with pytest.raises(StorageError) as error:
        keeping.keep_backup(alone)
    assert error.value.code == "copy-not-whole"
    assert [each.read_bytes() for each in made.parent.iterdir()] == [kept]


def test_an_older_copy_opened_by_mistake_drives_out_no_backup(
    keeping: Books, alone: Path, watch: Watch
) -> None:
    older = alone.read_bytes()
    record(keeping, alone, 7)
    record(keeping, alone, 8)
    (right,) = keeping.keep_backup(alone)
    alone.write_bytes(older)
    record(keeping, alone, 9)
    watch.now += timedelta(minutes=1)
    (wrong,) = keeping.keep_backup(alone)
    assert {each.path for each in keeping.kept_backups()} == {right, wrong}


def test_a_drive_gets_backups_once_it_knows_the_book(
    keeping: Books, alone: Path, tmp_path: Path, watch: Watch
) -> None:
    stick, strange = tmp_path / "stick", tmp_path / "strange"
    stick.mkdir()
    strange.mkdir()
    book = keeping.open(alone)
    book.know_drive(stick)
    book.close()
    made = keeping.keep_backup(alone, (stick, strange))
    assert [each.is_relative_to(stick / FOLDER) for each in made] == [False, True]
    assert list(strange.iterdir()) == []
    assert len(keeping.kept_backups((stick, strange))) == 2
    shutil.rmtree(stick)
    record(keeping, alone, 7)
    watch.now += timedelta(days=1)
    assert len(keeping.keep_backup(alone, (stick, strange))) == 1


def test_a_drive_that_refuses_keeps_no_backup_from_the_computer(
    keeping: Books, alone: Path, tmp_path: Path
) -> None:
    book = keeping.open(alone)
    book.know_drive(tmp_path)
    book.close()
    assert keeping.backups is not None
    keeping.backups.parent.mkdir()
    keeping.backups.write_text("", encoding="utf-8")
    with pytest.raises(StorageError):
        keeping.keep_backup(alone, (tmp_path,))
    assert len(keeping.kept_backups((tmp_path,))) == 1


def close_of_june(books: Books, path: Path) -> None:
    book = books.open(path)
    try:
        book.record(MonthClose(month="2026-07"))
    finally:
        book.close()


def test_a_month_is_closed_behind_a_backup(keeping: Books, alone: Path) -> None:
    before = content(alone)
    close_of_june(keeping, alone)
    (kept,) = keeping.kept_backups()
    assert content(kept.path) == before
    assert content(alone) != before


def test_no_month_of_a_damaged_book_is_closed(keeping: Books, alone: Path) -> None:
    tampered(alone, alone.with_name("bad.kwt"), TAMPERED["chain"]).replace(alone)
    entries = content(alone)
    with pytest.raises(StorageError) as error:
        close_of_june(keeping, alone)
    assert error.value.code == "copy-not-whole"
    assert content(alone) == entries


def test_a_month_is_closed_though_no_backup_can_be_made(keeping: Books, alone: Path) -> None:
    assert keeping.backups is not None
    keeping.backups.parent.mkdir()
    keeping.backups.write_text("", encoding="utf-8")
    before = content(alone)
    close_of_june(keeping, alone)
    assert content(alone) != before


def test_files_of_others_are_no_backups(keeping: Books, alone: Path) -> None:
    (made,) = keeping.keep_backup(alone)
    for name in ("juni.kwt", "juni 2026-13-01 00.00.00 (4).kwt", "catatan.txt"):
        (made.parent / name).write_text("Catatan", encoding="utf-8")
    assert [each.path for each in backups_in(made.parent)] == [made]


def test_what_is_none_is_told_and_not_raised(keeping: Books, tmp_path: Path) -> None:
    notes = tmp_path / "notes.kwt"
    notes.write_text("Catatan", encoding="utf-8")
    assert not keeping.look_into(notes).whole
    with pytest.raises(BookError):
        keeping.keep_backup(notes)


@pytest.mark.parametrize(
    ("name", "short"), [("b" * 60, "b" * 40), ("b" * 39 + " c", "b" * 39), ("juni", "juni")]
)
def test_a_long_name_is_cut_off_in_the_names_of_backups(
    name: str, short: str, keeping: Books, alone: Path
) -> None:
    """Windows counts the signs of a path."""
    path = alone.with_name(f"{name}.kwt")
    alone.rename(path)
    ((first,),) = asked(path, "SELECT hash FROM document ORDER BY sequence LIMIT 1")
    (made,) = keeping.keep_backup(path)
    assert made.parent.name == f"{short} {first[:8]}"
    assert made.name == f"{short} 2026-07-01 09.12.00 (87).kwt"


def test_backups_of_several_books_come_with_the_newest_first(
    keeping: Books, alone: Path, watch: Watch
) -> None:
    made = []
    for name in ("b", "c", "a"):
        path = alone.with_name(f"{name}.kwt")
        shutil.copyfile(alone, path)
        made += keeping.keep_backup(path)
        watch.now += timedelta(minutes=1)
    assert [each.path for each in keeping.kept_backups()] == made[::-1]


MOMENTS = st.datetimes(datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2028-12-31"))
DAY_BY_DAY = [datetime.fromisoformat("2024-01-01") + timedelta(days=n) for n in range(1_000)]


@example(DAY_BY_DAY)
@given(st.lists(MOMENTS, unique=True, max_size=80))
def test_seven_days_five_weeks_and_twenty_four_months_are_kept(moments: list[datetime]) -> None:
    """A book that only grows: of each of the newest slots its last backup stands."""
    every = [
        KeptBackup(Path(str(place)), made, place) for place, made in enumerate(sorted(moments))
    ]
    gone = set(too_many(every))
    kept = [each for each in every if each not in gone]
    slots = (("%Y-%m-%d", 7), ("%G-%V", 5), ("%Y-%m", 24))
    wanted = {
        list(of_one)[-1]
        for slot, most in slots
        for of_one in [
            list(group) for _, group in groupby(every, lambda each, s=slot: each.made.strftime(s))
        ][-most:]
    }
    assert set(kept) == wanted
    assert len(kept) <= 7 + 5 + 24


@given(st.lists(st.tuples(MOMENTS, st.integers(1, 9)), unique=True, max_size=40))
def test_whatever_was_opened_the_newest_and_the_fullest_of_today_stand(
    backups: list[tuple[datetime, int]],
) -> None:
    every = [KeptBackup(Path(f"{n}"), *each) for n, each in enumerate(backups)]
    gone = set(too_many(every))
    kept = [each for each in every if each not in gone]
    if not every:
        return
    newest = max(every, key=lambda each: (each.made, each.entries))
    today = [each for each in every if each.made.date() == newest.made.date()]
    assert newest in kept
    assert max(each.entries for each in today) in {each.entries for each in kept}
    assert not too_many(kept), "what was kept once is kept the next time"
