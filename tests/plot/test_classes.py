import numpy as np
import pytest

from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.plot.classes import Classes
from custseg.tiering import Cuts, GroupCuts, NineBox, Quantiles, Thresholds, TierPlan

PAID = [{"paid": x} for x in (5.0, None, 100.0, -3.0)]
CUTS = Cuts((10.0, 100.0))


def test_values_ascend_with_their_class_and_the_missing_are_counted():
    found = Classes.of(PAID, CUTS, "paid")
    assert found.values.tolist() == [-3.0, 5.0, 100.0]
    assert (found.at.tolist(), found.sizes.tolist(), found.missing) == ([0, 0, 2], [2, 0, 1], 1)
    assert found.words == ("low", "medium", "high")


def test_without_cuts_all_are_one_class():
    found = Classes.of(np.array([2.0, np.nan, 1.0]), None, None)
    assert (found.words, found.sizes.tolist(), found.missing) == ((), [2], 1)
    assert (found.name("en"), found.name("zh")) == ("value", "价值")


def test_a_plan_brings_its_column_and_its_words():
    model = TierPlan(Thresholds((10.0,)), value="paid", tiers=("base", "gold")).fit([])
    found = Classes.of(PAID, model, None)
    assert (found.value, found.words) == ("paid", ("base", "gold"))


def test_a_plan_with_a_potential_brings_levels_of_value():
    rows = [{"paid": float(i), "could": float(i), "frequency": 1} for i in range(10)]
    plan = TierPlan(Quantiles((0.5, 0.8)), value="paid", potential="could", box=NineBox())
    assert Classes.of(rows, plan.fit(rows), None).words == NineBox().value_levels


@pytest.mark.parametrize(
    ("data", "cuts", "value", "error", "said"),
    [
        (PAID, CUTS, None, ConfigError, "value: give the name"),
        (PAID, CUTS, "payd", MissingColumnError, "'payd'"),
        (PAID, [10.0], "paid", ConfigError, "must be Cuts or a fitted model, got list"),
        (PAID, GroupCuts("trade", {}, CUTS), "paid", ConfigError, "one group at a time"),
        ([{"paid": np.inf}], CUTS, "paid", DataError, "endless"),
        ([{"paid": "5"}], CUTS, "paid", DataError, "text where a number"),
        (
            np.array(["5", "x"]),
            CUTS,
            None,
            DataError,
            "the array holds something that is no number",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(data, cuts, value, error, said):
    with pytest.raises(error, match=said):
        Classes.of(data, cuts, value)
