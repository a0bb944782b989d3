"""Rules block by block give what they give row by row, at every seam of the blocks."""

import numpy as np
import pytest

from custseg._typing import Codes
from custseg.frames import compiled
from custseg.frames.bound import Block, bound, placing
from custseg.rules import Bands, Choice, F, Ladder, Line, Scaled, Slopes, Sum

EDGES = tuple(float(i) for i in range(1, 10))
MANY = tuple(float(i) / 4 for i in range(1, 100))
VALUES = np.array([np.nan, -np.inf, -1.0, 0.0, 1.0, 1.5, 2.0, 5.0, 9.0, 24.75, 30.0, np.inf])
WORDS = Codes(np.array([-1, 0, 1, 2, 0, -1, 2, 2, 1, 0, 0, 1]), ("ad", "fair", "web"))
ROWS = [
    {"x": x, "word": None if at < 0 else WORDS.words[at]}
    for x, at in zip(VALUES.tolist(), WORDS.at.tolist(), strict=True)
]
COLS = {"x": VALUES, "word": WORDS}
TOTAL = Sum((Line("x", ((0.0, 0), (10.0, 900))), Choice("word", (("fair", 50),), -20, 7)), 0, 800)


@pytest.mark.parametrize(
    "rule",
    [
        Bands("x", EDGES, tuple(range(10)), missing=-5),
        Bands("x", EDGES, tuple(range(10)), "right"),
        Bands("x", MANY, tuple(range(100)), missing=3),
        Bands("x", MANY, tuple(range(100)), "right"),
        Bands("x", (), (4,)),
        Ladder(((F("x") >= 2, 7.5),), 0),
        Ladder(((F("x") >= 2, 7.5),), 1),
        Ladder(((F("x").is_present(), 7),), None),
        Ladder(((F("x") != 2, 1), (F("word") != "ad", 2), (F("word").is_missing(), 3)), 0),
        Ladder(((~F("x").one_of(1.0, 2.0), 1), (F("word").one_of("ad", "web"), 2)), 0),
        Ladder(((F("x") > 0.5 * F("x"), 1),), 0),
        Ladder((), 5),
        TOTAL,
        Slopes(TOTAL, ((0.0, 3), (400.0, 90), (801.5, 95))),
        Slopes(Scaled(TOTAL, 7.0), ((0.0, 3), (40.0, 90))),
        Slopes(TOTAL, ((0.0, 0), (1e9, 500_000))),
        Slopes(Bands("x", (1.0,), (1, 2)), ((0.0, 3), (4.0, 9))),
        Scaled(TOTAL, 100.0),
    ],
)
def test_numbers_are_those_of_one_record(rule):
    found = bound(rule, COLS)(Block(0, len(VALUES)))
    wanted = [compiled(rule)(row) for row in ROWS]
    assert np.array_equal(found, np.array(wanted, dtype=float), equal_nan=True)


@pytest.mark.parametrize(
    "rule",
    [
        Bands("x", (1.0, 5.0), ("low", "middle", "high"), missing="none"),
        Bands("x", (1.0,), ("low", "high")),
        Choice("word", (("ad", "paid"), ("fair", "met")), None, "?"),
        Ladder(((F("x") > 5, "a"), (F("word") == "web", "b"))),
        Scaled(TOTAL, 100.0, (2.0, 5.0), ("D", "B", "A")),
    ],
)
def test_words_are_those_of_one_record(rule):
    found = bound(rule, COLS)(Block(0, len(VALUES)))
    assert Codes(found, rule.words).texts() == [compiled(rule)(row) for row in ROWS]


@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize("edges", [EDGES, MANY, ()])
def test_a_place_is_that_of_a_search(edges, left):
    found = placing(edges, left=left)(VALUES)
    wanted = np.searchsorted(edges, VALUES, side="right" if left else "left")
    assert np.array_equal(found[1:], wanted[1:])
    assert found[0] == len(edges) + 1
