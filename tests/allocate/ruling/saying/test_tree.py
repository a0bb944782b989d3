"""Regions and what they lie in: the user's own, and places as people write them."""

import pytest

from custseg.allocate import RegionTree
from custseg.errors import ConfigError

CHINA = RegionTree("region", china=True)


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ("上海", "华东"),
        ("上海市浦东新区", "上海"),
        ("江苏昆山", "江苏省"),
        ("昆山", "苏州"),
        ("Shanghai", "华东区"),
        ("香港", "亚洲"),
        ("Germany", "欧洲"),
        ("East China", "中国"),
    ],
)
def test_places_lie_where_they_lie(place, region):
    assert CHINA.within(place, region)
    assert not CHINA.within(region, place)


def test_what_cannot_be_read_is_only_itself():
    assert CHINA.line("火星基地") == ("火星基地",)
    assert CHINA.within("朝阳区", "朝阳区")
    assert not CHINA.within("朝阳区", "北京")  # Changchun has one too


def test_own_regions_go_before_those_that_are_known():
    tree = RegionTree(
        "region", {"上海": "沪宁大区", "Jiangsu": "沪宁大区", "沪宁大区": "华东"}, china=True
    )
    assert tree.line("昆山")[3:5] == ("沪宁大区", "east_china")
    assert tree.within("江苏省", "华东")
    assert tree.within("浙江", "华东")
    assert not tree.within("浙江", "沪宁大区")
    assert RegionTree("r", {"南京": "南京战区"}, china=True).line("南京")[-1] == "南京战区"


def test_a_tree_that_goes_round_is_refused():
    with pytest.raises(ConfigError, match="lies in itself"):
        RegionTree("region", {"a": "b", "b": "c", "c": "a"})
    with pytest.raises(ConfigError, match="needs the columns"):
        RegionTree([])


def test_a_place_is_one_however_it_is_spelled_and_own_regions_are_not_places():
    for one, other in (("上海", "Shanghai"), ("江苏", "Jiangsu"), ("香港", "Hong Kong")):
        assert CHINA.line(one) == CHINA.line(other)
    assert CHINA.knows("asia")
    tree = RegionTree("region", {"上海大区": "全国", "浙江": "上海大区"}, china=True)
    assert tree.line("杭州")[2:] == ("上海大区", "全国")
    assert tree.line("上海") == CHINA.line("上海")
