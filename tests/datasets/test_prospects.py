import hashlib
import json
from datetime import date

import numpy as np
import pytest

from custseg.datasets import leads
from custseg.errors import ConfigError


def test_the_same_leads_on_every_machine():
    made = json.dumps([leads(50).leads, leads(50).chance], default=str, ensure_ascii=False)
    assert hashlib.sha256(made.encode()).hexdigest()[:16] == "58807e7aafa0efaf"


def test_a_seed_of_its_own_makes_others():
    assert leads(20, seed=8).leads != leads(20).leads


def test_outcomes_come_as_often_as_the_truth_says():
    made = leads(20_000)
    chance = np.array([made.chance[lead["lead_id"]] for lead in made.closed])
    won = np.array([lead["outcome"] == "won" for lead in made.closed])
    for low in np.arange(0, 1, 0.2):
        inside = (chance >= low) & (chance < low + 0.2)
        error = 4 * np.sqrt(0.25 / inside.sum())
        assert won[inside].mean() == pytest.approx(chance[inside].mean(), abs=error)


def test_young_leads_are_open_and_closed_ones_are_tagged():
    made = leads(2_000)
    assert all(
        lead["outcome"] is None for lead in made.leads if lead["created_at"] > date(2026, 6, 1)
    )
    assert {lead["tag"] for lead in made.open} == {None}
    assert {lead["outcome"] for lead in made.closed} == {"won", "lost"}
    won = [lead for lead in made.closed if lead["outcome"] == "won"]
    assert sum(lead["tag"] == "contract sent" for lead in won) > 0.8 * len(won)


def test_languages_follow_the_share():
    said = [lead["language"] for lead in leads(500, zh_share=0).leads]
    assert set(said) == {"en"}
    assert {lead["message"] for lead in leads(2_000, zh_share=1).leads} >= {None}
    chinese = [lead["message"] for lead in leads(500, zh_share=1).leads if lead["message"]]
    assert not any(text.isascii() for text in chinese)


@pytest.mark.parametrize("wrong", [{"rows": 0}, {"seed": -1}, {"zh_share": 1.5}])
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ConfigError):
        leads(**wrong)
