"""Strategies of others: pick, rank, make, and what goes wrong with them."""

from types import MappingProxyType

import numpy as np
import pytest

from custseg.errors import ConfigError
from custseg.match import Makes, Merge, Picks, Ranks

ROWS = [
    {"id": 2, "entity_id": 1, "x": "bb", "visits": 4, "city": "Ulm"},
    {"id": 1, "entity_id": 1, "x": "a", "visits": None, "city": "Bonn"},
    {"id": 3, "entity_id": 3, "x": "c", "visits": 9, "city": None},
    {"id": 4, "entity_id": 1, "x": None, "visits": 8, "city": "Ulm"},
]
NOTHING = MappingProxyType({})


class Recorded:
    """Keeps what it was shown; picks the last."""

    needs = MappingProxyType({"visits": "number", "city": "text"})

    def __init__(self, place=-1):
        self.seen = []
        self.place = place

    def pick(self, candidates):
        self.seen.append([(c.value, dict(c.columns)) for c in candidates])
        return len(candidates) + self.place


def test_a_picker_sees_filled_values_by_id_with_what_it_needs():
    picker = Recorded()
    golden = Merge({"x": picker}).golden(ROWS)
    assert [row["x"] for row in golden.table] == ["bb", "c"]
    assert picker.seen == [
        [("a", {"visits": None, "city": "Bonn"}), ("bb", {"visits": 4.0, "city": "Ulm"})]
    ]
    assert isinstance(picker, Picks)


@pytest.mark.parametrize("place", [0, -3])
def test_a_picker_that_picks_nothing_is_told_so(place):
    with pytest.raises(ConfigError, match=r"x: Recorded picked place .* of 2"):
        Merge({"x": Recorded(place)}).golden(ROWS)


def test_a_maker_is_asked_only_where_records_disagree_in_number():
    class Joined:
        needs = NOTHING

        def make(self, values):
            return "/".join(map(str, values))

    golden = Merge({"x": Joined()}).golden(ROWS)
    assert isinstance(Joined(), Makes)
    assert [row["x"] for row in golden.table] == ["a/bb", "c"]
    assert {lost.value for lost in golden.provenance.of(1)[0].lost} == {"a", "bb"}


def test_a_ranker_may_read_the_field():
    class Shortest:
        needs = NOTHING

        def rank(self, field):
            return (field.of_values([float(len(str(v))) for v in field.values]),)

    assert isinstance(Shortest(), Ranks)
    assert Merge({"x": Shortest()}).golden(ROWS).table[0]["x"] == "a"


def test_a_ranker_may_know_nothing():
    class Blind:
        needs = NOTHING

        def rank(self, field):
            return (np.full(len(field.at), np.nan),)

    assert Merge({"x": Blind()}).golden(ROWS).table[0]["x"] == "a"


def test_a_strategy_without_a_method_is_refused():
    class Idle:
        needs = NOTHING

    with pytest.raises(ConfigError, match="none of the methods pick, rank, make"):
        Merge({"x": Idle()}).golden(ROWS)
