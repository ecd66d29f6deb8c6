"""The key of an encrypted book: how it is derived, printed and read back."""

from __future__ import annotations

import pytest
from argon2.low_level import Type, hash_secret_raw
from hypothesis import given, settings
from hypothesis import strategies as st

from kwt_books.store import keys


@given(st.binary(min_size=32, max_size=32))
def test_what_is_printed_is_read_back(secret: bytes) -> None:
    text = keys.Key(bytes(16), secret).on_paper
    assert [len(each) for each in text.split("-")] == [4] * 14
    assert keys.from_paper(text) == secret


@settings(derandomize=True)  # one slip in a million is not noticed
@given(st.binary(min_size=32, max_size=32), st.data())
def test_a_slip_of_the_finger_is_noticed(secret: bytes, data: st.DataObject) -> None:
    text = keys.Key(bytes(16), secret).on_paper.replace("-", "")
    place = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.sampled_from(sorted(set(keys.SIGNS) - {text[place]})))
    assert keys.from_paper(text[:place] + sign + text[place + 1 :]) is None


def test_a_key_is_derived_as_books_of_today_say() -> None:
    """With other costs under the same mark, no book of today would open again."""
    begin = b"KWTE1" + bytes(9)
    secret = hash_secret_raw(b"a b c", begin, 3, 64 * 1024, 4, 32, Type.ID)
    assert begin[:5] == keys.MARK
    assert keys.derived(" a  b c ", begin) == secret


@pytest.mark.usefixtures("quick_keys")
def test_no_two_keys_are_alike_and_none_shows_itself() -> None:
    one, two = (keys.new_key("cangkul hujan Bogor tiga") for _ in range(2))
    assert one.salt != two.salt
    assert one.secret != two.secret
    assert repr(one) == "Key()"
