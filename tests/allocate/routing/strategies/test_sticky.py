"""The hash: by a column or by the lead, whatever the type of the id."""

import numpy as np

from custseg.allocate import Hash, Router, StickyHash

AT = "2026-06-30T09:00"
TEAM = [{"rep_id": name, "weight": 1} for name in "abcdefgh"]


def test_a_lead_without_the_column_goes_by_its_own_id():
    leads = [{"lead_id": i, "account": None} for i in range(200)]
    batch = Router(StickyHash("account")).route_all(leads, TEAM, at=AT)
    assert min(batch.given.values()) > 0


def test_a_number_and_its_text_are_one_customer():
    leads = [{"lead_id": 1, "account": 7}, {"lead_id": 2, "account": 7}]
    mixed = [{"lead_id": 1, "account": "7"}, {"lead_id": 2, "account": "7"}]
    owners = {
        row["owner"]
        for some in (leads, mixed)
        for row in Router(StickyHash("account")).route_all(some, TEAM, at=AT).table
    }
    assert len(owners) == 1


def test_without_weight_nobody_is_asked():
    team = [{"rep_id": "a", "weight": 0}, {"rep_id": "b", "weight": 1}]
    leads = [{"lead_id": i} for i in range(20)]
    batch = Router(StickyHash(weight="weight")).route_all(leads, team, at=AT)
    assert batch.given == {"a": 0, "b": 20}


def test_the_hash_does_not_change_with_the_release():
    owners = [Router(StickyHash()).route({"lead_id": i}, TEAM, at=AT).rep_id for i in range(8)]
    assert "".join(owners) == "edhdcedb"


def test_it_agrees_with_a_plan_by_hash():
    accounts, most = [f"A{i}" for i in range(300)], [300, 600, 900]
    team = [{"rep_id": name, "places": places} for name, places in zip("xyz", most, strict=True)]
    hi = np.array(most)
    plan = Hash().place(np.zeros((300, 3)), hi * 0, hi, ids=(accounts, list("xyz")))
    leads = [{"lead_id": i, "account": name} for i, name in enumerate(accounts)]
    batch = Router(StickyHash("account", weight="places")).route_all(leads, team, at=AT)
    assert [row["owner"] for row in batch.table] == ["xyz"[rep] for rep in plan]
