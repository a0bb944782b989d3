import numpy as np
import pytest

import custseg as cs
from custseg.classify import customer_states
from custseg.errors import ConfigError
from custseg.plot import transitions_ahead


@pytest.fixture(scope="module")
def states(log, model):
    return customer_states(log, model, as_of="2026-04-30")


def bars(ax):
    return {group.get_label(): [bar.get_height() for bar in group] for group in ax.containers}


def test_bars_are_the_next_changes_by_week(states):
    """a is dormant on May 4, c is at risk on May 29 and b has come to the end of the way."""
    ax = transitions_ahead(states, weeks=5)
    assert bars(ax) == {"at risk": [0, 0, 0, 0, 1], "dormant": [1, 0, 0, 0, 0]}
    assert ax.texts[0].get_text().endswith("2026-04-30: 2; later or never: 1")


@pytest.mark.parametrize(("weeks", "seen"), [(1, 1), (4, 1), (5, 2)])
def test_what_is_later_is_counted_apart(states, weeks, seen):
    ax = transitions_ahead(states, weeks=weeks)
    assert sum(map(sum, bars(ax).values())) == seen
    assert ax.texts[0].get_text().endswith(f": {seen}; later or never: {3 - seen}")


def test_a_week_ends_on_its_date(cdnow, model):
    states = customer_states(cdnow, model, as_of="1997-03-31")
    due = [r["next_transition_date"] for r in states if r["next_transition_date"] is not None]
    ahead = np.array([(day - states[0]["as_of"]).days for day in due])
    drawn = np.array(list(bars(transitions_ahead(states, weeks=8)).values())).sum(axis=0)
    counted = [((ahead > 7 * week) & (ahead <= 7 * week + 7)).sum() for week in range(8)]
    assert drawn.tolist() == counted


def test_in_chinese(states):
    ax = transitions_ahead(states, locale="zh")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["流失预警", "沉默客户"]


@pytest.mark.parametrize("weeks", [0, 2.5, True, "13"])
def test_there_must_be_a_week(states, weeks):
    with pytest.raises(ConfigError, match="weeks: must be a whole number of 1 or more, got"):
        transitions_ahead(states, weeks=weeks)


def test_nobody_has_nothing_ahead(model):
    log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-01-05", "amount": 40}])
    ax = transitions_ahead(customer_states(log, model, as_of="2026-01-01"))
    assert not ax.containers
