"""Whom a target means, and who shares a customer's word."""

import numpy as np

from custseg.allocate import RegionTree, Same, To
from custseg.allocate.ruling.deciding.reach import Staff
from custseg.frames import table
from custseg.rules import F

TEAM = [
    {"rep_id": 7, "team": "a", "level": 3, "speaks": "zh; en", "region": "华东"},
    {"rep_id": 8, "team": "b", "level": None, "speaks": None, "region": "上海"},
]
COLUMNS = table(TEAM).read(
    {"rep_id": "text", "team": "text", "level": "number", "speaks": "text", "region": "text"}
)
STAFF = Staff(COLUMNS, "rep_id", "team")


def met(same, people, staff=STAFF):
    columns = table(people).read({same.column: "text"})
    found = staff.sharing(same, columns)
    return found.open[found.coded(0, len(people))].tolist()


def test_ids_are_compared_as_they_are_spelled():
    assert STAFF.meant(To(reps=[7, "9"])).tolist() == [True, False]


def test_what_is_missing_of_a_representative_fulfils_nothing():
    assert STAFF.meant(To(where=F("level") >= 3)).tolist() == [True, False]
    assert STAFF.meant(To(where=F("level") < 3)).tolist() == [False, False]
    assert STAFF.meant(To()).tolist() == [True, True]
    assert STAFF.meant(To(pool="p")).tolist() == [False, False]


def test_cells_of_several_words_share_one():
    same = Same("language", "speaks", separator=";")
    people = [{"language": w} for w in ("en", "fr;zh", "fr", None, ";")]
    one, none = [True, False], [False, False]
    assert met(same, people) == [one, one, none, none, none]
    assert met(Same("language", "speaks"), people[:1]) == [none]


def test_a_tree_stands_over_rep_conditions_too():
    staff = Staff(COLUMNS, "rep_id", "team", (RegionTree("region", china=True),))
    assert staff.meant(To(where=F("region") == "华东")).tolist() == [True, True]
    people = [{"region": "浦东新区"}, {"region": "上海市浦东新区"}, {"region": "杭州"}]
    assert met(Same("region"), people, staff)[1:] == [[True, True], [True, False]]


def test_leave_has_open_ends_and_needs_a_day():
    columns = {**COLUMNS, "from": np.array([5.0, np.nan]), "until": np.array([np.nan, 9.0])}
    staff = Staff(columns, "rep_id", "team")
    assert [staff.away("from", "until", day).tolist() for day in (4.0, 5.0, 9.0, 10.0)] == [
        [False, True],
        [True, True],
        [True, True],
        [True, False],
    ]
    assert not staff.away("from", "until", None).any()
    assert not staff.away("x", "y", 5.0).any()
