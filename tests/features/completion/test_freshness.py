import numpy as np
import pytest

from custseg import frames
from custseg.features import Completeness
from custseg.features.completion.freshness import Freshness

DAY = 20_514.0  # 2026-03-02


@pytest.mark.parametrize(
    ("seen", "share"),
    [
        ("2026-03-02", 1.0),
        ("2026-02-20", 0.5),
        ("2026-02-10T23:00", 0.25),
        ("2026-03-09", 1.0),  # said later: as good as that day
        (None, 0.7),
        ("soon", 0.7),
    ],
)
def test_a_value_counts_half_after_its_half_life(seen, share):
    people = frames.table([{"seen": seen}])
    assert Freshness("seen", 10, 0.7).of(people, np.array([DAY])).tolist() == [share]


def test_a_row_without_a_day_to_look_at_it_has_no_age():
    people = frames.table([{"seen": "2026-03-02"}])
    assert Freshness("seen", 10, 0.7).of(people, np.array([np.nan])).tolist() == [0.7]


def test_of_no_rows_no_day_is_needed():
    assert Completeness({"phone": 1}, half_lives={"phone": 9}).apply([]) == []
