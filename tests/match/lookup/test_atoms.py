"""Pieces of keys: in their order, also those of one's own; one value twice is one agreement."""

from typing import ClassVar

from custseg._typing import Codes
from custseg.match import CompositeKey, ExactKey, Matcher


class Tail:
    """The last four letters of a card."""

    needs: ClassVar = {"card": "text"}

    def keys(self, columns):
        card = columns["card"]
        return Codes(card.at, tuple(word[-4:] for word in card.words))


def test_a_key_of_ones_own_may_stand_before_others() -> None:
    index = Matcher((Tail(), ExactKey("email", read="email")), "id").index(
        [{"id": 1, "card": "6222 1234", "email": "a@b.cn"}, {"id": 2, "card": "9", "email": None}]
    )
    found = index.lookup({"card": "1234", "email": "z@b.cn"})
    assert [(hit.record, hit.rule) for hit in found.hits] == [(1, "Tail")]
    assert [hit.record for hit in index.lookup({"email": "a@b.cn"}).hits] == [1]


def test_one_value_in_two_columns_is_a_key_where_the_table_takes_it_for_one() -> None:
    row = {"id": 1, "a": "Lee", "b": "Lee"}
    both = Matcher((ExactKey(("a", "b")),), "id")
    twice = Matcher((CompositeKey((ExactKey("a"), ExactKey("b"))),), "id")
    for matcher, known in ((both, 1), (twice, 0)):
        assert len(matcher.index([row]).lookup(row).hits) == known
        assert len(matcher.export_keys([row])) == len(matcher.record_keys(row)) == known
