import numpy as np
import pytest
from matplotlib.patches import PathPatch

import custseg as cs
from custseg.classify import states_asof
from custseg.errors import ConfigError, NotEnoughDataError
from custseg.plot import state_flows
from custseg.plot.palette import STATE_COLOURS


def heights(ax):
    return {bars.get_label(): [int(bar.get_height()) for bar in bars] for bars in ax.containers}


def colour(bars):
    return "#" + "".join(f"{round(255 * part):02X}" for part in bars[0].get_facecolor()[:3])


def test_columns_are_the_customers_in_each_state(grid):
    assert heights(state_flows(grid)) == {
        "active": [2, 1, 1, 1],
        "at risk": [0, 2, 1, 1],
        "dormant": [0, 0, 1, 1],
    }


def test_columns_stand_one_above_the_other(grid):
    ax = state_flows(grid)
    last = [bars[-1] for bars in ax.containers]
    assert [bar.get_y() for bar in last] == [0, 1, 2]


def test_by_class(grid):
    assert heights(state_flows(grid, by="class")) == {
        "active": [2, 3, 2, 2],
        "dormant": [0, 0, 1, 1],
    }


def test_a_ribbon_for_each_move_in_the_colour_of_the_state_that_is_left(grid):
    """a, b: active to at risk; a back, b dormant, c at risk; a at risk, b stays, c back."""
    ribbons = [patch for patch in state_flows(grid).patches if isinstance(patch, PathPatch)]
    assert len(ribbons) == 1 + 3 + 3


def test_states_have_their_own_colour(grid):
    ax = state_flows(grid)
    assert [colour(bars) for bars in ax.containers] == [
        STATE_COLOURS[state] for state in ("active", "at_risk", "dormant")
    ]


@pytest.mark.parametrize(
    ("locale", "names"),
    [("en", ["active", "at risk", "dormant"]), ("zh", ["活跃客户", "流失预警", "沉默客户"])],
)
def test_names_and_numbers_stand_beside_the_last_column(grid, locale, names):
    texts = [text.get_text() for text in state_flows(grid, locale=locale).texts]
    assert [text for text in texts if text in names] == names
    assert texts.count("1") == 3


def test_months_are_named(grid):
    labels = [tick.get_text() for tick in state_flows(grid).get_xticklabels()]
    assert labels == ["2026-01", "2026-02", "2026-03", "2026-04"]


def test_one_date_has_no_flow(log, model):
    with pytest.raises(NotEnoughDataError):
        state_flows(states_asof(log, ["2026-04-30"], model))


def test_by_must_be_known(grid):
    with pytest.raises(ConfigError, match="by: must be 'state' or 'class', got 'tier'"):
        state_flows(grid, by="tier")


def test_counts_are_those_of_the_grid(cdnow, model):
    grid = states_asof(cdnow, ["1997-03-31", "1997-06-30", "1997-09-30"], model)
    drawn = np.array(list(heights(state_flows(grid)).values())).T
    counted = grid.counts()
    assert drawn.tolist() == counted[:, counted.any(axis=0)].tolist()


def test_nobody_at_all_is_an_empty_figure(model):
    log = cs.TransactionLog.of([{"customer_id": "a", "at": "2026-06-05", "amount": 40}])
    grid = states_asof(log, ["2026-01-31", "2026-02-28"], model)
    assert not state_flows(grid).patches
