"""Columns told by their names."""

import pytest

from custseg.values import columns


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("phone", "phone"),
        ("Phone Number", "phone"),
        ("MOBILE_PHONE", "phone"),
        ("手机号", "phone"),
        ("手機", "phone"),
        ("E-Mail", "email"),
        ("邮箱", "email"),
        ("姓名", "person"),
        ("Full Name", "person"),
        ("客户名称", "name"),
        ("name", "name"),
        ("公司名称", "company"),
        ("统一社会信用代码", "uscc"),
        ("身份证号", "id_card"),
        ("date-of-birth", "date"),
        ("城市", "text"),
        ("updated_at", None),
        ("revenue", None),
        ("", None),
    ],
)
def test_kind_of(name: str, kind: str | None):
    assert columns.kind_of(name) == kind


def test_ids_are_not_to_be_cleaned():
    for name in ("customer_id", "Customer ID", "客户编号", "id"):
        assert columns.is_id(name)
        assert columns.kind_of(name) is None
