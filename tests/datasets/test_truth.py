"""The truth agrees with the tables, by construction."""

import datetime as dt
from collections import defaultdict
from functools import cache

import pytest

import custseg as cs
from custseg.datasets import Crm
from custseg.datasets.buying import PATIENCE_DAYS, PATIENCE_GAPS
from custseg.datasets.staff import staff

END = dt.date(2026, 6, 30)


@cache
def crm(**options: object) -> Crm:
    return cs.datasets.crm(2_500, seed=3, **options)


def by_entity(made: Crm) -> dict[str, list[dict[str, object]]]:
    entity = {row["customer_id"]: row["entity_id"] for row in made.truth}
    found: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in {row["order_id"]: row for row in made.transactions}.values():
        if row["customer_id"] is not None and row["paid_at"].date() <= END:
            found[entity[row["customer_id"]]].append(row)
    return found


def purchases(made: Crm) -> dict[str, list[dt.date]]:
    return {
        who: [row["paid_at"].date() for row in rows if row["amount"] > 0]
        for who, rows in by_entity(made).items()
    }


def test_every_record_has_a_truth() -> None:
    made = crm()
    ids = [row["customer_id"] for row in made.customers]
    assert ids == [row["customer_id"] for row in made.truth]
    assert len(set(ids)) == len(ids) == 2_500


def test_an_entity_is_named_after_its_first_record() -> None:
    first = {row["entity_id"]: row["customer_id"] for row in crm().truth if row["original"]}
    assert all(entity[1:] == customer[1:] for entity, customer in first.items())
    assert {row["entity_id"] for row in crm().truth} == set(first)


def test_records_of_an_entity_share_one_truth() -> None:
    varies = {"customer_id", "original", "errors"}
    seen: dict[str, dict[str, object]] = {}
    for row in crm().truth:
        same = {name: value for name, value in row.items() if name not in varies}
        assert seen.setdefault(row["entity_id"], same) == same


def test_the_share_of_duplicates_is_kept() -> None:
    assert sum(not row["original"] for row in crm().truth) == 200
    assert all(row["original"] for row in crm(duplicates=0.0).truth)


def test_purchases_are_counted_right() -> None:
    bought = purchases(crm())
    for row in crm().truth:
        days = bought.get(row["entity_id"], [])
        assert len(days) == row["purchases"]
        assert max(days, default=None) == row["last_purchase"]


def expected(row: dict[str, object]) -> str:
    if row["last_purchase"] is None:
        return "potential"
    silence = (END - row["last_purchase"]).days
    patience = PATIENCE_GAPS * row["gap_days"] + PATIENCE_DAYS
    if abs(silence - patience) < 0.2:  # gap_days is shown to one place
        return row["lifecycle"]
    return "dormant" if silence > patience else "active"


def test_lifecycle_follows_from_the_purchases_and_the_customers_own_rhythm() -> None:
    for row in crm().truth:
        assert row["lifecycle"] == expected(row)
        assert (row["lifecycle"] == "potential") == (row["alive"] is None)


def test_every_state_and_habit_is_there() -> None:
    assert {row["lifecycle"] for row in crm().truth} == {"potential", "active", "dormant"}
    habits = {row["habit"] for row in crm().truth}
    assert habits == {"none", "once", "weekly", "monthly", "quarterly", "yearly"}
    assert {row["tier"] for row in crm().truth} == {"low", "medium", "high"}


def test_dormant_customers_are_nearly_all_gone() -> None:
    dormant = [row for row in crm().truth if row["lifecycle"] == "dormant"]
    assert sum(row["alive"] is False for row in dormant) > 0.9 * len(dormant)


def test_customers_who_still_buy_spend_what_they_are_worth() -> None:
    since = END - dt.timedelta(365)
    revenue = {
        who: sum(row["amount"] for row in rows if row["paid_at"].date() > since)
        for who, rows in by_entity(crm()).items()
    }
    steady = [
        row
        for row in crm().truth
        if row["original"] and row["alive"] and row["habit"] in {"weekly", "monthly"}
    ]
    spent = sum(revenue.get(row["entity_id"], 0.0) for row in steady)
    worth = sum(row["yearly_value"] for row in steady)
    assert 0.6 < spent / worth < 1.1  # some became known within the year


@pytest.mark.parametrize(
    ("value", "tier"), [(999.99, "low"), (1_000.0, "medium"), (8_000.0, "high")]
)
def test_tiers_are_bands_of_yearly_value(value: float, tier: str) -> None:
    rank = ("low", "medium", "high").index(tier)
    for row in crm().truth:
        if row["yearly_value"] >= value:
            assert ("low", "medium", "high").index(row["tier"]) >= rank


def test_the_best_rep_is_there_and_sells_where_the_customer_is() -> None:
    reps = {row["rep_id"]: row for row in crm().reps}
    for row in crm().truth:
        rep = reps[row["best_rep"]]
        assert rep["territory"] == row["territory"]
        leave = rep["on_leave_from"], rep["on_leave_until"]
        assert leave[0] is None or not leave[0] <= END <= leave[1]


def test_nobody_fits_better_than_the_best_rep() -> None:
    made = crm()
    piece = made._pieces[0]
    team = {rep.rep_id: rep for rep in staff(made.recipe)}
    tiers = [("low", "medium", "high")[i] for i in piece.truth.tier.tolist()]
    for person, tier, best in zip(piece.cell.people, tiers, piece.truth.best_rep, strict=True):
        assert team[best].fit(person, tier, END) == max(
            rep.fit(person, tier, END) for rep in team.values()
        )


def test_errors_named_are_errors_made() -> None:
    true = ("name", "company", "email", "territory")
    for row, known in zip(crm().customers, crm().truth, strict=True):
        wrong = {code.partition(".")[0] for code in known["errors"].split(";") if code}
        for field in true:
            assert (row[field] != known[field]) == (field in wrong)


def test_without_errors_every_field_is_true() -> None:
    made = crm(errors=0.0)
    assert not any(row["errors"] for row in made.truth)
    for row, known in zip(made.customers, made.truth, strict=True):
        assert row["name"] == known["name"]
        assert known["phone"].endswith(row["phone"])
        assert row["city"]
