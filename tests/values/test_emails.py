"""E-mail addresses: lower case to keep, one box to compare."""

import pytest

from custseg.values import emails


@pytest.mark.parametrize(
    ("text", "value", "key"),
    [
        ("Li.Lei@Sina.CN", "li.lei@sina.cn", "li.lei@sina.cn"),
        (" a@b.co ", "a@b.co", "a@b.co"),
        ("li.lei@gmail.com", "li.lei@gmail.com", "lilei@gmail.com"),
        ("LiLei@googlemail.com", "lilei@googlemail.com", "lilei@gmail.com"),
        ("li+shop@outlook.com", "li+shop@outlook.com", "li@outlook.com"),
        ("li+shop@qq.com", "li+shop@qq.com", "li+shop@qq.com"),
        ("ｌｉ＠ｑｑ．ｃｏｍ", "li@qq.com", "li@qq.com"),
        ("用户@例子.公司", "用户@例子.公司", "用户@例子.公司"),
        ("Li Lei <li@b.cn>", "li@b.cn", "li@b.cn"),
        ("mailto:li@b.cn", "li@b.cn", "li@b.cn"),
        ("邮箱：li@b.cn；", "li@b.cn", "li@b.cn"),
        ("li_lei-2@sub.b-c.com.cn", "li_lei-2@sub.b-c.com.cn", "li_lei-2@sub.b-c.com.cn"),
        ("o'hara@b.ie", "o'hara@b.ie", "o'hara@b.ie"),
    ],
)
def test_good_addresses(text: str, value: str, key: str):
    assert emails.read(text) == emails.Reading(value, key)


@pytest.mark.parametrize("text", ["", "  ", "无", "n/a", "test@test.com", "TEST@qq.com", "a@a.com"])
def test_placeholders_become_missing(text: str):
    reading = emails.read(text)
    assert reading.value is None
    assert reading.problem in {"blank", "placeholder"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("li", "invalid_syntax"),
        ("li@", "invalid_domain"),
        ("@b.cn", "invalid_syntax"),
        ("li lei@b.cn", "invalid_syntax"),
        ("li..lei@b.cn", "invalid_syntax"),
        ("li.@b.cn", "invalid_syntax"),
        ("li@b", "invalid_domain"),
        ("li@b..cn", "invalid_domain"),
        ("li@-b.cn", "invalid_domain"),
        ("li@b.c", "invalid_domain"),
        ("li@1.2.3.4", "invalid_domain"),
        ("l***@qq.com", "masked"),
        ("x" * 65 + "@b.cn", "invalid_length"),
        ("x@" + "b." * 130 + "cn", "invalid_length"),
        ("x" * 2000, "invalid_length"),
    ],
)
def test_what_cannot_be_right_is_kept_but_never_a_key(text: str, problem: str):
    reading = emails.read(text)
    assert (reading.value is not None, reading.key, reading.problem) == (True, None, problem)


def test_names_reserved_for_examples_are_doubtful():
    reading = emails.read("li@example.com")
    assert (reading.key, reading.problem) == ("li@example.com", "reserved_domain")


def test_several_addresses():
    reading = emails.read("bad@, li@b.cn; Lei@c.cn")
    assert reading.value == "bad@; li@b.cn; lei@c.cn"
    assert (reading.key, reading.problem) == ("li@b.cn", "several_values")
    assert emails.read("li@b.cn li@b.cn") == emails.Reading("li@b.cn", "li@b.cn")


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("lilei@qq.con", "lilei@qq.con", "invalid_domain"),
        ("无@无.com", None, "placeholder"),
        ("no@no.com", None, "placeholder"),
        ("00000000@qq.com", None, "repeated_digits"),
        ("12345678@qq.com", None, "sequential_digits"),
        ("10001@qq.com", "10001@qq.com", None),
        ("lilei @ qq.com", "lilei@qq.com", None),
        ("lilei@163.com（工作）", "lilei@163.com", None),
        ("info@info-service.cn", "info@info-service.cn", None),
    ],
)
def test_filler_and_slips(text: str, value: str | None, problem: str | None) -> None:
    reading = emails.read(text)
    assert (reading.value, reading.problem) == (value, problem)


@pytest.mark.parametrize("text", ["li@qq,com", "li＠qq。com", "li@sina。com.cn", "li@sina,com,cn"])
def test_the_stop_of_a_chinese_keyboard_is_a_stop(text: str) -> None:
    found = emails.read(text)
    assert found.key in {"li@qq.com", "li@sina.com.cn"}
    assert emails.read(found.value) == found


def test_a_comma_between_two_addresses_is_none() -> None:
    assert emails.read("a1@corp.cn,com@corp.cn").problem == "several_values"
