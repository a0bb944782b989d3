"""Laws of cleaning: twice is once, each change has a reason, nothing changes without one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custseg.clean import Cleaner, CleanModel, QualityRules, quality
from custseg.labels import table
from custseg.values.columns import KINDS

PIECES = st.sampled_from(
    [
        *(
            "王小明",
            "欧阳",
            "先生",
            "总",
            "Smith, John",
            "Dr.",
            "Ltd",
            "上海",
            "有限公司",
            "（中国）",
        ),
        *("138", "0013", "8000", "+86", "021-", "转801", "１３８", "@", "qq.com", "GMAIL.com", "."),
        *("2024", "-", "02", "/", "30", "年", "月", "暂无", "n/a", "Select", "00000000", "***"),
        *(
            "\u200b",
            "\u3000",
            " ",
            "\ufeff",
            "Ã¼",
            "寮犱笁",
            "&amp;",
            "11010519491231002x",
            "e\u0301",
        ),
        *("weixin:", "wxid_", "linkedin.com/in/", "路88号", "朝阳区", "91350100M000100Y43", "x"),
    ]
)
TEXTS = st.lists(PIECES, max_size=5).map("".join) | st.text(max_size=8)
VALUES = st.none() | TEXTS | st.integers(0, 10**18) | st.just(13800138000.0)


@pytest.mark.parametrize("kind", KINDS)
@given(
    values=st.lists(VALUES, max_size=4),
    region=st.sampled_from(["CN", "US", None]),
    invalid=st.sampled_from(["keep", "missing"]),
)
@settings(max_examples=40, deadline=None)
def test_cleaning_twice_is_cleaning_once_and_every_change_is_told(kind, values, region, invalid):
    model = CleanModel({"a": kind}, region, invalid=invalid)
    rows = [{"a": value} for value in values]
    done = model.run(rows)
    again = model.run(done.table)
    assert len(again.changes) == 0
    assert again.table == done.table
    changed = [i for i, (old, new) in enumerate(zip(rows, done.table, strict=True)) if old != new]
    assert [change.row for change in done.changes] == changed
    words = table("en")
    for change in done.changes:
        assert change.steps
        for code in (change.rule, *change.steps):
            assert f"clean.{code}" in words
            assert f"reason.clean.{code}" in words


def test_columns_that_are_not_named_stay():
    rows = [{"phone": "138-0013-8000", "n": 1, "x": " a "}]
    assert Cleaner({"phone": "phone"}).fit(rows).apply(rows)[0] | {"phone": None} == {
        "phone": None,
        "n": 1,
        "x": " a ",
    }


@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "phone": st.sampled_from([None, "12", "n/a", "13800138000", "021-62345678"]),
                "email": st.sampled_from([None, "x", "a@b.cn", "c@b.cn"]),
                "city": st.sampled_from([None, "上海", "广州"]),
                "province": st.sampled_from([None, "上海", "广东"]),
                "n": st.sampled_from([None, 1, -1.5, float("inf")]),
                "updated_at": st.sampled_from([None, "2020-01-01", "2026-01-01", "2030-01-01"]),
                "as_of": st.sampled_from([None, "2026-06-30"]),
            }
        ),
        min_size=1,
        max_size=12,
    ),
    doubt=st.floats(0, 1),
)
@settings(max_examples=60, deadline=None)
def test_score_and_losses_of_each_record_add_up_to_one(rows, doubt):
    rows = [dict(sorted(row.items())) for row in rows]  # floats add up in the order of columns
    found = quality(rows, rules=QualityRules(doubt=doubt, crowd=4))
    for row, score in enumerate(found.score.tolist()):
        parts = [part[row] for part in found.lost.values()]
        assert all(-1e-12 <= part <= 1 for part in parts)
        assert sum(parts) + score == pytest.approx(1)
    assert 0 <= found.mean_score <= 1
    turned = quality(rows[::-1], rules=QualityRules(doubt=doubt, crowd=4))
    assert turned.score.tolist() == found.score.tolist()[::-1]
