import json

import pytest

import custseg as cs
from custseg.cli import main

PEOPLE = """customer_id,owner,received_at,last_follow_up,won,tier,revenue
007,01,2026-05-01,2026-06-10,0,low,10.5
008,01,2026-06-01,2026-06-17,0,low,2
009,02,2026-06-01,,0,high,
010,02,2026-01-01,,1,low,7
011,,,,0,low,1
"""
RULES = """
name = "公海"
remind_before = 3
[[clocks]]
kind = "no-follow-up"
days = 14
levels = { high = 40 }
"""
SEVERAL = """
columns = { previous_owner = "former" }
[[pools]]
name = "key"
when = { field = "tier", op = "==", value = "high" }
[[pools.clocks]]
kind = "no-deal"
days = 20
[[pools]]
name = "rest"
[[pools.clocks]]
kind = "no-follow-up"
days = 90
"""


@pytest.fixture
def files(tmp_path):
    made = {"people.csv": PEOPLE, "pool.toml": RULES, "several.toml": SEVERAL}
    for name, text in made.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(files, *options, rules="pool.toml"):
    asked = ["pool", str(files / "people.csv"), "--rules", str(files / rules)]
    return main([*asked, "--as-of", "2026-06-30", *options])


def test_what_returns_who_is_reminded_and_what_will_return_are_written(files, capsys):
    assert run(files, "--value", "revenue", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    tables = {"customers", "recycled", "events", "reminders", "forecast"}
    assert set(said["written"]) == {*tables, "data", "page"}
    read = {name: cs.io.read_table(said["written"][name], text=["customer_id"]) for name in tables}
    assert read["recycled"]["customer_id"].tolist() == ["007"]
    assert read["reminders"]["customer_id"].tolist() == ["008"]
    assert read["events"]["why"].tolist() == ["no_follow_up"]
    assert read["forecast"].to_numpy().tolist() == [
        ["2026-06-30", "no_follow_up", 1],
        ["2026-07-02", "no_follow_up", 1],
        ["2026-07-12", "no_follow_up", 1],
    ]
    assert said["forecast"]["by_rep"]["01"] == {"customers": 2, "value": 12.5, "value_unknown": 0}
    assert said["counts"]["exempt"] == {"won": 1}
    assert (files / "people-pool" / "pool.html").is_file()


def test_tables_without_rows_are_not_written(files, capsys):
    assert run(files, "--days", "0", "--json", rules="several.toml") == 0
    said = json.loads(capsys.readouterr().out)
    assert {"reminders"}.isdisjoint(said["written"])
    rows = cs.io.read_table(said["written"]["recycled"], text=["customer_id"])
    assert rows[["customer_id", "pool"]].to_numpy().tolist() == [["009", "key"]]


def test_follow_ups_one_by_one_and_other_rules_beside_these(files, capsys):
    (files / "calls.csv").write_text("customer_id,at\n007,2026-06-29\n")
    options = ("--activities", str(files / "calls.csv"), "--changed", str(files / "several.toml"))
    assert run(files, *options, "--lang", "zh") == 0
    said = capsys.readouterr().out
    assert "0 位客户回收进公海" in said
    assert "改用另一规则" in said


@pytest.mark.parametrize(
    ("rules", "options", "told"),
    [
        ("kind = 'greedy'", (), "a pool or pools are needed"),
        ("[", (), "cannot read"),
        ("clocks = 3", (), "clocks"),
        (RULES, ("--days", "-1"), "days: must be 0 or more days, got -1"),
        (RULES, ("--value", "worth"), "worth"),
        (RULES, ("--as-of", "soon"), "--as-of: needs a day"),
    ],
)
def test_what_is_wrong_is_refused(files, capsys, rules, options, told):
    (files / "pool.toml").write_text(rules, encoding="utf-8")
    assert run(files, *options) == 2
    assert told in capsys.readouterr().err
