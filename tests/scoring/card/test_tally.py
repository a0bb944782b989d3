from hypothesis import given

import anycard
from custseg.scoring import Factor, Group, Ramp
from custseg.scoring.card.groups import Layout
from custseg.scoring.card.tally import Tally


def factor(name, group=None, worth=50):
    return Factor(name, worth=worth, curve=Ramp(0, 10), group=group)


LAYOUT = Layout(
    (factor("a"), factor("b", "inner"), factor("c", "inner"), factor("d", "outer")),
    (Group("outer", high=60), Group("inner", low=5, high=30, group="outer")),
    base=100,
    limits=(0, 10_000),
)


def settled(points):
    tally = Tally(LAYOUT)
    sums = tally.add(points)
    return sums[1][-1], tally.changes(sums)


def test_a_group_holds_its_factors_and_the_groups_in_it():
    assert settled([1000, 2500, 2500, 4000]) == (7100, [("inner", -2000), ("outer", -1000)])
    assert settled([0, 0, 0, 0]) == (600, [("inner", 500)])
    assert settled([9000, 2500, 2500, 4000]) == (
        10_000,
        [("inner", -2000), ("outer", -1000), (None, -5100)],
    )


def test_the_factors_of_a_group_are_those_of_the_groups_in_it_too():
    tally = Tally(LAYOUT)
    assert [tally.within(name) for name in ("inner", "outer", None)] == [
        (1, 2),
        (1, 2, 3),
        (0, 1, 2, 3),
    ]


@given(anycard.scorecards(), anycard.records)
def test_to_lift_a_factor_is_to_add_up_anew(card, record):
    ledger = card._ledger
    tally = ledger.raising.tally
    lines = {p.factor: p.hundredths for p in card.explain(record).parts if p.line == "factor"}
    points = [lines[f.name] for f in card.factors]
    for place, more in enumerate([700, -300, 12_345][: len(points)]):
        lifted = tally.add(points)
        tally.lift(lifted, place, more)
        points[place] += more
        assert lifted == tally.add(points)
