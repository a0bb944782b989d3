from functools import cache
from itertools import pairwise

import pytest

import custseg as cs
from custseg.datasets import Crm

TYPED = ("name", "phone", "email", "city", "province", "industry", "territory")


@cache
def crm(**options: object) -> Crm:
    return cs.datasets.crm(4_000, seed=11, **options)


@pytest.mark.parametrize("errors", [0.05, 0.14, 0.3])
def test_errors_is_about_the_share_of_wrong_fields(errors: float) -> None:
    first = [row["errors"] for row in crm(errors=errors).truth if row["original"]]
    wrong = sum(code.split(".")[0] in TYPED for codes in first for code in codes.split(";") if code)
    assert wrong / (len(first) * len(TYPED)) == pytest.approx(errors, rel=0.25)


def test_repeated_records_are_worse() -> None:
    count = {True: [0, 0], False: [0, 0]}
    for row in crm().truth:
        count[row["original"]][0] += len(row["errors"].split(";")) if row["errors"] else 0
        count[row["original"]][1] += 1
    assert count[False][0] / count[False][1] > 1.5 * count[True][0] / count[True][1]


def test_duplicates_come_from_elsewhere_and_later() -> None:
    made = {row["customer_id"]: row["created_at"] for row in crm().customers}
    for row in crm().truth:
        assert made[row["customer_id"]] >= made["C" + row["entity_id"][1:]]


def test_who_is_referred_has_a_referrer_known_before() -> None:
    made = {row["customer_id"]: row["created_at"] for row in crm().customers}
    referred = [row for row in crm().customers if row["referrer"]]
    assert len(referred) > 300
    for row in referred:
        assert row["source"] == "referral"
        assert made[row["referrer"]] <= row["created_at"]
        assert row["referrer"] != row["customer_id"]


def test_owners_are_reps_most_often_the_right_ones() -> None:
    reps = {row["rep_id"] for row in crm().reps}
    owned = [
        (row["owner"], known["best_rep"])
        for row, known in zip(crm().customers, crm().truth, strict=True)
        if row["owner"]
    ]
    assert {owner for owner, _ in owned} <= reps
    assert 0.65 < len(owned) / 4_000 < 0.85
    assert 0.5 < sum(owner == best for owner, best in owned) / len(owned) < 0.95


def test_ids_count_up() -> None:
    ids = [row["customer_id"] for row in crm().customers]
    assert ids[0] == "C0000001"
    assert all(int(b[1:]) - int(a[1:]) == 1 for a, b in pairwise(ids))


def test_vips_are_of_high_value() -> None:
    tiers = {
        known["tier"] for row, known in zip(crm().customers, crm().truth, strict=True) if row["vip"]
    }
    assert tiers == {"high"}


def test_flags_are_flags() -> None:
    for row in crm().customers:
        assert row["consent"] in {True, False, None}
        assert row["do_not_contact"] in {True, False}
