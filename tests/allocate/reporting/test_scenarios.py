"""What if: who joins, leaves, carries more; other settings."""

import json

import pandas as pd
import polars as pl
import pytest

from custseg.allocate import Allocation, Match, Scenario, what_if
from custseg.errors import ConfigError
from custseg.frames import crossings

TEAM = [
    {"rep_id": "R1", "region": "north", "capacity": 2},
    {"rep_id": "R2", "region": "south", "capacity": 2},
]
PEOPLE = [{"customer_id": k, "region": "north" if k % 2 else "south"} for k in range(6)]
SPEC = Allocation(wishes=[Match("region")])


def owners(table: object) -> dict[object, object]:
    return {row["customer_id"]: row["owner"] for row in table}  # type: ignore[attr-defined]


def test_each_scenario_is_the_plan_made_by_hand() -> None:
    wide = [{**TEAM[0], "capacity": 4}, TEAM[1]]
    tried = [
        Scenario(name="joins", add=[{"rep_id": "R3", "capacity": 2}]),
        Scenario(name="leaves", remove=["R1"]),
        Scenario(name="carries more", change={"R1": {"capacity": 4}}),
        Scenario(name="at home only", settings={"wishes": [Match("region", required=True)]}),
    ]
    found = what_if(SPEC, PEOPLE, TEAM, tried).plans
    third = {"rep_id": "R3", "region": None, "capacity": 2}
    home = Allocation(wishes=[Match("region", required=True)])
    assert owners(found["joins"].table) == owners(SPEC.assign(PEOPLE, [*TEAM, third]).table)
    assert owners(found["leaves"].table) == owners(SPEC.assign(PEOPLE, TEAM[1:]).table)
    assert owners(found["carries more"].table) == owners(SPEC.assign(PEOPLE, wide).table)
    assert owners(found["at home only"].table) == owners(home.assign(PEOPLE, TEAM).table)


def test_teams_may_be_any_kind_of_table() -> None:
    tried = Scenario(name="leaves", remove=["R1"])
    found = what_if(SPEC, pd.DataFrame(PEOPLE), pd.DataFrame(TEAM), tried)
    assert found.as_dict() == what_if(SPEC, PEOPLE, TEAM, tried).as_dict()


def test_nobody_is_nobody() -> None:
    with pytest.raises(ConfigError, match="no representative 'R9'"):
        what_if(SPEC, PEOPLE, TEAM, Scenario(name="leaves", remove=["R9"]))


def test_a_setting_that_is_none_is_refused_with_a_hint() -> None:
    with pytest.raises(ConfigError, match=r"no setting 'wish'.*wishes"):
        what_if(SPEC, PEOPLE, TEAM, Scenario(name="other", settings={"wish": ()}))


def test_two_scenarios_need_two_names() -> None:
    with pytest.raises(ConfigError, match="name of its own"):
        what_if(SPEC, PEOPLE, TEAM, [Scenario(name="a"), Scenario(name="a")])


def test_it_reads_in_both_languages_and_is_plain_data() -> None:
    found = what_if(SPEC, PEOPLE, TEAM, Scenario(name="<i>"))
    assert json.loads(json.dumps(found.as_dict()))["<i>"]["changed"] == []
    assert found.text("zh").splitlines()[1].startswith("现状")
    assert "<i>" not in found._repr_html_()


@pytest.mark.parametrize("one", ["R12", 7, b"R"])
def test_one_id_alone_is_one_id(one):
    assert Scenario(name="x", remove=one).remove == (one,)
    assert Scenario(name="x", remove=[one]).remove == (one,)


def test_a_lazy_table_is_fetched_as_far_as_it_is_read() -> None:
    people = pl.DataFrame(PEOPLE).with_columns(note=pl.lit("x"))
    tried = Scenario(name="R2 leaves", remove=["R2"])
    with crossings() as account:
        found = what_if(SPEC, people.lazy(), TEAM, tried)
    assert found.text() == what_if(SPEC, people, TEAM, tried).text()
    assert {name for one in account for name in one.columns} == {"customer_id", "region"}
