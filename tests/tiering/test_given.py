from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from custseg.errors import ConfigError, CustsegError, DataError
from custseg.tiering import (
    AtLeast,
    Currency,
    Cuts,
    HeadTail,
    NaturalBreaks,
    Pareto,
    Quantiles,
    Quota,
    Thresholds,
)
from custseg.tiering.given import numbers

CUTTERS = (
    Pareto(),
    Quantiles(),
    HeadTail(),
    Quota((2,)),
    NaturalBreaks(2),
    AtLeast(2, Pareto(), Cuts((1.0, 2.0))),
)
SPENT = np.array([1.0, np.nan, 3.0, 50.0])


@pytest.mark.parametrize("cutter", CUTTERS, ids=lambda one: type(one).__name__)
def test_every_cutter_takes_numbers_as_they_are_held_and_no_text(cutter):
    expected = cutter.cuts(SPENT)
    for same in (
        [1, None, 3, 50],
        [Decimal(1), float("nan"), Decimal(3), 50],
        pd.Series([1, None, 3, 50], dtype="Int64"),
        np.array([1.0, np.nan, 3.0, 50.0], dtype=np.float32),
    ):
        assert cutter.cuts(same) == expected
    for text in (["1", "3"], np.array(["a", "b"]), ["1", None, 3.0]):
        with pytest.raises(DataError, match="number"):
            cutter.cuts(text)
    with pytest.raises(DataError, match="number"):
        cutter.cuts(np.array(["2026-06-30"], dtype="datetime64[D]"))


@pytest.mark.parametrize("cutter", [c for c in CUTTERS if hasattr(c, "weighs")])
def test_weights_may_be_a_list_and_must_be_possible(cutter):
    assert cutter.cuts([1, 2, 9], [1, 1, 2]) == cutter.cuts(
        np.array([1.0, 2.0, 9.0]), np.array([1.0, 1.0, 2.0])
    )
    for wrong in ([1, 1], [1, -1, 1], [1, None, 1], [1, np.inf, 1], ["1", "1", "1"]):
        with pytest.raises(DataError):
            cutter.cuts([1, 2, 9], wrong)


@pytest.mark.parametrize(
    "far", [[1e308, 1e308, 1.0], [5e-324, 5e-324, 1.0], [1e-300] * 5 + [1e300]]
)
def test_sums_of_numbers_however_far_apart(far):
    assert Pareto((0.8,)).cuts(np.array(far)).points == (max(far),)


def test_codes_take_what_cutters_take():
    cuts = Cuts((2.0,))
    assert cuts.codes([Decimal(5), None, True, 2**60]).tolist() == [1, -1, 0, 1]
    for wrong in (["5"], np.array([1j]), np.array(["2026-06-30"], dtype="datetime64[D]")):
        with pytest.raises(DataError, match="number"):
            cuts.codes(wrong)
    assert numbers(np.array([[1, 2]])).shape == (1, 2)


def test_settings_are_numbers_and_one_number_is_one_point():
    assert Thresholds(100).at == (100.0,)
    assert Thresholds(np.array([1, 2])).at == (1.0, 2.0)
    assert Cuts((Decimal("1.5"),)).points == (1.5,)
    for make in (Thresholds, Cuts, Pareto, Quantiles, Quota):
        for wrong in ("12", ("0.5", "0.8"), (None,), None, object(), (10**400,)):
            with pytest.raises(ConfigError, match="numbers are needed"):
                make(wrong)


def test_currencies_are_currencies():
    for wrong in (3, ["EUR"]):
        with pytest.raises(ConfigError, match="a currency is Currency"):
            Cuts((1.0,), currency=wrong)
    for code, rates in ((None, {}), (5, {}), ("EUR", {"USD": "7"}), ("EUR", {"USD": None})):
        with pytest.raises(CustsegError, match=r"needs a code|rates must be above 0"):
            Currency(code, "paid_in", rates)
