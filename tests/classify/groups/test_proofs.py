from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import anyrule
from custseg.classify import Membership, Read, lint
from custseg.classify.groups.branches import Branches
from custseg.classify.groups.proofs import proofs
from custseg.reasons import Reason
from custseg.rules import Bands, Choice, F, Ladder, merged

SEX = Read("sex", {"性别": "gender"})


def codes(rule, reads=(), match="first"):
    made = Membership("g", rule, reads, match)
    return [
        (why.code.removeprefix("lint."), why.settings.get("step"), why.settings.get("by"))
        for why in proofs(made, Branches.of(rule))
        if why.code != "lint.can_overlap"
    ]


def ladder(*conditions):
    return Ladder(tuple((when, f"g{i}") for i, when in enumerate(conditions)), "rest")


x, y, t = F("x"), F("y"), F("t")


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (ladder(x > 3, x > 9), [("unreachable", 2, "1")]),
        (ladder(x > 9, x > 3), []),
        (ladder(x > 3, x <= 3, x.is_present()), [("unreachable", 3, "1, 2")]),
        (ladder(x > 3, x <= 3, x.is_missing()), []),
        (ladder(x > 3, y > 3, x > 1, (x > 2) & (y > 9)), [("unreachable", 4, "2")]),
        (ladder((x > 5) & (x < 3)), [("never_true", 1, None)]),
        (ladder(t == "", t == "a"), [("never_true", 1, None)]),
        (ladder(t.one_of("a", "b"), t == "a"), [("unreachable", 2, "1")]),
        (ladder(t == "a", t == "b", t.one_of("a", "b")), [("unreachable", 3, "1, 2")]),
        (ladder(t != "a", t == "b"), [("unreachable", 2, "1")]),
        (ladder(x.is_present(), x >= 2 * y), [("unreachable", 2, "1")]),
        (ladder(x >= 2 * y, x < 2 * y, x == 2 * y), [("unreachable", 3, "1")]),
        (ladder(x >= 2 * y, x >= 3 * y), []),
        (Bands("x", (1.0, 2.0), ("a", "b", "c")), []),
        (Choice("t", (("a", "p"), ("b", "q")), "r", "s"), []),
        (Choice("t", (("", "p"), ("b", "q")), "r", "s"), [("never_true", 1, None)]),
    ],
)
def test_what_is_proved_of_rules(rule, found):
    assert codes(rule) == found


def test_groups_that_may_overlap_shadow_nothing():
    assert not codes(ladder(x > 3, x > 9), match="all")
    assert codes(ladder((x > 9) & (x < 3)), match="all") == [("never_true", 1, None)]


def test_a_code_that_does_not_exist():
    rule = ladder(F("sex") == "femal", F("sex").one_of("male", "female", "other_gender"))
    report = lint(Membership("g", rule, (SEX,)))
    (why,) = report.found("no_such_code")
    assert why.settings["hint"] == Reason("meant", {"word": "female"})
    assert why.text().endswith("Did you mean 'female'?")
    assert why.text("zh").endswith("没有这个编码。是不是“女”？")
    assert codes(rule, (SEX,))[1:] == [("never_true", 1, None)]


def test_all_codes_of_a_field_leave_only_what_is_missing():
    known = F("sex").one_of("male", "female", "other_gender")
    assert codes(ladder(known, F("sex").is_present()), (SEX,)) == [("unreachable", 2, "1")]
    assert not codes(ladder(known, F("sex").is_missing()), (SEX,))


def test_overlaps_come_with_an_example_that_is_one():
    rule = ladder((x > 3) & (t == "a"), (x < 9) & (t != "b"))
    (why,) = lint(Membership("g", rule)).found("can_overlap")
    assert why.settings["example"] == "x = 6, t = a"
    assert (why.settings["one"], why.settings["other"]) == ("g0", "g1")


@given(st.lists(anyrule.conditions, min_size=1, max_size=4), st.lists(anyrule.records, max_size=20))
def test_a_rule_that_decides_anything_is_not_called_unreachable(conditions, records):
    try:
        merged(when.needs for when in conditions)
    except ValueError:
        assume(False)
    rule = ladder(*conditions)
    model = Membership("g", rule).fit([])
    decided = {model.one(record)["g"] for record in records}
    dead = {f"g{step - 1}" for code, step, _ in codes(rule) if code != "undecided"}
    assert not decided & dead


def test_exact_on_a_grid():
    """Every pair of intervals and sets against the plain search over all values."""
    edges = (1, 2, 3)
    tests = [op(edge) for edge in edges for op in (x.__lt__, x.__ge__, x.__eq__, x.__ne__)]
    tests += [x.is_missing(), x.one_of(1, 3), ~x.one_of(1, 3)]
    values = [None, 0, 1, 1.5, 2, 2.5, 3, 4]
    for one, other in product(tests, tests):
        model = Membership("g", ladder(one, other)).fit([])
        decided = {model.one({"x": value})["g"] for value in values}
        found = codes(ladder(one, other))
        assert ("g1" in decided) is (not found), (one, other)
