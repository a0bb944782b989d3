"""What Odoo's predictive lead scoring computes, to the last digit that it prints.

Source: odoo/odoo (LGPL-3), `addons/crm/tests/test_crm_pls.py`: the leads, outcomes and expected
probabilities of `test_predictive_lead_scoring` and `test_pls_tooltip_data`, the counts that are
asserted there, and the limits of `test_predictive_lead_scoring_always_won`.
"""

from math import exp

import pytest

from custseg.scoring import Odds, OutcomeCounts
from custseg.scoring.card.odds import logistic

FIELDS = ("country", "state", "email_state", "phone_state", "source")
EMPTY = OutcomeCounts(
    FIELDS,
    by="team",
    stage="stage",
    stages=("1", "2", "3", "won"),
    unset=("email_state", "phone_state"),
)
LEADS = [  # team, country, state, source, stage; states of e-mail and phone are unset at creation
    *((1, 1, 1, 1, 1), (1, 2, 2, 2, 2), (1, 3, 3, 3, 3), (1, 1, 2, 3, 2), (1, 2, 2, 2, 1)),
    *((2, 1, 2, 2, 3), (2, 1, 2, 3, 2), (2, 1, 3, 3, 1), (2, 1, 2, 3, 2), (2, 2, 1, 2, 2)),
    *((3, 2, 2, 2, 3), (3, 1, 2, 1, 1), (3, 2, 3, 3, 1), (3, 1, 2, 3, 2)),
]
WON, LOST = (2, 7, 10), (0, 1, 5, 6, 11, 12)


def lead(at, **changed):
    team, country, state, source, stage = LEADS[at]
    made = {"team": team, "country": country, "state": state, "source": source, "stage": stage}
    return {**made, "email_state": None, "phone_state": None, **changed}


def rebuilt(last_team):
    """All closed leads counted anew; the last four are in a team, or in none."""
    own = {at: {"team": last_team} for at in range(10, 14)}
    won = [lead(at, **own.get(at, {})) for at in WON]
    return EMPTY.update(won=won, lost=[lead(at, **own.get(at, {})) for at in LOST])


def percent(counts, record):
    return round(100 * counts.probability(record, exact=True), 2)


def test_full_rebuild_by_team():
    counts = rebuilt(3)
    assert percent(counts, lead(3)) == 33.49
    assert percent(counts, lead(8)) == 7.74
    assert percent(counts, lead(13)) == 35.09


def test_a_lead_without_a_team_is_scored_by_all_teams():
    assert percent(rebuilt(None), lead(13, team=None)) == 35.19


def counted(counts, at, field, value):
    return counts.pairs(field, str(LEADS[at][0])).get(value)


def test_counts_before_and_after_live_increments():
    counts = rebuilt(None)
    assert [counted(counts, 4, *cell) for cell in (("stage", "1"), ("stage", "won"))] == [
        (1, 2),
        (1, 0),
    ]
    assert [counted(counts, 4, *cell) for cell in (("country", "2"), ("email_state", ""))] == [
        (0, 1),
        (1, 2),
    ]
    assert counted(counts, 9, "country", "2") is None
    live = counts.update(lost=lead(4), won=lead(9))
    assert counted(live, 4, "stage", "1") == (1, 3)
    assert counted(live, 4, "stage", "won") == (1, 0), "only the stages up to its own"
    assert counted(live, 4, "country", "2") == (0, 2)
    assert counted(live, 9, "stage", "1") == (2, 2)
    assert counted(live, 9, "stage", "won") == (2, 0), "all stages when won"
    assert counted(live, 9, "country", "2") == (1, 0)
    assert counted(counts, 9, "country", "2") is None, "the old counts stay as they were"
    back = live.take_back(lost=lead(4))
    assert counted(back, 4, "stage", "1") == (1, 2)
    assert counted(back, 4, "country", "2") == (0, 1)


def live():
    """A lead is lost, another won, and the first restored: its values stay in the table."""
    return rebuilt(None).update(lost=lead(4), won=lead(9)).take_back(lost=lead(4))


def test_live_increments_and_changed_leads():
    counts = live()
    assert percent(counts, lead(3, stage=1)) == 20.87
    assert percent(counts, lead(8, stage=1)) == 2.43
    assert percent(counts, lead(8, stage=1, country=2)) == 34.38


TOOLTIP = [  # country, state, phone, source, stage; every e-mail is correct
    (1, 1, "correct", 2, 1),
    (2, 1, "correct", None, 1),
    (None, None, "incorrect", 1, 1),
    (1, None, "incorrect", 1, 1),
    (None, 2, "correct", None, 3),
    (1, 1, "correct", 1, 2),
]


def of_tooltip(at):
    country, state, phone, source, stage = TOOLTIP[at]
    made = {"country": country, "state": state, "phone_state": phone, "source": source}
    return {**made, "team": 9, "email_state": "correct", "stage": stage}


def test_the_tooltip_and_what_each_field_says():
    counts = EMPTY.update(
        won=[of_tooltip(at) for at in (0, 1)], lost=[of_tooltip(at) for at in (2, 3, 4)]
    )
    assert percent(counts, of_tooltip(5)) == 74.30
    said = counts.evidence("9", exact=True).effects
    shares = {
        name: round(logistic(said[name][str(word)]), 3)
        for name, word in of_tooltip(5).items()
        if name not in {"team", "stage"}
    }
    assert shares == {
        "country": 0.353,
        "state": 0.92,
        "phone_state": 0.735,
        "source": 0.08,
        "email_state": 0.5,
    }
    assert round(1 - exp(-said["stage"]["2"]), 3) == 0.645


def test_the_card_of_the_counts_says_the_same():
    """Points on a fine scale: a doubling of the odds is 1,000 points."""
    scale = Odds(at=0, double=1000)
    counts = live()
    for at, changed, expected in (
        (3, {"stage": 1}, 20.87),
        (8, {"stage": 1}, 2.43),
        (8, {"stage": 1, "country": 2}, 34.38),
    ):
        record = lead(at, **changed)
        card = counts.to_scorecard(team=str(record["team"]), exact=True, scale=scale)
        assert round(100 * scale.probability(card.one(record)["score"]), 2) == expected
        assert card.one(record)["probability"] == pytest.approx(expected / 100, abs=2e-4)


@pytest.mark.parametrize(("won", "lost", "expected"), [(10**4, 1, 99.99), (1, 10**4, 0.01)])
def test_nearly_certain_leads_stay_between(won, lost, expected):
    counts = OutcomeCounts(("tag",), stage="stage", stages=("1", "won"))
    one = {"tag": "x", "stage": "1"}
    counts = counts.update(won=[one] * won, lost=[one] * lost)
    assert percent(counts, one) == expected
