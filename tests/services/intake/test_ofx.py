"""OFX of both forms, as banks write it, and files that are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from itertools import product
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwt_books.domain.errors import RuleError
from kwt_books.services.intake import ofx
from kwt_books.services.intake.ofx import Statement, read_ofx
from tests.services.intake.test_bank import OFX, two_accounts

XML_HEAD = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
"""
BODY = OFX[OFX.index("<OFX>") :]
HEAD = OFX[: OFX.index("<OFX>")]


def closed(body: str) -> str:
    """The same with every element closed, as XML has it."""
    return re.sub(r"<([A-Z.]+)>([^<\n]+)", r"<\1>\2</\1>", body)


def read(written: str) -> Mapping[str, Statement]:
    return read_ofx("bank.ofx", written.encode("utf-8"))


def refused(content: bytes) -> bool:
    """Whether a file is refused; whatever else it may raise fails the test."""
    try:
        read_ofx("bank.ofx", content)
    except RuleError as error:
        if (error.code, error.params["name"]) != ("no-bank-list", "bank.ofx"):
            raise
        return True
    return False


FORMS: dict[str, Callable[[str], str]] = {
    "2.x": lambda body: XML_HEAD + closed(body),
    "2.x, one tag a line": lambda body: XML_HEAD + closed(body).replace("><", ">\r\n    <"),
    "2.x, a comment and a namespace": lambda body: (
        XML_HEAD + "<!-- <x> -->" + closed(body).replace("<OFX>", '<OFX xmlns="http://ofx.net">')
    ),
    "2.x, character data": lambda body: (
        XML_HEAD + re.sub(r"<NAME>([^<]+)", r"<NAME><![CDATA[\1]]></NAME>", body)
    ),
    "1.x, elements closed": lambda body: HEAD + closed(body),
    "1.x, one tag a line": lambda body: HEAD + body.replace("<", "\n<").replace("\n</", "</"),
    "1.x, elements that say nothing": lambda body: (
        HEAD + body.replace("<FITID>", "<CHECKNUM><MEMO><FITID>").replace("<NAME>", "<SIC/><NAME>")
    ),
    "of Quicken": lambda body: HEAD + body.replace("<LANGUAGE>", "<INTU.BID>3000<LANGUAGE>"),
    "1.x, tags in small letters": lambda body: (
        HEAD + re.sub("</?[A-Z0-9.]+", lambda tag: tag[0].lower(), body)
    ),
    "2.x, a comment and data of several lines": lambda body: (
        XML_HEAD + "<!-- <x>\n<y> -->"
        + re.sub(r"<NAME>([^<]+)", "<NAME><![CDATA[\\1\n]]></NAME>", body)
    ),
    "without a header": lambda body: body,
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_one_list_reads_the_same_in_every_form(form: str) -> None:
    first, other = read(OFX), read(FORMS[form](BODY))
    assert other == first
    (statement,) = first.values()
    assert (statement.account, statement.balance) == ("123", Decimal(1195750))
    assert [(each.day, each.amount, each.words, each.ref) for each in statement.lines] == [
        (date(2026, 7, 4), Decimal(500000), "SETOR TUNAI", "A1"),
        (date(2026, 7, 20), Decimal(-300000), "CV MESIN JAYA", "A2"),
        (date(2026, 7, 31), Decimal(1250), "BUNGA", "A3"),
        (date(2026, 7, 31), Decimal(-5500), "BIAYA ADM", "A4"),
    ]


SEN = st.integers(-(10**17) + 1, 10**17 - 1)
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1).map(
    lambda said: "SETOR " + said
)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
MOVEMENTS = st.lists(st.tuples(DAYS, SEN, WORDS), max_size=6)


@given(MOVEMENTS, SEN, st.sampled_from(".,"))
def test_amounts_days_and_words_are_read_to_the_sen_and_letter(
    moved: list[tuple[date, int, str]], balance: int, sign: str
) -> None:
    def rupiah(sen: int) -> str:
        return f"{'-' * (sen < 0)}{abs(sen) // 100}{sign}{abs(sen) % 100:02d}"

    start, end = BODY.index("<STMTTRN>"), BODY.index("</BANKTRANLIST>")
    listed = "".join(
        f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day:%Y%m%d}<TRNAMT>{rupiah(sen)}<FITID>{number}"
        f"<NAME>{escape(words)}</STMTTRN>"
        for number, (day, sen, words) in enumerate(moved)
    )
    body = BODY[:start] + listed + BODY[end:].replace(">1195750<", f">{rupiah(balance)}<")
    for form in (OFX[: OFX.index("<OFX>")] + body, XML_HEAD + closed(body)):
        statement = read(form)["123"]
        found = [(each.day, int(each.amount * 100), each.words) for each in statement.lines]
        assert found == moved
        assert statement.balance == Decimal(balance) / 100


def test_statements_of_several_accounts_and_of_cards_are_kept_apart() -> None:
    card = re.sub("BANKMSGSRSV1", "CREDITCARDMSGSRSV1", BODY[BODY.index("<BANKMSG") :])
    card = re.sub("STMTRS|STMTTRNRS", r"CC\g<0>", card).replace("BANKACCTFROM", "CCACCTFROM")
    both = two_accounts().replace("</OFX>\n", card.replace("<ACCTID>123", "<ACCTID>4000"))
    found = read(both)
    assert [each.lines[0].amount for each in found.values()] == [500000, 700000, 500000]
    assert list(found) == ["123", "777", "4000"]


def test_two_statements_of_one_account_are_one_with_the_later_balance() -> None:
    found = read(two_accounts().replace("<ACCTID>777", "<ACCTID>123"))
    assert [each.ref for each in found["123"].lines] == ["A1", "A2", "A3", "A4"] * 2


def test_names_of_others_in_a_movement_are_not_taken_for_its_own() -> None:
    other = "<BANKACCTTO><BANKID>1<ACCTID>999<ACCTTYPE>SAVINGS</BANKACCTTO><MEMO>untuk bibit"
    found = read(OFX.replace("<NAME>SETOR TUNAI", f"<PAYEE><NAME>Siti</PAYEE>{other}"))
    assert list(found) == ["123"]
    assert found["123"].lines[0].words == "untuk bibit"


def test_a_movement_without_words_is_named_by_its_type() -> None:
    assert read(OFX.replace("<NAME>BUNGA", ""))["123"].lines[2].words == "INT"


def test_without_a_balance_none_is_made_up() -> None:
    found = read(re.sub("<LEDGERBAL>.*</LEDGERBAL>", "", OFX))
    assert found["123"].balance is None


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        *product([HEAD], ["cp1252", "utf-8", "utf-8-sig", "utf-16"]),
        (HEAD.replace("1252", "ISO-8859-1"), "latin-1"),
        (HEAD.replace("CHARSET:", "charset: "), "cp1252"),
        (HEAD.replace("USASCII", "UTF-8").replace("1252", "NONE"), "utf-8"),
        (XML_HEAD, "utf-8"),
        (XML_HEAD.replace("UTF-8", "windows-1252"), "cp1252"),
    ],
)
def test_letters_beyond_ascii_are_read_as_they_were_written(head: str, codec: str) -> None:
    written = head + BODY.replace("SETOR TUNAI", "CAFÉ RÉSUMÉ")
    found = read_ofx("bank.ofx", written.encode(codec))
    assert found["123"].lines[0].words == "CAFÉ RÉSUMÉ"


@pytest.mark.parametrize("head", [XML_HEAD, HEAD.replace("1252", "NONE")])
def test_letters_that_are_not_those_of_the_header_are_refused(head: str) -> None:
    assert refused((head + BODY.replace("SETOR", "CAFÉ")).encode("cp1252"))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("A &amp; B &lt;C&gt;", "A & B <C>"),
        ("&amp;lt;", "&lt;"),
        ("A &AMP; B &#XE9;", "A & B é"),
        ("AT&T &notyet &tani; &#233;&#xE9;", "AT&T &notyet &tani; éé"),
        ("A&nbsp;&#9;B", "A B"),
        ("A<![CDATA[ & &amp; <b> ]]>", "A & &amp; <b>"),
    ],
)
def test_entities_of_the_format_are_resolved_once_and_no_others(written: str, words: str) -> None:
    assert read(OFX.replace("SETOR TUNAI", written))["123"].lines[0].words == words


@pytest.mark.parametrize(
    ("written", "amount"),
    [("+500000", "500000"), ("500000,5", "500000.5"), ("-.50", "-0.50"), ("500000.", "500000"),
     ("500000.0000", "500000"), ("999999999999999.99", "999999999999999.99")],
)  # fmt: skip
def test_amounts_as_banks_write_them(written: str, amount: str) -> None:
    found = read(OFX.replace("500000.00", written))["123"].lines[0].amount
    assert found == Decimal(amount)


BROKEN = {
    "thousands or a fraction": ("500000.00", "500.000"),
    "thousands": ("500000.00", "500.000,00"),
    "finer than sen": ("500000.00", "500000.125"),
    "too much": ("500000.00", "9" * 16),
    "not finite": ("500000.00", "NaN"),
    "a power of ten": ("500000.00", "5e5"),
    "digits of another script": ("500000.00", "٥٠٠٠٠٠"),
    "a day in digits of another script": ("<DTPOSTED>20260704", "<DTPOSTED>٢٠٢٦٠٧٠٤"),
    "a letter of another script in a tag": ("<FITID>A1", "<F\u0131TID>A1"),
    "no amount": ("<TRNAMT>500000.00", ""),
    "two amounts": ("<TRNAMT>500000.00", "<TRNAMT>500000.00<TRNAMT>1"),
    "no such day": ("<DTPOSTED>20260704", "<DTPOSTED>20260732"),
    "no such hour": ("<DTPOSTED>20260704", "<DTPOSTED>20260704250000"),
    "no such zone": ("<DTPOSTED>20260704", "<DTPOSTED>20260704000000[+99:X]"),
    "a day before all": ("<DTPOSTED>20260704", "<DTPOSTED>00010101000000[+12:X]"),
    "words for a day": ("<DTPOSTED>20260704", "<DTPOSTED>4 Juli"),
    "no mark of the bank": ("<FITID>A1", ""),
    "no number of the account": ("<ACCTID>123", ""),
    "no account": ("<BANKACCTFROM><BANKID>002<ACCTID>123<ACCTTYPE>SAVINGS</BANKACCTFROM>", ""),
    "a balance without its amount": ("<BALAMT>1195750", ""),
    "a movement that does not end": ("A1<NAME>SETOR TUNAI</STMTTRN>", "A1<NAME>SETOR TUNAI"),
    "a list that does not end": ("</BANKTRANLIST>", ""),
    "an end without its beginning": ("<BANKTRANLIST>", ""),
    "an end of something else": ("</BANKTRANLIST>", "</BANKTRANLIST></PAYEE>"),
    "no statement": ("STMTRS", "OTHERRS"),
    "words between tags": ("</BANKTRANLIST>", "</BANKTRANLIST>words"),
    "words after the end": ("</OFX>", "</OFX>words"),
    "twice": ("</OFX>", "</OFX><OFX></OFX>"),
    "no tag": ("SETOR TUNAI", "SETOR < TUNAI"),
    "a comment without its end": ("</OFX>", "</OFX><!-- x"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_list_that_is_not_sure_to_be_whole_is_refused(fault: str) -> None:
    old, new = BROKEN[fault]
    assert old in OFX
    assert refused(OFX.replace(old, new).encode("utf-8"))


def test_entities_that_a_file_makes_itself_are_refused() -> None:
    grown = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 20))
    bomb = f'<!DOCTYPE OFX [<!ENTITY x0 "ha">{grown}]>'
    outside = '<!DOCTYPE OFX [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    for declared in (bomb, outside):
        assert refused((XML_HEAD + declared + closed(BODY)).encode("utf-8"))


@pytest.mark.parametrize(
    "content",
    [
        b"<OFX>" + b"<A>" * 300_000 + b"</A>" * 300_000 + b"</OFX>",
        b"<OFX>" + b"<A>" * 300_000,
        b"<!--" * 300_000,
        b"<OFX>" + b"<![CDATA[" * 300_000,
        b"<OFX " + b" " * 300_000,
        b"<OFX>" + b"&#" * 300_000 + b"9" * 300_000,
        OFX.replace("500000.00", "5" * 300_000).encode("ascii"),
        OFX.replace("20260704", "20260704000000." + "0" * 300_000 + "[").encode("ascii"),
    ],
    ids=["nested", "open", "comments", "data", "spaces", "entities", "digits", "parts of a second"],
)
def test_files_made_to_keep_a_reader_busy_are_refused(content: bytes) -> None:
    assert refused(content)


def test_more_tags_than_a_list_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not refused(OFX.encode("ascii"))
    monkeypatch.setattr(ofx, "MOST_TOKENS", 50)
    assert refused(OFX.encode("ascii"))


def test_tags_within_tags_are_read_to_a_depth() -> None:
    """Sixty-four, with what holds the outermost and the aggregates around it."""
    tags = [f"<A{n}>" for n in range(70)]

    def nested(depth: int) -> bytes:
        inside = "".join(tags[:depth]) + "".join(f"</{x[1:]}" for x in reversed(tags[:depth]))
        return OFX.replace("<BANKMSGSRSV1>", f"{inside}<BANKMSGSRSV1>").encode("ascii")

    assert not refused(nested(62))
    assert refused(nested(63))


WHOLE = [OFX.strip().encode("ascii"), (XML_HEAD + closed(BODY)).strip().encode("ascii")]


@given(st.sampled_from(WHOLE), st.data())
def test_a_list_that_is_cut_off_is_refused_wherever_it_was(
    whole: bytes, data: st.DataObject
) -> None:
    assert refused(whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.sampled_from(WHOLE), st.data())
def test_a_list_with_other_bytes_in_it_is_read_to_the_sen_or_refused(
    whole: bytes, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 60, len(whole))))
    content = whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:]
    if not refused(content):
        for statement in read_ofx("bank.ofx", content).values():
            assert all(each.amount * 100 % 1 == 0 for each in statement.lines)


PIECES = [*re.findall("<[^<>]+>", closed(BODY)), "x", "&", "<", "20260704", "-1", "<MEMO/>", "\n"]
JUMBLES = st.lists(st.sampled_from(PIECES)).map(lambda pieces: "".join(pieces).encode("ascii"))


@given(st.binary() | JUMBLES)
def test_bytes_and_tags_at_random_are_no_list(content: bytes) -> None:
    assert refused(content)
