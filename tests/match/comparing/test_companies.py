import pytest

from comparedsides import level
from custseg.match import Companies

COMPANIES = Companies("company")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("上海万科房地产有限公司", "上海市万科房地产有限责任公司", "exact"),
        ("腾讯科技（深圳）有限公司", "腾讯科技深圳有限公司", "exact"),
        ("上海恒力新材料有限公司", "恒力新材料有限公司", "part_dropped"),
        ("上海恒力新材料有限公司", "上海恒力", "part_dropped"),
        ("上海恒力新材料有限公司", "上海恒利新材料有限公司", "same_sound"),
        ("上海飞马环球贸易有限公司", "上海飞马寰球贸易有限公司", "same_sound"),
        ("上海飞马环球贸易有限公司", "上海飞马环贸易有限公司", "close"),
        ("上海恒力新材料有限公司", "北京恒力新材料有限公司", "related"),
        ("上海恒力新材料有限公司", "上海恒力物业有限公司", "related"),
        ("上海恒力新材料有限公司", "上海恒力新材料有限公司无锡分公司", "related"),
        ("上海恒力新材料有限公司", "北京百川物流有限公司", "else"),
        ("万科有限公司", "万达有限公司", "else"),
        ("Acme Ltd.", "ACME GmbH", "exact"),
        ("Northwind Traders Inc", "Northwind Tradres Inc", "close"),
        ("Müller GmbH", "Mueller GmbH", "same_sound"),
        ("Acme Ltd", "Borealis Ltd", "else"),
        ("Acme Ltd", "无", "missing"),
    ],
)
def test_companies(one, other, expected):
    assert level(COMPANIES, one, other) == expected


@pytest.mark.parametrize("branch", ["无锡分公司", "苏州分公司"])
def test_a_branch_is_not_the_company(branch):
    whole = "江苏恒力新材料有限公司"
    assert level(COMPANIES, whole, whole + branch) == "related"
    assert level(COMPANIES, whole + "南京分公司", whole + branch) == "related"
