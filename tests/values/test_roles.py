"""What part a column plays, told by its name."""

import pytest

from custseg.values.columns import kind_of
from custseg.values.roles import rank, role_of


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("City", "city"),
        ("所在城市", "city"),
        ("STATE", "province"),
        ("国家", "country"),
        ("Country Code", "country"),
        ("性别", "gender"),
        ("date_of_birth", "birthday"),
        ("出生日期", "birthday"),
        ("更新时间", "confirmed"),
        ("last-verified at", "confirmed"),
        ("created_at", None),
        ("phone", None),
    ],
)
def test_a_column_by_its_name(name, role):
    assert role_of(name) == role


def test_verified_counts_before_updated_before_modified():
    names = ["核实时间", "verified_at", "updated_at", "modified_at", "更新时间", "修改时间"]
    assert rank("verified_at") < rank("updated_at") < rank("modified_at")
    assert rank("核实时间") < rank("更新时间") < rank("修改时间")
    assert all(rank("created_at") > rank(name) for name in names)


def test_no_name_of_a_birthday_is_another_kind():
    assert kind_of("birthday") in {"date", None}
