"""What counts say, by formula."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.scoring.bayes.cells import TeamCounts
from custseg.scoring.bayes.evidence import Evidence, as_in_crm, shrunk
from custseg.scoring.card.odds import logistic

PAIRS = st.tuples(st.integers(0, 50), st.integers(0, 50))


def team(fair, talk):
    won, lost = fair[0] + talk[0], fair[1] + talk[1]
    return TeamCounts(won, lost, {"source": {"fair": fair, "talk": talk}})


@given(PAIRS, PAIRS, st.floats(0.5, 100))
def test_shrunk_evidence_lies_between_the_usual_and_the_share_seen(fair, talk, shrink):
    whole = team(fair, talk)
    said = shrunk({"": whole}, shrink=shrink)
    if not (whole.won and whole.lost) or not sum(fair):
        return
    usual, seen = logistic(said.prior), fair[0] / sum(fair)
    told = logistic(said.prior + said.effects["source"]["fair"])
    assert min(usual, seen) - 1e-9 <= told <= max(usual, seen) + 1e-9
    assert told == pytest.approx((fair[0] + shrink * usual) / (sum(fair) + shrink))


@given(PAIRS, PAIRS)
def test_as_in_crm_is_the_ratio_of_smoothed_shares(fair, talk):
    whole = team(fair, talk)
    said = as_in_crm({"": whole})
    if not (whole.won and whole.lost):
        assert said.effects == {}
        return
    won, lost = whole.won + 0.2, whole.lost + 0.2
    expected = log((fair[0] + 0.1) / won / ((fair[1] + 0.1) / lost))
    assert said.effects["source"]["fair"] == pytest.approx(expected)


def test_all_teams_together_are_smoothed_team_by_team():
    """Odoo adds its 0.1 in the table of each team, and sums the tables."""
    some = {"a": team((1, 2), (3, 1)), "b": team((2, 0), (0, 4))}
    said = as_in_crm(some)
    won, lost = 6 + 0.4, 7 + 0.4
    assert said.effects["source"]["fair"] == pytest.approx(log(3.2 / won * lost / 2.2))
    assert as_in_crm(some, "c") == said
    assert as_in_crm(some, "a") == as_in_crm({"a": some["a"]})


def test_evidence_is_believed_as_far_as_it_is_told():
    said = Evidence(-1.0, {"source": {"fair": 2.0}})
    half = said.believed(0.25, 0.5)
    for values in ({"source": "fair"}, {"source": "unseen"}, {"other": "fair"}):
        assert half.log_odds(values) == pytest.approx(0.25 + 0.5 * said.log_odds(values))


@pytest.mark.parametrize("far", [-800.0, -1.0, 0.0, 1.0, 800.0])
def test_chances_do_not_overflow(far):
    assert 0 <= logistic(far) <= 1
    assert logistic(far) == pytest.approx(1 - logistic(-far))
