import numpy as np
import pytest

from custseg.errors import ConfigError
from custseg.tiering import SegmentMap
from custseg.tiering.rfm.grid import cells_of, hits, winners

BINS = {"recency": 3, "frequency": 2}
CELLS = cells_of(BINS)


def test_the_last_measure_runs_fastest():
    assert CELLS["recency"].tolist() == [1, 1, 2, 2, 3, 3]
    assert CELLS["frequency"].tolist() == [1, 2, 1, 2, 1, 2]


def test_an_average_is_of_the_scores_of_the_cell():
    both = SegmentMap.of({"good": {"recency+frequency": (2.5, 3)}})
    assert hits(both, CELLS)[0].tolist() == [False, False, False, False, False, True]


def test_the_first_rule_that_holds_wins():
    made = SegmentMap.of({"near": {"recency": (2, 3)}, "often": {"frequency": (2, 2)}})
    assert winners(made, CELLS).tolist() == [-1, 1, 0, 0, 0, 0]


def test_the_rule_with_fewer_cells_wins_where_asked():
    spans = {"near": {"recency": (2, 3)}, "often": {"frequency": (2, 2)}}
    made = SegmentMap.of(spans, pick="specific")
    assert winners(made, CELLS).tolist() == [-1, 1, 0, 1, 0, 1]


def test_of_rules_with_as_many_cells_the_nearer_wins_then_the_first():
    spans = {"low": {"recency": (1, 2)}, "high": {"recency": (2, 4)}, "same": {"recency": (2, 4)}}
    made = SegmentMap.of(spans, pick="specific")
    assert winners(made, cells_of({"recency": 3})).tolist() == [0, 0, 1]


def test_a_measure_that_is_not_scored_is_named():
    with pytest.raises(ConfigError, match=r"reads the score of 'recncy'.*Did you mean 'recency'"):
        hits(SegmentMap.of({"a": {"recncy": (1, 2)}}), CELLS)


def test_specific_rules_do_not_depend_on_their_order():
    spans = {"a": {"recency": (1, 3)}, "b": {"recency": (1, 2)}, "c": {"recency": (2, 2)}}
    one = SegmentMap.of(spans, pick="specific")
    other = SegmentMap.of(dict(reversed(spans.items())), pick="specific")
    cells = cells_of({"recency": 3})
    names = [[made.rules[i].segment for i in winners(made, cells)] for made in (one, other)]
    assert names[0] == names[1] == ["b", "c", "a"]
    assert np.all(winners(one, cells) >= 0)
