"""Addresses in one spelling."""

import pytest

from custseg.values import addresses


@pytest.mark.parametrize(
    "texts",
    [
        [
            "北京市朝阳区建国路88号1号楼",
            "北京朝阳 建国路８８号1幢",
            "中国北京市朝阳区建国路88号-1栋",
        ],
        ["12 Main Street, Apt. 4", "12 MAIN ST APT 4", "12 Main St. Apartment 4"],
        ["浙江省玉环县解放路1号", "浙江省台州市玉环市解放路1号"],
    ],
)
def test_one_address_is_one_key(texts: list[str]) -> None:
    assert len({addresses.read(text).key for text in texts}) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("同上", "placeholder"),
        ("地址不详", "placeholder"),
        ("00000", "repeated_digits"),
        ("12", "invalid_characters"),
        ("路" * 301, "invalid_length"),
        (None, None),
    ],
)
def test_problems(text: str | None, problem: str | None) -> None:
    reading = addresses.read(text)
    assert reading.key is None
    assert reading.problem == problem


def test_the_value_stays_as_typed() -> None:
    assert addresses.read("北京 朝阳区　建国路").value == "北京朝阳区建国路"
