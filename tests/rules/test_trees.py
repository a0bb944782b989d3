import math

import pytest

from custseg.errors import ConfigError
from custseg.rules import (
    Bands,
    Choice,
    F,
    Ladder,
    Line,
    Scaled,
    Slopes,
    Sum,
    always_known,
    children,
    words_of,
)

LINE = Line("x", ((0.0, 0), (10.0, 100)))
WORDY = Bands("x", (1.0,), ("low", "high"))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Bands("x", (2.0, 1.0), ("a", "b", "c")), r"edges must ascend, got \[2.0, 1.0\]"),
        (lambda: Bands("x", (1.0, 1.0), ("a", "b", "c")), "edges must ascend"),
        (lambda: Bands("x", (math.nan,), ("a", "b")), "edges must be numbers, got NaN"),
        (lambda: Bands("x", (1.0,), ("a",)), "1 edges make 2 bands, got 1 values"),
        (lambda: Bands("x", (1.0,), ("a", 2)), "words or numbers, not both"),
        (lambda: Line("x", ()), "knots must ascend in x and be at least one"),
        (lambda: Line("x", ((1.0, 0), (1.0, 5))), "knots must ascend"),
        (lambda: Line("x", ((0.0, 0), (math.inf, 5))), "knots must be finite"),
        (lambda: Line("x", ((0.0, 0), (5e-324, 500))), "not too close"),
        (lambda: Choice("x", (("a", 1), ("b", "c"))), "words or numbers, not both"),
        (lambda: Ladder(((F("x") > 1, "a"),), "b", words=("a",)), r"words \['b'\] are given"),
        (lambda: Slopes(LINE, ()), "knots must ascend in x and be at least one"),
        (lambda: Slopes(WORDY, ((0.0, 0),)), "a slopes is made of numbers, got a rule that gives"),
        (
            lambda: Sum((WORDY,)),
            r"a sum is made of numbers, got a rule that gives the words \['low'",
        ),
        (lambda: Sum((LINE,), 5, 1), "low must not be above high, got 5 and 1"),
        (lambda: Scaled(WORDY), "a scaled is made of numbers"),
        (lambda: Scaled(LINE, 0.0), "divisor must be a number other than 0, got 0.0"),
        (lambda: Scaled(LINE, math.nan), "divisor must be a number"),
        (lambda: Scaled(LINE, 1.0, (1.0,)), "1 edges make 2 bands, got 0 values"),
        (lambda: Scaled(LINE, 1.0, (2.0, 1.0), ("a", "b", "c")), "edges must ascend"),
    ],
    ids=range(20),
)
def test_a_tree_that_cannot_be_is_refused_when_it_is_made(make, message):
    with pytest.raises(ConfigError, match=message):
        make()


def test_words_are_those_given_or_those_of_the_values_in_order():
    assert Ladder(((F("x") > 1, "b"), (F("x") > 0, "a")), "c").words == ("b", "a", "c")
    assert Ladder(((F("x") > 1, "b"),), "c", words=("c", "b", "d")).words == ("c", "b", "d")
    assert words_of(WORDY) == ("low", "high")
    assert words_of(LINE) is None
    assert Bands("x", (1.0,), ("low", "high"), missing="unknown").words == (
        "low",
        "high",
        "unknown",
    )


def test_a_default_of_another_type_is_refused_at_the_latest_when_it_is_used():
    with pytest.raises(ConfigError, match="words or numbers, not both"):
        _ = Choice("x", (("a", "b"),)).words


def test_what_a_tree_needs_is_what_its_parts_need():
    rule = Scaled(Sum((LINE, Choice("source", (("ad", 1),)))), 100.0)
    assert rule.needs == {"x": "number", "source": "text"}
    assert children(rule) == (Sum((LINE, Choice("source", (("ad", 1),)))),)
    assert children(LINE) == ()


@pytest.mark.parametrize(
    ("rule", "known"),
    [
        (LINE, True),
        (WORDY, False),
        (Bands("x", (), ("all",), missing="all"), True),
        (Ladder(((F("x") > 1, 1),)), False),
        (Ladder(((F("x") > 1, 1),), 0), True),
        (Choice("t", (("a", 1),)), True),
        (Choice("t", (("a", 1),), otherwise=None), False),
        (Sum((LINE, Ladder(((F("x") > 1, 1),)))), False),
        (Scaled(Sum((LINE,)), 100.0), True),
    ],
    ids=range(9),
)
def test_a_rule_knows_whether_it_always_answers(rule, known):
    assert always_known(rule) is known


def test_slopes_are_a_line_over_what_a_rule_gives():
    drawn = Slopes(LINE, ((0.0, 0), (100.0, 7)))
    assert (drawn.words, drawn.needs, children(drawn)) == ((), {"x": "number"}, (LINE,))
    assert always_known(drawn)
    assert not always_known(Slopes(Bands("x", (), (1,)), ((0.0, 0),)))
