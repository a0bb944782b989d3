import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg._typing import Codes
from custseg.errors import MissingColumnError
from custseg.frames import table
from custseg.scoring.auditing.classes import LEAST, MISSING, OTHER, Classes, Values, crossed


def numbers(some):
    return Values("x", np.array(some, dtype=float))


def words(some):
    known = tuple(dict.fromkeys(word for word in some if word is not None))
    return Values("w", Codes(np.array([-1 if w is None else known.index(w) for w in some]), known))


@given(st.lists(st.integers(-9, 9) | st.floats(-5, 5) | st.just(np.nan), max_size=60))
def test_equal_numbers_are_in_one_class_and_missing_in_the_last(some):
    values = numbers(some)
    classes = Classes.of(values, 4)
    at = classes.at(values)
    assert classes.size <= 5 or len(set(some)) <= 5
    seen = {}
    for value, place in zip(some, at.tolist(), strict=True):
        assert seen.setdefault(str(float(value)), place) == place
        assert (place == classes.size - 1) == bool(np.isnan(value))


def test_few_numbers_stand_for_themselves():
    classes = Classes.of(numbers([3, 1, 2, 1, np.nan]))
    assert classes.names == ("1", "2", "3", MISSING)
    assert classes.at(numbers([0, 1, 2.5, 9])).tolist() == [0, 0, 1, 2]


def test_many_numbers_are_cut_into_about_equal_parts():
    classes = Classes.of(numbers(range(100)), 4)
    assert np.bincount(classes.at(numbers(range(100)))).tolist() == [25, 25, 25, 25]
    assert classes.names[:4] == ("< 25", "25 - 50", "50 - 75", ">= 75")


def test_many_rows_with_few_values_at_their_start():
    values = numbers([0.0] * 5000 + [*range(50)])
    classes = Classes.of(values, 4)
    counts = np.bincount(classes.at(values)).tolist()
    assert counts == [5001, 16, 16, 17]


def test_ids_are_one_class():
    classes = Classes.of_words(words([f"id {n}" for n in range(50)]).held)
    assert classes.names == (OTHER, MISSING)


def test_rare_words_are_put_together():
    many = [f"w{i}" for i in range(12) for _ in range(LEAST)] + ["rare"] * (LEAST - 1) + [None]
    assert len(Classes.of(words(many)).words) == 9
    classes = Classes.of_words(words(many).held)
    assert "rare" not in classes.words
    assert len(classes.words) == 12
    at = classes.at(words(["rare", "never seen", "w3", None]))
    assert [classes.names[i] for i in at] == [OTHER, OTHER, "w3", MISSING]


def test_few_words_stand_for_themselves_however_rare():
    classes = Classes.of(words(["a", "b", "b"]))
    assert classes.words == ("b", "a")


def test_a_column_is_read_as_what_it_holds():
    rows = [
        {"n": 1, "d": "2026-01-05", "w": "x", "f": True},
        {"n": None, "d": None, "w": "", "f": 0},
    ]
    opened = table(rows)
    assert not isinstance(Values.of(opened, "n").held, Codes)
    assert Values.of(opened, "d").days
    assert Classes.of(Values.of(opened, "d")).names[0] == "2026-01-05"
    assert isinstance(Values.of(opened, "w").held, Codes)
    assert Values.of(opened, "f").known.tolist() == [True, True]
    assert Values.of(opened, "w").known.tolist() == [True, False]
    with pytest.raises(MissingColumnError):
        Values.of(opened, "q")


def test_a_column_of_which_nothing_is_known():
    classes = Classes.of(numbers([np.nan, np.nan]))
    assert classes.at(numbers([np.nan, 3.0])).tolist() == [1, 0]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=30))
def test_a_table_of_two_columns_counts_every_row(pairs):
    at, by = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    counts = crossed(at, 4, by, 3)
    assert counts.sum() == len(pairs)
    for i, j in pairs:
        assert counts[i, j] == pairs.count((i, j))
