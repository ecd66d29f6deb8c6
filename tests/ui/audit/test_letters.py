"""Letters of confirmation and their answers."""

from __future__ import annotations

from pathlib import Path

from kwt_books.services.audit.sampling import AGREES, DIFFERS
from tests.ui.audit.hand import Part, Settle, kept_table, opened, texts
from ui.audit.confirmations import UNANSWERED, AnswerDialog, ConfirmPart
from ui.kit.printing import PaperDialog
from ui.kit.table import LEFT, RIGHT
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow


def test_an_answer_that_differs_is_listed(
    window: MainWindow, part: Part[ConfirmPart], workspace: Workspace, settle: Settle
) -> None:
    page = part(window, "confirm", ConfirmPart)
    model = page.lines.list_model
    assert [model.alignment(column) for column in range(3)] == [LEFT, RIGHT, RIGHT]
    assert page.letters is not None
    assert {each.state for each in page.letters.letters} == {UNANSWERED}
    shop = next(each for each in page.letters.letters if each.goods)
    page.table.choose(shop.code)
    page.enter_answer()
    dialog = opened(AnswerDialog)
    dialog.fill_as_book()
    goods = shop.goods[0]
    dialog.goods[goods.item].set_value(goods.quantity + 1_000)
    dialog.amount.set_value(shop.amount + 7_000)
    dialog.try_save()
    settle(workspace)
    answered = page.chosen
    assert answered is not None
    assert (answered.code, answered.state) == (shop.code, DIFFERS)
    assert answered.difference == 7_000
    assert page.ui.formats.number(shop.amount + 7_000) in texts(page.lines, 2)
    page.enter_answer()
    again = opened(AnswerDialog)
    again.fill_as_book()
    again.try_save()
    settle(workspace)
    assert page.chosen is not None
    assert page.chosen.state == AGREES


def test_letters_are_of_those_asked_and_each_is_a_paper(
    window: MainWindow,
    part: Part[ConfirmPart],
    workspace: Workspace,
    settle: Settle,
    tmp_path: Path,
) -> None:
    page = part(window, "confirm", ConfirmPart)
    page.kind.set_value("member")
    settle(workspace)
    assert page.letters is not None
    assert {each.kind for each in page.letters.letters} == {"member"}
    last = page.letters.letters[-1]
    paper = page.letters.papers(last).parts[0]
    assert paper.addressee == last.name  # type: ignore[union-attr]
    page.print_one()
    settle(workspace)
    letter = opened(PaperDialog)
    assert letter.windowTitle().startswith("K-")
    assert not hasattr(letter, "table"), "a letter is no table"
    letter.close()
    page.print_all()
    settle(workspace)
    whole = "\n".join(kept_table(opened(PaperDialog), page.writer, workspace, settle, tmp_path))
    assert all(each.name in whole for each in page.letters.letters)
