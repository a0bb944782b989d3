from itertools import product

import pytest

from custseg.errors import ConfigError
from custseg.tiering import SegmentMap, segments
from custseg.tiering.rfm.codes import MOST, check_map, digits, segment_names


def test_codes_of_ten_scores_differ_and_ascend():
    cells = product(range(1, MOST + 1), repeat=3)
    codes = [sum(w * n for w, n in zip(digits(3), cell, strict=True)) for cell in cells]
    assert codes == sorted(set(codes))


def test_names_are_those_of_the_cells_in_order():
    names = segment_names(segments(), {"recency": 5, "frequency": 5})
    assert [names[0], names[4], names[20], names[24]] == [
        "hibernating",
        "cant_lose",
        "new_customers",
        "champions",
    ]


def test_what_is_left_over_has_a_segment_only_if_it_is_named():
    some = {"best": {"recency": (3, 3)}}
    assert segment_names(SegmentMap.of(some), {"recency": 3}) == [None, None, "best"]
    with pytest.raises(ConfigError, match="leaves 2 combinations"):
        check_map(SegmentMap.of(some), {"recency": 3})
    check_map(SegmentMap.of(some, otherwise="rest"), {"recency": 3})
