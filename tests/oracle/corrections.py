"""Corrections: a document's postings and moves negated, where nothing has been built on them."""

from .ledger import AssetMove, Document, Ledger, LotMove, PlotMove
from .reading import Fields, need

NEVER = ("month_close", "month_reopen", "attachment", "correction")


class Corrections(Ledger):
    def named(self, of: str) -> Document:
        """Find a document by its id or, failing that, by its voucher number."""
        for document in self.documents:
            if document.fields.get("id") == of:
                return document
        found = [document for document in self.documents if document.voucher == of]
        need(found, "unknown-document", of)
        return found[0]

    def do_attachment(self, given: Fields) -> None:
        self.named(given["of"])

    def do_correction(self, given: Fields) -> None:
        target = self.named(given["of"])
        need(target.kind not in NEVER, "not-correctable", target.kind)
        need(target.number not in self.corrected, "already-corrected", given["of"])
        need(self.doing.date >= target.date, "before-the-document", given["of"])
        self.put(self.corrected, target.number, self.doing.number)
        if target.kind == "opening_balance":
            closes = [document for document in self.documents if document.kind == "month_close"]
            need(not closes, "closed-since")
        if target.kind == "planting_end":
            self.bring_back(target)
        for posting in target.postings:
            marks = {"programme": posting.programme, "mark": posting.mark}
            self.post(posting.account, -posting.amount, posting.party, **marks)
        for spent in target.spent:
            self.doing.spent.append((*spent[:2], -spent[2]))
        for move in target.moves:
            self.reverse(move)
        self.check_left(target)
        for number in target.plots:
            self.check_plot(number, target)

    def empty_correction(self, doing: Document) -> bool:
        if doing.kind != "correction":
            return False
        target = self.named(doing.fields["of"])
        return not (target.postings or target.moves)

    def reverse(self, move: LotMove | PlotMove | AssetMove) -> None:
        if isinstance(move, LotMove):
            self.move_lot(move.item, move.place, move.lot, -move.quantity, -move.value)
        elif isinstance(move, PlotMove):
            self.move_plot(move.plot, -move.plants, -move.value)
        else:
            self.reverse_asset(move)

    def reverse_asset(self, move: AssetMove) -> None:
        now = self.assets.get(move.code)
        if move.after is None:
            need(now is None, "asset-exists", move.code)
            self.move_asset(move.code, None, move.before)
            return
        need(now is not None and now.number == move.after.number, "asset-gone", move.code)
        assert now is not None
        if move.before is None:
            need(now.accumulated == move.after.accumulated, "asset-depreciated", move.code)
            self.move_asset(move.code, now, None)
            return
        left = now.accumulated - (move.after.accumulated - move.before.accumulated)
        need(left >= 0, "less-than-nothing", move.code)
        self.move_asset(move.code, now, now._replace(accumulated=left))

    def check_left(self, target: Document) -> None:
        """Refuse layers left with less than nothing, or with value and no quantity."""
        for move in target.moves:
            if isinstance(move, LotMove):
                layers = self.stock_layers.get((move.item, move.place), {})
                quantity, value = layers.get(move.lot, (0, 0))
                need(quantity >= 0 and value >= 0, "used-since", move.item)
                need(quantity or not value, "used-since", move.item)
                least = self.least(move.item, move.place, move.lot, self.doing.date)
                need(least >= 0, "used-since", move.item)

    def check_plot(self, number: int, target: Document) -> None:
        """Refuse what a batch or bed can't give back, and end one that was made by the target."""
        plot = self.plots[number]
        need(self.plot_names.get((plot.what, plot.name)) == number, "ended-since", plot.name)
        plants, value = self.plot_holds[number]
        need(plants >= 0 and value >= 0, "used-since", plot.name)
        need(plants or not value or plot.what == "bed", "used-since", plot.name)
        if plot.maker == target.number:
            others = [
                document
                for document in self.documents
                if number in document.plots
                and document.number != target.number
                and document.number not in self.corrected
            ]
            need(not others and not value and not plants, "used-since", plot.name)
            self.drop(self.plot_names, (plot.what, plot.name))

    def bring_back(self, target: Document) -> None:
        plot = self.plots[target.plots[0]]
        need((plot.what, plot.name) not in self.plot_names, "name-in-use", plot.name)
        self.put(self.plot_names, (plot.what, plot.name), target.plots[0])
