"""By what a plan can be told from every other."""

import pytest

from custseg.allocate import Allocation, Match

PEOPLE = [{"customer_id": "a", "region": "n"}, {"customer_id": "b", "region": None}]
TEAM = [{"rep_id": "R1", "region": "n", "capacity": 2}]
SPEC = Allocation(wishes=[Match("region")])
HASH = SPEC.assign(PEOPLE, TEAM).hash


def test_the_same_content_has_the_same_hash_in_any_order():
    assert SPEC.assign(PEOPLE[::-1], TEAM).hash == HASH
    assert len(HASH) == 16


@pytest.mark.parametrize(
    ("people", "team", "spec"),
    [
        ([{**PEOPLE[0], "region": "s"}, PEOPLE[1]], TEAM, SPEC),
        ([{**PEOPLE[0], "customer_id": "c"}, PEOPLE[1]], TEAM, SPEC),
        (PEOPLE, [{**TEAM[0], "capacity": 3}], SPEC),
        (PEOPLE, [{**TEAM[0], "rep_id": "R2"}], SPEC),
        (PEOPLE, TEAM, Allocation(wishes=[Match("region", code="same_territory")])),
    ],
)
def test_any_difference_that_counts_is_seen(people, team, spec):
    assert spec.assign(people, team).hash != HASH


def test_a_column_that_is_not_read_does_not_count():
    assert SPEC.assign([{**row, "note": "x"} for row in PEOPLE], TEAM).hash == HASH


def test_ids_keep_their_type():
    numbers = [{"customer_id": i, "region": "n"} for i in range(2)]
    texts = [{"customer_id": str(i), "region": "n"} for i in range(2)]
    assert SPEC.assign(numbers, TEAM).hash != SPEC.assign(texts, TEAM).hash
