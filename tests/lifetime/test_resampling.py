import attrs
import numpy as np
import pandas as pd
import polars as pl
import pytest

from anybuying import differing
from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.lifetime import (
    BGBB,
    BGNBD,
    MBGCNBD,
    MBGNBD,
    GammaGamma,
    ParetoNBD,
    ShiftedBetaGeometric,
    bootstrap,
    survivors,
)

SHOP = differing(500, seed=9, first=1).assign(monetary_value=lambda d: 20.0 + d["age"])
SHOP["recency"] = np.ceil(SHOP["recency"])
SHOP["log_gaps"] = SHOP["frequency"] * 0.5
DONORS = pd.DataFrame(
    [
        {"frequency": x, "recency": last, "T": 3, "n": n}
        for x, last, n in ((0, 0, 500), (1, 1, 200), (1, 3, 110), (2, 2, 90), (3, 3, 100))
    ]
)
CASES = (
    (BGNBD(), SHOP),
    (MBGNBD(buying="age", leaving="channel", baseline={"channel": "shop"}), SHOP),
    (MBGNBD(penalty=1.0), SHOP),
    (MBGCNBD(2, log_gaps="log_gaps"), SHOP),
    (ParetoNBD(), SHOP[:100]),
    (GammaGamma(), SHOP),
    (BGBB("n", repeaters=3), DONORS),
    (ShiftedBetaGeometric(weight="customers"), survivors([900, 700, 600, 550])),
)
EACH = pytest.mark.parametrize(
    ("spec", "table"),
    CASES,
    ids=[f"{n}-{type(spec).__name__}" for n, (spec, _) in enumerate(CASES)],
)


@EACH
def test_every_spec_is_drawn_anew(spec, table):
    drawn = bootstrap(spec, table, draws=3, seed=1)
    assert drawn.model == spec.fit(table)
    assert len(drawn.draws) + drawn.failed == 3
    for model in drawn.draws:
        assert type(model) is type(drawn.model)
        assert model.params.keys() == drawn.model.params.keys()
        assert model.params != drawn.model.params
        assert model.fitting.customers == pytest.approx(drawn.model.fitting.customers, rel=0.1)


def test_the_same_seed_gives_the_same_draws():
    one, same, other = (bootstrap(MBGNBD(), SHOP, draws=4, seed=s) for s in (5, 5, 6))
    assert one == same
    assert one.draws != other.draws
    shuffled = bootstrap(MBGNBD(), SHOP.sample(frac=1, random_state=0), draws=4, seed=5)
    assert shuffled == one
    assert bootstrap(MBGNBD(), pl.DataFrame(SHOP), draws=4, seed=5) == one


def test_weights_are_customers():
    """A row of three is drawn like three rows."""
    weights = np.random.default_rng(0).integers(0, 4, len(SHOP))
    weighed = bootstrap(MBGNBD("n"), SHOP.assign(n=weights), draws=3, seed=2)
    repeated = bootstrap(MBGNBD(), SHOP.loc[SHOP.index.repeat(weights)], draws=3, seed=2)
    for one, other in zip(weighed.draws, repeated.draws, strict=True):
        assert list(one.params.values()) == pytest.approx(list(other.params.values()), rel=1e-5)
    assert weighed.draws[0].fitting.customers == weights.sum()


def test_the_spread_of_draws_is_the_standard_error():
    drawn = bootstrap(MBGNBD(), SHOP, draws=150, seed=7)
    logs = np.log(drawn.values(lambda m: [m.params[n] for n in ("r", "alpha")]))
    errors = drawn.model.standard_errors
    expected = [errors[n] / drawn.model.params[n] for n in ("r", "alpha")]
    np.testing.assert_allclose(logs.std(axis=0), expected, rtol=0.3)
    low, high = drawn.intervals(0.9)["alpha"]
    assert np.mean((np.exp(logs[:, 1]) >= low) & (np.exp(logs[:, 1]) <= high)) == pytest.approx(
        0.9, abs=0.01
    )


def test_progress_is_told():
    told = []
    bootstrap(BGNBD(), SHOP, draws=3, progress=lambda *step: told.append(step))
    draws = [step for step in told if "." not in step[0]]
    assert draws[-4:] == [("draws", done, 3) for done in range(4)]
    assert ("draws.fit", 0, 0) in told


def test_draws_from_which_nothing_is_learned_are_counted():
    """Three of ten renewals and one loss a year: some draws see no loss at all."""
    cohort = survivors([6, 5, 4])
    drawn = bootstrap(ShiftedBetaGeometric(weight="customers"), cohort, draws=40, seed=1)
    assert 0 < drawn.failed < 20
    assert len(drawn.draws) == 40 - drawn.failed


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ConfigError, match="draws"):
        bootstrap(MBGNBD(), SHOP, draws=1)
    with pytest.raises(NotEnoughDataError):
        bootstrap(MBGNBD(), SHOP[SHOP["frequency"] == 0])
    with pytest.raises(DataError):
        bootstrap(MBGNBD(), SHOP.assign(T=-1.0))
    with pytest.raises(ConfigError, match="level"):
        bootstrap(MBGNBD(), SHOP, draws=2).intervals(0.0)


EVERY = pytest.mark.parametrize(
    "spec",
    [BGNBD(), MBGNBD(), MBGNBD(penalty=1.0), MBGCNBD(2), ParetoNBD(), GammaGamma(), BGBB()],
    ids=lambda spec: f"{type(spec).__name__}{'-held' if getattr(spec, 'penalty', 0) else ''}",
)


def few(weights):
    """Customers of three kinds."""
    kinds = ((0, 0, 9), (1, 3, 9), (3, 7, 9))
    return [
        {"frequency": x, "recency": last, "T": age, "monetary_value": 10.0 * x, "n": n}
        for (x, last, age), n in zip(kinds, weights, strict=True)
    ]


@EVERY
def test_customers_are_counted_and_not_rows(spec):
    """Nine customers in two rows have bought again: one too few."""
    with pytest.raises(NotEnoughDataError, match=r"9 (of 100 )?customers have bought again and 10"):
        attrs.evolve(spec, weight="n").fit(few((91, 5, 4)))


@EVERY
def test_rows_of_nobody_are_no_customers(spec):
    """The kinds that bought again are of weight 0: nothing can be learned, and that is said."""
    with pytest.raises(NotEnoughDataError, match=r"0 (of 100 )?customers have bought again"):
        attrs.evolve(spec, weight="n", repeaters=1).fit(few((100, 0, 0)))


@EVERY
@pytest.mark.parametrize("size", [10, 12])
def test_few_rows_are_drawn_or_too_few_but_never_fail_otherwise(spec, size):
    """Ten that bought again and ninety that did not: some draws have fewer."""
    table = SHOP[SHOP["frequency"] > 0][:size]
    rest = SHOP[SHOP["frequency"] == 0][:90]
    for some in (table, pd.concat([table, rest])):
        try:
            drawn = bootstrap(attrs.evolve(spec, repeaters=1), some, draws=4, seed=3)
        except NotEnoughDataError:
            continue
        assert len(drawn.draws) + drawn.failed == 4


def test_equal_customers_in_one_row_are_as_good_as_in_many():
    """Forty customers of four kinds: each kind is one distinct row, which was taken for one."""
    kinds = ((0, 0, 9, 20), (1, 3, 9, 10), (2, 8, 9, 6), (5, 9, 9, 4))
    rows = [
        {"frequency": x, "recency": last, "T": age} for x, last, age, n in kinds for _ in range(n)
    ]
    drawn = bootstrap(MBGNBD(penalty=1.0), rows, draws=10, seed=1)
    assert drawn.failed == 0
