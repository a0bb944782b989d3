import pytest

from custseg.errors import ConfigError
from custseg.scoring import Factor, Group, Ramp, Scorecard
from custseg.scoring.card.groups import Layout


def factor(name, group=None, worth=50):
    return Factor(name, worth=worth, curve=Ramp(0, 10), group=group)


def test_a_group_holds_its_factors_and_the_groups_in_it():
    layout = Layout(
        (factor("a"), factor("b", "inner"), factor("c", "inner"), factor("d", "outer")),
        (Group("outer", high=60), Group("inner", low=5, high=30, group="outer")),
        base=100,
        limits=(0, 10_000),
    )
    points = {"a": 1000, "b": 2500, "c": 2500, "d": 4000}
    assert layout.settle(points) == (7100, [("inner", -2000), ("outer", -1000)])
    assert layout.settle(dict.fromkeys(points, 0)) == (600, [("inner", 500)])
    assert layout.settle({**points, "a": 9000}) == (
        10_000,
        [("inner", -2000), ("outer", -1000), (None, -5100)],
    )


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Group("fit", 5, 1), r"low of group 'fit' is above its high: 5 > 1"),
        (lambda: Group("fit", high=float("inf")), "low and high of group 'fit' must be finite"),
        (lambda: Scorecard([factor("a", "fti")], groups=[Group("fit")]), "Did you mean 'fit'"),
        (lambda: Scorecard([factor("a")], groups=[Group("fit")]), "nothing counts in group 'fit'"),
        (lambda: Scorecard([factor("a"), factor("a")]), "'a' comes twice"),
        (
            lambda: Scorecard([factor("a", "a")], groups=[Group("a")]),
            "factors and groups need names",
        ),
        (
            lambda: Scorecard(
                [factor("a", "x")], groups=[Group("x", group="y"), Group("y", group="x")]
            ),
            "counts in itself",
        ),
    ],
)
def test_impossible_groups_are_refused(make, said):
    with pytest.raises(ConfigError, match=said):
        make()
