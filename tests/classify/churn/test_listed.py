import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes
from custseg.classify import LossSum
from custseg.classify.churn.evidence import ChurnSigns
from custseg.classify.churn.listed import BANDS, GROUPS, Listed, shown, withheld
from custseg.features.consent import WORDS

row = st.tuples(
    st.none() | st.sampled_from([0.0, 1.5, 20.0, 333.3333]),  # what each is worth
    st.none() | st.sampled_from([0.0, 0.25, 0.9, 1.0]),  # the chance
    st.integers(0, len(WORDS) - 1),
)
rows = st.lists(row, max_size=12)


def listed(some):
    worth = [one[0] for one in some]
    size = len(some)
    return Listed(
        names=tuple(f"{n:02}" for n in range(size)),
        group=Codes(np.arange(size) % 2, GROUPS),
        state=Codes(np.zeros(size, dtype=np.intp), ("at_risk",)),
        since=np.full(size, 20_000.0),
        recency=np.arange(size, dtype=np.float64),
        chance=np.array([np.nan if one[1] is None else one[1] for one in some]),
        units=np.array([round(10_000 * (one or 0)) for one in worth], dtype=np.int64),
        known=np.array([one is not None for one in worth], dtype=np.bool_),
        contact=Codes(np.array([one[2] for one in some], dtype=np.intp), WORDS),
        evidence=ChurnSigns().look({}, size),
    )


@given(rows)
def test_what_is_lost_is_value_times_chance_of_who_has_both(some):
    made = listed(some)
    for place, (worth, chance, _) in enumerate(some):
        value, risk = made.money(place)
        assert value == worth
        both = worth is not None and chance is not None
        assert (risk is not None) == both
        assert made.at_risk[place] / 10_000 == pytest.approx(
            worth * chance if both else 0.0, abs=1e-4
        )
    total = made.total()
    assert total.customers == len(some)
    assert total.known == sum(one[0] is not None for one in some)
    assert total.told == sum(one[0] is not None and one[1] is not None for one in some)
    assert total.value == pytest.approx(sum(one[0] or 0 for one in some), abs=1e-6)


@given(rows)
def test_the_greatest_loss_comes_first_and_the_unknown_last(some):
    made = listed(some)
    order = made.order().tolist()
    assert sorted(order) == list(range(len(some)))
    told = made.told[order].tolist()
    assert told == sorted(told, reverse=True)
    losses = made.at_risk[order][: sum(told)].tolist()
    assert losses == sorted(losses, reverse=True)
    keys = [
        (not t, -r if t else 1, 1.0 if np.isnan(c) else -c, n)
        for t, r, c, n in zip(
            told,
            made.at_risk[order].tolist(),
            made.chance[order].tolist(),
            [made.names[place] for place in order],
            strict=True,
        )
    ]
    assert keys == sorted(keys)


@given(rows, st.randoms())
def test_who_is_listed_first_does_not_hang_on_the_rows(some, rng):
    made = listed(some)
    places = list(range(len(some)))
    rng.shuffle(places)
    turned = made.take(np.array(places, dtype=np.intp))
    first, second = made.take(made.order()), turned.take(turned.order())
    assert first.names == second.names
    assert first.units.tolist() == second.units.tolist()


@given(rows)
def test_sums_are_the_parts_of_the_total(some):
    made = listed(some)
    for by in (made.group, made.band, made.contact):
        parts = made.sums(by).values()
        for field in ("customers", "known", "told"):
            assert sum(getattr(one, field) for one in parts) == getattr(made.total(), field)


@given(rows)
def test_a_band_is_a_share_of_those_whose_value_is_known(some):
    made = listed(some)
    known = [one[0] for one in some if one[0] is not None]
    for place, (worth, *_) in enumerate(some):
        word = BANDS[int(made.band.at[place])]
        if worth is None:
            assert word == "value_unknown"
            continue
        above = sum(other > worth for other in known) / len(known)
        expected = "top_tenth" if above < 0.1 else "upper_half" if above < 0.5 else "lower_half"
        assert word == expected


@given(rows)
def test_who_must_not_be_contacted_is_counted_by_reason(some):
    made = listed(some)
    counts = withheld(made)
    assert sum(counts.values()) == len(some) - int(made.may.sum())
    assert all(counts[word] == sum(WORDS[one[2]] == word for one in some) for word in counts)


def test_columns_say_nothing_where_nothing_is_known():
    columns = listed([(None, 0.5, 0), (2.0, None, 0), (2.0, 0.5, 0)]).columns({"id": np.arange(3)})
    assert list(columns)[:3] == ["id", "churn_group", "lifecycle_state"]
    assert np.isnan(columns["value"]).tolist() == [True, False, False]
    assert np.isnan(columns["value_at_risk"]).tolist() == [True, True, False]
    assert columns["value_at_risk"][2] == 1.0


def test_money_of_few_is_shown_in_no_part_and_not_in_a_total_of_few():
    parts = {"a": LossSum(3, 3, 9.0, 1.0, 3), "b": LossSum(1, 1, 1.0, 1.0, 1)}
    assert not any(shown(parts, LossSum(4, 4, 10.0, 2.0, 4)).values())
    parts |= {"c": LossSum(30, 30, 90.0, 9.0, 30)}
    said = shown(parts, LossSum(34, 34, 100.0, 11.0, 34))
    assert said == {"a": False, "b": False, "c": False, "all_listed": True}  # 4 are still few
    assert parts["a"].as_dict(money=False)["value"] is None


def test_a_loss_that_is_known_of_few_is_money_of_few():
    """Thirty values are known, but only two chances: their loss would tell of one."""
    parts = {"a": LossSum(30, 30, 90.0, 1.0, 2), "b": LossSum(9, 9, 9.0, 9.0, 9)}
    assert not shown(parts, LossSum(39, 39, 99.0, 10.0, 11))["a"]
