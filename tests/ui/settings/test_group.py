"""The group, its shares, and what an auditor and an empty book see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.documents.setup import NO_NIP, ExtensionOfficer
from kwt_books.queries.overview import SetupData
from tests.ui.settings.looking import verified
from tests.ui.windows import message
from ui.kit.document_form import SetupForm
from ui.kit.workspace import Workspace
from ui.settings.group import GroupPage, SharingPage


def test_officers_change_and_the_shares_stay(
    part: Callable[[str, type[GroupPage]], GroupPage],
    saved: Callable[[SetupForm], SetupData],
    workspace: Workspace,
) -> None:
    page = part("group", GroupPage)
    before = workspace.group
    form = page.form
    assert form is not None
    assert before is not None
    form.fields["chair"].setText("Wati")
    form.fields["extension_officer.nip"].setText("19800101 200501 2 001")
    form.save()
    assert message(form, "extension_officer.name"), "a NIP is somebody's"
    form.fields["extension_officer.nip"].clear()
    form.fields["extension_officer.name"].setText("Bu Dewi, S.P.")
    after = saved(form).group
    assert after is not None
    assert (after.chair, after.allocation) == ("Wati", before.allocation)
    assert after.extension_officer == ExtensionOfficer(name="Bu Dewi, S.P.", nip=NO_NIP)
    assert page.form is not form, "the page shows what stands now"
    assert page.form.fields["chair"].value() == "Wati"  # type: ignore[union-attr]
    assert not page.form.fields["extension_officer.nip"].text()  # type: ignore[union-attr]


def test_shares_add_up_and_keep_their_order(
    part: Callable[[str, type[SharingPage]], SharingPage],
    saved: Callable[[SetupForm], SetupData],
    workspace: Workspace,
    qtbot: QtBot,
) -> None:
    form = part("sharing", SharingPage).form
    assert form is not None
    before = workspace.group
    assert before is not None
    shares = form.shares  # type: ignore[attr-defined]
    shares.set_value({"3201": 50, "3202": 40})
    form.save()
    assert not workspace.tasks.busy, "ninety percent are not sent to the book"
    shares.set_value({"3201": 50, "3202": 40, "2111": 10})
    form.decision.setText("BA-02/KWT/VII/2026")  # type: ignore[attr-defined]
    form.date.set_value(date(2026, 7, 1))  # type: ignore[attr-defined]
    after = saved(form).group
    assert after is not None
    assert dict(after.allocation.shares) == {"3202": 40, "3201": 50, "2111": 10}
    assert list(after.allocation.shares) == ["3202", "3201", "2111"], "as they stood, new ones last"
    assert (after.name, after.chair) == (before.name, before.chair)
    assert verified(workspace, qtbot)


# -- an empty book ----------------------------------------------------------------------------


class TestEmpty:
    @pytest.fixture
    def book_path(self, books: Books, tmp_path: Path) -> Path:
        path = tmp_path / "kosong.kwt"
        books.create(path).close()
        return path

    def test_says_whose_book_it_is(
        self,
        part: Callable[[str, type[GroupPage]], GroupPage],
        form: Callable[..., SetupForm],
        saved: Callable[[SetupForm], SetupData],
        workspace: Workspace,
    ) -> None:
        page = part("group", GroupPage)
        assert page.form is None
        new = form("group")
        for path, text in {
            "name": "KWT Melati", "village": "Kaliawi", "district": "Pusat", "city": "Metro",
            "chair": "Ani", "treasurer": "Wati", "umbrella.name": "LKM",
            "umbrella.coordinator": "Joko", "allocation.decision": "BA-1",
        }.items():  # fmt: skip
            new.fields[path].set_value(text)
        group = saved(new).group
        assert group is not None
        assert sum(group.allocation.shares.values()) == 100
        assert page.form is not None
