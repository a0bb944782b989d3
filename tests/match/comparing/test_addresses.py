import pytest

from comparedsides import level
from custseg.match import Addresses

ADDRESSES = Addresses("address")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("北京市朝阳区建国路８８号", "北京市 朝阳区建国路88号", "exact"),
        ("辽宁省铁岭市调兵山市建设路898号8栋1204室", "调兵山市建设路898号8栋1204室", "same_door"),
        ("南昌东湖区长江路132", "江西省南昌市东湖区长江路132号", "same_door"),
        ("宿州萧县工业园区17014栋1094室", "安徽省宿州市萧县工业园区170号14栋1094室", "close"),
        ("北京市朝阳区建国路88号", "北京市朝阳区建国路9号", "same_street"),
        ("北京市朝阳区建国路88号", "北京市海淀区建国路88号", "else"),
        ("北京市朝阳区建国路88号3栋201室", "北京市朝阳区建国路88号", "same_door"),
        ("435 S. La Cienega Blv.", "435 s. la cienega blvd.", "same_door"),
        ("156 2nd Ave. at 10th St.", "156 Second Ave.", "same_door"),
        ("2450 Broadway between 90th and 91st sts.", "2450 broadway", "same_door"),
        ("1234 Sunset Boulevard", "1236 Sunset Blvd", "same_street"),
        ("12 Pridham Street", "12 Pridhamstreet", "close"),
        ("12 Pridham Street", "99 Wallaby Place", "else"),
        ("12 Pridham Street", "unknown", "missing"),
    ],
)
def test_addresses(one, other, expected):
    assert level(ADDRESSES, one, other) == expected
