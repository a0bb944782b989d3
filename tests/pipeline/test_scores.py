import json

import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.pipeline import Question, scores_of
from custseg.scoring import Factor, Ramp, Scorecard, WeightOfEvidence

LEARNER = WeightOfEvidence(outcome="outcome", columns=("source", "role", "minutes", "downloads"))


@pytest.fixture(scope="module")
def leads():
    return cs.datasets.leads(800).leads


def job(card):
    names = {"customers": cs.Names(customer="lead_id")}
    return cs.Pipeline(names=names, scorecard=card, dedupe=None, lifecycle=None, tier=None)


@pytest.fixture(scope="module")
def run(leads):
    return job(LEARNER).run(customers=leads, as_of="2026-06-30")


def test_customers_are_judged_by_what_was_learnt_from_the_others(run):
    honest = scores_of(run, learner=LEARNER).audit.telling.auc.value
    flattered = scores_of(run).audit.telling.auc.value
    assert 0.7 < honest < flattered
    assert [note.code for note in scores_of(run).notes] == ["scores_same_rows"]


def test_the_learners_value_counts_where_its_outcome_is_asked_for_by_name(leads):
    learner = WeightOfEvidence(outcome="outcome", positive="lost", columns=("source", "minutes"))
    run = job(learner).run(customers=leads, as_of="2026-06-30")
    named = scores_of(run, Question(outcome="outcome"), learner=learner)
    assert named.audit.telling.auc.value == scores_of(run, learner=learner).audit.telling.auc.value
    assert named.audit.telling.auc.value > 0.6
    told = scores_of(run, Question(positive="lost"))
    assert told.audit.telling.auc.value > 0.6


def test_open_leads_are_scored_and_left_out_of_the_audit(run, leads):
    scores = scores_of(run, learner=LEARNER)
    still = sum(lead["outcome"] is None for lead in leads)
    assert (sum(scores.counts.values()), scores.audit.unknown) == (800, still)
    assert scores.audit.known == 800 - still


def test_without_an_outcome_it_says_what_is_lacking():
    card = Scorecard((Factor("revenue", worth=100, curve=Ramp(0, 100)),))
    run = cs.Pipeline(scorecard=card).run(customers=[{"customer_id": "a"}], as_of="2026-06-30")
    scores = scores_of(run)
    assert scores.audit is None
    assert "--outcome" in scores.text()
    assert "未" not in scores.text()
    assert json.loads(json.dumps(scores.as_dict()))["counts"] == {"D": 1}


def test_a_card_by_hand_is_held_against_the_outcome_that_is_named(leads):
    card = Scorecard((Factor("minutes", worth=100, curve=Ramp(0, 60)),))
    run = job(card).run(customers=leads, as_of="2026-06-30")
    scores = scores_of(run, Question(outcome="outcome", protected=("age_band",)))
    assert scores.audit.telling.auc.value > 0.6
    assert scores.audit.fairness[0].attribute == "age_band"
    assert scores.notes == ()
    assert set(scores.tables) == {"scores", "audit_findings", "audit_factors"}


def test_every_factor_has_its_points_and_they_add_up(run):
    scores = scores_of(run)
    for row in scores.people[:50]:
        points = [value for name, value in row.items() if name.endswith("_points")]
        assert round(sum(points), 2) == row["score"]


def test_a_job_without_a_card_is_refused(leads):
    run = cs.Pipeline(scorecard=None).run(customers=[{"customer_id": "a"}], as_of="2026-06-30")
    with pytest.raises(ConfigError, match="no scorecard"):
        scores_of(run)


def test_sources_are_compared_where_they_are_asked_for(run, leads):
    assert scores_of(run, learner=LEARNER).sources is None
    scores = scores_of(run, Question(by=("source",)), learner=LEARNER)
    assert sum(one.customers for one in scores.sources.sources) == len(leads)
    assert [name for name in scores.tables if name == "sources"] == ["sources"]
    assert "referral" in scores.text()
