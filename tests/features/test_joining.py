import pandas as pd
import pytest

import custseg as cs


@pytest.mark.parametrize(
    ("joined", "days"), [("2026-01-31", 0), ("2025-01-31", 365), ("2026-02-01", None), (None, None)]
)
def test_days_since_a_customer_became_known(joined, days):
    people = [{"customer_id": "a", "created_at": joined}]
    assert cs.profile(people, as_of="2026-01-31")[0]["known_days"] == days


def test_nobody_knows_since_when_without_a_column():
    assert cs.profile([{"customer_id": "a"}], as_of="2026-01-31")[0]["known_days"] is None


def test_days_keep_to_their_customers_in_a_frame():
    people = pd.DataFrame({"customer_id": ["b", "a"], "created_at": ["2026-01-30", "2026-01-01"]})
    assert cs.profile(people, as_of="2026-01-31")["known_days"].tolist() == [1.0, 30.0]
