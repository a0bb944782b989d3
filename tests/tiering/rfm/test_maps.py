import json

import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.tiering import SegmentMap, SegmentRule, segments

MINE = SegmentMap.of({"vip": {"recency": (4, 5)}, "loyal": {"frequency": (3, 5)}}, otherwise="rest")


def test_segments_and_measures_are_in_the_order_of_the_rules():
    assert MINE.segments == ("vip", "loyal", "rest")
    assert MINE.measures == ("recency", "frequency")
    assert [rule.segment for rule in MINE] == ["vip", "loyal"]


def test_what_is_left_over_may_be_a_segment_that_has_rules():
    again = SegmentMap(MINE.rules, otherwise="loyal")
    assert again.segments == ("vip", "loyal")


def test_an_average_of_scores_reads_each_of_them():
    assert SegmentRule("a", {"frequency+monetary": (3, 5)}).measures == ("frequency", "monetary")


def test_words_of_your_own_come_before_those_that_are_known():
    named = SegmentMap(MINE.rules, labels={"zh": {"vip": "大客户", "loyal": "老客户"}})
    assert [named.label(name, "zh") for name in ("vip", "loyal")] == ["大客户", "老客户"]
    assert [named.label(name) for name in ("vip", "loyal")] == ["vip", "loyal customers"]


@pytest.mark.parametrize("name", ["rf10", "rfm8_zh", "putler"])
def test_every_segment_of_a_preset_has_words_in_both_languages(name):
    known = segments(name)
    for segment in known.segments:
        assert known.label(segment) != segment or segment in {
            "champions",
            "promising",
            "hibernating",
            "lost",
        }
        assert not known.label(segment, "zh").isascii()


def test_a_map_is_data():
    said = json.dumps(cs.dump(MINE))
    assert cs.load(said) == MINE


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: SegmentMap(()), "at least one rule"),
        (lambda: SegmentMap(MINE.rules, pick="last"), "pick must be one of"),
        (lambda: SegmentMap(MINE.rules, labels={"fr": {}}), "labels must be one of"),
        (lambda: SegmentRule("", {"recency": (1, 2)}), "needs a name"),
        (lambda: SegmentRule("a", {"recency": (3, 2)}), "a lowest and a highest"),
        (lambda: SegmentRule("a", {"recency": (3,)}), "a lowest and a highest"),
        (lambda: segments("rf11"), r"no map of segments 'rf11'.*Did you mean 'rf10'"),
    ],
    ids=["none", "pick", "locale", "name", "descending", "one", "preset"],
)
def test_what_cannot_be_is_refused(wrong, said):
    with pytest.raises(ConfigError, match=said):
        wrong()


@pytest.mark.parametrize("span", [5, "12", ("1", "5"), (1,), (1, 2, 3), (5, 1), (float("nan"), 3)])
def test_scores_are_a_lowest_and_a_highest(span):
    with pytest.raises(ConfigError, match="'recency' are a lowest and a highest"):
        SegmentRule("vip", {"recency": span})


def test_a_pattern_may_be_written_as_a_number():
    made = SegmentMap.of_patterns({"top": 555, "low": (111, "112")}, otherwise="others")
    assert [len(made.rules), made.rules[0].scores["recency"]] == [3, (5.0, 5.0)]
