"""Ids by code, when some come later."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import custseg as cs
from custseg.errors import DataError
from custseg.features import ids as ids_by_code

whole = st.lists(st.lists(st.integers(-50, 50), min_size=1, max_size=12), min_size=1, max_size=6)
texts = st.lists(
    st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=6), min_size=1, max_size=6
)


def log(ids):
    frame = pd.DataFrame({"customer_id": ids})
    return cs.TransactionLog.of(frame.assign(at="2026-01-05", amount=1))


def records(ids):
    return cs.TransactionLog.of([{"customer_id": i, "at": "2026-01-05", "amount": 1} for i in ids])


@pytest.mark.parametrize("make", [log, records])
@given(parts=whole | texts)
def test_codes_stay_and_each_id_has_one(make, parts):
    ids = make(parts[0]).ids
    known = []
    for part in parts:
        other = make(part).ids
        ids, code = ids.merged(other)
        listed = ids.keys.ids()
        assert listed[: len(known)] == known
        assert [listed[i] for i in code.tolist()] == other.keys.ids()
        assert len(set(listed)) == len(listed) == len(ids)
        assert list(ids.take(slice(None))) == listed
        known = listed
    assert set(known) == {i for part in parts for i in part}


@given(whole)
def test_numbers_are_told_from_the_lowest(parts):
    grown = log(parts[0])
    for part in parts[1:]:
        grown = grown.append(pd.DataFrame({"customer_id": part}).assign(at="2026-01-05", amount=1))
    codes = grown.ids.in_order(np.arange(len(grown.ids)))
    found = list(grown.ids.take(codes))
    assert found == sorted(found)
    few = codes[::2]
    assert list(grown.ids.take(grown.ids.in_order(np.sort(few)))) == list(grown.ids.take(few))


def test_a_log_of_nobody_takes_the_ids_that_come():
    none = cs.TransactionLog.of([])
    assert none.append(
        [{"customer_id": "007", "at": "2026-01-05", "amount": 1}]
    ).ids.keys.ids() == ["007"]


def test_numbers_are_no_texts():
    with pytest.raises(DataError, match="17 is not '17'"):
        log([17, 18]).append([{"customer_id": "17", "at": "2026-01-05", "amount": 1}])
    with pytest.raises(DataError, match="17 is not '17'"):
        log(["17", "18"]).append([{"customer_id": 17, "at": "2026-01-05", "amount": 1}])


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
@pytest.mark.parametrize(
    ("first", "later"), [("17", 17), (17, "17")], ids=["text first", "number first"]
)
def test_numbers_are_no_texts_in_any_kind_of_table(kind, first, later):
    """Polars makes texts of them: two customers '17'."""
    made = cs.TransactionLog.of(kind({"customer_id": [first], "at": "2026-01-05", "amount": [1]}))
    with pytest.raises(DataError, match="17 is not '17'"):
        made.append(kind({"customer_id": [later], "at": "2026-01-06", "amount": [1]}))


def test_a_new_text_id_is_found_new_without_joining_all(monkeypatch):
    grown = log([f"c{n}" for n in range(40)]).append(
        pd.DataFrame({"customer_id": ["x"], "at": "2026-01-05", "amount": 1})
    )
    assert len(grown.ids.parts) == 2
    monkeypatch.setattr(ids_by_code, "stacked", lambda *_: pytest.fail("ids were joined"))
    assert grown.ids.find(log(["y"]).ids).tolist() == [-1]


def test_numbers_with_missing_ones_among_them_keep_their_places():
    """Without the missing one the door numbers them in another order."""
    frame = pl.DataFrame({"customer_id": [9, None, 3], "at": "2026-01-05", "amount": [1, 2, 4]})
    made = cs.TransactionLog.of(frame)
    assert made.ids.keys.ids() == [9, 3]
    grown = made.append(frame)
    assert len(grown.ids) == 2
    assert dict(grown.summary(as_of="2026-01-31")[["customer_id", "T"]].rows()) == {9: 26, 3: 26}
    assert grown.rows.code.tolist() == [0, 1, 0, 1]
