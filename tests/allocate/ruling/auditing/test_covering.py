"""How many each rule decides; the combinations that none holds of, by how often they occur."""

import json

import pytest

import everykind
from custseg.allocate import Fallback, RegionTree, Rule, RuleBook, Same
from custseg.rules import F

BOOK = RuleBook(
    [
        Rule("north", F("region") == "N", to="R1"),
        Rule("rich", (F("revenue") > 100) & F("region").is_present(), to="R1"),
        Rule("never", F("region") == "X", to="R1"),
    ],
    Fallback(pool="public"),
)
PEOPLE = [
    {"region": "N", "revenue": 5.0},
    {"region": "S", "revenue": 100.0},
    {"region": "S", "revenue": 7.0},
    {"region": "W", "revenue": 7.0},
    {"region": "S", "revenue": 101.0},
    {"region": None, "revenue": 500.0},
    {"region": None, "revenue": None},
]


def test_every_customer_is_counted_once():
    report = BOOK.coverage(PEOPLE)
    assert report.by_rule == {"north": 1, "rich": 1, "never": 0}
    assert (report.customers, report.unmatched, report.idle) == (7, 5, ("never",))
    assert report.missing == {"region": 2, "revenue": 1}
    assert [(dict(gap.where), gap.customers) for gap in report.gaps] == [
        ({"region": "…", "revenue": "<= 100"}, 3),
        ({"region": "?", "revenue": "?"}, 1),
        ({"region": "?", "revenue": "> 100"}, 1),
    ]
    assert json.loads(json.dumps(report.as_dict()))["unmatched"] == 5


def test_words_of_customers_are_shown_only_when_asked():
    assert "S" not in str(BOOK.coverage(PEOPLE).as_dict())
    shown = BOOK.coverage(PEOPLE, values=True, most=1)
    assert shown.gaps[0].where == {"region": "S", "revenue": "<= 100"}
    assert shown.more == 3
    assert "of further combinations: 3" in shown.text()
    assert "其余组合：3" in shown.text("zh")


@pytest.mark.parametrize("kind", everykind.KINDS)
def test_the_kind_of_table_does_not_matter(kind):
    made = everykind.as_table(kind, PEOPLE, {"region": "text", "revenue": "number"})
    assert BOOK.coverage(made) == BOOK.coverage(PEOPLE[::-1])


def test_rules_whose_representatives_are_not_there_are_gaps_too():
    book = RuleBook([Rule("home", to=Same("region"))], Fallback(pool="public"))
    report = book.coverage(PEOPLE, [{"rep_id": "R1", "region": "N"}], values=True)
    assert (report.unmatched, report.nobody) == (0, 6)
    assert report.gaps[0].where == {"rule": "home", "region": "S"}
    assert "holds, but nobody" in report.text()


def test_no_customers_have_no_share():
    assert RuleBook([], Fallback(pool="public")).coverage([]).share is None


def test_a_place_is_shown_as_the_region_that_rules_name():
    book = RuleBook(
        [
            Rule("a", (F("region") == "上海") & (F("x") > 5), to="R1"),
            Rule("b", F("region") == "北京"),
        ],
        Fallback(pool="public"),
        trees=RegionTree("region", china=True),
    )
    people = [{"region": "上海市浦东新区张江路100号", "x": 1}, {"region": "杭州", "x": 1}]
    places = [dict(gap.where)["region"] for gap in book.coverage(people).gaps]
    assert sorted(places) == ["…", "上海"]
    assert "张江" in book.coverage(people, values=True).text()


def test_what_is_not_listed_is_counted_beside_all_else():
    book = RuleBook([Rule("h", F("r").is_present(), to=Same("r"))], Fallback(pool="public"))
    rows = [{"r": "a"}, {"r": "b"}, {"r": None}]
    told = book.coverage(rows, [{"rep_id": "1", "r": "z"}], values=True, most=1).text()
    assert told.splitlines()[-1] == "    of further combinations: 2"
    assert "no rule holds: 1" in told


def test_words_of_rules_that_no_customer_has_are_told():
    rules = [
        Rule("vip", F("vip") == "true", to="R1"),
        Rule("east", F("region").one_of("华东", "华北"), to="R1"),
        Rule("none", F("vip").is_missing(), to="R1"),
    ]
    book = RuleBook(rules, Fallback(pool="p"), trees=RegionTree("region", china=True))
    rows = [{"vip": "True", "region": "上海"}, {"vip": None, "region": None}]
    report = book.coverage(rows)
    assert report.absent == {"vip": ("true",), "region": ("华北",)}
    assert "no customer has what rules name in vip: true" in report.text()
    assert "没有客户具有的值：华北" in report.text("zh")
    assert not book.coverage(
        [{"vip": True, "region": "北京"}, {"vip": None, "region": "杭州"}]
    ).absent
