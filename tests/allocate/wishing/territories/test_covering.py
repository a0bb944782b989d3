"""Who covers the territory of a customer."""

import numpy as np
import pytest

from custseg._typing import Codes
from custseg.allocate import Allocation, Area, Territory
from custseg.errors import ConfigError, DataError
from everykind import KINDS, as_records, as_table

NAN = np.nan
TREE = (Area("East"), Area("Jiangsu", "East"), Area("Suzhou", "Jiangsu"), Area("North"))


def codes(*texts):
    words = tuple(dict.fromkeys(t for t in texts if t is not None))
    return Codes(np.array([-1 if t is None else words.index(t) for t in texts]), words)


PEOPLE = {"territory": codes("Suzhou", "Jiangsu", "North", None, "elsewhere")}
TEAM = {"territory": codes("Suzhou;North", "Jiangsu", "East", None)}


def found(**settings):
    return Territory(TREE, **settings).points(PEOPLE, TEAM)


def same(points, expected):
    return np.array_equal(points, np.array(expected, dtype=float), equal_nan=True)


def test_points_fall_with_every_level_above():
    expected = [[1, 0.5, 0.25, 0], [0, 1, 0.5, 0], [1, 0, 0, 0], [0] * 4, [0] * 4]
    assert same(found(levels=(1, 0.5, 0.25)), expected)
    assert same(found(levels=(1, 0.5))[:2], [[1, 0.5, 0.5, 0], [0, 1, 0.5, 0]])


def test_as_a_gate_who_covers_nothing_of_it_is_out():
    expected = [[1, 0.5, 0.25, NAN], [NAN, 1, 0.5, NAN], [1, NAN, NAN, NAN], [NAN] * 4, [NAN] * 4]
    assert same(found(required=True, levels=(1, 0.5, 0.25)), expected)


def test_only_the_nearest_level_that_anybody_covers():
    expected = [[1, NAN, NAN, NAN], [NAN, 1, NAN, NAN], [1, NAN, NAN, NAN], [0] * 4, [0] * 4]
    assert same(found(nearest=True), expected)


def test_the_finest_of_several_areas_of_a_representative_counts():
    team = {"territory": codes("East;Suzhou")}
    assert same(Territory(TREE).points(PEOPLE, team)[:2], [[1], [0.67]])


def test_without_areas_both_sides_are_places():
    people = {"territory": codes("江苏省昆山市前进路12号", "苏州", "上海市", "Berlin, Germany")}
    team = {"territory": codes("昆山市", "苏州市;上海", "华东", "Europe")}
    points = Territory(levels=(1, 0.75, 0.5, 0.25)).points(people, team)
    assert same(points, [[1, 0.75, 0.25, 0], [0, 1, 0.5, 0], [0, 1, 0.75, 0], [0, 0, 0, 0.75]])


def test_who_covers_what_is_no_area_is_told():
    with pytest.raises(DataError, match="no area") as caught:
        Territory(TREE).points(PEOPLE, {"territory": codes("East", "Eest")})
    assert (caught.value.row, caught.value.column) == (1, "territory")
    with pytest.raises(DataError, match="no place"):
        Territory().points(PEOPLE, {"territory": codes("Atlantis")})


@pytest.mark.parametrize("levels", [(), (0.5, 1), (2, 1), (1, -1)])
def test_levels_fall(levels):
    with pytest.raises(ConfigError, match="levels"):
        Territory(TREE, levels=levels)


def test_it_reads_only_the_signs_that_areas_have():
    assert Territory(TREE).needs == {"territory": "text"}
    with pytest.raises(ConfigError, match="column"):
        Territory(TREE, column=None)
    with pytest.raises(ConfigError, match="areas"):
        Territory().place([{"territory": "x"}])
    full = Territory([Area("a", accounts=["1"], phones=["021"])], column=None)
    assert full.needs == {"customer_id": "text", "phone": "text"}


@pytest.mark.parametrize("kind", KINDS)
def test_customers_are_placed_in_every_kind_of_table(kind):
    rows = [{"territory": "Suzhou"}, {"territory": None}]
    placed = as_records(Territory(TREE).place(as_table(kind, rows, {"territory": "text"})))
    assert [(row["area"], row["area_by"]) for row in placed] == [
        ("Suzhou", "territory"),
        (None, None),
    ]


def test_a_plan_gives_customers_to_who_covers_them():
    people = [{"customer_id": k, "territory": t} for k, t in enumerate(("Suzhou", "North", None))]
    team = [
        {"rep_id": "R1", "capacity": 9, "territory": "East"},
        {"rep_id": "R2", "capacity": 9, "territory": "North"},
    ]
    plan = Allocation(wishes=[Territory(TREE, required=True)]).assign(people, team)
    assert [row["owner"] for row in plan.table] == ["R1", "R2", None]
    assert plan.table[0]["owner_reason"] == "same_territory"


@pytest.mark.parametrize("word", ["上海", "Shanghai", "上海市", "江苏", "香港", "台湾"])
def test_a_place_is_covered_however_it_is_spelled(word):
    team = {"territory": codes("Shanghai;Jiangsu;Hong Kong;Taiwan", "上海;江苏;香港;台湾")}
    assert Territory().points({"territory": codes(word)}, team).tolist() == [[1.0, 1.0]]


def test_however_many_addresses_there_are_classes_are_places():
    people = {"territory": codes(*(f"上海市浦东新区世纪大道{k}号" for k in range(50)))}
    at, points = Territory().classes(people, {"territory": codes("上海")})
    assert points.shape == (2, 1)
    assert set(at.tolist()) == {0}


@pytest.mark.parametrize("kind", KINDS)
def test_postcodes_of_numbers_have_their_zeros_and_ids_are_numbers(kind):
    areas = [
        Area("Inner Mongolia", postcodes=["01"]),
        Area("Beijing", postcodes=["10"]),
        Area("x", accounts=[7]),
    ]
    rows = [
        {"customer_id": 1, "postcode": 10_000},
        {"customer_id": 2, "postcode": 100_000},
        {"customer_id": 7, "postcode": None},
    ]
    given = as_table(kind, rows, {"customer_id": "number", "postcode": "number"})
    placed = as_records(Territory(areas, column=None).place(given))
    assert [row["area"] for row in placed] == ["Inner Mongolia", "Beijing", "x"]


@pytest.mark.parametrize("word", ["上海市浦东新区", "河南省济源市", "江苏省苏州市"])
def test_a_province_is_one_level_above_where_no_city_lies_between(word):
    team = {"territory": codes("上海;河南;江苏")}
    assert Territory().points({"territory": codes(word)}, team).tolist() == [[0.67]]
