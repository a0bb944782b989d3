import pandas as pd
import pytest

import custseg as cs
from custseg import frames
from custseg.errors import ConfigError, MissingColumnError
from custseg.features import Completeness
from custseg.features.completeness import usual_check


def share(record, **more):
    return cs.profile([{"customer_id": "a", **record}], as_of="2026-01-31", **more)[0][
        "completeness"
    ]


def test_own_columns_count_the_same():
    assert share({"name": "Li", "city": None, "age": 0, "note": "n/a"}) == 0.5


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("email", "li@shop.cn", "li@"),
        ("work_mobile", "13916853042", "123"),
        ("phone", 13916853042, 123),
        ("name", "李雷", "暂无"),
    ],
)
def test_a_value_has_to_be_valid(column, good, bad):
    assert (share({column: good}), share({column: bad})) == (1.0, 0.0)


def test_weights_choose_and_weigh_columns():
    card = Completeness({"email": 3, "city": 1, "fax": 0})
    assert share({"email": None, "city": "x", "name": "y"}, completeness=card) == 0.25
    with pytest.raises(MissingColumnError, match="Did you mean 'city'"):
        share({"city": "x"}, completeness=Completeness({"citi": 1}))


def test_nobody_knows_anything_of_a_customer_without_columns():
    assert share({}) == 0.0


@pytest.mark.parametrize("weights", [{"a": -1}, {"a": 0}, {"a": float("nan")}])
def test_weights_that_cannot_be_are_refused(weights):
    with pytest.raises(ConfigError, match="weights"):
        Completeness(weights)


def test_a_check_follows_from_a_name_or_is_given():
    assert [usual_check(c) for c in ("E-Mail", "home_tel", "hotel")] == ["email", "phone", "filled"]
    by_hand = Completeness({"contact": 1}, {"contact": "email"})
    assert share({"contact": "li@"}, completeness=by_hand) == 0.0


def test_frames_of_numbers_dates_and_flags_are_filled_or_not():
    people = pd.DataFrame(
        {
            "n": pd.array([1, None], dtype="Int64"),
            "day": pd.to_datetime(["2026-01-01", None]),
            "flag": [True, False],
            "kind": pd.Categorical(["x", None]),
        }
    )
    assert Completeness().of(frames.table(people)).tolist() == [1.0, 0.25]
