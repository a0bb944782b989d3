import json
import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy

import attrs
import duckdb
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import anycard
import custseg as cs
import everykind
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.scoring import Categories, Decay, Factor, Grades, Log, Ramp, Scorecard, Steps, score

people = st.lists(anycard.records, min_size=1, max_size=12)


@pytest.mark.parametrize("kind", everykind.KINDS)
@given(anycard.scorecards(), people)
def test_one_and_apply_agree_on_every_kind(kind, card, rows):
    table = everykind.as_records(card.apply(everykind.as_table(kind, rows, anycard.KINDS)))
    for name in card.gives:
        assert [row[name] for row in table] == [card.one(row)[name] for row in rows]


@given(anycard.scorecards(), people)
def test_sql_says_the_same(card, rows):
    customers = everykind.as_table("arrow", rows, anycard.KINDS)
    with duckdb.connect() as warehouse:
        warehouse.register("customers", customers)
        found = warehouse.sql(card.to_sql()).to_arrow_table().to_pylist()
    assert found == [card.one(row) for row in rows]


@given(anycard.scorecards(), anycard.records)
def test_points_are_whole_hundredths_within_the_limits(card, record):
    found = card.one(record)["score"]
    assert found == round(found * 100) / 100
    assert -math.inf if card.low is None else card.low <= found
    assert found <= (math.inf if card.high is None else card.high)


@given(anycard.scorecards(), anycard.records)
def test_the_grade_is_that_of_the_score(card, record):
    found = card.one(record)
    if found.get("veto"):
        assert found["grade"] == card.grades.worst()
    elif isinstance(card.grades, Grades):
        assert found["grade"] == card.grades.of(found["score"])


@given(anycard.scorecards(), anycard.records)
def test_confidence_is_the_share_of_worth_with_evidence(card, record):
    known = [f for f in card.factors if record[f.field] is not None]
    share = sum(abs(f.worth) for f in known) / sum(abs(f.worth) for f in card.factors)
    assert card.one(record)["score_confidence"] == pytest.approx(share)


@given(anycard.scorecards(), anycard.records, st.sampled_from(list(anycard.KINDS)))
def test_nothing_known_is_never_better_than_all_answers(card, record, field):
    """However a card is built, limits of groups and all, silence is not the best answer.

    Points for silence that were learnt, and half-way between two answers, may be the better ones.
    """
    assume(not any(getattr(factor.curve, "missing", None) for factor in card.factors))
    hidden = card.one({**record, field: None})["score"]
    lines = card.explain({**record, field: None}).parts
    earned = {p.factor: p.hundredths for p in lines if p.line == "factor"}
    best = {f.name: f.best_points for f in card.factors if f.field == field}
    points = [best.get(f.name, earned[f.name]) for f in card.factors]
    assert hidden <= card._ledger.raising.tally.add(points)[1][-1] / 100


@given(anycard.scorecards())
def test_a_card_survives_json(card):
    again = cs.load(json.dumps(cs.dump(card)))
    assert again == card
    assert again.rules() == card.rules()


@given(anycard.scorecards(), people, st.randoms())
def test_rows_have_no_order_and_are_not_changed(card, rows, rng):
    before, shuffled = deepcopy(rows), list(rows)
    rng.shuffle(shuffled)
    assert card.apply(shuffled) == [card.one(row) for row in shuffled]
    assert rows == before


@given(anycard.scorecards(), people)
def test_apply_twice_is_apply_once(card, rows):
    once = card.apply(rows)
    assert card.apply(once) == once


def test_many_threads_agree_with_one():
    card = Scorecard.preset("lead")
    rows = [dict.fromkeys(card.needs, float(i % 7)) for i in range(500)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(card.one, rows)) == card.apply(rows)
        assert list(pool.map(card.explain, rows)) == [card.explain(row) for row in rows]


def test_a_card_fits_to_itself_and_leaves_the_other_columns():
    card = Scorecard([Factor("orders", worth=100, curve=Ramp(0, 10))])
    assert card.fit([{"orders": 3}]) is card
    assert card.apply([{"id": "00017", "orders": 7}]) == [
        {"id": "00017", "orders": 7, "score": 70.0, "grade": "B", "score_confidence": 1.0}
    ]
    assert card.apply([]) == []
    assert card.apply([{"orders": None}])[0]["score"] == 0.0


def test_infinite_values_are_at_an_end_of_the_curve():
    card = Scorecard(
        [
            Factor("a", worth=20, curve=Ramp(0, 10)),
            Factor("b", worth=20, curve=Log(10)),
            Factor("c", worth=20, curve=Decay(10)),
            Factor("d", worth=20, curve=Steps((1,), (0, 1))),
        ]
    )
    rows = [dict.fromkeys("abcd", math.inf), dict.fromkeys("abcd", -math.inf)]
    assert [row["score"] for row in card.apply(rows)] == [60.0, 20.0]
    assert [card.one(row)["score"] for row in rows] == [60.0, 20.0]


def test_a_flag_and_a_word_can_be_factors():
    card = Scorecard(
        [
            Factor("newsletter", worth=10, curve=Ramp(0, 1)),
            Factor("source", worth=20, curve=Categories({"转介绍": 1, "广告": 0.25})),
        ]
    )
    found = card.apply(
        [
            {"newsletter": True, "source": "转介绍"},
            {"newsletter": False, "source": "广告"},
            {"newsletter": None, "source": ""},
        ]
    )
    assert [row["score"] for row in found] == [30.0, 5.0, 0.0]
    assert [row["score_confidence"] for row in found] == [1.0, 1.0, 0.0]


def test_grades_are_labels_in_order():
    frame = everykind.as_table("pandas", [{"x": 1.0}], {"x": "number"})
    grade = Scorecard([Factor("x", worth=1, curve=Ramp(0, 1))]).apply(frame)["grade"]
    assert list(grade.cat.categories) == ["D", "C", "B", "A"]
    assert grade.cat.ordered


def test_complaints_lower_a_score_but_not_below_the_least():
    card = Scorecard.preset()
    calm = dict.fromkeys(card.needs, None) | {"complaints": 0}
    assert card.one(calm)["score"] == 10.5
    assert [card.one({**calm, "complaints": n})["score"] for n in (1, 2, 3)] == [6.5, 2.5, 0.0]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Scorecard([]), "at least one factor with a worth other than 0"),
        (lambda: Scorecard([Factor("x", worth=0, curve=Ramp(0, 1))]), "worth other than 0"),
        (
            lambda: Scorecard([Factor("x", worth=1, curve=Ramp(0, 1))], low=9, high=1),
            "low of the score is above its high",
        ),
        (
            lambda: Scorecard([Factor("x", worth=1, curve=Ramp(0, 1))], base=math.nan),
            "base must be finite",
        ),
        (lambda: Scorecard.preset("custmer"), "Did you mean 'customer'"),
        (lambda: Scorecard.preset(revenue=0), "revenue must be finite and above 0"),
    ],
)
def test_an_impossible_card_is_refused(make, said):
    with pytest.raises(ConfigError, match=said):
        make()


def test_bad_records_are_refused_by_name():
    card = Scorecard([Factor("orders", worth=100, curve=Ramp(0, 10))])
    with pytest.raises(MissingColumnError, match="Did you mean 'order'"):
        card.one({"order": 3})
    with pytest.raises(MissingColumnError, match="no column 'orders'"):
        card.explain({"order": 3})
    with pytest.raises(DataError, match=r"column 'orders'.*holds text"):
        card.one({"orders": "three"})
    both = [
        Factor("a", "x", worth=1, curve=Ramp(0, 1)),
        Factor("b", "x", worth=1, curve=Categories({"y": 1})),
    ]
    with pytest.raises(ConfigError, match="'x' is read as number in one place and as text"):
        Scorecard(both)


def test_score_uses_the_columns_that_there_are():
    rows = [{"id": 1, "revenue": 10_000.0, "satisfaction": 100.0}, {"id": 2, "revenue": None}]
    first, second = score(rows)
    assert (first["score"], first["score_confidence"]) == (27.5, 1.0)
    assert (second["score"], second["score_confidence"]) == (10.5, 0.0)
    whole = [dict.fromkeys(Scorecard.preset().needs) | row for row in rows]
    assert [row["score"] for row in score(whole)] == [27.5, 10.5]
    assert score(iter(rows)) == [first, second]
    assert score([]) == []
    with pytest.raises(MissingColumnError, match="no column 'revenue' among"):
        score([{"id": 1}])


def test_score_takes_a_card_of_ones_own():
    card = Scorecard([Factor("x", worth=10, curve=Ramp(0, 1))], grades=Grades((5,), ("in", "out")))
    assert [row["grade"] for row in score([{"x": 0.5}, {"x": 0.4}], card)] == ["in", "out"]


@attrs.frozen
class Person:
    orders: int


def test_a_record_may_be_an_object():
    card = Scorecard([Factor("orders", worth=100, curve=Ramp(0, 10))])
    assert card.one(Person(7))["score"] == 70.0
    assert card.explain(Person(7)).score == 70.0


FAST = """
import sys, time
from custseg.scoring import Scorecard
card = Scorecard.preset("customer")
record = dict.fromkeys(card.needs, 1.5) | {"sentiment": None}
card.one(record), card.explain(record)
def least(run, times=200):
    best = 1.0
    for _ in range(times):
        start = time.process_time()
        for _ in range(20):
            run(record)
        best = min(best, (time.process_time() - start) / 20)
    return best * 1e6
print(least(card.one), least(card.explain))
heavy = {"pandas", "polars", "pyarrow", "narwhals", "duckdb", "scipy", "cattrs"}
print(sorted(heavy & set(sys.modules)))
"""


def test_one_record_takes_microseconds_and_no_frame_library():
    run = subprocess.run([sys.executable, "-c", FAST], check=True, capture_output=True, text=True)
    times, heavy = run.stdout.splitlines()
    one, explain = map(float, times.split())
    assert heavy == "[]"
    assert one < 50
    assert explain < 250  # 50 us on a quiet machine; loose, so that a busy one stays green
