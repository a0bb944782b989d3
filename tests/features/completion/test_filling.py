import pandas as pd
import pytest

from custseg import frames
from custseg.features.completion.filling import filling, usual_check

USCC, CARD = "91350100M000100Y43", "11010519491231002X"


def states(values, check):
    found = filling(frames.table([{"x": value} for value in values]), "x", check)
    return list(zip(found.filled.tolist(), found.valid.tolist(), strict=True))


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        ("filled", "Li", None),
        ("email", "li@shop.cn", "li@"),
        ("phone", "13916853042", "123"),
        ("phone", 13916853042, 12),
        ("person", "王小明", "12345"),
        ("company", "上海宏图贸易有限公司", "张**公司"),
        ("name", "上海宏图贸易有限公司", "12345"),
        ("uscc", USCC, USCC[:-1] + "4"),
        ("id_card", CARD, CARD[:-1] + "1"),
        ("date", "2026-01-31", "2026-02-30"),
    ],
)
def test_each_check(check, good, bad):
    assert states([good, bad, "n/a", None], check) == [
        (True, True),
        (bad is not None, False),
        (False, False),
        (False, False),
    ]


def test_days_that_systems_write_for_none_are_not_filled():
    days = pd.DataFrame({"born": pd.to_datetime(["1900-01-01", "1980-05-05", None])})
    assert filling(frames.table(days), "born", "date").valid.tolist() == [False, True, False]
    assert filling(frames.table(days), "born").filled.tolist() == [True, True, False]
    assert states([1980, 20260131], "date") == [(True, False), (True, True)]


def test_a_check_is_told_by_the_name_in_either_language():
    names = (
        "E-Mail",
        "home_tel",
        "手机号",
        "统一社会信用代码",
        "身份证号",
        "生日",
        "hotel",
        "name",
    )
    assert [usual_check(name) for name in names] == [
        "email",
        "phone",
        "phone",
        "uscc",
        "id_card",
        "date",
        "filled",
        "filled",
    ]


@pytest.mark.parametrize("distinct", [3, 3000])
def test_many_rows_are_read_as_few(distinct):
    texts = [f"city {i}" if i % 3 else ("N/A", "－", "Éva", "无")[i % 4] for i in range(distinct)]
    rows = (texts * (9000 // distinct))[:9000]
    found = filling(frames.table(pd.DataFrame({"x": rows})), "x").filled.tolist()
    one_by_one = dict(zip(texts, states(texts, "filled"), strict=True))
    assert found == [one_by_one[text][0] for text in rows]
