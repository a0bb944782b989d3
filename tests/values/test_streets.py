import pytest

from custseg.values.streets import Door, door, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("福建省福州市闽清县中山路175号13栋1632室", Door("闽清县", "中山路", "175", "13栋1632")),
        ("吉林省吉林市舒兰市科技大道711号", Door("舒兰市", "科技大道", "711")),
        ("天津市和平区工业园区388号13栋1194室", Door("和平区", "工业园区", "388", "13栋1194")),
        ("朝阳区建国路８８号", Door("朝阳区", "建国路", "88")),
        ("朝陽區建國路88號", Door("朝阳区", "建国路", "88")),
        ("北京市海淀区", Door("海淀区")),
        ("12224 Ventura Blvd.", Door("", "ventura", "12224")),
        ("854 Seventh Ave. between 54th and 55th", Door("", "7th", "854")),
        ("1737 Post St. (Kintetsu Building)", Door("", "post", "1737")),
        ("20 Kirk Road, Apt 5", Door("", "kirk", "20", "5")),
        ("Market Square", Door("", "market")),
        ("暂无", Door()),
        (None, Door()),
    ],
)
def test_the_way_to_a_door(text, expected):
    assert door(text) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("n/a", "placeholder"),
        ("中山路***号", "masked"),
        ("x" * 301, "invalid_length"),
        (" ", "blank"),
    ],
)
def test_what_is_no_address(text, problem):
    reading = read(text)
    assert reading.key is None
    assert reading.problem == problem


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 Main Street", Door("", "main", "12")),
        ("12 Main Street near Oak", Door("", "main", "12")),
        ("12 Main Street apt 4", Door("", "main", "12", "4")),
        ("12 no way", Door("", "12", "", "way")),
        ("12 First Avenue North", Door("", "1st", "12")),
        ("12 North Street", Door("", "north street", "12")),
    ],
)
def test_usual_addresses_are_read_as_unusual_ones(text, found):
    assert door(text) == found == door(f"{text} ") == door(text.replace(" ", "  ", 1))


def test_a_masked_address_has_no_key():
    assert read("1xxx3 Main Street").problem == "masked"
