from custseg.allocate import Allocation, compare_plans
from custseg.plot import owner_flows
from custseg.plot.palette import CAME, FELL

TEAM = [{"rep_id": "R1", "capacity": 2}, {"rep_id": "R2", "capacity": 2}]
PEOPLE = [{"customer_id": k} for k in range(4)]


def said(ax):
    return {text.get_text() for text in ax.texts}


def test_ribbons_are_handovers():
    plan = Allocation().assign(PEOPLE, TEAM)
    change = compare_plans(plan, Allocation().assign(PEOPLE, TEAM[:1]))
    ax = owner_flows(change)
    assert {"nobody  2", f"{len(change.changed)} customers change hands"} <= said(ax)
    assert change.flows["R2", None] + change.flows.get(("R1", None), 0) == 2


def test_from_nobody_and_to_nobody_have_their_own_colours():
    ax = owner_flows({("R1", None): 1, (None, "R2"): 1})
    painted = {patch.get_facecolor()[:3] for patch in ax.patches if len(patch.get_path()) > 5}
    wanted = {tuple(int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)) for c in (FELL, CAME)}
    assert painted == wanted


def test_small_ones_stand_together_and_nothing_is_lost():
    flows = {(f"R{k:02}", "X"): 20 - k for k in range(15)}
    ax = owner_flows(flows, locale="zh")
    assert "其他人  21" in said(ax)
    assert f"X  {sum(flows.values())}" in said(ax)


def test_nobody_moves():
    assert said(owner_flows({})) == {"0 customers change hands"}
