import json

import pytest

from custseg.errors import ConfigError
from custseg.tiering import SegmentMap, lint_segments, segments

BAD = SegmentMap.of(
    {"good": {"recency": (2, 3)}, "best": {"recency": (3, 3)}, "again": {"recency": (3, 3)}}
)


def test_what_is_found():
    found = lint_segments(BAD, {"recency": 3})
    assert found.uncovered == ((1,),)
    assert found.overlapping == ((3,),)
    assert found.unreachable == ("best", "again")
    assert found.segments == {"good": 2, "best": 0, "again": 0}
    assert not found.clean
    assert [reason.code for reason in found.findings()] == [
        "segments_uncovered",
        "segments_overlapping",
        "segments_unreachable",
    ]


def test_two_rules_of_one_segment_do_not_overlap():
    twice = SegmentMap.of_patterns({"all": ("[1-3]", "[2-3]")}, measures=("recency",))
    assert lint_segments(twice, {"recency": 3}).clean


def test_what_is_left_over_is_still_uncovered_and_is_counted():
    some = SegmentMap.of({"best": {"recency": (3, 3)}}, otherwise="others")
    found = lint_segments(some, {"recency": 3})
    assert len(found.uncovered) == 2
    assert found.segments == {"best": 1, "others": 2}
    assert not found.unreachable


def test_it_is_data_text_and_html():
    found = lint_segments(segments(), (5, 5))
    assert json.loads(json.dumps(found.as_dict()))["segments"]["champions"] == 2
    assert found.text().splitlines()[0] == "map rf10: 25 cells, recency 5 x frequency 5"
    assert "冠军客户：2" in found.text("zh")
    assert "<td>25</td>" not in found._repr_html_()
    assert "<td>champions</td>" in found._repr_html_()


def test_many_cells_are_not_all_listed_in_words():
    few = SegmentMap.of({"best": {"recency": (5, 5), "frequency": (5, 5), "monetary": (5, 5)}})
    assert "124 of 125 cells have no segment: 1-1-1," in lint_segments(few).text()
    assert lint_segments(few).text().endswith("...")


def test_html_is_escaped():
    odd = SegmentMap.of({"<b>": {"recency": (1, 2)}})
    assert "<b>" not in lint_segments(odd, {"recency": 2})._repr_html_()


@pytest.mark.parametrize(
    "bins", [(), {}, (0, 5), {"recency": 0}, (5.5, 5), "55", ("5", "5"), (5, 5, 5, 5)]
)
def test_bins_are_a_number_a_measure(bins):
    with pytest.raises(ConfigError, match="bins"):
        lint_segments(BAD, bins)


def test_a_map_that_reads_another_measure_is_refused():
    with pytest.raises(ConfigError, match="reads the score of 'monetary'"):
        lint_segments(segments("putler"), (5, 5))
