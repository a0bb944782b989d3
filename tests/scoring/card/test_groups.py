import pytest

from custseg.errors import ConfigError
from custseg.scoring import Factor, Group, Ramp, Scorecard


def factor(name, group=None, worth=50):
    return Factor(name, worth=worth, curve=Ramp(0, 10), group=group)


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
