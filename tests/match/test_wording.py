"""Words of keys and passes, put together from their parts."""

import pytest

from custseg.match import Dedupe
from custseg.match.keys import rule_of
from custseg.match.wording import rule_word


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("preset", ["person", "company", "contact", "household"])
def test_no_pass_of_a_preset_is_told_as_a_code(preset, locale):
    spec = Dedupe.preset(preset)
    said = [rule_word(rule_of(key), locale) for key in (*spec.keys, *spec.passes)]
    assert not any(mark in word for word in said for mark in "+:_")


def test_chinese_words_are_joined_as_in_chinese():
    assert rule_word("company:company4+name:sound", "zh") == "公司（前 4 个字）和姓名（按读音）"


def test_a_report_names_five_passes_and_counts_the_others():
    rows = [{"id": at, "name": "Ann Lee", "phone": f"20255501{at:02}"} for at in range(12)]
    report = Dedupe.preset("contact", locale="en").run(rows).report
    lines = report.text().splitlines()
    assert sum(line.startswith("not used") for line in lines) == 1
    assert sum(line.startswith("pairs by") for line in lines) == min(5, len(report.weighing.passes))
    assert "further passes" in report.text() or len(report.weighing.passes) <= 5
