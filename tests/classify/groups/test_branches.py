import pytest
from hypothesis import given

import anyrule
from custseg.classify.groups.branches import Branches
from custseg.frames.scalar import READERS, compiled, condition
from custseg.rules import Bands, Choice, F, Ladder, Line, Scaled, merged


@given(anyrule.wordy, anyrule.records)
def test_the_branches_of_a_rule_say_what_the_rule_says(rule, record):
    if isinstance(rule, Scaled):
        assert not Branches.of(rule).steps
        return
    branches = Branches.of(rule)
    needs = merged([rule.needs, *(step.when.needs for step in branches.steps)])
    row = {name: READERS[kind](record[name]) for name, kind in needs.items()}
    found = [step.group for step in branches.steps if condition(step.when)(row)]
    assert (found[0] if found else branches.otherwise) == compiled(rule)(row)
    if not isinstance(rule, Ladder):
        assert len(found) <= 1


@pytest.mark.parametrize(
    ("rule", "groups"),
    [
        (Bands("x", (), ("all",)), ["all"]),
        (Bands("x", (1.0, 2.0), ("a", "b", "c"), closed="right"), ["a", "b", "c"]),
        (Choice("t", (("p", "a"), ("q", "a"), ("r", "b")), "c", missing=None), ["a", "b", "c"]),
        (Choice("t", (("p", "a"),), None, missing="m"), ["a", "m"]),
        (Choice("t", (), "z", missing="z"), []),
        (Ladder(((F("x") > 1, "a"), (F("x") < 0, "b"), (F("y") > 1, "a"))), ["a", "b"]),
    ],
)
def test_groups_and_what_leads_into_them(rule, groups):
    assert list(Branches.of(rule).by_group()) == groups


def test_what_gives_numbers_has_no_branches():
    assert Branches.of(Scaled(Line("x", ((0.0, 0),)), 1.0, (3.0,), ("a", "b"))).steps == ()
