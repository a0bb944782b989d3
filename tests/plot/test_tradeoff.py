import pytest

from custseg.allocate import Allocation, Match, RepLeaves, rebalance
from custseg.plot import load_bars, moves_curve, owner_flows

TEAM = [{"rep_id": k, "region": k, "capacity": 8} for k in "abc"]
PEOPLE = [{"customer_id": k, "region": "abc"[k % 3], "owner": "abc"[k % 2]} for k in range(12)]
SPEC = Allocation(wishes=[Match("region")])


def test_more_moves_never_cost_points():
    done = rebalance(PEOPLE, TEAM, "2026-06-30", allocation=SPEC)
    ax = moves_curve(done.pareto([0, 0.25, 1]))
    across, up = ax.lines[0].get_data()
    assert list(across) == sorted(across)
    assert list(up) == sorted(up)
    assert up[-1] == 1.0


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_a_rebalancing_is_drawn_as_loads_and_flows(locale):
    done = rebalance(PEOPLE, TEAM, "2026-06-30", allocation=SPEC, events=[RepLeaves("a")])
    names = [tick.get_text() for tick in load_bars(done, locale=locale).get_yticklabels()]
    assert names == ["a", "b", "c"]
    shown = {text.get_text() for text in owner_flows(done, locale=locale).texts}
    assert any(text.startswith("a  ") for text in shown)


def test_no_points_no_curve():
    assert moves_curve([]).lines[0].get_xdata().size == 0
