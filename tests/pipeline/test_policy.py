import subprocess
import sys
import time
import timeit

import pytest

import custseg as cs
from custseg.errors import ConfigError, MissingColumnError

POLICY = cs.Pipeline(
    tier=cs.tiering.TierPlan(cs.tiering.Thresholds((100.0, 1000.0))), scorecard=None
).fit(
    transactions=[{"customer_id": "x", "paid_at": "2026-06-01", "amount": 10.0}],
    as_of="2026-06-30",
)
ROW = {"customer_id": "C-17", "recency_days": 31, "frequency": 4, "revenue": 2100.0}


def test_one_record_is_decided_as_a_table_would_be():
    said = POLICY.one(ROW)
    assert (said["lifecycle"], said["tier"], said["service"]) == ("active", "high", "vip_service")
    assert ROW.keys().isdisjoint({"tier"})


def test_one_record_takes_microseconds():
    runs = timeit.repeat(lambda: POLICY.one(ROW), timer=time.process_time, number=200, repeat=5)
    assert min(runs) / 200 < 100e-6


def test_one_record_loads_no_dataframe_library():
    code = f"""
import json, sys
import custseg as cs
policy = cs.load({cs.dump(POLICY)!r})
assert policy.one({ROW!r})["tier"] == "high"
frames = {{"pandas", "polars", "pyarrow", "narwhals", "duckdb"}}
loaded = frames.intersection(sys.modules)
assert not loaded, loaded
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_explanations_hide_values_until_asked():
    said = POLICY.explain(ROW, actor="crm")
    assert "2,100" not in said.text()
    assert "2100" not in str(said.as_dict())
    assert "2,100" in said.text(values=True)
    assert "高级客户" in said.text("zh")
    assert said.stamp.actor == "crm"
    assert said.stamp.policy_hash == POLICY.hash


def test_the_hash_follows_every_number():
    other = cs.load({**cs.dump(POLICY), "tier": None})
    assert other.hash != POLICY.hash


def test_a_missing_key_is_named():
    with pytest.raises(MissingColumnError, match="Did you mean 'revenu'"):
        POLICY.one({"customer_id": 1, "recency_days": 3, "frequency": 1, "revenu": 3})


def test_a_policy_that_decides_nothing_is_refused():
    with pytest.raises(ConfigError, match="at least one"):
        cs.Policy().require()
