import custseg as cs

PEOPLE = [
    {"customer_id": "a", "referrer": None, "created_at": "2026-01-01"},
    {"customer_id": "b", "referrer": "a", "created_at": "2026-01-02"},
    {"customer_id": "c", "referrer": "a", "created_at": "2026-02-02"},
    {"customer_id": "d", "referrer": "d", "created_at": "2026-01-02"},
    {"customer_id": "e", "referrer": "unknown", "created_at": None},
    {"customer_id": "f", "referrer": "b", "created_at": None},
]


def referrals(people, **more):
    return [row["referrals"] for row in cs.profile(people, as_of="2026-01-31", **more)]


def test_others_who_had_joined_are_counted():
    assert referrals(PEOPLE) == [1, 1, 0, 0, 0, 0]


def test_the_order_of_customers_does_not_matter():
    assert referrals(PEOPLE[::-1]) == [0, 0, 0, 0, 1, 1]


def test_without_a_column_nothing_is_known():
    assert referrals([{"customer_id": "a"}]) == [None]


def test_nobody_referred_is_evidence_of_none():
    assert referrals([{"customer_id": "a", "referrer": None}]) == [0]
