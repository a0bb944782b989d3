"""Company names: the legal form does not tell two companies apart, a branch does."""

import re

import pytest

from custseg.values import companies
from custseg.values.companies import CompanyParts


@pytest.mark.parametrize(
    "texts",
    [
        ["上海万科房地产有限公司", "上海市万科房地产有限责任公司", "上海 万科房地产股份有限公司"],
        ["腾讯科技(深圳)有限公司", "腾讯科技（深圳）有限公司", "腾讯科技 （深圳） 有限公司"],
        ["恩施华龙茶业合伙企业(有限合伙)", "恩施土家族苗族自治州华龙茶业合伙企业（有限合伙）"],
        ["Acme Ltd", "ACME, Limited", "Acme Co., Ltd.", "The Acme Company"],
        ["Müller & Söhne GmbH", "MULLER AND SOHNE GmbH & Co. KG"],
        ["Banco Santander S.A.", "banco santander  s a", "Banco Santander SA"],
        ["ソニー株式会社", "株式会社ソニー", "（株）ソニー"],
        ["台湾积体电路制造股份有限公司", "臺灣積體電路製造股份有限公司"],
        ["Toyota K.K.", "Kabushiki Kaisha Toyota", "TOYOTA KK"],
        ["SARL Dupont", "Dupont S.à r.l.", "DUPONT S.A.R.L."],
        ["Johnson’s Inc", "Johnson's Inc."],
    ],
)
def test_one_company_is_one_key(texts: list[str]):
    assert len({companies.read(text).key for text in texts}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("上海万科房地产有限公司", "北京万科房地产有限公司"),
        ("腾讯科技(深圳)有限公司", "腾讯科技(北京)有限公司"),
        ("鸿海集团有限公司", "鸿海有限公司"),
        ("中国银行股份有限公司", "中国银行股份有限公司上海市分行"),
        ("阿里巴巴网络有限公司杭州分公司", "阿里巴巴网络有限公司"),
        ("平安保险上海分公司", "平安保险北京分公司"),
        ("Acme Ltd", "Acme Group"),
        ("Apple Inc.", "Apple Inc. Shanghai Branch"),
        ("株式会社ガス", "株式会社カス"),
    ],
)
def test_related_companies_are_not_one(one: str, other: str):
    assert companies.read(one).key != companies.read(other).key


def test_the_value_stays_as_registered():
    assert companies.read("东营 市少年时代家具有限公司").value == "东营市少年时代家具有限公司"
    assert companies.read("ACME, Inc.").value == "ACME, Inc."


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("上海市万科房地产有限公司", CompanyParts("上海", "万科", "房地产", "有限公司")),
        ("内蒙古自治区蒙牛乳业有限公司", CompanyParts("内蒙古", "蒙牛乳业", "", "有限公司")),
        ("北京市政工程有限公司", CompanyParts("北京", "市政", "工程", "有限公司")),
        ("阿里巴巴网络有限公司", CompanyParts("", "阿里巴巴", "网络", "有限公司")),
        (
            "中国银行股份有限公司上海市分行",
            CompanyParts("", "中国银行", "", "股份有限公司", "上海市分行", "branch"),
        ),
        ("腾讯科技（深圳）有限公司", CompanyParts("深圳", "腾讯", "科技", "有限公司")),
        ("阿里巴巴（中国）有限公司", CompanyParts("中国", "阿里巴巴", "", "有限公司")),
        ("恒力(集团)有限公司", CompanyParts("", "恒力", "", "有限公司", related="group")),
        (
            "中国移动通信集团广东有限公司",
            CompanyParts("广东", "中国移动", "通信", "有限公司", related="subsidiary"),
        ),
        ("平安保险上海分公司", CompanyParts("", "平安", "保险", "", "上海分公司", "branch")),
        (
            "內蒙古伊利實業集團股份有限公司",
            CompanyParts("内蒙古", "伊利", "实业", "股份有限公司", related="group"),
        ),
        ("株式会社日立製作所", CompanyParts("", "日立制作所", "", "株式会社")),
        ("삼성전자 주식회사", CompanyParts("", "삼성전자", "", "주식회사")),
        ("有限公司", CompanyParts(form="有限公司")),
        ("Shenzhen Acme Trading Co., Ltd.", CompanyParts("shenzhen", "acme", "trading", "co ltd")),
        ("Krüger Maschinenbau GmbH", CompanyParts("", "kruger", "maschinenbau", "gmbh")),
        ("SARL Dupont Plomberie", CompanyParts("", "dupont", "plomberie", "sarl")),
        ("Dupont S.à r.l.", CompanyParts("", "dupont", "", "sa rl")),
        ("Acme Holdings Ltd", CompanyParts("", "acme", "", "ltd", related="group")),
        (
            "Apple Inc. Shanghai Branch",
            CompanyParts("", "apple", "", "inc", "shanghai branch", "branch"),
        ),
        ("ООО Ромашка", CompanyParts("", "ромашка", "", "ооо")),
        ("Acme Pty Ltd", CompanyParts(brand="acme", form="pty ltd")),
        ("暂无", CompanyParts()),
        (None, CompanyParts()),
    ],
)
def test_parts(text: str | None, parts: CompanyParts):
    assert companies.parts(text) == parts


@pytest.mark.parametrize(
    "text", ["无", "个人", "公司", "Freelance", "test company", "某某公司", "XX公司"]
)
def test_no_company_becomes_missing(text: str):
    assert companies.read(text) == companies.Reading(problem="placeholder")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("有限公司", "only_legal_form"),
        ("Co., Ltd.", "only_legal_form"),
        ("!!?", "placeholder"),
        ("™", None),
        ("☎☎☎", "invalid_characters"),
        ("万*房地产有限公司", "masked"),
        ("上海" * 200, "invalid_length"),
    ],
)
def test_problems(text: str, problem: str | None):
    assert companies.read(text).problem == problem


@pytest.mark.parametrize(
    "text",
    [
        *("Acme Trading Co., Ltd.", "The Boeing Company", "No Data.", "not available", "Inc Ltd"),
        *("Missing Link Ltd", "Your Company", "Test Company", "Deutsche Bank AG Filiale Berlin"),
    ],
)
def test_plain_latin_names_are_read_as_slowly_read_ones(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = companies.read(text), companies.looks_like(text)
    monkeypatch.setattr(companies, "_QUICK_LATIN", re.compile("(?!)"))
    assert (companies.read(text), companies.looks_like(text)) == quick


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Grupo Bimbo, S.A. de C.V.", "grupo bimbo"),
        ("Grupo Bimbo SA de CV", "grupo bimbo"),
        ("Acme, S. de R.L. de C.V.", "acme"),
        ("Casa de Campo SA", "casa de campo"),
        ("个体工商户张三", "张三"),
    ],
)
def test_legal_forms_of_several_words_and_in_front_go(text: str, key: str) -> None:
    assert companies.read(text).key == key


@pytest.mark.parametrize(
    "text",
    ["株式会社トヨタ", "Müller GmbH & Co. KG", 'ООО "Ромашка"', "OOO Romashka", "Boeing Company"],
)
def test_a_form_in_front_or_of_another_country_tells_a_company(text: str) -> None:
    assert companies.looks_like(text)


@pytest.mark.parametrize(
    "text", ["Maria Sa", "Jonathan Co", "Tan Se", "Smith A. G.", "Lee, B.V.", "王公子"]
)
def test_surnames_that_are_also_forms_tell_no_company(text: str) -> None:
    assert not companies.looks_like(text)


def test_a_country_is_no_brand_of_its_own() -> None:
    assert companies.parts("中国石油化工股份有限公司").brand == "中国石油化工"


def test_latin_letters_of_a_chinese_brand_are_small() -> None:
    assert companies.parts("上海XYZ贸易有限公司").brand == "xyz"


def test_no_company_with_the_word_company_is_none() -> None:
    assert companies.read("暂无公司").problem == "placeholder"
