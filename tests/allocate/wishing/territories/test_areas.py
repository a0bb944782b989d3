"""A tree of territories."""

import pytest

from custseg.allocate import Area
from custseg.allocate.wishing.territories.areas import dialled, line, lying, number, postal, tree
from custseg.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江苏省昆山市前进路12号", ("320583", "320500", "jiangsu", "east_china", "china", "asia")),
        ("北京市朝阳区", ("110105", "beijing", "north_china", "china", "asia")),
        ("河南省济源市", ("419001", "henan", "central_china", "china", "asia")),
        ("上海市", ("shanghai", "east_china", "china", "asia")),
        ("华东", ("east_china", "china", "asia")),
        ("广东", ("guangdong", "south_china", "china", "asia")),
        ("Germany", ("de", "europe")),
        ("Shanghai", ("shanghai", "east_china", "china", "asia")),
    ],
)
def test_a_place_lies_in_ever_coarser_ones(text, expected):
    assert lying(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("上海", "Shanghai"), ("江苏省", "Jiangsu"), ("香港", "Hong Kong"), ("中国", "China")],
)
def test_a_place_is_the_same_however_it_is_spelled(one, other):
    assert lying(one) == lying(other) != ()


@pytest.mark.parametrize(
    "areas",
    [
        [Area("East"), Area("East")],
        [Area("Shanghai", "East")],
        [Area("a", "b"), Area("b", "a")],
        [Area("a", "a")],
        [Area("a", accounts=["C1"]), Area("b", accounts=["C1"])],
        [Area("a", phones=["021"]), Area("b", phones=["021"])],
        [Area("a", phones=["021"]), Area("b", phones=["+86 21"])],
        [Area("a", places=["上海"]), Area("b", places=["Shanghai"])],
        [Area("a", postcodes=["EC1"]), Area("b", postcodes=["ec 1"])],
        [Area("a", "b"), Area("b", "c"), Area("c", "b")],
    ],
)
def test_what_is_no_tree_is_refused(areas):
    with pytest.raises(ConfigError, match=r"territory\.areas"):
        tree(areas)


def test_a_line_ends_at_the_root():
    areas = tree([Area("a"), Area("b", "a"), Area("c", "b")])
    assert line("c", {area.name: area for area in areas}) == ("c", "b", "a")


def test_an_area_has_a_name_and_places_that_are_known():
    with pytest.raises(ConfigError, match="name"):
        Area("")
    with pytest.raises(ConfigError, match="places"):
        Area("a", places=["Atlantis"])


def test_numbers_are_compared_in_full_and_services_lie_nowhere():
    assert number("(010) 6234-5678", "CN").startswith(dialled("010"))
    assert number("+49 30 901820", None).startswith(dialled("+49 30"))
    assert number("400-800-1234", "CN") is None
    assert number("95588", "CN") is None


@pytest.mark.parametrize("signs", [{"phones": ["abc"]}, {"phones": ["+86"]}, {"phones": [""]}])
def test_a_beginning_that_holds_of_everybody_is_refused(signs):
    with pytest.raises(ConfigError, match=r"area\.phones"):
        Area("a", **signs)
    with pytest.raises(ConfigError, match=r"area\.postcodes"):
        Area("a", postcodes=[" - "])
    with pytest.raises(ConfigError, match=r"area\.accounts"):
        Area("a", accounts=[""])


def test_signs_may_be_numbers():
    assert Area("a", accounts=[17], postcodes=20) == Area("a", accounts=["17"], postcodes="20")


@pytest.mark.parametrize(
    ("code", "region", "expected"),
    [
        ("10000", "CN", "010000"),
        ("100000", "CN", "100000"),
        ("２０００００", "CN", "200000"),
        ("2134", "US", "02134"),
        ("10000", None, "10000"),
        ("EC1A 1BB", "GB", "EC1A1BB"),
        ("", "CN", ""),
    ],
)
def test_postcodes_get_their_zeros_back(code, region, expected):
    assert postal(code, region) == expected
