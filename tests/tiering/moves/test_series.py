import json
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import everykind
from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.tiering import MoveNames, migration, migration_series

TIERS = ("low", "medium", "high")
DAYS = [date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)]
words = st.sampled_from([*TIERS, "dormant", None])
grids = st.integers(2, 4).flatmap(
    lambda n: st.lists(st.lists(words, min_size=n, max_size=n), max_size=12)
)


def review(row, t):
    return [{"customer_id": i, "tier": lives[t]} for i, lives in enumerate(row)]


def series(lives):
    """Customers x reviews; somebody is always low, so that there is a tier."""
    every = [*lives, ["low"] * (len(lives[0]) if lives else 3)]
    tables = {DAYS[t]: review(every, t) for t in range(len(every[0]))}
    return migration_series(tables), tables


@given(grids)
def test_each_step_is_the_migration_between_two_reviews(lives):
    found, tables = series(lives)
    days = list(tables)
    for t, step in enumerate(found.steps):
        alone = migration(tables[days[t]], tables[days[t + 1]])
        assert step.moved == alone.moved
        if alone.outside == step.outside:
            assert np.array_equal(step.moves[1:], alone.moves[1:])
            assert np.array_equal(step.entries, alone.entries)
        assert step.untiered == 0, "who comes later is no customer yet"
    assert np.array_equal(found.pooled.moves, sum(step.moves for step in found.steps))


@given(grids)
def test_several_steps_are_followed_and_not_assumed(lives):
    found, tables = series(lives)
    last = len(found.dates) - 1
    ends = migration(tables[found.dates[0]], tables[found.dates[-1]])
    assert found.over(last).moved == ends.moved


@given(grids)
def test_one_table_of_all_reviews_says_the_same(lives):
    found, tables = series(lives)
    rows = [{**row, "as_of": day} for day, table in tables.items() for row in table]
    assert migration_series(rows[::-1]).as_dict() == found.as_dict()


@given(grids)
def test_it_is_data_and_text(lives):
    found, _ = series(lives)
    json.dumps(found.as_dict(), allow_nan=False)
    for locale in ("en", "zh"):
        assert "nan" not in found.text(locale)
        assert found.dates[0].isoformat() in found.text(locale)
    assert "<table>" in found._repr_html_()


def draw(matrix, people, reviews, *, seed=7):
    chance = np.random.default_rng(seed)
    now = chance.integers(0, 2, people)
    out = [now]
    for _ in range(reviews - 1):
        now = (chance.random(people) < np.array(matrix)[now, 1]).astype(int)
        out.append(now)
    names = np.array(["low", "high"])
    return {
        day: pd.DataFrame({"customer_id": np.arange(people), "tier": names[row]})
        for day, row in zip(DAYS, out, strict=False)
    }


def test_chances_without_memory_are_carried_on():
    tables = draw([[0.9, 0.1], [0.3, 0.7]], 20_000, 4)
    found = migration_series(tables, tiers=("low", "high"))
    np.testing.assert_allclose(found.expected(3)[:2, :2], found.over(3).probabilities, atol=0.02)
    assert found.memoryless.p_value > 0.001
    assert found.same_over_time.p_value > 0.001
    assert found.warnings == ()


def test_memory_is_told():
    """Who rose stays, who was low for long does not rise: the state before matters."""
    lives = [["low", "low", "low"]] * 300 + [["low", "high", "high"]] * 200
    lives += [["high", "high", "low"]] * 100 + [["high", "low", "low"]] * 100
    found, _ = series(lives)
    assert found.memoryless.p_value < 0.001
    assert "moves_remember" in [why.code for why in found.warnings]
    assert "state before matters" in found.text()


def test_what_is_not_known_is_not_carried_on():
    found, _ = series([["low", "high"]] * 3)
    chances = found.expected(2)
    assert np.isnan(chances[0]).all(), "from low to high, and nobody knows on"
    assert found.expected(1)[0, 2] == 0.75


@pytest.mark.parametrize("kind", everykind.EVERY)
def test_any_kind_of_table(kind):
    kinds = {"customer_id": "text", "tier": "text"}
    now = [{"customer_id": "01", "tier": "low"}, {"customer_id": "02", "tier": "high"}]
    then = [{"customer_id": "02", "tier": "low"}, {"customer_id": "03", "tier": None}]
    tables = {
        "2025-01-31": everykind.as_table(kind, then, kinds),
        "2025-02-28": everykind.as_table(kind, now, kinds),
    }
    assert migration_series(tables).pooled.moved == {
        "entered": 1,
        "up": 1,
        "stayed": 0,
        "down": 0,
        "left": 0,
    }


@pytest.mark.parametrize("reviews", [{}, {"2025-01-31": []}, []])
def test_a_move_needs_two_reviews(reviews):
    if reviews == []:
        reviews = [{"customer_id": 1, "tier": "low", "as_of": "2025-01-31"}]
    with pytest.raises(NotEnoughDataError, match="two reviews"):
        migration_series(reviews)


def test_days_of_a_mapping_are_dates():
    with pytest.raises(ConfigError):
        migration_series({"spring": [], "summer": []})


@pytest.mark.parametrize("steps", [0, 2, "1", 1.0, True])
def test_steps_are_those_there_are(steps):
    found, _ = series([["low", "high"]])
    with pytest.raises(ConfigError, match="steps"):
        found.over(steps)


@pytest.mark.parametrize("steps", [0, "2", 1.5])
def test_no_step_is_no_expectation(steps):
    found, _ = series([["low", "high"]])
    with pytest.raises(ConfigError, match="steps"):
        found.expected(steps)


def test_rows_that_cannot_be_placed_are_refused():
    row = {"id": 1, "tier": "low", "as_of": "2025-01-31"}
    names = MoveNames(customer="id")
    with pytest.raises(DataError, match="more than once at a review"):
        migration_series([row, row], names=names)
    with pytest.raises(DataError, match="no id"):
        migration_series([row, {**row, "id": None}], names=names)
    with pytest.raises(DataError, match="no day"):
        migration_series([row, {**row, "as_of": None}], names=names)


def test_ids_of_two_types_are_refused():
    tables = {"2025-01-31": [{"customer_id": 1, "tier": "low"}]}
    tables["2025-02-28"] = [{"customer_id": "1", "tier": "low"}]
    with pytest.raises(DataError, match="17 is not '17'"):
        migration_series(tables)
