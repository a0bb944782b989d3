"""``custseg rules``: lint and coverage of a book, and the rule of each customer."""

import json

import pytest

import custseg as cs
from custseg.cli import main

PEOPLE = "customer_id,area_code,revenue\n007,010,900\n008,010,50\n009,021,\n"
TEAM = "rep_id,team,area_code,on_leave_from\n01,a,010,\n02,b,021,2026-05-01\n"
BOOK = """
fallback = { pool = "public" }

[[rules]]
name = "big"
when = { field = "revenue", op = ">=", value = 100 }
to = { team = ["a"] }

[[rules]]
name = "home"
to = { same = ["area_code"] }
"""


@pytest.fixture
def files(tmp_path):
    for name, text in {"people.csv": PEOPLE, "team.csv": TEAM, "book.toml": BOOK}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(files, *options, reps=True):
    paths = ["book.toml", "people.csv", *(["team.csv"] if reps else [])]
    return main(["rules", *(str(files / path) for path in paths), *options])


def test_each_customer_has_its_rule_and_words_keep_their_zeros(files, capsys):
    assert run(files, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["coverage"]["by_rule"] == {"big": 1, "home": 2}
    assert said["lint"]["findings"] == []
    rows = cs.io.read_table(said["written"]["customers"], text=["customer_id", "rule_to"])
    assert rows["rule"].tolist() == ["big", "home", "home"]
    assert rows["rule_to"].tolist() == ["01", "01", "02"]
    assert "Book of rules" in (files / "people-rules" / "rules.html").read_text(encoding="utf-8")


def test_who_is_on_leave_is_not_there(files, capsys):
    assert run(files, "--as-of", "2026-06-30", "--lang", "zh") == 0
    said = capsys.readouterr().out
    assert "规则成立但所指人员均不在：1" in said
    assert "规则簿" in (files / "people-rules" / "rules.html").read_text(encoding="utf-8")


def test_without_representatives_the_targets_are_told(files, capsys):
    assert run(files, reps=False) == 0
    assert "2 rules, nothing wrong" in capsys.readouterr().out
    assert "team a" in (files / "people-rules" / "customers.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules = []", "fallback"),
        ("kind = 'greedy'", "a book of rules is needed"),
        ("[", "cannot read"),
    ],
)
def test_what_is_no_book_is_refused(files, capsys, text, said):
    (files / "book.toml").write_text(text, encoding="utf-8")
    assert run(files) == 2
    assert said in capsys.readouterr().err
