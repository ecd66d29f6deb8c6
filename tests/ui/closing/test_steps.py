"""The form of a close by itself, and the page around it, of months that no book has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Person, Recorded, Role
from kwt_books.domain.accounts import FUNDS, SURPLUS, Account, AccountType, Side
from kwt_books.domain.documents.setup import Allocation, Group
from kwt_books.domain.errors import InvalidDocument, Issue
from kwt_books.domain.posting import DEPRECIATED, Move, Posting
from kwt_books.domain.values import Month
from kwt_books.queries.closing import Closed, Fridays, MonthState, StockCounted, Visits
from kwt_books.queries.overview import SetupData
from kwt_books.reports.model import Column, ColumnType, Report, Row
from kwt_books.services.recorder import Preview
from tests.ui.answers import Answers
from tests.ui.painted import painted
from tests.ui.rules import flaws
from tests.ui.windows import let_go, said, shown_with
from ui.closing.checks import ERROR, GOOD, ODD, OPEN, WARN, Check, CheckRow, ExceptionsFound
from ui.closing.form import CLOSE, LOOK, PROFIT, SHARE, CloseSums, LastStep, MonthCloseForm
from ui.closing.page import LAST, Found, MonthClosePage
from ui.kit.drafts import drafts_of
from ui.kit.look import GUTTER, UiContext
from ui.kit.workspace import Workspace

JUNE, MAY = Month("2026-06"), Month("2026-05")
RESERVE, SOCIAL, *_ = FUNDS
TYPES = {"4101": AccountType.INCOME, "6101": AccountType.EXPENSE}
ACCOUNTS = {
    code: Account(code, f"Akun {code}", f"Account {code}", TYPES.get(code, AccountType.EQUITY),
                  Side.CREDIT)
    for code in (*FUNDS, SURPLUS, *TYPES)
}  # fmt: skip
GROUP = Group(
    name="KWT", village="v", district="d", city="c", chair="Ani", treasurer="Wati", language="id",
    paper="A4", allocation=Allocation(decision="BA-1", date=date(2026, 1, 7),
                                      shares={SOCIAL: 40, RESERVE: 60}),
)  # fmt: skip
SETUP = SetupData(GROUP, ACCOUNTS, {}, {}, {})
ROLES = {
    "chair": Person("Ani", Role.CHAIR, signed_in=True),
    "treasurer": Person("Wati", Role.TREASURER, signed_in=True),
    "nobody signed in": Person("Wati", Role.TREASURER),
    "auditor": Person("Budi", Role.AUDITOR),
}


@pytest.fixture
def person(request: pytest.FixtureRequest) -> Person:
    return ROLES[getattr(request, "param", "chair")]


@pytest.fixture
def answers(still: Workspace, monkeypatch: pytest.MonkeyPatch) -> Answers:
    return Answers(still, monkeypatch)


@pytest.fixture
def form(still: Workspace, qtbot: QtBot) -> MonthCloseForm:
    made = MonthCloseForm(still, JUNE, QWidget(), QWidget())
    qtbot.addWidget(made)
    made.learn(SETUP)
    made.show_sums(CloseSums(1_000, 1_000), "")
    return made


# -- the form -------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ROLES, indirect=True)
def test_each_step_offers_what_can_be_done_there(form: MonthCloseForm) -> None:
    role, signed_in = form.workspace.person.role, form.workspace.person.signed_in
    told: list[int] = []
    form.step_changed.connect(told.append)
    for step in range(CLOSE + 1):
        form.show_step(step)
        offered = {
            each.text()
            for each in (form.back_button, form.next_button, form.close_button, form.chair_button)
            if not each.isHidden()
        }
        assert offered == {
            *(("Back",) if step != LOOK else ()),
            *(("Next  →",) if step != CLOSE else ()),
            *(("Close June 2026",) if step == CLOSE and role is Role.CHAIR else ()),
            *(
                ("The chair signs in here",)
                if step == CLOSE and role is Role.TREASURER and signed_in
                else ()
            ),
        }
    assert told == [*range(CLOSE + 1)]


def test_what_blocks_is_told_beside_next_in_the_first_step_alone(form: MonthCloseForm) -> None:
    for count, text in ((2, "Sort out 2 things first"), (1, "Sort out 1 thing first"), (0, "")):
        form.show_blocking(count, 3)
        assert (form.next_button.isEnabled(), form.hint.text()) == (not count, text)
        assert form.hint.property("tone") == ("error" if count else "")
        form.go_on()
        assert form.step == (LOOK if count else PROFIT)
    form.show_blocking(1, 0)
    assert (form.next_button.isEnabled(), form.hint.text()) == (True, ""), "it was left already"
    form.go_back()
    assert not form.next_button.isEnabled()
    form.go_back()
    assert form.step == LOOK


def test_going_to_a_step_stops_at_what_is_in_the_way(form: MonthCloseForm, qtbot: QtBot) -> None:
    with qtbot.waitActive(form):
        form.show()

    def stands(step: int, has_keys: QWidget) -> None:
        assert form.step == step
        qtbot.waitUntil(lambda: form.focusWidget() is has_keys)

    form.go_to(CLOSE)
    stands(CLOSE, form.close_button)
    form.go_to(LOOK)
    form.go_to(PROFIT)
    stands(PROFIT, form.next_button)
    form.shares.set_shares({SOCIAL: 41, RESERVE: 60})
    form.go_to(CLOSE)
    stands(SHARE, form.shares.field)
    for told in ("at once", "and once all is checked in a pause"):
        assert form.shares.message.text() == "The shares must add up to 100%", told
        form.pause.timeout.emit()
    form.go_to(PROFIT)
    form.show_shares()
    stands(SHARE, form.shares.field)
    form.go_to(LOOK)
    form.show_blocking(1, 0)
    form.go_to(CLOSE)
    assert form.step == LOOK


def test_what_is_shared_is_told_with_why_it_is_less(form: MonthCloseForm) -> None:
    for sums, told in (
        (CloseSums(1_000, 1_000), ""),
        (CloseSums(1_000, 600), "Of Rp1,000 profit, Rp400 first makes up for earlier losses."),
        (CloseSums(-5, 0), "There is no profit to share. The loss stays and is made up for later."),
        (CloseSums(0, 0), "There is no profit to share. The loss stays and is made up for later."),
    ):
        form.show_sums(sums, "")
        assert form.shared_note.text == told
        assert form.shared_note.isHidden() is not told
        assert form.shared_text.text() == form.ui.formats.rupiah(sums.shared)
        assert form.shares.isHidden() is (sums.shared == 0)
        assert form.to_command().shares is None


def test_the_last_step_sums_up_what_was_said_before(form: MonthCloseForm, qtbot: QtBot) -> None:
    def told() -> list[str]:
        let_go()
        return said(form)

    form.show_sums(CloseSums(1_000, 1_000), "May 2026")
    form.show_blocking(0, 2)
    form.show()
    form.show_step(CLOSE)
    assert told()[-6:] == [
        "Profit", "Rp1,000", "Shared among the funds", "Rp1,000", "Decision number", "BA-1",
    ]  # fmt: skip
    form.shares.set_shares({SOCIAL: 41, RESERVE: 59})
    assert form.decided() == "", "the decision was on other shares"
    form.decision.setText("BA-2")
    assert form.decided() == "BA-2"
    form.show_sums(CloseSums(-1_000, 0), "")
    assert {"Loss", "Rp1,000"} <= {*told()}
    assert "Shared among the funds" not in told()
    form.learn(replace(SETUP, group=replace(GROUP, allocation=None)))
    assert form.decided() == "BA-2"
    assert "BA-2" in told()


def test_a_close_is_recorded_from_its_last_step_alone(
    form: MonthCloseForm, answers: Answers
) -> None:
    form.decision.setText("BA-9")
    for step in range(CLOSE):
        form.show_step(step)
        form.save()
    assert answers.jobs == []
    form.show_step(CLOSE)
    form.save()
    (recording,) = answers.jobs
    assert (recording.work.month, recording.work.decision) == (JUNE, "BA-9")
    assert not form.close_button.isEnabled(), "it is being recorded"
    recording.settled()
    assert form.close_button.isEnabled()
    assert form.saved_text(Recorded(1, "month_close", "BM-7", "")) == "June 2026 is closed: BM-7."


@pytest.mark.parametrize("person", ["treasurer"], indirect=True)
def test_whoever_may_not_close_keeps_what_was_prepared(form: MonthCloseForm) -> None:
    workspace = form.workspace
    kept = drafts_of(workspace.folders.data, workspace.book)
    told: list[str] = []
    workspace.chair_wanted.connect(lambda: told.append("chair"))
    form.left.connect(lambda: told.append("left"))
    form.show_step(CLOSE)
    for act, after in ((form.save, []), (form.ask_chair, ["chair"]), (form.go_later, ["left"])):
        kept.discard(form.name)
        form.decision.setText("BA-9")
        told.clear()
        act()
        assert told == after
        assert (kept.read(form.name) or {})["decision"] == "BA-9"


def test_a_refused_share_is_shown_where_shares_are(form: MonthCloseForm, answers: Answers) -> None:
    answers.later = True
    for issue, step in (
        (Issue("date", "month-closed", {"month": "2026-06", "closed": "2026-06"}), CLOSE),
        (Issue("shares", "shares-not-100", {"total": 90}), SHARE),
    ):
        form.show_step(CLOSE)
        form.save()
        answers.jobs[-1].failed(InvalidDocument((issue,)))
        answers.jobs[-1].settled()
        assert form.step == step


# -- a line of the first step ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tone", "icon", "color"),
    [(GOOD, "check-circle-fill", "accent_text"), (WARN, "warning-circle-fill", "amber"),
     (ERROR, "x-circle-fill", "red"), (OPEN, "circle-dashed", "text2")],
)  # fmt: skip
@pytest.mark.parametrize("second", ["Rp5", ""])
def test_a_check_is_painted_between_its_edge_and_its_button(
    tone: str, icon: str, color: str, second: str, english: UiContext, around: QWidget
) -> None:
    theme = english.theme
    offered = CheckRow(english, Check("c", tone, "Cash", second, "Go", lambda: None), around)
    plain = CheckRow(english, Check("c", tone, "Cash", second), around)
    assert (offered.button is None, plain.button is None) == (False, True)
    assert plain.accessibleName() == f"Cash. {second}".strip()
    for made in (offered, plain):
        made.resize(500, made.minimumHeight())
        drawn = painted(made, theme, plain=True).drawn
        grounds = [each.color for each in drawn if not each.what]
        assert grounds == (["red_bg"] if tone == ERROR else []) + ["grid"]
        sign, *words = (each for each in drawn if each.what)
        assert (sign.what, sign.color, sign.place.left()) == (f"<{icon}>", color, GUTTER)
        texts = [each.what for each in words]
        assert texts == [each for each in ("Cash", second) if each]
        assert [each.font.bold() for each in words] == [True, False][: len(words)]
        plain_colors = ["red"] * 2 if tone == ERROR else ["text", "text2"]
        assert [each.color for each in words] == plain_colors[: len(words)]
        end = made.width() - GUTTER if made.button is None else made.button.x() - 12
        for each in words:
            assert made.rect().contains(each.place)
            assert (each.place.left(), each.place.right()) == (sign.place.right() + 13, end - 1)
        middle = (words[0].place.top() + words[-1].place.bottom()) / 2
        assert abs(middle - sign.place.center().y()) <= 1
        assert words[0].place.bottom() < words[-1].place.top() or len(words) == 1


def test_what_a_check_has_no_room_for_is_its_tooltip(english: UiContext, around: QWidget) -> None:
    long = "Something may be recorded twice " * 4
    for title, second, cut in (("Cash", long, [long]), (long, long, [long] * 2), ("a", "b", [])):
        made = CheckRow(english, Check("c", WARN, title, second), around)
        made.resize(300, 50)
        made.grab()
        assert made.toolTip() == "\n".join(cut)


@pytest.mark.parametrize(("place", "size", "bold"), [(0, "body", True), (1, "caption", False)])
def test_to_the_pixel_what_is_cut_off_is_told(
    english: UiContext, around: QWidget, place: int, size: str, bold: bool
) -> None:
    texts = ["Cash was counted", "Much money is there"] if place else ["Cash was counted twice", ""]
    made = CheckRow(english, Check("c", WARN, *texts), around)
    made.resize(400, 50)
    room = next(each for each in painted(made, english.theme).drawn if each.what == texts[place])
    wide = english.theme.metrics(size, bold=bold).horizontalAdvance(texts[place])
    for missing, told in ((0, ""), (1, texts[place])):
        made.resize(400 - room.place.width() + wide - missing, 50)
        made.grab()
        assert made.toolTip() == told


# -- the page -------------------------------------------------------------------------------------

STATE = MonthState(
    JUNE, None, JUNE, (), 9, None, (), StockCounted(0, (), None), Visits(0, None, ()),
    Fridays((), ()), None,
)  # fmt: skip
PREVIEW = Preview((Posting("4101", 5_000), Posting("6101", -1_000), Posting(SURPLUS, -4_000),
                   Posting(SURPLUS, 4_000), Posting(RESERVE, -4_000)))  # fmt: skip
STEPS = ("revenue", "gross_profit", "operating_profit", "profit_before_tax", "profit")
RESULT = Report("profit-loss", "Result", (Column("amount", "Amount", ColumnType.MONEY),),
                (Row("Sales", (5_000_000,)),), figures=dict.fromkeys(STEPS, 4_000))  # fmt: skip
SHARED = Report("allocation", "Shares", (Column("p", "", ColumnType.PERCENT),), (),
                figures={"profit": 4_000, "allocated": 0})  # fmt: skip
FOUND = Found(SETUP, STATE, PREVIEW, Preview(), Preview(), RESULT, SHARED, None)
CLOSED = replace(STATE, closed=Closed("BM-3", JUNE, JUNE, "", True), next_open=None)
NOTHING_ODD = ExceptionsFound(dict.fromkeys(ODD, 0), {})
Show = Callable[..., MonthClosePage]


@pytest.fixture
def page(still: Workspace, qtbot: QtBot) -> MonthClosePage:
    still.setup = SETUP
    still.show_month(JUNE)
    made = MonthClosePage(still)
    qtbot.addWidget(made)
    return made


def fronts(page: MonthClosePage) -> list[str]:
    """Which of its faces the page shows."""
    QApplication.processEvents()
    faces = {"form": page.form, "closed": vars(page).get("closed"),
             "empty": page.empty if page.invites else None}  # fmt: skip
    return [name for name, each in faces.items() if each is not None and each.isVisible()]


def test_a_month_is_open_closed_or_empty(page: MonthClosePage) -> None:
    page.show()
    empty = replace(STATE, next_open=None, documents=0)
    for state, shown in (
        (STATE, ["form"]), (CLOSED, ["closed"]), (empty, ["empty"]), (STATE, ["form"]),
        (replace(STATE, documents=0), ["form"]), (replace(STATE, next_open=None), ["form"]),
        (empty, ["empty"]), (CLOSED, ["closed"]),
    ):  # fmt: skip
        shown_with(page, page=replace(FOUND, state=state), odd=NOTHING_ODD)
        assert fronts(page) == shown
    wanted: list[str] = []
    page.workspace.place_wanted.connect(lambda there: wanted.append(there.place))
    (go,) = (each for each in page.empty.findChildren(QWidget) if hasattr(each, "click"))
    go.click()
    assert wanted == ["home"]


def test_the_form_stays_while_the_month_does(page: MonthClosePage) -> None:
    drafts = drafts_of(page.workspace.folders.data, page.workspace.book)
    shown_with(page, page=FOUND)
    first = page.form
    assert first is not None
    first.show_step(SHARE)
    first.decision.setText("BA-5")
    shown_with(page, page=replace(FOUND, state=replace(STATE, documents=10)))
    assert page.form is first
    assert first.step == SHARE
    shown_with(page, page=replace(FOUND, state=replace(STATE, month=MAY)))
    assert page.form is not first
    assert page.form is not None
    assert (page.form.month, page.form.step) == (MAY, LOOK)
    assert (drafts.read(first.name) or {})["decision"] == "BA-5", "it was kept"
    shown_with(page, page=FOUND)
    assert page.form.decision.value() == "BA-5"


def test_the_steps_above_follow_the_form(page: MonthClosePage) -> None:
    shown_with(page, page=FOUND)
    assert page.form is not None
    assert page.steps is not None
    assert [each.title for each in page.steps.steps] == [
        "Check", "See the profit", "Share it out", "Close & print"
    ]  # fmt: skip
    page.form.show_step(SHARE)
    page.form.show_step(PROFIT)
    assert (page.steps.current, page.steps.seen) == (PROFIT, SHARE)
    page.steps.wanted.emit(LOOK)
    assert (page.form.step, page.part) == (LOOK, "")
    page.form.show_step(CLOSE)
    assert page.part == LAST
    wanted: list[str] = []
    page.workspace.place_wanted.connect(lambda there: wanted.append(there.place))
    page.form.left.emit()
    assert wanted == ["home"]


def test_a_part_is_a_month_or_the_last_step(page: MonthClosePage) -> None:
    page.show_part("2026-05")
    assert page.workspace.month == MAY
    page.show_part(LAST)
    for month, step in ((JUNE, CLOSE), (MAY, LOOK)):
        shown_with(page, page=replace(FOUND, state=replace(STATE, month=month)))
        assert page.form is not None
        assert page.form.step == step


def test_what_the_close_comes_to_stands_beside_all_steps(page: MonthClosePage) -> None:
    shown_with(page, page=replace(FOUND, state=replace(STATE, along=("2026-04", "2026-05"))))
    assert page.form is not None
    assert page.form.sums == CloseSums(
        4_000, 4_000, {AccountType.INCOME: 5_000, AccountType.EXPENSE: -1_000}
    )
    card = said(page.preview)
    assert card[0] == "If June is closed"
    assert "Decision BA-1" in card
    page.form.show_step(PROFIT)
    page.show()
    assert page.result_title.text() == "What April 2026 – June 2026 earned"
    page.form.show_step(CLOSE)
    last = page.form.findChild(LastStep)
    assert last is not None
    assert last.along_note.text.startswith("April 2026 – May 2026 too.")
    shown_with(page, page=FOUND)
    assert page.result_title.text() == "What June 2026 earned"


def test_the_card_says_by_whose_decision_it_is_shared(page: MonthClosePage) -> None:
    shown_with(page, page=FOUND)
    assert page.form is not None
    basis, shares = page.preview.basis, page.form.shares
    assert basis.text() == "Decision BA-1"
    shares.set_shares({SOCIAL: 41, RESERVE: 60})
    assert basis.text() == "The shares must add up to 100%"
    shares.set_shares({SOCIAL: 41, RESERVE: 59})
    assert basis.text() == "Shares for this month only"
    undecided = replace(SETUP, group=replace(GROUP, allocation=None))
    for setup in (undecided, replace(SETUP, group=None)):
        shown_with(page, page=replace(FOUND, setup=setup))
        assert basis.text() == "Shares for this month only"
    shown_with(page, page=replace(FOUND, preview=Preview()))
    assert basis.text() == "There is no profit to share."


def test_checks_are_counted_by_what_is_to_be_done(page: MonthClosePage) -> None:
    refused = Preview(issues=(Issue("", "no-shares"),))
    due = Preview(moves=(Move(f"{DEPRECIATED}A", "", "", 0, 12_000), Move("store", "i", "l", 1, 7)))
    state = replace(STATE, fridays=Fridays((date(2026, 6, 5),), (date(2026, 6, 12),)))
    undecided = replace(SETUP, group=replace(GROUP, allocation=None))
    found = replace(FOUND, setup=undecided, state=state, issues=refused, depreciation=due)
    shown_with(page, page=found)
    assert page.form is not None

    def counted() -> list[str]:
        return [page.badges[tone].text for tone in (GOOD, WARN, ERROR)
                if not page.badges[tone].isHidden()]  # fmt: skip

    assert page.list.rows["depreciation"].check.title.startswith("Depreciation of Rp12,000 is not")
    assert counted() == ["3 to check", "1 blocking"], "Fridays, depreciation, and what looks odd"
    assert (page.form.blocking, page.form.open) == (1, 3)
    page.form.shares.set_shares({RESERVE: 100})
    assert counted() == ["3 to check"], "the form's own shares settle it"
    shown_with(page, page=found, odd=NOTHING_ODD)
    assert counted() == ["1 done", "2 to check"]
    shown_with(page, page=found)
    assert counted() == ["1 done", "2 to check"], "what was found stays until it is known anew"
    told = replace(found, odd=replace(NOTHING_ODD, found=dict.fromkeys(ODD, 1)))
    shown_with(page, page=told)
    assert counted() == [f"{2 + len(ODD)} to check"]


@pytest.mark.parametrize("person", ["auditor", "chair"], indirect=True)
def test_who_records_nothing_gets_no_button_that_does(page: MonthClosePage) -> None:
    due = Preview(moves=(Move(f"{DEPRECIATED}A", "", "", 0, 12_000),))
    odd = ExceptionsFound(dict.fromkeys(ODD, 1), {})
    shown_with(page, page=replace(FOUND, depreciation=due, odd=odd))
    reads = page.workspace.person.role is Role.AUDITOR
    offered = {name for name, each in page.list.rows.items() if each.button is not None}
    assert offered == {f"odd-{each}" for each in ODD} | ({"depreciation"} - ({"depreciation"} if
                                                         reads else set()))  # fmt: skip


def test_after_the_close_its_papers_come_once(
    page: MonthClosePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    shown_with(page, page=replace(FOUND, state=CLOSED))
    monkeypatch.setattr(page.closed, "print_pack", lambda: printed.append("pack"))
    shown_with(page, page=FOUND)
    assert page.form is not None
    page.form.saved.emit(Recorded(1, "month_close", "BM-3", ""))
    for _ in range(2):
        shown_with(page, page=replace(FOUND, state=CLOSED))
    assert printed == ["pack"]


@pytest.mark.parametrize("person", ["chair", "treasurer"], indirect=True)
@pytest.mark.parametrize("step", range(CLOSE + 1))
def test_each_step_keeps_the_rules(page: MonthClosePage, step: int) -> None:
    due = Preview(moves=(Move(f"{DEPRECIATED}A", "", "", 0, 12_000),))
    state = replace(STATE, fridays=Fridays((), (date(2026, 6, 12),)), along=(MAY,))
    page.resize(1160, 640)
    page.show()
    shown_with(page, page=replace(FOUND, state=state, depreciation=due), odd=NOTHING_ODD)
    assert page.form is not None
    page.form.show_step(step)
    page.preview.show_parts({}, {}, {}, "Decision BA-01/RAT/KWT-MELATI/KALIAWI/XII/2026 of all")
    assert flaws(page) == []


@pytest.mark.parametrize("person", ["chair", "treasurer"], indirect=True)
def test_a_closed_month_keeps_the_rules(page: MonthClosePage) -> None:
    page.resize(1160, 640)
    page.show()
    closed = Closed("BM-3", MAY, JUNE, "BA-01/RAT/KWT-MELATI/KALIAWI/XII/2026 of all members", True)
    state = replace(STATE, closed=closed, next_open=Month("2026-07"))
    shown_with(page, page=replace(FOUND, state=state))
    assert flaws(page) == []
