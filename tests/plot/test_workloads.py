from custseg.allocate import Allocation, Limits, Stay
from custseg.plot import load_bars

TEAM = [{"rep_id": "R1", "capacity": 1}, {"rep_id": "R2", "capacity": 2}]
PEOPLE = [{"customer_id": k, "owner": "R1"} for k in range(3)]


def test_bars_are_loads_before_and_after():
    ax = load_bars(Allocation(wishes=[Stay()]).assign(PEOPLE, TEAM))
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["R1", "R2"]
    wide = {box.get_label(): [bar.get_width() for bar in box] for box in ax.containers}
    assert wide == {"before": [3, 0], "after": [1, 2]}
    assert [line.get_xdata()[0] for line in ax.lines] == [1, 2]


def test_of_a_large_team_those_who_change_most_are_shown():
    team = [{"rep_id": k, "capacity": 5} for k in range(60)]
    people = [{"customer_id": k, "owner": 59} for k in range(3)]
    ax = load_bars(Allocation(wishes=[Stay()], weights=[0]).assign(people, team), locale="zh")
    names = [tick.get_text() for tick in ax.get_yticklabels()]
    assert len(names) == 40
    assert "59" in names
    assert any("共 60 人，显示 40 人" in text.get_text() for text in ax.texts)


def test_without_a_capacity_there_is_no_mark():

    ax = load_bars(Allocation(limits=Limits(None)).assign(PEOPLE, TEAM))
    assert not ax.lines


def test_nobody_to_show():
    assert load_bars(Allocation().assign([], [])).get_yticklabels() == []
