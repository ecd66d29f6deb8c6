"""What was given besides money: goods for the store, and tools that last."""

from __future__ import annotations

from functools import partial

from kwt_books.domain.documents.assets import NewAsset
from kwt_books.domain.documents.buying import GrantItem
from kwt_books.queries.holdings import Belongings
from ui.forms.asset_acquisition_fields import YearsField, kinds, next_code, usual_life
from ui.forms.item_lines import ItemLines
from ui.forms.lines import Line, LineField, Lines
from ui.kit import Kit
from ui.widgets.field import MoneyField, QuantityField, TextField
from ui.widgets.picker import Picker


class GoodsLines(ItemLines):
    """What is given is worth what it would cost; seedlings for nothing may stand at nil."""

    def __init__(self, kit: Kit) -> None:
        t = kit.t
        fields = (
            LineField("item", t("Goods"), self.picker, 6),
            LineField("qty", t("How many"), lambda: QuantityField(kit), 3),
            LineField(
                "value",
                t("Worth in all"),
                lambda: MoneyField(kit, required=False),
                3,
                t("what it would have cost to buy; seedlings given for nothing may stand at 0"),
            ),
            LineField(
                "lot",
                t("Lot"),
                lambda: TextField(kit),
                3,
                t("a name for what came that day, such as HIBAH-0622; may stay empty"),
            ),
        )
        super().__init__(kit, fields)

    def problem(self) -> str:
        return ""  # there need be none

    def total(self) -> int:
        return sum(line.fields["value"].number() or 0 for line in self.lines)

    def command_lines(self) -> tuple[GrantItem, ...]:
        return tuple(
            GrantItem(
                item=line.fields["item"].code(),
                qty=line.fields["qty"].number(),
                value=line.fields["value"].number() or 0,
                lot=line.fields["lot"].value(),
            )
            for line in self.filled
        )


class ToolLines(Lines):
    """Codes are given by themselves where none is typed."""

    def __init__(self, kit: Kit) -> None:
        t = kit.t
        self.belongings: Belongings | None = None
        fields = (
            LineField("name", t("Tool"), lambda: TextField(kit, required=True), 5),
            LineField("account", t("Kind"), self._kind_picker, 5),
            LineField("cost", t("Worth"), lambda: MoneyField(kit), 4),
            LineField(
                "life_months",
                t("Will last"),
                lambda: YearsField(kit),
                3,
                t("for how many years it will be of use, such as 5"),
            ),
            LineField(
                "code",
                t("Code"),
                lambda: TextField(kit),
                2,
                t("what is written on the tool, such as PT-2; left empty, it is given by itself"),
            ),
        )
        super().__init__(kit, fields)

    def problem(self) -> str:
        return ""  # there need be none

    def _kinds(self) -> list[tuple[str, str]]:
        return kinds(self._kit, self.belongings.accounts) if self.belongings is not None else []

    def _kind_picker(self) -> Picker:
        return Picker(self._kit, self._kinds())

    def learn(self, known: Belongings) -> None:
        self.belongings = known
        for line in self.lines:
            line.fields["account"].set_choices(self._kinds())

    def _append(self) -> Line:
        line = super()._append()
        line.fields["account"].changed.connect(partial(self._propose_life, line))
        return line

    def _propose_life(self, line: Line) -> None:
        account, life = line.fields["account"].code(), line.fields["life_months"]
        if account is not None and self.belongings is not None and not life.text():
            life.set_months(usual_life(self.belongings, account))

    def total(self) -> int:
        return sum(line.fields["cost"].number() or 0 for line in self.lines)

    def command_lines(self) -> tuple[NewAsset, ...]:
        known = self.belongings
        assert known is not None
        taken = {code for line in self.filled if (code := line.fields["code"].value())}
        made = []
        for line in self.filled:
            account, code = line.fields["account"].code(), line.fields["code"].value()
            if code is None:
                code = next_code(known, account, frozenset(taken))
                taken.add(code)
            made.append(
                NewAsset(
                    code=code,
                    name=line.fields["name"].value(),
                    account=account,
                    cost=line.fields["cost"].number(),
                    life_months=line.fields["life_months"].months(),
                )
            )
        return tuple(made)
