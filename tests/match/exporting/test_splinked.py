"""Splink weighs what a fitted matcher weighs."""

import json
import logging

import pandas as pd
import pytest
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from custseg.datasets import contacts
from custseg.errors import ConfigError, DataError, MissingColumnError
from custseg.match import Clusters, Dedupe, Exact, ExactKey, SplinkExport, Texts
from custseg.match.weighing.weights import probability

GIVEN = contacts(1200, seed=3, locale="mixed")
PEOPLE = pd.DataFrame(GIVEN.records)
PAIR = ["record_id_l", "record_id_r"]


def predicted(export, table, least=None):
    linker = Linker(DuckDBAPI().register(table), export.settings, log_level=logging.WARNING)
    return linker, linker.inference.predict(threshold_match_probability=least)


def frame(found):
    return found.as_duckdbpyrelation().df()


def pairs_of(labels):
    groups = pd.Series(range(len(labels))).groupby(list(labels))
    return {(a, b) for _, rows in groups for a in rows for b in rows if a < b}


@pytest.fixture(scope="module")
def matcher():
    return Dedupe.preset("contact", names={"id": "record_id"}).fit(PEOPLE)


def test_the_customers_are_nearly_the_same(matcher):
    export = SplinkExport(matcher)
    linker, found = predicted(export, export.table(PEOPLE), export.threshold)
    grouped = linker.clustering.cluster_pairwise_predictions_at_threshold(
        found, threshold_match_probability=export.threshold
    )
    theirs = frame(grouped).set_index("record_id")["cluster_id"].reindex(PEOPLE["record_id"])
    ours = matcher.apply(PEOPLE)["entity_id"]
    a, b = pairs_of(ours), pairs_of(theirs)
    assert 2 * len(a & b) / (len(a) + len(b)) > 0.93


def test_a_pair_weighs_the_same_to_the_hundredth():
    spec = Dedupe(
        passes=(ExactKey("city"), ExactKey("phone", read="phone")),
        comparisons=(
            Exact("phone", "phone", term_frequency=False),
            Texts("company", (0.9,), term_frequency=False),
            Exact("channel", term_frequency=False),
        ),
        id="record_id",
        block_cap=5000,
    )
    people = pd.DataFrame(contacts(1200, seed=3, locale="en").records)
    table = people.assign(city=people["name"].str[:1], channel=people["company"].str[-1:])
    matcher = spec.fit(table)
    export = SplinkExport(matcher)
    _, found = predicted(export, export.table(table))
    theirs = frame(found)
    ours = matcher.pairs(table, at_least=None)
    weight = {frozenset(p): w for *p, w in ours[["left_id", "right_id", "match_weight"]].values}
    both = [(weight[frozenset(p)], w) for *p, w in theirs[[*PAIR, "match_weight"]].values]
    assert len(both) == len(theirs) > 1000
    assert max(abs(a - b) for a, b in both) < 0.05


def test_reviews_and_the_threshold_come_along(matcher):
    export = SplinkExport(matcher)
    weights = matcher.learnt.weights
    assert export.settings["probability_two_random_records_match"] == pytest.approx(weights.prior)
    spec = Dedupe.preset("contact", names={"id": "record_id"})
    import attrs

    stricter = attrs.evolve(spec, clusters=Clusters(start=8.0)).fit(PEOPLE)
    assert SplinkExport(stricter).threshold == probability(8.0) > export.threshold == 0.95


def test_it_says_what_splink_will_not_do(matcher):
    export = SplinkExport(matcher)
    assert "address: SQL cannot tell: the same door; the same street; this" in export.text()
    assert "phone and name; e-mail and name" in export.text()
    assert "splink 只用它们找候选对" in export.text("zh")
    assert "<li>" in export._repr_html_()
    assert json.loads(json.dumps(export.settings)) == export.settings


def test_a_comparison_of_your_own_is_the_same_or_different():
    class Plates:
        name, columns, term_frequency = "plate", ("plate",), False
        levels, typical, rare = ("exact", "close", "else"), (0.9, 0.07, 0.03), (0.1, 0.1, 0.8)

        def prepare(self, columns, region=None):
            return Texts("plate", (0.8,)).prepare(columns, region)

    rows = [{"id": i, "plate": f"UL {i % 4}", "city": "Ulm"} for i in range(12)]
    spec = Dedupe(passes=(ExactKey("city"),), comparisons=(Plates(),))
    export = SplinkExport(spec.fit(rows))
    (one,) = export.settings["comparisons"]
    assert [level["label_for_charts"] for level in one["comparison_levels"]] == [
        "missing",
        "exact",
        "else",
    ]
    assert "plate: SQL cannot tell: nearly the same; this" in export.text()
    assert export.table(rows)[0] == {"id": 0, "plate": "ul 0", "key_1": "ulm"}


def test_sources_are_kept_across_or_within():
    rows = [{"id": i, "city": "Ulm", "shop": "ab"[i % 2]} for i in range(6)]
    spec = Dedupe(
        passes=(ExactKey("city"),), comparisons=(Exact("city"),), source="shop", which="across"
    )
    export = SplinkExport(spec.fit(rows))
    rules = export.settings["blocking_rules_to_generate_predictions"]
    assert rules[0]["blocking_rule"] == 'l."key_1" = r."key_1" AND l."shop" <> r."shop"'
    assert export.table(rows)[0]["shop"] == "a"


def test_a_switchboard_makes_no_pairs():
    rows = [{"id": i, "city": "Ulm" if i else "Bonn"} for i in range(4)]
    spec = Dedupe(passes=(ExactKey("city"),), comparisons=(Exact("city"),), block_cap=2)
    export = SplinkExport(spec.fit(rows))
    assert [row["key_1"] for row in export.table(rows)] == ["bonn", None, None, None]


def test_what_cannot_be_exported_is_refused(matcher):
    keyed = Dedupe((ExactKey("phone", read="phone"),), id="record_id").fit(PEOPLE)
    with pytest.raises(ConfigError, match="keys alone decide"):
        SplinkExport(keyed)
    export = SplinkExport(matcher)
    with pytest.raises(DataError, match="bear an id"):
        export.table(pd.concat([PEOPLE, PEOPLE]))
    with pytest.raises(MissingColumnError, match="phone"):
        export.table(PEOPLE.drop(columns="phone"))
