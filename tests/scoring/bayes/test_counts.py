"""Counts of won and lost: live, taken back, merged, and as a card."""

import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.scoring import OutcomeCounts

WORDS = st.sampled_from(["fair", "talk", "referral", "", None])
NUMBERS = st.none() | st.sampled_from([0.0, 1.0, 4.9, 5.0, 70.0])
STAGES = st.sampled_from(["new", "offer", "won", None])
ROWS = st.lists(
    st.fixed_dictionaries(
        {"source": WORDS, "visits": NUMBERS, "team": WORDS, "stage": STAGES, "won": st.booleans()}
    ),
    max_size=12,
)
EMPTY = OutcomeCounts(
    ("source", "visits"),
    by="team",
    stage="stage",
    stages=("new", "offer", "won"),
    unset=("source",),
    edges={"visits": (1, 5)},
)


def counted(rows, start=EMPTY):
    won, lost = ([row for row in rows if row["won"] is side] for side in (True, False))
    return start.update(won=won, lost=lost)


@given(ROWS, ROWS)
def test_counts_of_shards_add_up_in_any_order(first, second):
    whole = counted(first + second)
    assert counted(first) + counted(second) == whole
    assert counted(second) + counted(first) == whole
    assert counted(second, counted(first)) == whole


@given(ROWS)
def test_one_at_a_time_is_all_at_once(rows):
    counts = EMPTY
    for row in rows:
        counts = counted([row], counts)
    assert counts == counted(rows)
    assert counts == counted(rows[::-1])


@given(ROWS, ROWS)
def test_what_is_taken_back_counts_no_more(kept, gone):
    counts = counted(kept + gone)
    won, lost = ([row for row in gone if row["won"] is side] for side in (True, False))
    back = counts.take_back(won=won, lost=lost)
    expected = counted(kept)
    assert (back.won, back.lost) == (expected.won, expected.lost)
    for field in (*EMPTY.fields, "stage"):
        left = {word: pair for word, pair in back.pairs(field).items() if pair != (0, 0)}
        assert left == dict(expected.pairs(field))


@given(ROWS)
def test_counts_are_json(rows):
    counts = counted(rows)
    assert cs.load(json.dumps(cs.dump(counts))) == counts


def test_every_kind_of_table_counts_the_same():
    rows = [{"source": "fair", "visits": 3.0, "team": "a", "stage": "new"}] * 3
    assert EMPTY.update(won=pl.DataFrame(rows)) == EMPTY.update(won=rows)
    assert EMPTY.update(lost=pl.DataFrame(rows).lazy()) == EMPTY.update(lost=iter(rows))


def test_a_lost_customer_counts_for_the_stages_up_to_its_own_and_a_won_one_for_all():
    row = {"source": "fair", "visits": 3, "team": None, "stage": "offer"}
    assert dict(EMPTY.update(lost=row).pairs("stage")) == {"offer": (0, 1), "new": (0, 1)}
    assert dict(EMPTY.update(won=row).pairs("stage")) == {
        "won": (1, 0),
        "offer": (1, 0),
        "new": (1, 0),
    }
    assert not EMPTY.update(lost={**row, "stage": None}).pairs("stage")


def test_missing_counts_only_where_it_is_a_value():
    row = {"source": None, "visits": None, "team": "a", "stage": "new"}
    counts = EMPTY.update(won=row)
    assert counts.pairs("source") == {"": (1, 0)}
    assert counts.pairs("visits") == {}


def test_what_cannot_be_counted_is_refused():
    row = {"source": "fair", "visits": 3, "team": None, "stage": "new"}
    with pytest.raises(DataError, match="more customers are taken back"):
        EMPTY.take_back(won=row)
    with pytest.raises(DataError, match="none of the 3 stages") as raised:
        EMPTY.update(lost=[row, {**row, "stage": "elsewhere"}])
    assert (raised.value.column, raised.value.row) == ("stage", 1)
    assert "elsewhere" not in str(raised.value)
    with pytest.raises(MissingColumnError):
        EMPTY.update(won={"source": "fair"})
    with pytest.raises(ConfigError, match="count the same"):
        _ = EMPTY + OutcomeCounts(("source",))


@pytest.mark.parametrize(
    ("fields", "settings", "message"),
    [
        (("a", "a"), {}, "comes twice"),
        (("a",), {"unset": "b"}, "not among the fields"),
        (("a",), {"edges": {"b": (1,)}}, "not among the fields"),
        (("a",), {"stage": "s"}, "0 stages"),
        (("a",), {"stage": "a", "stages": ("x",)}, "a column of its own"),
        (("a",), {"stage": "s", "stages": ("new", "new", "won")}, "comes twice"),
        (("a",), {"edges": {"a": (3, 1)}}, "finite and ascend"),
        (("a",), {"edges": {"a": (1, float("nan"))}}, "finite and ascend"),
        (("a",), {"edges": {"a": (float("inf"),)}}, "finite and ascend"),
    ],
)
def test_settings_that_do_not_fit_are_refused(fields, settings, message):
    with pytest.raises(ConfigError, match=message):
        OutcomeCounts(fields, **settings)


@pytest.mark.parametrize("shrink", [0, -5, float("nan"), float("inf")])
def test_shares_are_drawn_by_some_customers(shrink):
    counts = OutcomeCounts(("a",)).update(won={"a": "x"}, lost={"a": "y"})
    with pytest.raises(ConfigError, match="shrink is above 0"):
        counts.to_scorecard(shrink=shrink)
    with pytest.raises(ConfigError, match="shrink is above 0"):
        counts.probability({"a": "x"}, shrink=shrink)


def test_only_counts_are_added_to_counts():
    with pytest.raises(TypeError, match="unsupported operand"):
        _ = EMPTY + 1


def test_new_counts_leave_the_old_ones_as_they_were():
    old = OutcomeCounts(("a", "b")).update(won={"a": "x", "b": "y"})
    new = old.update(won={"a": "x", "b": "z"}).take_back(won={"a": "x", "b": "y"})
    assert old.pairs("a") == {"x": (1, 0)}
    assert old.pairs("b") == {"y": (1, 0)}
    assert new.pairs("b") == {"y": (0, 0), "z": (1, 0)}


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("side", ["won", "lost", None])
def test_without_won_or_without_lost_there_is_the_prior_and_no_confidence(exact, side):
    row = {"source": "fair", "visits": 3, "team": "a", "stage": "new"}
    counts = EMPTY if side is None else EMPTY.update(**{side: [row] * 4})
    told = counts.to_scorecard(exact=exact).one(row)
    expected = {"won": 4.5 / 5, "lost": 0.5 / 5, None: 0.5}[side]
    assert told["probability"] == pytest.approx(expected, abs=1e-4)
    assert told["score_confidence"] == 0
    assert counts.probability(row, exact=exact) == pytest.approx(expected)


@given(ROWS, st.booleans())
def test_the_card_says_what_the_counts_say(rows, exact):
    """Within the straight lines that cards draw the logistic with, and their hundredths."""
    counts = counted(rows)
    for row in rows[:3]:
        card = counts.to_scorecard(team=row["team"], exact=exact)
        told = card.one(row)["probability"]
        assert 0 < told < 1
        asked = counts.probability(row, exact=exact)
        assert told == pytest.approx(asked, abs=6e-3)


def test_a_small_team_speaks_with_the_voice_of_all():
    usual = [{"source": "fair", "team": "big"}] * 200
    other = [{"source": "talk", "team": "big"}] * 200
    counts = OutcomeCounts(("source",), by="team").update(
        won=[*usual[:150], *other[:50]], lost=[*usual[150:], *other[50:]]
    )
    new = counts.update(won={"source": "talk", "team": "new"})
    asked = {"source": "talk", "team": "new"}
    assert counts.probability(asked) == pytest.approx(0.25, abs=0.02)
    assert counts.probability(asked) < new.probability(asked) < 0.4
    assert new.probability({**asked, "team": "nobody's"}) == pytest.approx(0.25, abs=0.02)
