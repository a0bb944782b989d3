import math

from custseg.features import SourceRules, by_source


def test_equals_stand_by_their_number_and_then_by_name():
    rows = [{"source": s, "won": w} for s in "cab" for w in (1, 0)] + [{"source": "d", "won": None}]
    report = by_source(rows, outcome="won", rules=SourceRules(fewest=0))
    assert [one.source[0] for one in report.sources] == ["a", "b", "c", "d"]


def test_what_was_not_asked_for_is_unknown():
    one = by_source([{"source": "ad"}]).sources[0]
    assert (one.outcomes, one.valued, one.small) == (0, 0, True)
    assert math.isnan(one.value_total)
    assert one.as_dict()["conversion"] is None


def test_sources_without_outcomes_are_ranked_by_value():
    rows = [{"source": s, "v": v} for s, v in (("a", 1), ("a", 2), ("b", 9), ("b", 9.5))]
    report = by_source(rows, value="v", rules=SourceRules(fewest=2))
    assert report.sources[0].source == ("b",)


def test_an_amount_is_never_ranked_beside_a_share():
    rows = [{"source": "a", "won": w, "v": 1} for w in (1, 0)]
    rows += [{"source": "open", "won": None, "v": v} for v in (900, 901)]
    report = by_source(rows, outcome="won", value="v", rules=SourceRules(fewest=0))
    assert [one.source[0] for one in report.sources] == ["a", "open"]
