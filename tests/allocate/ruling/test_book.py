"""Books of rules: which rule holds of whom, and whom it means."""

import json
import sqlite3
from datetime import UTC, date, datetime

import duckdb
import polars as pl
import pytest

import custseg as cs
from custseg.allocate import Fallback, RegionTree, Rule, RuleBook, Same, To
from custseg.errors import ConfigError, DataError
from custseg.frames import crossings, table
from custseg.rules import F

POOL = Fallback(pool="public")
TEAM = [
    {"rep_id": "R1", "region": "north", "seniority": 5, "team": "A", "languages": "zh;en"},
    {"rep_id": "R2", "region": "south", "seniority": 1, "team": "B", "languages": "en"},
    {"rep_id": "R3", "region": "south", "seniority": 4, "team": "B", "languages": None},
]


def decided(book, people, team=TEAM, as_of=None):
    """For each customer the name, who is allowed, and the pool."""
    cols = table(people).read(book.needs)
    wanted = dict(book.rep_needs)
    leave = {n: "day" for n in (book.leave_from, book.leave_until) if n in team[0]}
    reps = table(team).read({**wanted, **leave})
    found = book.ruled(cols, reps, as_of=as_of, size=len(people))
    ids = [rep["rep_id"] for rep in team]
    return [
        (found.names[at], [i for i, may in zip(ids, row, strict=True) if may], found.pool[at])
        for at, row in zip(found.at.tolist(), found.allowed().tolist(), strict=True)
    ]


def test_the_first_rule_that_holds_decides():
    book = RuleBook(
        [
            Rule("key", F("tier") == "high", to=F("seniority") >= 4),
            Rule("home", to=Same("region")),
        ],
        POOL,
    )
    people = [
        {"tier": "high", "region": "north"},
        {"tier": "low", "region": "south"},
        {"tier": None, "region": "west"},
        {"tier": None, "region": None},
    ]
    assert decided(book, people) == [
        ("key", ["R1", "R3"], None),
        ("home", ["R2", "R3"], None),
        ("fallback", [], "public"),
        ("fallback", [], "public"),
    ]


def test_all_that_is_said_of_a_target_must_hold():
    to = To(team="B", where=F("seniority") >= 4, same=Same("language", "languages", separator=";"))
    book = RuleBook([Rule("both", to=to), Rule("team", to=To(team="B"))], POOL)
    team = [{**rep, "languages": "en"} for rep in TEAM]
    assert decided(book, [{"language": "en"}], team) == [("both", ["R3"], None)]
    assert decided(book, [{"language": "fr"}], team) == [("fallback", [], "public")]


def test_all_rules_that_hold_allow_together():
    book = RuleBook(
        [Rule("a", F("x") > 0, to="R1"), Rule("b", F("x") > 1, to="R2"), Rule("c", F("x") > 9)],
        POOL,
        match="all",
    )
    assert decided(book, [{"x": 2}, {"x": 1}, {"x": 0}, {"x": None}]) == [
        ("a + b", ["R1", "R2"], None),
        ("a", ["R1"], None),
        ("fallback", [], "public"),
        ("fallback", [], "public"),
    ]


def test_of_several_rules_a_pool_takes_who_has_nobody_else():
    rules = [Rule("gone", F("x") > 0, to="R9"), Rule("sea", F("x") > 1, to=To(pool="sea"))]
    book = RuleBook(rules, POOL, match="all")
    assert decided(book, [{"x": 2}, {"x": 1}]) == [
        ("gone + sea", [], "sea"),
        ("fallback", [], "public"),
    ]


def test_a_rule_for_a_region_holds_for_what_lies_in_it_unless_a_finer_one_is_earlier():
    tree = RegionTree("region", {"上海": "华东", "江苏": "华东", "华东": "全国"})
    rules = [Rule("沪", F("region") == "上海", to="R1"), Rule("东", F("region") == "华东", to="R2")]
    people = [{"region": r} for r in ("上海", "江苏", "华东", "全国", "广东")]
    names = [name for name, *_ in decided(RuleBook(rules, POOL, trees=tree), people)]
    assert names == ["沪", "东", "东", "fallback", "fallback"]


def test_who_covers_a_region_covers_what_lies_in_it():
    tree = RegionTree("region", china=True)
    team = [{"rep_id": "R1", "region": "华东"}, {"rep_id": "R2", "region": "上海;广东"}]
    book = RuleBook([Rule("home", to=Same("region", separator=";"))], POOL, trees=tree)
    people = [{"region": r} for r in ("上海市浦东新区", "江苏昆山", "深圳", "四川")]
    assert [who for _, who, _ in decided(book, people, team)] == [["R1", "R2"], ["R1"], ["R2"], []]


def test_a_rule_holds_from_its_first_day_to_its_last():
    rule = Rule("fair", to="R1", since="2026-05-01", until=date(2026, 5, 3))
    book = RuleBook([rule], Fallback(reps="R2"))
    first = date(2026, 5, 1).toordinal() - date(1970, 1, 1).toordinal()
    found = [decided(book, [{}], as_of=float(first + n))[0][1] for n in (-1, 0, 2, 3)]
    assert found == [["R2"], ["R1"], ["R1"], ["R2"]]
    with pytest.raises(ConfigError, match="give as_of"):
        decided(book, [{}])


def test_the_fallback_stands_in_where_everybody_named_is_away_or_unknown():
    team = [
        {**rep, "on_leave_from": date(2026, 5, 1) if rep["rep_id"] == "R1" else None}
        for rep in TEAM
    ]
    rules = [Rule("away", F("x") == 1, to="R1"), Rule("gone", F("x") == 2, to="R7")]
    book = RuleBook(
        [*rules, Rule("one of two", F("x") == 3, to=To(reps=["R1", "R2"]))], Fallback(team="B")
    )
    day = float(date(2026, 5, 9).toordinal() - date(1970, 1, 1).toordinal())
    people = [{"x": 1}, {"x": 2}, {"x": 3}]
    assert decided(book, people, team, day) == [
        ("fallback", ["R2", "R3"], None),
        ("fallback", ["R2", "R3"], None),
        ("one of two", ["R1", "R2"], None),
    ]
    assert decided(book, people, team)[0] == ("away", ["R1"], None)


DATED = RuleBook(
    [
        Rule("old", to="R2", until="2025-12-31"),
        Rule("dear", F("revenue") >= 100, to=F("seniority") >= 3, since=date(2026, 1, 1)),
        Rule("home", to=Same("region")),
    ],
    POOL,
)


def test_a_book_with_days_keeps_the_laws():
    assert {"one record", "document", "targets"} < set(cs.checks.check(DATED))


def test_a_book_is_plain_data():
    written = cs.dump(DATED)
    assert written["rules"][1]["since"] == "2026-01-01"
    assert cs.load(json.dumps(written)) == DATED
    short = {"kind": "rule-book", "rules": [{"name": "a", "to": "R1"}], "fallback": {"pool": "p"}}
    assert cs.load(short) == RuleBook([Rule("a", to="R1")], Fallback(pool="p"))


def test_explanations_say_what_is_wanting():
    rules = [
        Rule("far", F("region") == "华东", to="R1"),
        Rule("big", (F("x") > 1) & (F("y") > 1), to="R1"),
        Rule("gone", until="2025-12-31", to="R1"),
        Rule("here", F("x") > 0, to="R9"),
    ]
    book = RuleBook(rules, POOL, trees=RegionTree("region", {"上海": "华东"}))
    why = book.explain({"region": "广东", "x": 1, "y": None}, as_of="2026-06-30")
    assert why.text().splitlines() == [
        "rule: here",
        "  - rule 4 of 4",
        "  - x is above 0",
        "  far: not so: region lies in 华东",
        "  big: not so: x is above 1",
        "  gone: not in force on this day",
    ]
    assert "位于" in book.explain({"region": "上海", "x": 1, "y": 2}, as_of="2026-06-30").text("zh")
    unknown = book.explain({"region": None, "x": 5, "y": None}, as_of="2026-06-30")
    assert [p.reason.code for p in unknown.passed[:2]] == ["test.missing", "test.missing"]
    nobody = book.explain({"region": "广东", "x": 1, "y": None}, TEAM, as_of="2026-06-30")
    assert nobody.decision == {"rule": "fallback", "rule_to": "public"}
    assert nobody.passed[-1].rule == "here"
    json.dumps(nobody.as_dict())
    assert "fallback" in nobody._repr_html_()


def test_a_query_says_what_a_table_says():
    tree = RegionTree("region", {"上海": "华东"})
    book = RuleBook([Rule("东", F("region") == "华东", to="R1")], POOL, trees=tree)
    people = pl.DataFrame({"region": ["上海", "华东", "广东", None]})
    lazy = book.apply(people.lazy())
    assert isinstance(lazy, pl.LazyFrame)
    assert lazy.collect()["rule"].to_list() == book.apply(people)["rule"].to_list()
    assert "CASE" in book.to_sql()
    with pytest.raises(ConfigError, match="is a query"):
        RuleBook([], POOL, trees=RegionTree("region", china=True)).to_sql()


MANY = [
    Rule("it's", F("region") == "N", to="R1"),
    Rule("big", F("size") >= 3, to=["R2", "R3"]),
    Rule("either", F("region").one_of("N", "S") | (F("size") > 9), to="R1"),
    Rule("dated", F("size") < 2, to=To(team="a", same="region"), until="2025-01-01"),
    Rule("empty", F("region").is_missing(), to="R1"),
]
PEOPLE = [
    {"region": region, "size": size, "rule": "old"}
    for region in ("N", "S", "E", "", None)
    for size in (None, 1.0, 3.0, 12.0, float("nan"))
]


@pytest.mark.parametrize("rules", [MANY, MANY[:1], []], ids=["many", "one", "none"])
def test_all_rules_that_hold_are_sql_too(rules):
    book = RuleBook(rules, POOL, match="all", column="found")
    people = pl.DataFrame(PEOPLE, schema={"region": pl.String, "size": pl.Float64})
    said = book.apply(people, as_of="2026-06-30").to_dicts()
    con = duckdb.connect()
    con.register("customers", people.to_arrow())
    ran = con.sql(book.to_sql(as_of="2026-06-30")).pl().to_dicts()
    assert [(row["found"], row["found_to"]) for row in ran] == [
        (row["found"], row["found_to"]) for row in said
    ]
    lite = sqlite3.connect(":memory:")
    lite.execute("CREATE TABLE customers (region TEXT, size REAL)")
    rows = [(row["region"], row["size"]) for row in PEOPLE]  # SQLite holds NaN as nothing
    lite.executemany("INSERT INTO customers VALUES (?, ?)", rows)
    query = book.to_sql(as_of="2026-06-30", dialect="sqlite")
    assert [row[-2:] for row in lite.execute(query)] == [
        (row["found"], row["found_to"]) for row in said
    ]


@pytest.mark.parametrize("match", ["first", "all"])
@pytest.mark.parametrize("reps", [None, TEAM], ids=["alone", "team"])
def test_lazy_tables_get_their_rules_where_they_are(match, reps):
    book = RuleBook(MANY, POOL, match=match)
    eager = pl.DataFrame(PEOPLE, schema_overrides={"size": pl.Float64})
    said = book.apply(eager, reps, as_of="2026-06-30")
    for lazy in (eager.lazy(), duckdb.connect().from_arrow(eager.to_arrow())):
        with crossings() as account:
            found = book.apply(lazy, reps, as_of="2026-06-30")
            assert type(found) is type(lazy)
            ran = found.collect() if isinstance(found, pl.LazyFrame) else found.pl()
        assert not [one for one in account if not one.streamed]
        names = ["region", "rule", "rule_to"]
        texts = [ran.select(pl.col(names).cast(pl.String)), said.select(names)]
        assert texts[0].rows() == texts[1].rows()


def test_what_is_no_rule_is_refused():
    with pytest.raises(ConfigError, match="needs a name"):
        Rule("", to="R1")
    with pytest.raises(ConfigError, match="is before the first"):
        Rule("a", to="R1", since="2026-02-01", until="2026-01-01")
    with pytest.raises(ConfigError, match="stands alone"):
        To(pool="p", team="a")
    with pytest.raises(ConfigError, match="everybody else"):
        Fallback()
    with pytest.raises(ConfigError, match="two trees"):
        RuleBook([], POOL, trees=[RegionTree("a"), RegionTree(["b", "a"])])
    with pytest.raises(ConfigError, match="lies in itself"):
        RegionTree("a", {"x": "y", "y": "x"})
    with pytest.raises(ConfigError, match="read as"):
        RuleBook([Rule("a", F("x") > 1, to=Same("x"))], POOL)


def test_ids_are_read_as_tables_are():
    assert Rule("a", to=7).to == To(reps=7) == To(reps=["7"]) == To(reps=[7.0])
    for wrong in (None, "", True, ["a"]):
        with pytest.raises(ConfigError, match="needs ids"):
            To(reps=[wrong])


def test_representatives_have_one_id_each_and_their_order_does_not_matter():
    book = RuleBook([Rule("all")], POOL)
    assert book.apply([{}], TEAM[::-1])[0]["rule_to"] == "R1;R2;R3"
    for wrong in ([{"rep_id": None}], [{"rep_id": "R1"}, {"rep_id": "R1"}]):
        with pytest.raises(DataError, match="rep_id"):
            book.apply([{}], wrong)


def test_moments_bound_a_rule_by_their_days():
    nine = datetime(2026, 1, 1, 9, tzinfo=UTC)
    rule = Rule("a", to="R1", since=nine, until=date(2026, 1, 1))
    assert (rule.since, rule.until) == (date(2026, 1, 1), date(2026, 1, 1))


def test_an_explanation_is_plain_data_also_of_days_and_says_which_field_is_missing():
    book = RuleBook(
        [
            Rule("late", F("last") >= date(2026, 1, 1), to="R1"),
            Rule("grown", F("x") > 2 * F("y"), to="R1"),
        ],
        POOL,
    )
    why = book.explain({"last": date(2025, 1, 1), "x": 1, "y": None})
    assert json.loads(json.dumps(why.as_dict()))["passed"][1]["reason"]["settings"] == {
        "field": "y"
    }
    assert "2026-01-01" in why.text("zh")
    held = book.explain({"last": date(2026, 1, 1), "x": 1, "y": None})
    assert json.loads(json.dumps(held.as_dict()))["reasons"][1]["settings"]["value"] == "2026-01-01"


def test_what_is_of_another_kind_is_refused_in_words():
    wrong = [
        (lambda: Rule("a", "tier", to="R1"), "needs a condition"),
        (lambda: Rule("a", True), "needs a condition"),
        (lambda: Rule(3), "needs a name"),
        (lambda: To(where="x"), "needs a condition"),
        (lambda: RuleBook([{"name": "a"}], POOL), "needs rules"),
        (lambda: RuleBook([], "public"), "needs a Fallback"),
        (lambda: RuleBook([], POOL, match="frist"), "'first' or 'all'"),
    ]
    for make, said in wrong:
        with pytest.raises(ConfigError, match=said):
            make()


def test_one_rule_is_a_book():
    assert RuleBook(Rule("a"), POOL) == RuleBook([Rule("a")], POOL)
