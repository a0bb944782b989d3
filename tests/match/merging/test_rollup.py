"""Counters and money made anew."""

from decimal import Decimal

import pytest

from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.match import Figure, MaxValue, Merge, MostRecent, account_tree, roll_up
from everykind import KINDS, as_records, as_table

ORDERS = [
    {"customer_id": "a", "amount": 5.0, "day": "2026-01-01", "shop": "x"},
    {"customer_id": "b", "amount": 1.0, "day": "2026-01-02", "shop": "y"},
    {"customer_id": "a", "amount": 7.0, "day": "2026-02-01", "shop": None},
    {"customer_id": "q", "amount": 9.0, "day": "2026-02-01", "shop": "z"},
    {"customer_id": None, "amount": 9.0, "day": None, "shop": None},
]
KIND_OF = {"customer_id": "text", "amount": "number", "day": "text", "shop": "text"}
FIGURES = {
    "orders": Figure(),
    "revenue": Figure("amount"),
    "last": Figure("day", MaxValue()),
    "shop": Figure("shop", MostRecent("day")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_is_counted_and_summed(kind):
    people = as_table(kind, [{"customer_id": c} for c in "bca"], {"customer_id": "text"})
    done = roll_up(people, as_table(kind, ORDERS, KIND_OF), FIGURES)
    assert as_records(done.table) == [
        {"customer_id": "b", "orders": 1, "revenue": 1.0, "last": "2026-01-02", "shop": "y"},
        {"customer_id": "c", "orders": 0, "revenue": None, "last": None, "shop": None},
        {"customer_id": "a", "orders": 2, "revenue": 12.0, "last": "2026-02-01", "shop": "x"},
    ]
    assert done.strangers == 2
    assert done.as_dict() == {"strangers": 2}


def test_exact_money_stays_exact_and_order_does_not_matter():
    rows = [{"customer_id": 1, "amount": Decimal("0.1")}] * 3
    figures = {"revenue": Figure("amount")}
    assert roll_up([{"customer_id": 1}], rows, figures).table[0]["revenue"] == Decimal("0.3")
    floats = [{"customer_id": 1, "amount": x} for x in (0.1, 0.2, 0.3, 1e16, -1e16)]
    one, other = (roll_up([{"customer_id": 1}], r, figures).table for r in (floats, floats[::-1]))
    assert one == other


def test_a_group_of_accounts_is_added_up():
    accounts = [
        {"id": 1, "entity_id": 1, "parent_id": None, "revenue": 10},
        {"id": 2, "entity_id": 2, "parent_id": 1, "revenue": 5},
        {"id": 3, "entity_id": 2, "parent_id": None, "revenue": None},
        {"id": 4, "entity_id": 4, "parent_id": None, "revenue": 1},
    ]
    tree = account_tree(Merge().golden(accounts)).table
    figures = {"group_revenue": Figure("revenue"), "group_size": Figure()}
    done = roll_up(tree, tree, figures, id="group_id", key="group_id").table
    assert [(r["id"], r["group_revenue"], r["group_size"]) for r in done] == [
        (1, 15, 2),
        (2, 15, 2),
        (4, 1, 1),
    ]


def test_what_cannot_be_added_up_is_said():
    people = [{"customer_id": "a"}]
    with pytest.raises(ConfigError, match="nothing to roll up"):
        roll_up(people, ORDERS, {})
    with pytest.raises(DataError, match="not numbers"):
        roll_up(people, ORDERS, {"x": Figure("day")})
    with pytest.raises(MissingColumnError, match="amount"):
        roll_up(people, ORDERS, {"x": Figure("amonut")})
    with pytest.raises(DataError, match="17 is not '17'"):
        roll_up([{"customer_id": 1}], ORDERS, {"x": Figure()})
