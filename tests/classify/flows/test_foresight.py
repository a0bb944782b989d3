import json
from datetime import date

import numpy as np
import pytest

import custseg as cs
import everykind
from custseg.classify import cohorts
from custseg.classify.flows import foresight
from custseg.errors import ConfigError
from custseg.lifetime import BGBB, ShiftedBetaGeometric, survivors

HIGH_END = (1000, 869, 743, 653, 593, 551, 517, 491)


def month(place):
    return date(2020 + place // 12, place % 12 + 1, 1)


def contracts(left, begin=0, name=""):
    """Payments of a cohort, month by month, of which so many are left."""
    return [
        {"customer_id": f"{name}{who}", "at": month(begin + age), "amount": 10.0}
        for age, many in enumerate(left)
        for who in range(many)
    ]


def as_of(months):
    return cs.classify.month_ends("2020-01-01", "2030-12-31")[months - 1]


def test_contracts_of_fader_and_hardie():
    """Fader and Hardie 2007, Journal of Interactive Marketing 21(1): high end, S(12) = 0.378."""
    log = cs.TransactionLog.of(contracts(HIGH_END))
    found = cohorts(log, as_of=as_of(8))
    assert found.survivals()[0].tolist() == [many / 1000 for many in HIGH_END]
    ahead = found.project(5, contract=True)
    model = ShiftedBetaGeometric(weight="customers").fit(survivors(HIGH_END))
    expected = 0.491 * model.survival(range(8, 13)) / model.survival([7])
    assert ahead.ahead[0] == pytest.approx(expected)
    assert ahead.ahead[0, -1] == pytest.approx(0.378 * 0.491 / 0.489, abs=0.001)
    assert ahead.basis[0] == "own"
    actual = np.array([0.468, 0.445, 0.427, 0.409, 0.394])
    assert np.abs(ahead.ahead[0] - actual).max() < 0.02


def test_who_skips_a_period_has_not_survived():
    rows = [*contracts((4, 3)), {"customer_id": "0", "at": month(2), "amount": 1.0}]
    rows += [{"customer_id": "3", "at": month(2), "amount": 1.0}]
    found = cohorts(cs.TransactionLog.of(rows), as_of=as_of(3))
    assert found.values[0].tolist() == [4.0, 3.0, 2.0]
    assert found.survivals()[0].tolist() == [1.0, 0.75, 0.25]


def shop(seed, people, months, begin=0):
    """Customers of a BG/BB world: buy or not each month, and leave unseen."""
    rng = np.random.default_rng(seed)
    buys, leaves = rng.beta(1.2, 2.0, people), rng.beta(0.8, 6.0, people)
    there = np.ones(people, dtype=bool)
    rows = []
    for age in range(months):
        if age:
            there &= rng.random(people) > leaves
        now = there & ((rng.random(people) < buys) | (age == 0))
        rows += [
            {"customer_id": f"{begin}-{who}", "at": month(begin + age), "amount": 10.0}
            for who in np.flatnonzero(now).tolist()
        ]
    return rows


def test_a_shop_comes_out_as_foreseen():
    rows = [row for begin in range(12) for row in shop(begin, 400, 30 - begin, begin)]
    log = cs.TransactionLog.of(rows)
    ahead = cohorts(log, as_of=as_of(18)).project(6)
    assert ahead.basis[:12] == ("own",) * 12
    truth = cohorts(log, as_of=as_of(30)).shares
    off = [ahead.ahead[i] - truth[i, 18 - i : 24 - i] for i in range(12)]
    assert abs(np.mean(off)) < 0.01
    assert np.abs(np.mean(off, axis=0)).max() < 0.02
    carried = [truth[i, 17 - i] - truth[i, 18 - i : 24 - i] for i in range(12)]
    assert np.abs(off).mean() < 0.9 * np.abs(carried).mean()


def test_young_cohorts_lean_on_all():
    rows = [row for begin in range(8) for row in shop(begin, 250, 10 - begin, begin)]
    found = cohorts(cs.TransactionLog.of(rows), as_of=as_of(9))
    ahead = found.project(2)
    assert ahead.basis == ("own",) * 3 + ("all",) * 5 + ("none",)
    assert ahead.last == (8, 7, 6, 5, 4, 3, 2, 1, -1)  # nobody came in the last month
    patterns = [
        {"frequency": often, "recency": last, "T": 8 - cohort, "n": many}
        for cohort, often, last, many in found.buying.patterns.tolist()
    ]
    model = BGBB(weight="n", repeaters=1).fit(patterns)
    last = [row for row in patterns if row["T"] == 1]
    many = np.array([row["n"] for row in last])
    expected = many @ model.expected_purchases(last, horizon=1) / many.sum()
    assert ahead.ahead[7, 0] == pytest.approx(expected)


def test_too_few_data_are_no_projection():
    log = cs.TransactionLog.of(contracts((50, 20, 15)))
    for contract in (False, True):
        found = cohorts(log, as_of=as_of(2)).project(3, contract=contract)
        assert set(found.basis) == {"none"}
        assert np.isnan(found.ahead).all()
        assert "too few data" in found.text()


def test_what_is_measured_does_not_matter():
    log = cs.TransactionLog.of(shop(1, 300, 10))
    one, other = (
        cohorts(log, as_of=as_of(10), measure=measure).project(2)
        for measure in ("customers", "revenue")
    )
    assert np.array_equal(one.ahead, other.ahead, equal_nan=True)
    assert np.array_equal(one.observed, other.observed, equal_nan=True)


def test_a_cohort_has_a_model_of_its_own_from_its_limits_on():
    rows = [*shop(1, 199, 9), *shop(2, 200, 8, 1)]
    found = cohorts(cs.TransactionLog.of(rows), as_of=as_of(9))
    assert found.project(1).basis[:2] == ("all", "own")
    assert (foresight.OWN_AGES, foresight.OWN_CUSTOMERS) == (6, 200)


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_it_is_a_table_data_and_text(kind):
    rows = [{**row, "at": row["at"].isoformat()} for row in shop(1, 60, 6)]
    kinds = {"customer_id": "text", "at": "text", "amount": "number"}
    log = cs.TransactionLog.of(everykind.as_table(kind, rows, kinds))
    ahead = cohorts(log, as_of=as_of(6)).project(2)
    told = [row for row in everykind.as_records(ahead.table) if row["cohort"] == "2020-01"]
    assert [row["age"] for row in told] == list(range(8))
    assert [bool(row["projected"]) for row in told] == [False] * 6 + [True] * 2
    assert told[-1]["share"] == pytest.approx(ahead.ahead[0, 1])
    assert told[-1]["basis"] == "own"
    assert len(told) == len(everykind.as_records(ahead.table))
    assert json.loads(json.dumps(ahead.as_dict(), allow_nan=False))["basis"][0] == "own"
    assert "自己的" in ahead.text("zh")
    assert ahead._repr_html_().startswith("<table>")


@pytest.mark.parametrize("periods", [0, 2.5, True, "2", None])
def test_there_must_be_something_ahead(periods):
    found = cohorts(cs.TransactionLog.of(contracts((5, 3))), as_of=as_of(2))
    with pytest.raises(ConfigError, match="periods: must be a whole number of 1 or more"):
        found.project(periods)
