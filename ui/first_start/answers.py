"""All steps together: what is carried from one to the next, and what they come to."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from kwt_books.app import Books
from kwt_books.domain.documents.setup import Group
from kwt_books.domain.errors import RefusedAt
from kwt_books.services.first_answers import Answers, FirstEntries
from ui.first_start.asked import Place, place_of
from ui.first_start.finish import FinishStep
from ui.first_start.goods import GoodsStep
from ui.first_start.group import GroupStep
from ui.first_start.money import BANK, CASH, FLOAT, HELD_CASH, MoneyStep
from ui.first_start.officers import OfficersStep
from ui.first_start.sharing import SharingStep
from ui.first_start.step import Step
from ui.first_start.stock import StockStep
from ui.forms.money_words import account_name
from ui.kit import Kit


class Questions(QObject):
    changed = Signal()

    def __init__(self, kit: Kit, books: Books) -> None:
        super().__init__()
        t, self._kit, self._books = kit.t, kit, books
        usual, chart = books.usual_goods(), books.chart()
        self.group = GroupStep(kit, t("Whose book is this?"), t("The name stands on every report."))
        self.officers = OfficersStep(
            kit, t("Who leads the group?"), t("They sign the reports at the end of a month.")
        )
        self.money = MoneyStep(
            kit,
            t("How much money does the group have today?"),
            t("Count it, then write it down as it is. Leave empty what is not there."),
        )
        self.goods = GoodsStep(
            kit,
            t("What do you grow and sell?"),
            t("Tick it and look at the price. More can be added at any time."),
            usual,
        )
        self.stock = StockStep(
            kit,
            t("What goods and tools are there?"),
            t("Count what there is. Leave empty what is not there, or what is counted later."),
        )
        self.sharing = SharingStep(
            kit,
            t("How is profit shared?"),
            t("As the members decided. It can be changed by another decision."),
            chart,
        )
        self.finish = FinishStep(
            kit, t("Is everything right?"), t("A click on a step at the left goes back to it.")
        )
        self.steps: tuple[Step, ...] = (
            self.group, self.officers, self.money, self.goods, self.stock, self.sharing,
            self.finish,
        )  # fmt: skip
        for step in self.steps:
            step.changed.connect(self.changed)

    # -- what was answered -----------------------------------------------------------------

    def answers(self) -> Answers:
        return Answers(
            group=self._group(),
            start=self.money.day,
            goods=self.goods.goods,
            partners=[*self.money.partners, *self.goods.partners],
            members=self.money.members,
            money=self.money.balances | self.sharing.balances,
            stock=[each for each in self.stock.goods if each.item],
            growing=[each for each in self.stock.plants if each.item],
            things=self.stock.belongings,
            people=self.officers.people,
        )

    def entries(self) -> FirstEntries:
        return self._books.first_entries(self.answers())

    def _group(self) -> Group:
        group, officers = self.group, self.officers
        return Group(
            name=group.group.value() or "",
            village=group.village.value() or "",
            district=group.district.value() or "",
            city=group.city.value() or "",
            chair=officers.chair.value() or "",
            treasurer=officers.treasurer.value() or "",
            umbrella=officers.umbrella,
            extension_officer=officers.extension_officer,
            language=group.language.code(),
            paper=group.paper.code(),
            allocation=self.sharing.allocation,
        )

    def state(self) -> dict[str, object]:
        return {step.name: step.state() for step in self.steps}

    def restore(self, state: object) -> None:
        """What `state` gave, put back. Goods come before the stock that is made of them."""
        found = state if isinstance(state, dict) else {}
        for step in self.steps:
            if step is self.stock:
                self._offer_goods()
            if step.name in found:
                step.restore(found[step.name])

    # -- from one to the next --------------------------------------------------------------

    def prepare(self, place: int) -> None:
        """A step is about to be shown: what it needs of those before."""
        step = self.steps[place]
        if step is self.group:
            self.group.show_officers(self.officers.named)
        elif step is self.goods:
            self.goods.know(self.money.partners)
        elif step is self.stock:
            self._offer_goods()
        elif step is self.finish:
            self._offer_goods()
            self.finish.suggest(self.group.group.value() or "")
            self.finish.show_entries(self._lines(), self.entries())

    def _offer_goods(self) -> None:
        self.goods.know(self.money.partners)
        known = Answers(group=self._group(), start=self.money.day, goods=self.goods.goods)
        self.stock.offer(self._books.first_entries(known).items, self.goods.shop_names)

    def _lines(self) -> list[tuple[str, str]]:
        """What is shown at the end, with its title."""
        t, formats, balances = self._kit.t, self._kit.formats, self.money.balances
        cash = sum(balances[code] for code in (CASH, FLOAT, BANK, HELD_CASH))
        goods = sum(each.value for each in (*self.stock.goods, *self.stock.plants))
        things = sum(each.cost for each in self.stock.belongings)
        place = ", ".join(filter(None, (self.group.village.value(), self.group.city.value())))
        passwords = t("With passwords") if self.officers.uses_passwords else t("Without passwords")
        return [
            (t("Group"), " · ".join(filter(None, (self.group.summary(), place)))),
            (t("Officers"), f"{self.officers.summary()} · {passwords}"),
            (t("Recorded from"), formats.day(self.money.day)),
            (t("Cash & bank at the start"), formats.rupiah(cash)),
            (t("Goods & shops"), self.goods.summary()),
            (t("Goods and seedlings"), formats.rupiah(goods)),
            (t("House and tools, as bought"), formats.rupiah(things)),
            (t("Shares of profit"), self._shares()),
        ]

    def _shares(self) -> str:
        chart, shares = self._books.chart(), self.sharing.shares.shares.items()
        return ", ".join(
            f"{account_name(self._kit, chart[code])} {share}%" for code, share in shares
        )

    def place_of(self, error: RefusedAt) -> Place | None:
        """The step and the field that the book has something against."""
        return place_of(self.steps, self.entries().beginning().commands, error)
