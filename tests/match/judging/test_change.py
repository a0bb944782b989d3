"""Two runs compared record by record."""

import pandas as pd
import pytest

from custseg.errors import DataError
from custseg.match import compare_runs

FIRST = pd.DataFrame({"id": list("abcdefg"), "entity_id": [1, 1, 2, 3, 4, 4, 5]})


def test_each_fate_is_told() -> None:
    # a, b part; c and d join; e leaves f for g; f stays alone.
    second = pd.DataFrame({"id": list("abcdefg"), "entity_id": [1, 9, 2, 2, 7, 4, 7]})
    change = compare_runs(FIRST, second)
    told = dict(zip("abcdefg", change.table()["change"], strict=True))
    assert told == {
        "a": "split",
        "b": "split",
        "c": "joined",
        "d": "joined",
        "e": "mixed",
        "f": "split",
        "g": "joined",
    }


def test_names_and_order_of_the_customers_do_not_matter() -> None:
    second = FIRST.sample(frac=1, random_state=1).assign(entity_id=lambda t: t["entity_id"] * 7)
    assert compare_runs(FIRST, second).as_dict()["same"] == 7


def test_records_of_one_run_only_are_counted() -> None:
    second = pd.DataFrame({"id": ["a", "b", "x"], "entity_id": [1, 1, 2]})
    change = compare_runs(FIRST, second)
    assert (change.as_dict()["gone"], change.as_dict()["new"]) == (5, 1)
    assert "records only in the first run: 5" in change.text()
    assert "仅第一次运行有的记录: 5" in change.text("zh")


def test_records_must_be_told_apart() -> None:
    with pytest.raises(DataError, match="record by record"):
        compare_runs([{"entity_id": 1}], [{"entity_id": 1}])
    with pytest.raises(DataError, match="bear an id"):
        compare_runs([{"id": 1, "entity_id": 1}] * 2, [{"id": 1, "entity_id": 1}])
    with pytest.raises(DataError, match="lack an id"):
        compare_runs([{"id": None, "entity_id": 1}], [{"id": 1, "entity_id": 1}])
