import time
from itertools import combinations, pairwise

import pytest

import custseg as cs
from custseg.errors import ConfigError, MissingColumnError, NotEnoughDataError
from custseg.scoring import AHP

PEOPLE = [{"revenue": 100 * i, "complaints": i % 4, "visits": i * i % 7} for i in range(40)]
JUDGED = {("revenue", "complaints"): 2, ("revenue", "visits"): 6, ("complaints", "visits"): 3}


def test_judgements_that_agree_have_no_doubts():
    found = AHP(JUDGED).weights()
    assert {name: round(x, 4) for name, x in found.shares.items()} == {
        "revenue": 0.6,
        "complaints": 0.3,
        "visits": 0.1,
    }
    assert found.ratio == pytest.approx(0, abs=1e-12)
    assert found.checks[0].doubts == ()


def test_a_pair_may_be_said_either_way_round():
    turned = {("complaints", "revenue"): 1 / 2, ("visits", "revenue"): 1 / 6}
    shares = AHP({**turned, ("visits", "complaints"): 1 / 3}).weights().shares
    assert {name: round(x, 4) for name, x in shares.items()} == {
        "complaints": 0.3,
        "revenue": 0.6,
        "visits": 0.1,
    }


def test_contradictions_are_named_the_worst_first():
    sizes = {"a": 8, "b": 4, "c": 2, "d": 1}
    said = {(x, y): sizes[x] / sizes[y] for x, y in combinations(sizes, 2)}
    found = AHP({**said, ("a", "d"): 1 / 8}).weights()
    assert found.ratio > 0.1
    worst = found.checks[0].doubts[0]
    assert (worst.first, worst.second, worst.given) == ("a", "d", 0.125)
    assert worst.implied == pytest.approx(8)
    factors = [doubt.factor for doubt in found.checks[0].doubts]
    assert factors == sorted(factors, reverse=True)
    assert "think again: a to d was judged 0.125" in found.text()
    assert "请重新考虑：a 比 d 判为 0.125" in found.text("zh")


def test_a_missing_pair_is_what_the_others_imply():
    found = AHP({("a", "b"): 2, ("b", "c"): 3}).weights()
    assert {name: round(x, 4) for name, x in found.shares.items()} == {
        "a": 0.6,
        "b": 0.3,
        "c": 0.1,
    }
    assert found.checks[0].missing == 1
    assert "pairs that were not judged: 1" in found.text()


def test_parts_share_the_weight_of_their_whole():
    found = AHP(
        {("value", "contact"): 3},
        {"value": {("revenue", "margin"): 1}, "contact": {("visits", "margin"): 1}},
    ).weights()
    assert {name: round(x, 4) for name, x in found.shares.items()} == {
        "revenue": 0.375,
        "margin": 0.5,
        "visits": 0.125,
    }


def test_a_card_over_the_scales_of_a_table():
    card = AHP(JUDGED, lower="complaints").fit(PEOPLE)
    best = {"revenue": 1e9, "complaints": 0, "visits": 99}
    worst = {"revenue": 0, "complaints": 9, "visits": 0}
    assert card.one(best)["score"] == 100
    assert card.one(worst)["score"] == 0
    assert card.one({**best, "complaints": None})["score"] == 85
    assert cs.load(cs.dump(card)) == card


def test_without_a_table_there_is_no_card():
    with pytest.raises(ConfigError, match="scale"):
        AHP(JUDGED).weights().card()


def test_a_column_of_one_value_has_no_scale():
    with pytest.raises(NotEnoughDataError, match="one value"):
        AHP(JUDGED).fit([{**row, "visits": 3} for row in PEOPLE])


def test_a_criterion_without_a_column_is_named():
    with pytest.raises(MissingColumnError, match="visits"):
        AHP(JUDGED).fit([{"revenue": 1, "complaints": 2}])


@pytest.mark.parametrize(
    ("judged", "how", "problem"),
    [
        ({}, {}, "no judgements"),
        ({("a", "a"): 2}, {}, "two names"),
        ({("a", "b"): 0}, {}, "above 0"),
        ({("a", "b"): float("nan")}, {}, "above 0"),
        ((("a", "b", 2), ("b", "a", 2)), {}, "judged once"),
        ({("a", "b"): 2, ("c", "d"): 2}, {}, "none of"),
        ({("a", "b"): "much"}, {}, "how many times"),
        ({"ab": 3, "abc": 2}, {}, "how many times"),
        ({("a", "b"): 2}, {"parts": {"z": {("c", "d"): 1}}}, "no criteria"),
        ({("a", "b"): 2}, {"parts": {"a": {("c", "a"): 1}}}, "part of itself"),
        ({("a", "b"): 2}, {"parts": [1]}, "mapping"),
        ({("a", "b"): 2}, {"random_index": "mine"}, "random_index"),
        ({("a", "b"): 2}, {"span": (0.9, 0.1)}, "span"),
    ],
)
def test_judgements_that_make_no_sense_are_refused(judged, how, problem):
    with pytest.raises(ConfigError, match=problem):
        AHP(judged, **how)


def test_what_is_lower_must_be_a_criterion():
    with pytest.raises(MissingColumnError):
        AHP({("a", "b"): 2}, lower="c")


def chain(size):
    return {(f"c{i}", f"c{i + 1}"): 1 for i in range(size - 1)}


def test_indices_of_saaty_end_at_fifteen():
    with pytest.raises(ConfigError, match="donegan-dodd"):
        AHP(chain(16))
    shares = AHP(chain(22), random_index="donegan-dodd").weights().shares
    assert {round(share, 9) for share in shares.values()} == {round(1 / 22, 9)}
    with pytest.raises(ConfigError, match="end at 100"):
        AHP({("a", f"c{i}"): 1 for i in range(100)}, random_index="donegan-dodd")


def test_a_loop_of_judgements_that_cannot_be_is_no_agreement():
    """Each counts three times as much as the next, and the last one more than the first."""
    names = [f"c{i}" for i in range(15)]
    chain = dict.fromkeys(pairwise(names), 3.0)
    assert AHP(chain).weights().ratio == 0
    assert AHP({**chain, (names[-1], names[0]): 5.0}).weights().ratio > 1


def test_many_criteria_with_gaps_are_weighed_in_no_time():
    names = [f"c{i:02}" for i in range(25)]
    near = {(a, b): (1.5, 0.5, 3.0)[i % 3] for i, (a, b) in enumerate(pairwise(names))}
    far = {(names[i], names[i + 7]): (2.0, 0.25)[i % 2] for i in range(18)}
    start = time.process_time()
    found = AHP({**near, **far}, random_index="donegan-dodd").weights()
    assert time.process_time() - start < 4
    assert sum(found.shares.values()) == pytest.approx(1)


@pytest.mark.parametrize("times", [1e200, 1e-200, 1001])
def test_a_judgement_beyond_all_measure_is_refused(times):
    with pytest.raises(ConfigError, match="1/9 to 9"):
        AHP({("a", "b"): times})


def test_a_word_is_no_pair():
    with pytest.raises(ConfigError, match="two names"):
        AHP({"ab": 3})
