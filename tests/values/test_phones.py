"""Telephone numbers: every spelling of one number gives one value."""

import pytest

from custseg.values import phones

MOBILE = "+8613800138000"


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 138 0013 8000",
        "+8613800138000",
        "8613800138000",
        "86-138-0013-8000",
        "0086-138 0013 8000",
        "008613800138000",
        "086 13800138000",
        "(+86)13800138000",
        "１３８００１３８０００",
        "＋86138－0013－8000",
        "138\u200b0013\u200b8000",
        "手机：13800138000",
        "Tel: 13800138000",
        "13800138000(王经理)",
        "013800138000",
    ],
)
def test_one_chinese_mobile_is_one_value(text: str):
    assert phones.read(text) == phones.Reading(MOBILE, MOBILE)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("010-62345678", "+861062345678"),
        ("(021) 6234 5678", "+862162345678"),
        ("0755-82345678", "+8675582345678"),
        ("0312 2345678", "+863122345678"),
        ("+86 (0)21 6234 5678", "+862162345678"),
        ("021-62345678转801", "+862162345678;ext=801"),
        ("021-62345678 转 801", "+862162345678;ext=801"),
        ("021-62345678-801", "+862162345678;ext=801"),
        ("021-62345678 ext. 801", "+862162345678;ext=801"),
        ("021-62345678 x801", "+862162345678;ext=801"),
        ("021-62345678#801", "+862162345678;ext=801"),
        ("021-62345678分机801", "+862162345678;ext=801"),
        ("400-800-1234", "+864008001234"),
        ("4008-001-234", "+864008001234"),
        ("800 810 8888", "+868008108888"),
        ("95588", "+8695588"),
        ("10086", "+8610086"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("0044 20 7946 0958", "+442079460958"),
        ("+1 (415) 555-0132", "+14155550132"),
        ("+81 3-1234-5670", "+81312345670"),
        ("+49 0170 1234560", "+491701234560"),
        ("+39 06 6982 1111", "+390669821111"),
        ("+852 2345 6789", "+85223456789"),
    ],
)
def test_other_numbers_get_their_international_form(text: str, value: str):
    assert phones.read(text) == phones.Reading(value, value)


@pytest.mark.parametrize(
    ("text", "region", "value"),
    [
        ("(415) 555-0132", "US", "+14155550132"),
        ("1-415-555-0132", "CA", "+14155550132"),
        ("14155550132", "US", "+14155550132"),
        ("011 86 138 0013 8000", "US", MOBILE),
        ("020 7946 0958", "GB", "+442079460958"),
        ("44 20 7946 0958", "GB", "+442079460958"),
        ("2345 6780", "HK", "+85223456780"),
        ("06 69821111", "IT", "+390669821111"),
        ("8 912 345-60-78", "RU", "+79123456078"),
    ],
)
def test_the_region_reads_a_bare_number(text: str, region: str, value: str):
    assert phones.read(text, region) == phones.Reading(value, value)


def test_a_bare_mobile_may_be_american_where_the_region_is_not_known():
    # The naive reading (China first) was wrong for 18 % of a mixed sample.
    assert phones.read("13923456709", "CN").problem is None
    assert phones.read("13923456709", "US").value == "+13923456709"
    doubtful = phones.read("13923456709", None)
    assert (doubtful.value, doubtful.problem) == ("+8613923456709", "ambiguous_region")
    assert doubtful.valid


def test_a_mobile_that_no_american_number_can_be_is_sure_without_a_region():
    assert phones.read("13800138000", None) == phones.Reading(MOBILE, MOBILE)


def test_the_american_layout_speaks_against_a_chinese_reading():
    assert phones.read("(415) 555-0132").value == "+14155550132"
    assert phones.read("1-415-555-0132").value == "+14155550132"
    assert phones.read("1-415-555-0132").problem == "ambiguous_region"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("  ", "blank"),
        ("无", "placeholder"),
        ("N/A", "placeholder"),
        ("00000000", "repeated_digits"),
        ("0000-0000000", "repeated_digits"),
        ("11111111111", "repeated_digits"),
        ("13888888888", "repeated_digits"),
        ("12345678901", "sequential_digits"),
        ("13812345678", "sequential_digits"),
        ("138-1234-5678", "sequential_digits"),
    ],
)
def test_filler_becomes_missing_with_a_reason(text: str, problem: str):
    assert phones.read(text) == phones.Reading(problem=problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1380013800", "invalid_number"),
        ("138001380001", "invalid_length"),
        ("12800138000", "invalid_number"),
        ("+86 128 0013 8000", "invalid_number"),
        ("+999 123 4567", "invalid_country_code"),
        ("+44 20", "invalid_length"),
        ("62345678", "missing_area_code"),
        ("138****8000", "masked"),
        ("138xxxx8000", "masked"),
        ("1-800-FLOWERS", "invalid_characters"),
        ("王小明", "invalid_characters"),
        ("1" * 40, "repeated_digits"),
        ("12" * 80, "invalid_length"),
    ],
)
def test_what_cannot_be_right_is_never_a_key(text: str, problem: str):
    reading = phones.read(text)
    assert (reading.key, reading.problem) == (None, problem)


def test_several_numbers_are_all_kept_and_the_first_good_one_is_the_key():
    both = phones.read("13800138000/021-62345678")
    assert both.value == "+8613800138000 / +862162345678"
    assert both.key == MOBILE
    assert both.problem == "several_values"
    assert phones.read("123、13800138000").problem == "invalid_characters"
    assert phones.read("1234567890123、13800138000").key == MOBILE


def test_the_same_number_twice_is_one_number():
    assert phones.read("13800138000，+86 13800138000") == phones.Reading(MOBILE, MOBILE)


def test_an_unknown_region_is_no_hint():
    assert phones.read("020 7946 0958", "ZZ") == phones.read("020 7946 0958", None)


def test_an_extension_keeps_two_desks_apart():
    assert phones.read("021-62345678转801").key != phones.read("021-62345678转802").key


def test_kinds():
    kinds = {
        "+8613800138000": "mobile",
        "+862162345678": "landline",
        "+862162345678;ext=801": "extension",
        "+864008001234": "service",
        "+8695588": "service",
        "+14155550132": "other",
        None: None,
    }
    assert {number: phones.kind(number) for number in kinds} == kinds


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("微信同号13800138000", "+8613800138000"),
        ("13800138000微信同号", "+8613800138000"),
        ("021 6234 5678 转分机 12", "+862162345678;ext=12"),
        ("400-800-1234转接5", "+864008001234;ext=5"),
    ],
)
def test_what_is_said_about_a_number_is_no_part_of_it(text: str, key: str) -> None:
    assert phones.read(text).key == key


@pytest.mark.parametrize("text", ["13800138000 13900139000", "13800138000\n+8613900139000"])
def test_two_numbers_may_have_but_a_space_between_them(text: str) -> None:
    found = phones.read(text)
    assert (found.value, found.problem) == ("+8613800138000 / +8613900139000", "several_values")
    assert phones.read(found.value) == found


@pytest.mark.parametrize("text", ["0", "00", "+0", "0-0"])
def test_nothing_but_zeros_is_no_number(text: str) -> None:
    assert phones.read(text).value is None


@pytest.mark.parametrize("text", ["+1", "+86", "+44", "+"])
def test_a_country_code_alone_is_too_short(text: str) -> None:
    assert phones.read(text).key is None


@pytest.mark.parametrize(
    "text",
    [
        "135 0090,0098-0099,0438-1234",
        "13800138000,0098-0099",
        "/".join(f"1380013800{n}, 1390013{n}000" for n in range(9)),
    ],
)
def test_several_numbers_read_twice_are_read_once(text: str) -> None:
    once = phones.read(text)
    twice = phones.read(once.value)
    assert (once.value, once.key) == (twice.value, twice.key)
