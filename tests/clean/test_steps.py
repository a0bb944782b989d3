"""What was done to a value is told step by step."""

import pytest

from custseg.clean import Cleaner
from custseg.clean.cell import cell_reader
from custseg.clean.steps import STEPS, steps
from custseg.labels import table

GIVEN = {
    ("phone", "１３８００１３８０００"): ("full_width", "country_code"),
    ("phone", "138-0013-8000"): ("separators", "country_code"),
    ("phone", "+86 138 0013 8000"): ("separators",),
    ("phone", "021-62345678 转 801"): ("separators", "country_code", "extension"),
    ("phone", 13800138000): ("number_as_text", "country_code"),
    ("phone", "暂无"): ("placeholder",),
    ("email", " Li@QQ.com\u200b"): ("unseen_marks", "spaces", "letter_case"),
    ("email", "mailto:li@qq.com"): ("wrapping",),
    ("person", "王 小 明"): ("spaces",),
    ("person", "Smith, John"): ("name_order",),
    ("person", "王小明 先生"): ("title_removed",),
    ("company", "上海万科（集团）有限公司"): ("full_width",),
    ("text", "MÃ¼ller"): ("repaired_text",),
    ("text", "Ulm\u3000 am  Rhein"): ("spaces",),
    ("date", "2024/2/9"): ("date_form",),
}


@pytest.mark.parametrize(("kind", "old"), GIVEN)
def test_steps_of_a_change(kind, old):
    cell = cell_reader(kind, "CN").cell(old)
    assert cell.rule is not None
    assert steps(kind, cell.rule, old, cell.new) == GIVEN[kind, old]


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_every_step_is_named(locale):
    words = table(locale)
    assert not [s for s in STEPS if f"clean.{s}" not in words or f"reason.clean.{s}" not in words]


def test_the_log_as_a_table_hides_values_unless_asked():
    rows = [{"id": 7, "phone": "138-0013-8000"}, {"id": 8, "phone": "n/a"}]
    log = Cleaner.preset("zh").fit(rows).run(rows).changes
    assert [row["steps"] for row in log.table()] == ["separators+country_code", "placeholder"]
    assert "138" not in str(log.table())
    shown = log.table(values=True, locale="zh")
    assert (shown[0]["old"], shown[0]["new"]) == ("138-0013-8000", "+8613800138000")
    assert shown[0]["rule"] == "号码统一为国际格式"
    assert shown[1]["new"] is None
    assert log.steps == {
        ("phone", "separators"): 1,
        ("phone", "country_code"): 1,
        ("phone", "placeholder"): 1,
    }


def test_reasons_of_each_step_in_both_languages():
    rows = [{"phone": "138-0013-8000"}]
    change = next(iter(Cleaner.preset("zh").fit(rows).run(rows).changes))
    assert [reason.text("zh") for reason in change.reasons] == [
        "电话：去掉号码中的分隔符",
        "电话：统一国家代码和字冠",
    ]
