import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import anycard
from custseg.errors import ConfigError
from custseg.frames import compiled
from custseg.rules import Bands, F, Ladder, Line, Sum
from custseg.scoring import Categories, Factor, Ramp, Steps

any_factor = anycard.factors("it", st.none())


def test_a_factor_reads_the_column_of_its_name_unless_told():
    assert Factor("orders", worth=1, curve=Ramp(0, 1)).field == "orders"
    assert Factor("loyal", "orders", worth=1, curve=Ramp(0, 1)).rule().field == "orders"


@given(any_factor)
def test_missing_never_earns_more_than_the_best_answer(factor):
    nothing = None if factor.field in anycard.TEXTS else float("nan")
    earned = compiled(factor.rule())({factor.field: nothing})
    assert earned == factor.missing_points
    learnt = getattr(factor.curve, "missing", None) is not None and factor.missing != "neutral"
    assert learnt or earned <= factor.best_points


@given(any_factor, anycard.records)
def test_no_answer_earns_more_than_the_best(factor, record):
    value = record[factor.field]
    if value is not None:
        assert compiled(factor.rule())({factor.field: value}) <= factor.best_points


def test_missing_has_its_own_points():
    neutral = Factor("satisfaction", worth=10, curve=Ramp(0, 100), missing=0.5)
    assert neutral.rule().missing == 500
    assert Factor("source", worth=9, curve=Categories({"a": 1}), missing=-1).rule().missing == -900


def test_missing_is_held_at_the_best_that_can_be_earned():
    half = Factor("visits", worth=10, curve=Steps((1,), (0, 0.5)), missing=1)
    assert half.rule().missing == 500
    always_lowers = Factor("risk", worth=-10, curve=Steps((1,), (0.2, 1)))
    assert always_lowers.rule().missing == -200


@attrs.frozen
class Joint:
    """A stranger's curve that adds two trees, and says something of missing itself."""

    def rule(self, field, worth):
        step = Ladder(((F(field) >= 5, worth // 2),), 0)
        return Sum((Line(field, ((0.0, 0), (10.0, worth // 2)), missing=77), step))


@pytest.mark.parametrize("missing", [0.0, 0.5, 1.0, -0.3])
def test_missing_is_set_in_a_compound_tree_too(missing):
    factor = Factor("x", worth=10, curve=Joint(), missing=missing)
    run = compiled(factor.rule())
    assert run({"x": float("nan")}) == round(1000 * missing)
    assert [run({"x": x}) for x in (0.0, 5.0, 10.0)] == [0, 750, 1000]


@attrs.frozen
class Wrong:
    """A stranger's curve that answers something else."""

    answer: object

    def rule(self, field, worth):
        return self.answer


def test_a_curve_reads_one_column_and_gives_whole_points():
    with pytest.raises(ConfigError, match=r"reads \['other'\]; a curve reads its one column"):
        Factor("x", worth=1, curve=Wrong(Line("other", ((0.0, 1),))))
    with pytest.raises(ConfigError, match="whole hundredths of points for every value"):
        Factor("x", worth=1, curve=Wrong(Bands("x", (1.0,), ("low", "high"))))


@pytest.mark.parametrize("worth", [float("nan"), float("inf")])
def test_a_worth_is_finite(worth):
    with pytest.raises(ConfigError, match="worth of factor 'x' must be finite"):
        Factor("x", worth=worth, curve=Ramp(0, 1))


def test_a_share_of_missing_is_a_share():
    with pytest.raises(ConfigError, match="missing of factor 'x' must be shares"):
        Factor("x", worth=3, curve=Ramp(0, 1), missing=3)
