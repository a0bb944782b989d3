"""Records that differ a little: found by weights learnt from the table itself."""

import json
from collections import Counter
from itertools import combinations

import attrs
import numpy as np
import pandas as pd
import pytest

import custseg as cs
from custseg.errors import ConfigError, DataError, NotEnoughDataError
from custseg.match import CompositeKey, Dedupe, ExactKey
from custseg.match.comparing.dates import Dates
from custseg.match.comparing.names import Names
from custseg.match.comparing.phones import Phones
from everykind import KINDS, as_records, as_table

GIVEN = ("Anna", "Boris", "Clara", "David", "Elena", "Frank", "Greta", "Henry", "Irene", "Jonas")
SURNAMES = ("Abbott", "Barnes", "Carter", "Dawson", "Ellison", "Foster", "Garner", "Hudson")
SPEC = Dedupe(
    passes=(ExactKey("phone", read="phone", region="US"), ExactKey("born"), ExactKey("name")),
    comparisons=(Names("name"), Dates("born"), Phones("phone", "US")),
    id="id",
)


def people(count=150, seed=3):
    """Half of them stand twice, the second time with a typing error and a value less."""
    draw = np.random.default_rng(seed)
    rows = []
    for person in range(count):
        name = f"{GIVEN[draw.integers(10)]} {SURNAMES[draw.integers(8)]}"
        born = f"19{draw.integers(50, 99)}-{draw.integers(1, 12):02}-{draw.integers(1, 28):02}"
        phone = f"202{draw.integers(2_000_000, 9_999_999)}"
        rows.append({"truth": person, "name": name, "born": born, "phone": phone})
        if person % 2:
            at = int(draw.integers(1, len(name) - 1))
            again = {"truth": person, "name": name[:at] + name[at + 1 :], "born": born}
            rows.append({**again, "phone": phone if person % 3 else None})
    return [{"id": f"r{place:03}", **row} for place, row in enumerate(rows)]


PEOPLE = people()
TRUTH = {row["id"]: row["truth"] for row in PEOPLE}
SHOWN = [{name: row[name] for name in ("id", "name", "born", "phone")} for row in PEOPLE]
KIND_OF = dict.fromkeys(SHOWN[0], "text")
MATCHER = SPEC.fit(SHOWN)


def pairs_of(rows):
    group = {}
    for row in rows:
        group.setdefault(row["entity_id"], []).append(row["id"])
    return {pair for ids in group.values() for pair in combinations(sorted(ids), 2)}


def true_pairs():
    return pairs_of([{"id": id_, "entity_id": truth} for id_, truth in TRUTH.items()])


def test_doubles_with_typing_errors_are_found_without_labels():
    found, truth = pairs_of(MATCHER.apply(SHOWN)), true_pairs()
    assert len(found & truth) >= 0.97 * len(truth)
    assert len(found & truth) >= 0.97 * len(found)


def test_fitting_and_applying_at_once_is_the_same():
    at_once, after = SPEC.run(SHOWN), MATCHER.run(SHOWN)
    assert at_once.table == after.table
    assert at_once.report == after.report


def test_a_fitted_matcher_is_json_and_decides_the_same():
    again = cs.load(json.dumps(cs.dump(MATCHER)))
    assert again == MATCHER
    assert again.apply(SHOWN) == MATCHER.apply(SHOWN)


def test_the_order_of_the_rows_decides_nothing():
    turned = [SHOWN[place] for place in np.random.default_rng(1).permutation(len(SHOWN))]
    again = SPEC.fit(turned)
    assert again.learnt == MATCHER.learnt
    marks = ("entity_id", "match_rule", "match_chance")
    here, there = (
        {r["id"]: [r[m] for m in marks] for r in SPEC.run(t).table} for t in (SHOWN, turned)
    )
    assert here == there
    assert SPEC.run(turned).report == SPEC.run(SHOWN).report
    assert again.pairs(turned) == MATCHER.pairs(SHOWN)
    assert again.queue(turned, 5) == MATCHER.queue(SHOWN, 5)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_gives_the_same_answer(kind):
    plain = MATCHER.apply(SHOWN)
    found = as_records(MATCHER.apply(as_table(kind, SHOWN, KIND_OF)))
    if kind == "duckdb":  # a relation has no order
        place = {row["id"]: at for at, row in enumerate(SHOWN)}
        found.sort(key=lambda row: place[row["id"]])
    assert [row["entity_id"] for row in found] == [row["entity_id"] for row in plain]
    assert [row["match_rule"] for row in found] == [row["match_rule"] for row in plain]
    gone = [
        row["match_chance"] is None or row["match_chance"] != row["match_chance"] for row in found
    ]
    assert gone == [row["match_chance"] is None for row in plain]


def test_a_chance_stands_where_weights_decided():
    found = MATCHER.apply(SHOWN)
    sizes = Counter(row["entity_id"] for row in found)
    for row in found:
        alone = sizes[row["entity_id"]] == 1
        assert (row["match_rule"] is None) == (row["match_chance"] is None) == alone
        assert alone or 0.1 < row["match_chance"] <= 1


def test_rules_say_no_chance():
    both = CompositeKey((ExactKey("name"), ExactKey("born")))
    rows = [{"id": 1, **SHOWN[0]}, {**SHOWN[0], "id": 2}]
    spec = Dedupe((both,), SPEC.passes, SPEC.comparisons, id="id")
    for row in spec.run([{**row, "id": place} for place, row in enumerate(rows)]).table:
        assert (row["match_rule"], row["match_chance"]) == ("name+born", None)


def test_only_keys_add_no_column_of_chances():
    assert "match_chance" not in Dedupe((ExactKey("name"),), id="id").run(SHOWN).table[0]


def test_the_report_tells_what_was_compared_and_what_may_be_missed():
    report = MATCHER.report(SHOWN)
    weighing = report.weighing
    assert [one.rule for one in weighing.passes] == ["phone", "born", "name"]
    assert 0 < weighing.pairs <= sum(one.pairs for one in weighing.passes)
    assert weighing.likely == pytest.approx(len(true_pairs()), rel=0.1)
    assert 0.9 < weighing.recall_at_most <= 1
    assert json.dumps(report.as_dict())
    for locale, said in (("en", "pairs compared"), ("zh", "比较的记录对")):
        assert said in report.text(locale)


def test_a_placeholder_that_many_share_makes_no_pairs_and_is_told():
    rows = [
        {**row, "phone": "2025550100"} if place % 4 == 0 else row for place, row in enumerate(SHOWN)
    ]
    matcher = SPEC.fit(rows)
    report = attrs.evolve(SPEC, block_cap=20).run(rows).report
    (skipped,) = [one for one in report.skipped if one.rule == "phone"]
    assert skipped.records == sum(row["phone"] == "2025550100" for row in rows)
    assert report.weighing.passes[0].skipped == 1
    assert "555" not in report.text("en") + json.dumps(report.as_dict())
    assert "2025550100" in report.text("en", values=True)
    assert matcher.report(rows).entities > 100


def test_pairs_are_told_with_the_surest_first():
    found = MATCHER.pairs(SHOWN)
    weights = [pair["match_weight"] for pair in found]
    assert weights == sorted(weights, reverse=True)
    assert min(weights) >= 0
    assert all(pair["left_id"] < pair["right_id"] for pair in found)
    assert len(MATCHER.pairs(SHOWN, at_least=None)) == MATCHER.report(SHOWN).weighing.pairs


def test_a_queue_shows_doubtful_pairs_with_their_values():
    queue = MATCHER.queue(pd.DataFrame(SHOWN), 6)
    assert len(queue) == 6
    names = {row["id"]: row["name"] for row in SHOWN}
    for pair in queue.to_dict("records"):
        assert pair["left_name"] == names[pair["left_id"]]
        assert pair["right_name"] == names[pair["right_id"]]
    assert queue["match_weight"].abs().min() < MATCHER.pairs(SHOWN)[0]["match_weight"]


def test_reviews_move_the_weights_and_do_not_come_back():
    queue = MATCHER.queue(SHOWN, 8)
    reviewed = [
        {**pair, "same": "yes" if TRUTH[pair["left_id"]] == TRUTH[pair["right_id"]] else "no"}
        for pair in queue
    ]
    refit = MATCHER.refit(SHOWN, reviewed)
    assert refit.learnt.weights != MATCHER.learnt.weights
    assert cs.load(cs.dump(refit)) == refit
    asked = {(pair["left_id"], pair["right_id"]) for pair in queue}
    again = refit.queue(SHOWN, 8, reviewed=reviewed)
    assert not asked & {(pair["left_id"], pair["right_id"]) for pair in again}


@pytest.mark.parametrize(
    ("reviewed", "error", "says"),
    [
        ([], NotEnoughDataError, "at least one"),
        ([{"left_id": "r000", "right_id": "gone", "same": True}], DataError, "does not have"),
        ([{"left_id": "r000", "right_id": "r001", "same": "perhaps"}], DataError, "neither yes"),
        ([{"left_id": "r000", "right_id": "r001", "same": None}], DataError, "neither yes"),
        ([{"left_id": "r000", "right_id": "r000", "same": True}], DataError, "one record twice"),
    ],
    ids=["none", "unknown record", "unclear", "undecided", "with itself"],
)
def test_reviews_that_cannot_be_read_are_refused(reviewed, error, says):
    table = reviewed or pd.DataFrame({"left_id": [], "right_id": [], "same": []}, dtype=object)
    with pytest.raises(error, match=says):
        MATCHER.refit(SHOWN, table)


@pytest.mark.parametrize("many", [-1, 2.5, True, "3"])
def test_a_queue_needs_a_number_of_pairs(many):
    with pytest.raises(ConfigError, match="whole number"):
        MATCHER.queue(SHOWN, many)
    assert MATCHER.queue(SHOWN, 0) == []


@pytest.mark.parametrize("ask", ["pairs", "queue"])
def test_without_comparisons_there_are_no_pairs_to_tell(ask):
    matcher = Dedupe((ExactKey("name"),), id="id").fit(SHOWN)
    with pytest.raises(ConfigError, match="only keys decide"):
        getattr(matcher, ask)(SHOWN)


def test_an_explanation_adds_up_and_is_the_same_from_both_sides():
    left = SHOWN[1]
    right = next(row for row in SHOWN[2:] if TRUTH[row["id"]] == TRUTH[left["id"]])
    said = MATCHER.explain(left, right)
    assert said.weight == pytest.approx(sum(part.bits for part in said.parts))
    assert [part.bits for part in said.parts] == [
        p.bits for p in MATCHER.explain(right, left).parts
    ]
    assert said.decision["pair"] == "same_customer"
    assert left["phone"] not in said.text() + json.dumps(said.as_dict())


def test_one_record_and_none_are_answers():
    for rows in (SHOWN[:1], []):
        done = SPEC.run(rows)
        assert [row["entity_id"] for row in done.table] == [row["id"] for row in rows]
        assert done.report.weighing.recall_at_most is None


def test_sources_limit_which_pairs_are_compared():
    rows = [{**row, "shop": "ab"[place % 2]} for place, row in enumerate(SHOWN)]
    counts = {
        which: attrs.evolve(SPEC, source="shop", which=which).run(rows).report.weighing.pairs
        for which in ("all", "within", "across")
    }
    assert counts["within"] + counts["across"] == counts["all"]
    assert min(counts.values()) > 0
