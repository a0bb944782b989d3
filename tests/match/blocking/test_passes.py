"""Passes: keys as numbers, words only when asked, what a pass fixes and may cost."""

from typing import ClassVar

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes
from custseg.match import CompositeKey, ExactKey
from custseg.match.blocking.passes import fixed, most_pairs, pass_codes, word_of
from custseg.match.keys import keys_of
from custseg.match.reading import Once

NAME = ExactKey("name")
BOTH = CompositeKey((NAME, ExactKey("city")))
values = st.lists(
    st.tuples(st.sampled_from(["Ann", "ann ", "Bo", None]), st.sampled_from(["Ulm", "Bonn", None])),
    min_size=1,
    max_size=12,
)


class LastFour:
    needs: ClassVar = {"card": "text"}

    def keys(self, columns):
        card = columns["card"]
        return Codes(card.at, tuple(word[-4:] for word in card.words))


def once(rows, *names):
    columns = {}
    for place, name in enumerate(names):
        held = [row[place] for row in rows]
        words = tuple(dict.fromkeys(word for word in held if word is not None))
        at = [words.index(word) if word is not None else -1 for word in held]
        columns[name] = Codes(np.array(at), words)
    return Once(columns)


@given(values)
def test_numbers_agree_where_the_keys_of_a_rule_do(rows):
    columns = once(rows, "name", "city")
    numbers, keys = pass_codes(BOTH, columns).at, keys_of(BOTH, columns).at
    assert ((numbers < 0) == (keys < 0)).all()
    known = numbers >= 0
    same = numbers[known][:, None] == numbers[known][None, :]
    assert (same == (keys[known][:, None] == keys[known][None, :])).all()


def test_a_key_is_put_in_words_for_one_record():
    columns = once([("Ann", "Ulm"), ("Bo", None)], "name", "city")
    assert word_of(BOTH, columns, 0) == "ann + ulm"
    assert word_of(NAME, columns, 1) == "bo"


def test_a_strategy_of_one_s_own_is_a_pass():
    columns = once([("6222-1234",), ("6222 1234",), ("6222-9999",)], "card")
    assert pass_codes(LastFour(), columns).at.tolist() == [0, 0, 1]
    assert word_of(LastFour(), columns, 2) == "9999"


def test_a_pass_fixes_every_comparison_that_reads_its_columns():
    read = [("name", ("name",)), ("place", ("city", "zip")), ("phone", ("phone",))]
    assert fixed(BOTH, read) == ("name", "place")


def test_a_pass_costs_less_a_record_in_larger_tables():
    sizes = (10, 1_000, 30_000, 10**6)
    shares = [most_pairs(size) / size for size in sizes]
    assert shares == sorted(shares, reverse=True)
    assert most_pairs(0) == 0
