"""A book of rules with representatives decides as a plain loop over rules and people does."""

import math
from datetime import date, timedelta

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.allocate import Fallback, RegionTree, Rule, RuleBook, Same, To
from custseg.rules import F

TODAY = date(2026, 5, 10)
PARENTS = {"sh": "east", "hz": "zj", "zj": "east", "east": "all", "bj": "all"}
REGIONS = ["sh", "hz", "zj", "east", "bj", "mars", None]
LANGUAGES = ["zh", "en", "zh;en", " fr ; en", ";", None]
near = st.sampled_from([None, *(TODAY + timedelta(days=n) for n in (-1, 0, 1))])
amounts = st.sampled_from([None, 0.0, 9.0, 10.0, math.nextafter(10.0, 0), math.inf, math.nan])

whens = st.sampled_from(
    [
        ("region is", ("east",)),
        ("region is", ("sh", "bj")),
        ("region not", ("zj",)),
        ("x at least", 10.0),
        ("x not below", 10.0),
        ("always", None),
    ]
)
tos = st.sampled_from(
    [
        To(reps=["1"]),
        To(reps=["1", "9"]),
        To(reps="9"),
        To(team="a"),
        To(where=F("level") >= 3),
        To(where=~(F("level") >= 3)),
        To(same="region"),
        To(same=Same("language", "speaks", separator=";")),
        To(team="a", same=["region", Same("language", "speaks", separator=";")]),
        To(pool="sea"),
        To(),
    ]
)
rules = st.lists(st.tuples(whens, tos, near, near), max_size=4)
people = st.lists(
    st.fixed_dictionaries(
        {
            "region": st.sampled_from(REGIONS),
            "x": amounts,
            "language": st.sampled_from(["zh", "en", "fr", "en;zh", None]),
        }
    ),
    min_size=1,
    max_size=5,
)
teams = st.lists(
    st.fixed_dictionaries(
        {
            "team": st.sampled_from(["a", "b", None]),
            "level": st.sampled_from([3.0, 2.9, None]),
            "region": st.sampled_from(REGIONS),
            "speaks": st.sampled_from(LANGUAGES),
            "on_leave_from": near,
            "on_leave_until": near,
        }
    ),
    min_size=1,
    max_size=4,
)


def condition(when):
    said, what = when
    return {
        "region is": lambda: F("region").one_of(*what),
        "region not": lambda: ~F("region").one_of(*what),
        "x at least": lambda: F("x") >= what,
        "x not below": lambda: ~(F("x") < what),
        "always": lambda: None,
    }[said]()


def above(region):
    while region is not None:
        yield region
        region = PARENTS.get(region)


def holds(when, person):
    said, what = when
    if said == "always":
        return True
    value = person["region" if said.startswith("region") else "x"]
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return False
    if said.startswith("region"):
        return any(r in what for r in above(value)) is (said == "region is")
    return value >= what


def cells(text):
    return {part.strip() for part in (text or "").split(";")} - {""}


def meant(to, person, rep):
    if to.pool is not None:
        return False
    level = rep["level"]
    ask = None if to.where is None else to.where.op
    for same in to.same:
        if same.column == "region":
            ok = rep["region"] is not None and rep["region"] in set(above(person["region"]))
        else:
            ok = bool(cells(person["language"]) & cells(rep["speaks"]))
        if not ok:
            return False
    return (
        (not to.reps or rep["rep_id"] in to.reps)
        and (not to.team or rep["team"] in to.team)
        and (ask is None or (level is not None and (level >= 3) is (ask == ">=")))
    )


def away(rep):
    start, end = rep["on_leave_from"], rep["on_leave_until"]
    if start is None and end is None:
        return False
    return (start is None or start <= TODAY) and (end is None or end >= TODAY)


def oracle(book, said, team, person, match):
    chosen = []
    for (when, to, since, until), rule in zip(said, book.rules, strict=True):
        if (since and since > TODAY) or (until and until < TODAY) or not holds(when, person):
            continue
        chosen.append((rule.name, to))
        if match == "first":
            break
    names = " + ".join(name for name, _ in chosen)
    allowed = [rep for rep in team if any(meant(to, person, rep) for _, to in chosen)]
    if any(not away(rep) for rep in allowed):
        return names, ";".join(sorted(rep["rep_id"] for rep in allowed))
    if pools := [to.pool for _, to in chosen if to.pool]:
        return names, pools[0]
    second = [rep["rep_id"] for rep in team if rep["team"] == "b"]
    return "fallback", ";".join(sorted(second)) or None


@pytest.mark.parametrize("match", ["first", "all"])
@pytest.mark.parametrize("fallen", [True, False])
@given(said=rules, rows=people, staff=teams)
def test_a_book_decides_as_a_plain_loop(said, rows, staff, match, fallen):
    ordered = [
        (when, to, since, until)
        for when, to, since, until in said
        if not (since and until and until < since)
    ]
    made = [
        Rule(f"r{i}", condition(when), to=to, since=since, until=until)
        for i, (when, to, since, until) in enumerate(ordered)
    ]
    tree = RegionTree("region", PARENTS)
    book = RuleBook(made, Fallback(team="b"), match=match, trees=tree)
    team = [{"rep_id": str(i + 1), **rep} for i, rep in enumerate(staff)]
    wanted = [oracle(book, ordered, team, person, match) for person in rows]
    found = book.apply(rows, team[::-1] if fallen else team, as_of=TODAY)
    assert [(row["rule"], row["rule_to"]) for row in found] == wanted
    one = [book.one(row, team, as_of=TODAY) for row in rows]
    assert [(row["rule"], row["rule_to"]) for row in one] == wanted
    kinds = {"region": pl.Categorical, "language": pl.Categorical, "x": pl.Float64}
    frame = pl.DataFrame(rows, schema=kinds)
    told = book.apply(frame, team, as_of=TODAY)
    assert list(told.select("rule", "rule_to").iter_rows()) == wanted


def test_many_sets_of_rules_are_decided_in_good_time():
    book = RuleBook(
        [Rule(f"r{i}", F(f"x{i}") > 0, to=To(reps=[f"{i % 5}"])) for i in range(20)],
        Fallback(pool="public"),
        match="all",
    )
    rows = pd.DataFrame({f"x{i}": [(k >> i) & 1 for k in range(20_000)] for i in range(20)})
    found = book.apply(rows, [{"rep_id": str(i)} for i in range(5)])
    assert found["rule_to"].iloc[[0, 1, 33, 19_999]].tolist() == ["public", "0", "0", "0;1;2;3;4"]
    assert found["rule"].nunique() == 20_000
