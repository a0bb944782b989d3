"""Values that other tools get wrong, as their users and our own trials found, one by one.

Source: goldenmatch 3.22 (phones), cleanco 2.3 (legal forms), nameparser 1.1 (compound surnames),
pypinyin 0.55 (readings of surnames), phonenumbers 9.0 (extensions), cpca 0.5 (ambiguous districts),
DuckDB (edits counted in bytes, duckdb/duckdb#25113), all seen on these very values.
"""

import pytest

from custseg.clean import Cleaner
from custseg.values import (
    companies,
    dates,
    divisions,
    emails,
    identifiers,
    junk,
    names,
    phones,
    sounds,
)
from custseg.values.regions import hint
from custseg.values.text import tidy

# ---------------------------------------------------------------- Chinese, where others fail


@pytest.mark.parametrize(
    "text",
    [
        *("13800138000", "+86 138 0013 8000", "0086-13800138000", "86-138-0013-8000"),
        *(
            "(+86)13800138000",
            "１３８００１３８０００",
            "138\u200b0013\u200b8000",
            "手机：13800138000",
        ),
    ],
)
def test_one_chinese_mobile_is_one_key(text: str) -> None:
    """Goldenmatch makes three keys of it: 3800138000, 8613800138000 and 0086..."""
    assert phones.read(text).key == "+8613800138000"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("杭州远山有限公司", "杭州远山"),
        ("杭州远山有限责任公司", "杭州远山"),
        ("株式会社ソニー", "ソニー"),
        ("ソニー株式会社", "ソニー"),
        ("北京远山（集团）有限公司", "北京远山集团"),
        ("合同会社ソニー", "ソニー"),
        ("삼성전자 주식회사", "삼성전자"),
        ("Sony G.K.", "sony"),
    ],
)
def test_legal_forms_go(text: str, key: str) -> None:
    """Cleanco leaves 有限公司, 有限责任公司 and 株式会社 where they are."""
    assert companies.read(text).key == key


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        *(("欧阳娜娜", "欧阳"), ("歐陽娜娜", "歐陽"), ("司马相如", "司马"), ("诸葛亮", "诸葛")),
        *(("爱新觉罗溥仪", "爱新觉罗"), ("单雄信", "单"), ("东方不败", "东方"), ("王小明", "王")),
    ],
)
def test_compound_surnames(name: str, surname: str) -> None:
    """Nameparser puts 欧阳娜娜 wholly into the last name."""
    assert names.surname(name) == surname


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        *(("单雄信", "Shan Xiongxin"), ("查良镛", "Zha Liangyong"), ("仇英", "Qiu Ying")),
        *(("解缙", "Xie Jin"), ("区寄", "Ou Ji"), ("曾巩", "Zeng Gong"), ("翟让", "Zhai Rang")),
        *(("盖叫天", "Ge Jiaotian"), ("朴树", "Piao Shu"), ("种师道", "Chong Shidao")),
        *(("缪荃孙", "Miao Quansun"), ("乐毅", "Yue Yi"), ("覃辉", "Qin Hui"), ("任安", "Ren An")),
        *(("尉迟恭", "Yuchi Gong"), ("万俟咏", "Moqi Yong"), ("长孙顺德", "Zhangsun Shunde")),
        *(("澹台灭明", "Tantai Mieming"), ("单于夫罗", "Chanyu Fuluo"), ("华佗", "Hua Tuo")),
    ],
)
def test_surnames_are_read_as_surnames(name: str, spelled: str) -> None:
    """pypinyin reads 单雄信 as dan and 查良镛 as cha."""
    given = " ".join(reversed(spelled.split()))
    assert sounds.key(name) == sounds.key(spelled) == sounds.key(given)


def test_homophones_sound_alike_in_whatever_script_and_order() -> None:
    """DuckDB says that 王小明 and 王晓明 are three edits apart: it counts bytes."""
    spellings = ["王小明", "王晓明", "王曉明", "wang xiaoming", "Xiaoming Wang", "WANG Xiao-Ming"]
    assert len({sounds.key(name) for name in spellings}) == 1


# ---------------------------------------------------------------- telephone numbers


@pytest.mark.parametrize(
    ("country", "value", "problem"),
    [
        ("中国", "+8613923456709", None),
        ("广东省广州市", "+8613923456709", None),
        ("USA", "+13923456709", None),
        (None, "+8613923456709", "ambiguous_region"),
    ],
)
def test_eleven_digits_are_read_by_the_record(
    country: str | None, value: str, problem: str | None
) -> None:
    reading = phones.read("13923456709", hint(country))
    assert (reading.value, reading.problem) == (value, problem)


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("021-62345678 转 801", "+862162345678;ext=801", "extension"),
        ("021-62345678转801", "+862162345678;ext=801", "extension"),
        ("021-62345678 ext. 801", "+862162345678;ext=801", "extension"),
        ("021-62345678#801", "+862162345678;ext=801", "extension"),
        ("021-62345678-801", "+862162345678;ext=801", "extension"),
        ("400-820-8820", "+864008208820", "service"),
        ("95588", "+8695588", "service"),
        ("0755-26012345", "+8675526012345", "landline"),
        ("(415) 555-0132", "+14155550132", "other"),
    ],
)
def test_switchboards_and_services(text: str, value: str, kind: str) -> None:
    """Phonenumbers does not read 转 801. What many share is told from what one person has."""
    assert phones.read(text).value == value
    assert phones.kind(phones.read(text).key) == kind


# ---------------------------------------------------------------- junk


@pytest.mark.parametrize(
    "text",
    ["未知", "无", "暂无", "N/A", "Select", "-- Select --", "null", "同上", "请选择", "－", "?"],
)
def test_what_stands_in_for_a_value_is_missing(text: str) -> None:
    for read in (names.read, companies.read, phones.read, emails.read, divisions.read):
        assert read(text).value is None
        assert read(text).problem == "placeholder"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        *(("0000", None), ("00000000", "repeated_digits"), ("11111111111", "repeated_digits")),
        *(("12345678901", "sequential_digits"), ("13800000000", "repeated_digits")),
        *(("13812345678", "sequential_digits"), ("138****8000", "masked")),
    ],
)
def test_numbers_that_only_fill_a_field(text: str, problem: str | None) -> None:
    reading = phones.read(text)
    assert reading.key is None
    assert reading.problem == (problem or reading.problem)


def test_mail_that_nobody_has() -> None:
    assert emails.read("test@test.com").value is None
    assert emails.read("li@example.com").problem == "reserved_domain"
    assert junk.problem("00000000") == "repeated_digits"


# ---------------------------------------------------------------- text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("王　小明", "王 小明"),
        ("ＡＣＭＥ　（中国）", "ACME (中国)"),
        ("王\u200b小\ufeff明", "王小明"),
        ("ﬁne", "fine"),
    ],
)
def test_one_spelling_of_the_same_characters(text: str, plain: str) -> None:
    assert tidy(text) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("歐陽娜娜", "欧阳娜娜"),
        ("佐々木希", "佐佐木希"),
        ("陳 大 文", "陈大文"),
        ("王·小明", "王小明"),
        ("買買提・艾力", "买买提·艾力"),
        ("王小明先生", "王小明"),
        ("王小明 (David Wang)", "王小明"),
        ("SMITH, John", "John Smith"),
        ("José García", "Jose Garcia"),
        ("寮犱笁", "张三"),
        ("MÃ¼ller", "Müller"),
    ],
)
def test_one_person_is_one_key(one: str, other: str) -> None:
    assert names.read(one).key == names.read(other).key


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        ("恒力集团有限公司", "恒力有限公司", "group"),
        ("恒力有限公司无锡分公司", "恒力有限公司", "branch"),
        ("恒力有限公司第一子公司", "恒力有限公司", "subsidiary"),
        ("中国移动通信集团广东有限公司", "中国移动通信有限公司", "subsidiary"),
        ("Acme Holdings Ltd", "Acme Ltd", "group"),
        ("Acme Ltd Shanghai Branch", "Acme Ltd", "branch"),
    ],
)
def test_related_companies_are_not_the_same(one: str, other: str, related: str) -> None:
    assert companies.read(one).key != companies.read(other).key
    assert companies.parts(one).related == related
    assert companies.parts(other).related == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("阿里巴巴（中国）有限公司", "阿里巴巴(中国)有限公司"),
        ("上海市万科房地产有限公司", "上海万科房地产有限责任公司"),
        ("深圳市腾讯计算机系统有限公司", "深圳騰訊計算機系統有限公司"),
        ("Müller & Söhne GmbH", "MULLER AND SOHNE GmbH & Co. KG"),
    ],
)
def test_one_company_is_one_key(one: str, other: str) -> None:
    assert companies.read(one).key == companies.read(other).key


# ---------------------------------------------------------------- places, codes, dates


@pytest.mark.parametrize(
    ("text", "code"),
    [("朝阳区", None), ("北京朝阳区", "110105"), ("长春朝阳区", "220104"), ("辽宁朝阳", "211300")],
)
def test_a_district_of_two_cities_is_not_guessed(text: str, code: str | None) -> None:
    """Cpca puts 朝阳区 alone into Changchun."""
    assert divisions.find(text).code == code


@pytest.mark.parametrize(
    ("read", "right", "wrong"),
    [
        (identifiers.read_uscc, "91350100M000100Y43", "91350100M000100Y34"),
        (identifiers.read_id_card, "11010519491231002X", "110105194912310021"),
    ],
)
def test_a_code_decides_only_if_its_check_digit_holds(read, right: str, wrong: str) -> None:
    assert read(right).key == right
    assert read(wrong).key is None
    assert read(wrong).problem == "invalid_check_digit"


def test_the_identity_number_of_fifteen_digits_is_the_same_person() -> None:
    assert identifiers.read_id_card("110105491231002").key == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        *(
            ("1900-01-01", "placeholder"),
            ("1970/1/1", "placeholder"),
            ("0000-00-00", "placeholder"),
        ),
        *(("2023-02-29", "impossible_date"), ("2023-13-40", "impossible_date")),
        *(
            ("农历八月十五", "lunar_date"),
            ("03/04/1988", "ambiguous_order"),
            ("1988年3月4日", None),
        ),
    ],
)
def test_dates_of_birth(text: str, problem: str | None) -> None:
    assert dates.read(text)[1] == problem


# ---------------------------------------------------------------- with a reason for every cell


def test_every_change_has_its_reason() -> None:
    rows = [
        {"姓名": "寮犱笁", "手机": "00000000000", "公司": "暂无", "微信": "微信号：LiLei_88"},
        {"姓名": "王 小 明 先生", "手机": "138 0013 8000", "公司": "ACME", "微信": "lilei_88"},
    ]
    done = Cleaner.preset("zh").fit(rows).run(rows)
    assert done.table == [
        {"姓名": "张三", "手机": None, "公司": None, "微信": "lilei_88"},
        {"姓名": "王小明", "手机": "+8613800138000", "公司": "ACME", "微信": "lilei_88"},
    ]
    told = {(change.row, change.column): change.rule for change in done.changes}
    assert told == {
        (0, "姓名"): "repaired_text",
        (0, "手机"): "repeated_digits",
        (0, "公司"): "placeholder",
        (0, "微信"): "social_form",
        (1, "姓名"): "person_form",
        (1, "手机"): "phone_form",
    }
    assert all(change.reason.text(locale) for change in done.changes for locale in ("en", "zh"))
