"""Rules that can never decide, overlap, have expired or mean nobody are named, with an example."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

import anyrule
from custseg.allocate import Fallback, RegionTree, Rule, RuleBook, Same, To
from custseg.allocate.ruling.auditing.proving import Proofs, Searches
from custseg.frames.cases import Cases
from custseg.rules import F

POOL = Fallback(pool="public")
TEAM = [
    {"rep_id": "R1", "team": "north", "seniority": 2, "region": "N", "on_leave_from": None},
    {"rep_id": "R2", "team": "south", "seniority": 1, "region": "S", "on_leave_from": "2026-01-01"},
]


def linted(*rules, match="first", trees=(), reps=None, as_of=None):
    return RuleBook(rules, POOL, match=match, trees=trees).lint(reps, as_of=as_of)


def codes(report):
    return [reason.code.removeprefix("rules.") for reason in (*report.findings, *report.notes)]


def test_a_rule_that_one_before_it_takes_whole_is_shadowed():
    report = linted(
        Rule("north", F("region").one_of("N", "NE"), to="R1"),
        Rule("rich north", (F("region") == "N") & (F("revenue") > 100), to="R2"),
    )
    (found,) = report.findings
    assert found.code == "rules.shadowed"
    assert found.settings["by_rule"] == "north"
    assert found.settings["example"] == "region = N, revenue = 101"
    assert "rule 2 (rich north) never decides: rule 1 (north)" in report.text()
    assert "规则 2（rich north）永远轮不到" in report.text("zh")
    assert json.loads(json.dumps(report.as_dict()))["rules"] == 2
    assert "rule 2 (rich north) never decides" in report._repr_html_()


def test_a_rule_that_several_take_together_is_unreachable_and_only_they_are_named():
    report = linted(
        Rule("small", F("x") < 10, to="R1"),
        Rule("other", F("y") == "a", to="R1"),
        Rule("large", F("x") >= 10, to="R2"),
        Rule("known", F("x") > 0, to="R3"),
    )
    (found,) = report.found("unreachable")
    assert found.settings["by"] == "1 (small), 3 (large)"
    assert not linted(Rule("a", F("x") < 10, to="R1"), Rule("b", to="R2")).findings


def test_a_condition_that_excludes_itself_is_told():
    report = linted(Rule("odd", (F("age") > 60) & (F("age") < 18), to="R1"), Rule("all", to="R1"))
    assert codes(report) == ["never_true"]


def test_a_coarse_region_before_a_fine_one_shadows_it_and_not_the_other_way_round():
    tree = RegionTree("region", {"上海": "华东", "江苏": "华东"})
    fine, coarse = (Rule(w, F("region") == w, to=w) for w in ("上海", "华东"))
    assert codes(linted(coarse, fine, trees=tree)) == ["shadowed"]
    assert codes(linted(fine, coarse, trees=tree)) == []
    china = RegionTree("region", china=True)
    assert codes(linted(coarse, Rule("沪", F("region") == "上海市", to="x"), trees=china)) == [
        "shadowed"
    ]


def test_rules_that_share_customers_and_send_them_elsewhere_overlap():
    north, rich = Rule("n", F("region") == "N", to="R1"), Rule("r", F("revenue") >= 9, to="R2")
    (note,) = linted(north, rich).notes
    assert (note.code, note.settings["example"]) == ("rules.overlap", "region = N, revenue = 9")
    assert not linted(north, Rule("r", F("revenue") >= 9, to="R1")).notes
    assert not linted(north, rich, match="all").notes


def test_days_decide_what_shadows_what():
    early = Rule("a", to="R1", until="2026-03-31")
    late = Rule("b", F("x") > 0, to="R2", since="2026-04-01")
    assert codes(linted(early, late)) == []
    assert codes(linted(early, Rule("b", F("x") > 0, to="R2"))) == ["overlap"]
    assert codes(linted(Rule("a", to="R1"), late)) == ["shadowed"]
    assert codes(linted(early, late, as_of="2026-04-01")) == ["expired"]
    assert codes(linted(early, late, as_of=date(2026, 3, 1))) == ["not_yet"]


def test_names_that_stand_twice_are_told():
    report = linted(Rule("a", F("x") > 1, to="R1"), Rule("a", F("x") < 0, to="R1"))
    assert report.findings[0].settings["places"] == "1, 2"
    assert codes(linted(Rule("fallback", F("x") > 1, to="R1"))) == ["duplicate_name"]


def test_targets_that_mean_nobody_are_told():
    report = linted(
        Rule("a", F("x") == 1, to=To(reps=["R1", "R3"])),
        Rule("b", F("x") == 2, to=To(team="nroth")),
        Rule("c", F("x") == 3, to=F("seniority") > 5),
        Rule("d", F("x") == 4, to="R2"),
        Rule("e", F("x") == 5, to=Same("region")),
        reps=TEAM,
        as_of="2026-06-30",
    )
    assert codes(report) == ["no_such_rep", "no_such_team", "no_rep", "no_rep", "all_away"]
    assert "Did you mean 'north'" in report.text()


def test_regions_that_no_tree_knows_are_told():
    tree = RegionTree("region", {"Shanghai": "East"})
    report = linted(Rule("a", F("region") == "Esat", to="R1"), trees=tree)
    assert codes(report) == ["unknown_region"]
    assert "Did you mean 'East'" in report.text()


@given(st.lists(anyrule.conditions, min_size=2, max_size=4))
def test_what_is_tried_is_what_a_search_finds(conditions):
    proofs, searched = Proofs.of(conditions, ()), Searches.of(conditions, ())
    cases = Cases.of(conditions)
    for i, rule in enumerate(conditions):
        found = cases.search(rule).possible
        free = any("times" in str(type(t.value)).lower() for t in _tests(rule))
        if found is not None and not free:
            assert proofs.possible(i) == found == searched.possible(i)
        if not free and proofs.possible(i):
            assert set(proofs.example(i)) == set(rule.needs)


@given(st.lists(anyrule.conditions, min_size=1, max_size=5), anyrule.tables)
def test_a_rule_that_is_called_idle_decides_nobody(conditions, rows):
    rules = [Rule(str(i), when, to=f"R{i}") for i, when in enumerate(conditions)]
    book = RuleBook(rules, POOL)
    idle = {r.settings["rule"] for r in book.lint().findings}
    assert not idle & {book.one(row)["rule"] for row in rows}


def _tests(rule):
    from custseg.frames.cases import comparisons

    return comparisons(rule)


def test_hints_speak_the_language_of_the_text():
    report = linted(Rule("a", to="Rq1"), reps=[{"rep_id": "Rx1"}])
    assert "是否应为 Rx1？" in report.text("zh")
    assert "Did you mean" not in report.text("zh")
    assert "Did you mean 'Rx1'?" in report.text()
    json.dumps(report.as_dict())


def test_many_overlaps_are_told_in_a_few_lines_the_worst_first_and_kept_in_full():
    loose = [Rule("x", F("x") > 0, to="R0"), Rule("all but y", F("y") != 5, to="R9")]
    loose += [Rule(f"k{i}", F(f"k{i}") > 0, to=f"R{i + 1}") for i in range(6)]
    report = linted(*loose)
    assert len(report.found("overlap")) == 28
    assert report.text().splitlines()[1].startswith("  * 28 pairs of rules")
    assert report.text().splitlines()[2].startswith("    rule 1 (x): with 7 later ones, such as")
    assert report.text("zh").splitlines()[-1] == "    另有 2 条规则"
    assert len(report.text().splitlines()) == 8
    assert len(report.as_dict()["notes"]) == 28


def test_a_fallback_on_leave_is_told():
    book = RuleBook([], Fallback(reps="R2"))
    assert codes(book.lint(TEAM, as_of="2026-06-30")) == ["all_away"]


def test_examples_are_numbers_that_people_write():
    report = linted(Rule("a", F("x") > 0, to="R1"), Rule("b", (F("x") > 0) & (F("x") < 1), to="R2"))
    assert report.findings[0].settings["example"] == "x = 0.5"
