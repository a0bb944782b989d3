import json

import pytest
from hypothesis import given

import anyrule
from custseg.frames.grounds import grounds, said
from custseg.frames.scalar import READERS, condition
from custseg.labels import table
from custseg.rules import F

x = F("x")
EVERY = (
    (x == 1, "x is 1", "x是1"),
    (x != 1, "x is known and is not 1", "x已知且不是 1"),
    (x < 1, "x is below 1", "x小于 1"),
    (x <= 1, "x is 1 or less", "x不超过 1"),
    (x > 1000, "x is above 1,000", "x大于 1,000"),
    (x >= 1, "x is 1 or more", "x不低于 1"),
    (x.one_of("a", "b"), "x is one of: a, b", "x是其中之一：a, b"),
    (~x.one_of("a", "b"), "x is known and is none of: a, b", "x已知且不在其中：a, b"),
    (x.is_missing(), "x is not known", "x未知"),
    (x.is_present(), "x is known", "x已知"),
    (x == 2 * F("y"), "x is 2 times y", "x等于 2 倍的y"),
    (x != 2 * F("y"), "x is not 2 times y", "x不等于 2 倍的y"),
    (x < 2 * F("y"), "x is below 2 times y", "x小于 2 倍的y"),
    (x <= 2 * F("y"), "x is at most 2 times y", "x不超过 2 倍的y"),
    (x > 2 * F("y"), "x is above 2 times y", "x大于 2 倍的y"),
    (x >= 0.5 * F("y"), "x is at least 0.5 times y", "x不低于 0.5 倍的y"),
)


@pytest.mark.parametrize(("test", "en", "zh"), EVERY)
def test_every_comparison_in_words(test, en, zh):
    assert (said(test).text(), said(test).text("zh")) == (en, zh)
    assert f"reason.{said(test).code}" in table("en")


def test_a_long_list_is_cut():
    words = [f"w{i}" for i in range(40)]
    assert said(x.one_of(*words)).text().endswith("w11, …")


@given(anyrule.conditions, anyrule.records)
def test_the_grounds_of_what_holds_hold(rule, record):
    row = {name: READERS[kind](record[name]) for name, kind in rule.needs.items()}
    found = list(grounds(rule, row)) if condition(rule)(row) else []
    assert bool(found) == condition(rule)(row)
    json.dumps([why.as_dict() for why in found], default=str)
