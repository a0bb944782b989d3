import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.values import companies, places
from custseg.values.tables import table

REGIONS = {  # 七大地理分区
    "north_china": "北京 天津 河北 山西 内蒙古",
    "northeast_china": "辽宁 吉林 黑龙江",
    "east_china": "上海 江苏 浙江 安徽 福建 江西 山东",
    "central_china": "河南 湖北 湖南",
    "south_china": "广东 广西 海南",
    "southwest_china": "重庆 四川 贵州 云南 西藏",
    "northwest_china": "陕西 甘肃 青海 宁夏 新疆",
    "hong_kong_macao_taiwan": "香港 澳门 台湾",
}
PROVINCES = [(p, region) for region, names in REGIONS.items() for p in names.split()]


def region(text):
    code = places.read(text).key
    return code and places.lifted(code, "region")


@pytest.mark.parametrize(("province", "expected"), PROVINCES)
def test_the_provinces_in_their_regions(province, expected):
    assert region(province) == expected


def test_every_city_of_the_table_of_places_is_in_a_region_of_the_mainland():
    cities = table("places")["cities"] + tuple(n.replace("/", "") for n in table("places")["long"])
    assert not [c for c in cities if region(c) not in {*REGIONS, "hong_kong_macao_taiwan"}]
    assert companies.parts("苏州恒力有限公司").place == "苏州"  # the same places read in names


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("江苏省苏州市工业园区星湖街", "jiangsu"),
        ("上海浦东新区", "shanghai"),
        ("中国上海", "shanghai"),
        ("北京 朝阳区 建国路", "beijing"),
        ("浙江杭州", "zhejiang"),
        ("大连中山区", "liaoning"),
        ("昆山市", "jiangsu"),
        ("海南藏族自治州", "qinghai"),
        ("海南", "hainan"),
        ("延边", "jilin"),
        ("Guangdong Province", "guangdong"),
        ("Shenzhen, Guangdong, China", "guangdong"),
        ("Xi'an", "shaanxi"),
        ("Shaanxi", "shaanxi"),
        ("Shanxi", "shanxi"),
        ("华东区", "east_china"),
        ("中国", "china"),
        ("U.S.A.", "us"),
        ("Paris, Texas", "us"),
        ("Côte d'Ivoire", "ci"),
        ("日本", "jp"),
        ("EU", "europe"),
        ("亚洲", "asia"),
    ],
)
def test_the_ways_in_which_people_write_a_place(text, place):
    assert places.read(text).key == place


@pytest.mark.parametrize(
    "text",
    [
        "中山路12号",
        "南京西路100号",
        "北京东路",
        "上海街5号",
        "朝阳区",
        "西安区",
        "兰州大学",
        "成都小吃",
        "日本料理店",
        "东方",
        "Georgia",
        "CA",
        "London, Ontario",
        "qwzx",
        "无",
        "N/A",
        "",
    ],
)
def test_what_only_sounds_like_a_place_is_none(text):
    assert places.read(text).key is None


@pytest.mark.parametrize(
    ("text", "country", "continent"),
    [
        ("CN", "china", "asia"),
        ("CA", "ca", "north_america"),
        ("deu", "de", "europe"),
        ("EIRE", "ie", "europe"),
        ("RSA", "za", "africa"),
        ("Georgia", "ge", "asia"),
        ("巴西", "br", "latin_america"),
        ("Türkiye", "tr", "asia"),
        ("新西兰", "nz", "oceania"),
        ("中国香港", "hk", "asia"),
    ],
)
def test_countries_by_name_and_code(text, country, continent):
    found = places.read_country(text).key
    assert (found, places.lifted(found, "continent")) == (country, continent)


def test_every_country_of_iso_3166_is_read_by_its_two_codes():
    names = [entry.split("/") for r in places.REGIONS[7:] for entry in table("countries")[r]]
    assert len({two for two, *_ in names}) == len(names) == 249  # Antarctica out, Kosovo in
    for two, three, *_ in names:
        found = places.read_country(three).key
        assert found == ("china" if two == "CN" else two.lower())
        assert two == "NA" or places.read_country(two).key == found  # NA is a placeholder


@given(st.text(max_size=30))
def test_any_text_is_read_as_a_known_place_or_as_none(text):
    found = places.read(text).key
    assert found is None or found in places.places("place")


def test_levels_nest():
    for code in places.places("place"):
        region, continent = places.lifted(code, "region"), places.lifted(code, "continent")
        assert places.lifted(code, "place") == code
        assert region is None or region in places.REGIONS
        assert continent in places.CONTINENTS
        assert region is None or places.lifted(region, "continent") == continent


@pytest.mark.parametrize(
    ("known", "other", "finer"),
    [
        ("china", "guangdong", "guangdong"),
        ("asia", "jp", "jp"),
        ("east_china", "guangdong", "east_china"),
        ("us", "guangdong", "us"),
        ("us", "us", "us"),
    ],
)
def test_a_place_is_made_finer_only_by_what_lies_within_it(known, other, finer):
    assert places.finer(known, other) == finer


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Hong Kong, China", "hk"),
        ("Hong Kong SAR, China", "hk"),
        ("China; Macau", "mo"),
        ("Taipei, Taiwan, China", "tw"),
        ("中国香港", "hk"),
        ("香港, 中国", "hk"),
    ],
)
def test_hong_kong_macao_and_taiwan_may_be_told_with_china(text, place):
    found = places.read(text)
    assert (found.key, found.problem) == (place, None)
    assert places.lifted(place, "region") == "hong_kong_macao_taiwan"


@pytest.mark.parametrize("text", ["Guangdong, Hong Kong", "Hong Kong, Japan", "Taiwan, Shanghai"])
def test_places_that_contradict_are_none(text):
    assert places.read(text).problem == "several_values"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "广东省外",
            "广东省以外",
            "北京市外",
            "广东省外地区",
            "广西自治区外",
            "江苏省除外",
            "深圳市之外",
        )
    ],
)
def test_outside_a_place_is_not_in_it(text):
    found = places.read(text)
    assert (found.key, found.problem) == (None, "unlisted")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("上海市外滩18号", "shanghai"),
        ("上海市外高桥保税区", "shanghai"),
        ("北京市外环路", "beijing"),
        ("广东省内", "guangdong"),
    ],
)
def test_a_street_called_outer_is_in_its_city(text, place):
    assert places.read(text).key == place
