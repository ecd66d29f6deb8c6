#!/usr/bin/env python3
"""Checks an audit pack of KWT Books without KWT Books: Python 3.8 or newer, nothing else.

    python3 check_book.py            in the folder the pack was unpacked to
    python3 check_book.py PACK.zip   a pack as it is

Every file against its digest; every seal of the chain computed anew; debit and credit of every
entry; vouchers without gaps; the trial balance and the stock added up from the entries and held
against what the program printed; goods against their accounts; attachments against their digests.
"""

import hashlib
import json
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

WORDS = {
    "files": ("Berkas sesuai daftar", "Files as listed"),
    "chain": ("Rantai segel", "Chain of seals"),
    "stream": ("Stream sama isinya", "Stream says the same"),
    "balanced": ("Debit sama dengan kredit", "Debit equals credit"),
    "vouchers": ("Nomor bukti berurutan", "Vouchers without gaps"),
    "trial": ("Neraca saldo", "Trial balance"),
    "stock": ("Persediaan", "Stock"),
    "control": ("Barang sesuai akunnya", "Goods equal their accounts"),
    "attachments": ("Lampiran", "Attachments"),
}
VERDICTS = ("COCOK", "AGREES"), ("TIDAK COCOK", "DOES NOT AGREE")
LAST = ("Semuanya cocok. Kode segel buku:", "Everything agrees. The book's code:")
STOCK = {"seed": "1121", "input": "1122", "seedling": "1124", "produce": "1125",
         "ingredient": "1126", "packaging": "1127", "finished": "1129"}  # fmt: skip
CONSIGNED = "1130"
REST = ("at", "by", "date", "format", "kind", "lots", "moves", "number", "postings", "previous")


class Pack:
    """The files of a pack, zipped or unpacked."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path) if path.is_file() else None
        self.folder = path

    def open(self, name):
        return self.zip.open(name) if self.zip else (self.folder / name).open("rb")

    def json(self, name):
        with self.open(name) as file:
            return json.loads(file.read().decode("utf-8"))

    def lines(self, name):
        with self.open(name) as file:
            for line in file:
                yield json.loads(line.decode("utf-8"))


def named(entry):
    return entry["number"] or f"#{entry['sequence']}"


def seal(entry):
    """SHA-256 over one JSON object: sorted keys, no spaces, the stream's own text as it is."""
    rest = {key: 1 if key == "format" else entry[key] for key in REST}
    text = json.dumps(rest, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((text[:-1] + ',"stream":' + entry["stream"] + "}").encode()).hexdigest()


class Book:
    """Everything added up from the entries, one after the other. `wrong` collects what is wrong."""

    def __init__(self, until, wrong):
        self.until, self.wrong = until, wrong
        self.count, self.head = 0, "0" * 64
        self.balances, self.standing = defaultdict(int), defaultdict(int)
        self.layers, self.classes = defaultdict(lambda: [0, 0]), {}
        self.vouchers, self.digests = defaultdict(int), {}

    def see(self, entry):
        name, said = named(entry), json.loads(entry["stream"])
        follows = (entry["sequence"], entry["previous"]) == (self.count + 1, self.head)
        if not follows or seal(entry) != entry["hash"] or said["kind"] != entry["kind"]:
            self.wrong["chain"].append(name)
        self.count, self.head = entry["sequence"], entry["hash"]
        if sum(posting[1] for posting in entry["postings"]):
            self.wrong["balanced"].append(name)
        if entry["kind"] == "item":
            self.classes[said["code"]] = said["class"]
        elif entry["kind"] == "attachment":
            self.digests[entry["sequence"]] = said["sha256"]
        if entry["number"] is not None:
            series, _, last = name.rpartition("-")
            self.vouchers[series] += 1
            if int(last) != self.vouchers[series]:
                self.wrong["vouchers"].append(name)
        self.post(entry)

    def post(self, entry):
        for account, amount, _party, _closing in entry["postings"]:
            self.standing[account] += amount
            if entry["date"] <= self.until:
                self.balances[account] += amount
        for place, item, lot, quantity, value in entry["moves"]:
            if lot:
                layer = self.layers[item, place, lot]
                layer[0] += quantity
                layer[1] += value
                if layer[0] < 0 or layer[1] < 0 or (layer[1] and not layer[0]):
                    self.wrong["stock"].append(" ".join((item, place, lot)))


def differences(mine, theirs):
    return [str(key) for key in {**mine, **theirs} if mine.get(key, 0) != theirs.get(key, 0)]


def check_files(pack, manifest, wrong):
    for name, about in manifest["files"].items():
        digest = hashlib.sha256()
        try:
            with pack.open(name) as file:
                for piece in iter(lambda: file.read(1 << 20), b""):
                    digest.update(piece)
        except (KeyError, OSError):
            wrong["files"].append(name)
            continue
        if digest.hexdigest() != about["sha256"]:
            wrong["files"].append(name)


def check_stream(pack, entries, wrong):
    """The stream carries what the entries say; yields the entries."""
    stream = pack.lines("stream.jsonl")
    for entry in entries:
        line = next(stream, {})
        recorded = line.pop("recorded", {})
        line.pop("data", None)
        same = line == json.loads(entry["stream"])
        if not same or recorded != {"at": entry["at"], "by": entry["by"]}:
            wrong["stream"].append(named(entry))
        yield entry
    if next(stream, None) is not None:
        wrong["stream"].append("+")


def check_sums(pack, book, wrong):
    rows = pack.json("figures/trial-balance.json")["rows"]
    printed = {row["code"]: row["cells"][3] for row in rows if row["kind"] == "line"}
    wrong["trial"] += differences(book.balances, printed)
    kept = {tuple(row[:3]): row[3:] for row in pack.json("figures/stock.json")}
    standing = {key: layer for key, layer in book.layers.items() if any(layer)}
    wrong["stock"] += differences(standing, kept)
    values = defaultdict(int)
    for (item, place, _lot), (_quantity, value) in standing.items():
        values[STOCK[book.classes[item]] if place == "store" else CONSIGNED] += value
    accounts = {code: book.standing[code] for code in (*STOCK.values(), CONSIGNED)}
    wrong["control"] += differences(values, accounts)


def check_attachments(pack, manifest, book, wrong):
    for sequence, name in manifest["attachments"].items():
        with pack.open(name) as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        if digest != book.digests.get(int(sequence)):
            wrong["attachments"].append(name)


def check(pack, manifest, wrong):
    """Everything; the head of the chain as it was computed."""
    check_files(pack, manifest, wrong)
    book = Book(manifest["until"], wrong)
    for entry in check_stream(pack, pack.lines("entries.jsonl"), wrong):
        book.see(entry)
    if (book.head, book.count) != (manifest["head"], manifest["entries"]):
        wrong["chain"].append(manifest["head"][:12])
    check_sums(pack, book, wrong)
    check_attachments(pack, manifest, book, wrong)
    return book.head


def main(arguments):
    pack = Pack(Path(arguments[0]) if arguments else Path(__file__).resolve().parent)
    manifest, wrong, head = pack.json("manifest.json"), {name: [] for name in WORDS}, ""
    language = 0 if manifest["language"] == "id" else 1
    try:
        head = check(pack, manifest, wrong)
    except (ArithmeticError, LookupError, OSError, TypeError, ValueError) as error:
        wrong["files"].append(repr(error))
    for name, found in wrong.items():
        said = f"{WORDS[name][language]:26} {VERDICTS[bool(found)][language]}"
        sys.stdout.write(f"{said} {', '.join(found[:5])}".rstrip() + "\n")
    failed = any(wrong.values())
    code = "-".join(head[at : at + 4].upper() for at in (0, 4, 8))
    last = VERDICTS[1][language] if failed else f"{LAST[language]} {code}"
    sys.stdout.write(f"\n{last}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
