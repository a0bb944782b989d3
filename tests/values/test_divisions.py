"""Addresses and the divisions of China that they lie in; what is not certain stays unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.values import divisions
from custseg.values.tables import table


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("北京市朝阳区建国路88号", "110105", "建国路88号"),
        ("北京朝阳", "110105", ""),
        ("长春市朝阳区", "220104", ""),
        ("辽宁朝阳", "211300", ""),
        ("朝阳市双塔区", "211302", ""),
        ("吉林省吉林市舒兰市科技大道711号", "220283", "科技大道711号"),
        ("吉林吉林市", "220200", ""),
        ("海南藏族自治州同德县", "632522", ""),
        ("海南省三亚市", "460200", ""),
        ("江苏昆山前进路12号", "320583", "前进路12号"),
        ("昆山", "320583", ""),
        ("義烏市", "330782", ""),
        ("廣東省廣州市天河區", "440106", ""),
        ("南京鼓楼区", "320106", ""),
        ("济南市市中区", "370103", ""),
        ("广西南宁", "450100", ""),
        ("湖北恩施", "422800", ""),
        ("湖北省仙桃市", "429004", ""),
        ("广东省东莞市长安镇", "441900", "长安镇"),
        ("石家庄市市辖区", "130100", ""),
        ("中国上海市浦东新区", "310115", ""),
        ("上海浦东", "310115", ""),
        ("香港特别行政区中环", "810000", "中环"),
        ("臺灣臺北市", "710000", "台北市"),
        ("江苏 南京 玄武区", "320102", ""),
        ("上海市南京东路100号", "310000", "南京东路100号"),
        ("北京崇文门", "110000", "崇文门"),
        ("汉中镇巴县新华路629", "610728", "新华路629"),
        ("宁波镇海区中山路", "330211", "中山路"),
        ("永州道县中山路3013", "431124", "中山路3013"),
    ],
)
def test_the_finest_division_that_is_certain(text: str, code: str, rest: str) -> None:
    found = divisions.find(text)
    assert (found.code, found.rest, found.problem) == (code, rest, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("朝阳区建国路88号", None),
        ("朝阳", None),
        ("鼓楼区", None),
        ("和平区", None),
        ("城区", None),
        ("江苏省鼓楼区", "320000"),
        ("河北省新华区", "130000"),
    ],
)
def test_an_ambiguous_place_stays_unknown(text: str, code: str | None) -> None:
    found = divisions.find(text)
    assert (found.code, found.problem) == (code, "ambiguous_place")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("湖北省襄樊市樊城区", "420606"),
        ("北京市崇文区", "110101"),
        ("上海市卢湾区", "310101"),
        ("浙江省玉环县", "331083"),
        ("四川省成都市双流县", "510116"),
        ("吉林省四平市公主岭市", "220184"),
        ("杭州市下城区", "330105"),
        ("思茅市", "530800"),
        ("山西大同城区", "140213"),
    ],
)
def test_a_former_name_is_told(text: str, code: str) -> None:
    found = divisions.find(text)
    assert (found.code, found.problem) == (code, "renamed_place")


@pytest.mark.parametrize(
    "text", ["中山路12号", "上海路1号", "南京东路100号", "长白山", "Main Street"]
)
def test_a_road_is_no_place(text: str) -> None:
    assert divisions.find(text).code is None
    assert divisions.read(text).problem == "unlisted"


@pytest.mark.parametrize(
    ("text", "problem"), [(None, None), ("", "blank"), ("暂无", "placeholder")]
)
def test_nothing_is_nowhere(text: str | None, problem: str | None) -> None:
    assert divisions.find(text) == divisions.Division(problem=problem)


def test_every_division_is_found_by_its_full_names() -> None:
    rows = table("divisions")
    cities = dict(row.split() for row in rows["cities"])
    provinces = dict(row.split() for row in rows["provinces"])
    for row in rows["counties"]:
        city, _, counties = row.partition(" ")
        for county in counties.split("/"):
            text = provinces[city[:2]] + cities.get(city, "") + county[2:]
            assert divisions.find(text).code == city + county[:2]


@given(st.text(alphabet="北京朝阳区市省县江苏南吉林海鼓楼路街 中国", max_size=12))
def test_what_is_found_lies_where_it_says(text: str) -> None:
    found = divisions.find(text)
    if found.code:
        assert found.province
        assert len(found.code) == 6
    else:
        assert (found.province, found.city, found.county) == ("", "", "")


@pytest.mark.parametrize(
    ("text", "code", "rest"),
    [
        ("伊犁州霍城县", "654023", ""),
        ("恩施州利川市清江大道", "422802", "清江大道"),
        ("河北省石家庄市市辖区", "130100", ""),
        ("四川达县", "511703", ""),
    ],
)
def test_short_names_of_autonomous_prefectures(text: str, code: str, rest: str) -> None:
    found = divisions.find(text)
    assert (found.code, found.rest) == (code, rest)
